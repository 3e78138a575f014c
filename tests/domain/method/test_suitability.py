from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.method import (
    Answer,
    Assessment,
    Mark,
    NextPath,
    Step,
    SuitabilityItem,
    Verdict,
    early_judgement_warning,
    judge,
    plan_assessment,
)

TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
mark_sets = st.fixed_dictionaries({item: st.sampled_from([*Mark, None]) for item in SuitabilityItem})


def answers(**marks):
    chosen = dict.fromkeys(SuitabilityItem, Mark.MET) | {SuitabilityItem(k): v for k, v in marks.items()}
    return {item: Answer(mark, "面談で伺った") for item, mark in chosen.items()}


@given(mark_sets)
def test_the_verdict_follows_the_checklist_exactly(marks):
    given_marks = list(marks.values())
    if None in given_marks:
        expected = None
    elif Mark.NOT_MET in given_marks:
        expected = Verdict.CONSIDER_ALTERNATIVES
    elif Mark.PARTLY_MET in given_marks:
        expected = Verdict.WITH_CAUTION
    else:
        expected = Verdict.RECOMMENDED
    assert judge(marks) is expected


def test_an_item_left_out_counts_as_unanswered():
    assert judge({SuitabilityItem.GROWTH_WILL: Mark.NOT_MET}) is None
    assert judge({}) is None


def test_official_wording():
    assert [verdict.label for verdict in Verdict] == [
        "積極的な展開を推奨",
        "可（要注意）",
        "他の選択肢を検討",
    ]
    assert (
        SuitabilityItem.NOT_EMERGENCY.label
        == "打てる手立てが限定的かつ緊急的な支援が求められる事業者ではない"
    )


@pytest.mark.parametrize(
    ("sign", "mark"),
    [
        *((sign, Mark.MET) for sign in ["○", "〇", "◯", " ○ ", "met"]),
        ("△", Mark.PARTLY_MET),
        *((sign, Mark.NOT_MET) for sign in ["×", "✕", "x", "X", "ｘ", "Ｘ"]),
        *((sign, None) for sign in ["", "?", "はい", "○×"]),
    ],
)
def test_marks_are_read_in_any_usual_shape_and_nothing_else(sign, mark):
    assert Mark.parse(sign) is mark


@pytest.mark.parametrize("item", list(SuitabilityItem))
def test_every_item_tells_how_to_find_out(item):
    assert item.question.endswith("。")
    assert item.hint.endswith("。")


def test_five_marks_with_reasons_make_an_assessment():
    made = plan_assessment(answers(capacity=Mark.PARTLY_MET), today=TODAY)
    assert isinstance(made, Assessment)
    assert made.verdict is Verdict.WITH_CAUTION
    assert (made.reassess_on, made.next_paths, made.is_urgent) == (None, (), False)


def test_a_cross_offers_other_paths_and_asks_for_a_day_to_look_again():
    made = plan_assessment(answers(not_emergency=Mark.NOT_MET), reassess_on=TOMORROW, today=TODAY)
    assert isinstance(made, Assessment)
    assert made.verdict is Verdict.CONSIDER_ALTERNATIVES
    assert made.next_paths == (NextPath.PROBLEM_SOLVING, NextPath.BRIDGING)
    assert made.is_urgent

    without_day = plan_assessment(answers(not_emergency=Mark.NOT_MET), today=TODAY)
    assert [(r.code, r.field) for r in without_day] == [("reassessment_required", "reassess_on")]


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
@pytest.mark.parametrize("mark", [Mark.MET, Mark.NOT_MET])
def test_the_day_to_look_again_lies_ahead(day, mark):
    refused = plan_assessment(answers(growth_will=mark), reassess_on=day, today=TODAY)
    assert [r.code for r in refused] == ["reassessment_not_in_future"]


def test_every_missing_mark_and_reason_is_named_at_its_field():
    refused = plan_assessment({}, today=TODAY)
    assert {r.field for r in refused} == {
        f"{i.value}_{part}" for i in SuitabilityItem for part in ("mark", "reason")
    }


@pytest.mark.parametrize(("reason", "code"), [(" 　", "reason_required"), ("あ" * 1001, "reason_too_long")])
def test_a_cross_without_a_fitting_reason_is_refused(reason, code):
    given_answers = answers() | {SuitabilityItem.CAPACITY: Answer(Mark.NOT_MET, reason)}
    refused = plan_assessment(given_answers, reassess_on=TOMORROW, today=TODAY)
    assert [(r.code, r.field) for r in refused] == [(code, "capacity_reason")]


@given(mark_sets, st.sampled_from(Step), st.integers(0, 5))
def test_warnings_speak_only_of_doubts_that_rest_on_little(marks, step, dialogues_held):
    warning = early_judgement_warning(step=step, marks=marks, dialogues_held=dialogues_held)
    doubtful = any(mark in (Mark.PARTLY_MET, Mark.NOT_MET) for mark in marks.values())
    early = step is Step.BEFORE_CONTACT or dialogues_held < 2
    assert (warning is not None) == (doubtful and early)


def test_the_warning_fits_what_the_doubt_rests_on():
    def warn(item, held):
        return early_judgement_warning(
            step=Step.MUTUAL_UNDERSTANDING, marks={item: Mark.NOT_MET}, dialogues_held=held
        )

    assert "事前の情報" in warn(SuitabilityItem.GROWTH_WILL, 0)
    assert "意欲" in warn(SuitabilityItem.GROWTH_WILL, 1)
    assert "反応" in warn(SuitabilityItem.METHOD_UNDERSTOOD, 1)
    assert "環境" in warn(SuitabilityItem.CAPACITY, 1)
