import pytest

from bansou.domain.method import (
    LIST_FIELDS,
    Audience,
    BusinessSize,
    Step,
    StepText,
    as_lines,
    load_guidance,
    parse_section,
    plan_guidance_edit,
)

FULL = {
    "purpose": "目的",
    "desirable": "ゆっくり聴く",
    "avoid": "急ぐ",
    "record": "言葉",
    "questions": "いかがですか",
}


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("size", list(BusinessSize))
@pytest.mark.parametrize("succession", [False, True])
def test_every_page_is_rich_enough_to_work_with(step, size, succession):
    page = load_guidance().for_step(step, size, succession=succession)
    assert page.purpose
    assert len(page.purpose_notes) == (2 if succession else 1)
    assert len(page.desirable) >= 4
    assert len(page.avoid) >= 3
    assert len(page.record) >= 3
    assert len(page.questions) >= 6
    assert page.tools


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("audience", list(Audience))
def test_shipped_texts_pass_the_check_that_edits_pass(step, audience):
    text = load_guidance().section(step, audience)
    areas = {name: as_lines(getattr(text, name)) for name in LIST_FIELDS}
    assert plan_guidance_edit(purpose=text.purpose, **areas, audience=audience) == text


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("audience", list(Audience))
def test_questions_are_whole_sentences_that_ask_openly(step, audience):
    openers = ("何", "どの", "どう", "どなた", "どこ", "どれ", "いつ", "いかが", "なぜ", "教えて", "聴かせて")
    for question in load_guidance().section(step, audience).questions:
        assert question.endswith("。")
        assert any(opener in question for opener in openers), question


def test_audiences_are_laid_over_the_base():
    guidance = load_guidance()
    base = guidance.for_step(Step.INSIGHT, None)
    small = guidance.for_step(Step.INSIGHT, BusinessSize.SMALL)
    both = guidance.for_step(Step.INSIGHT, BusinessSize.SMALL, succession=True)
    assert small.questions[: len(base.questions)] == base.questions
    assert both.questions == (small.questions + guidance.section(Step.INSIGHT, Audience.SUCCESSION).questions)
    assert guidance.for_step(Step.INSIGHT, BusinessSize.MEDIUM).questions != small.questions


def test_an_edit_replaces_one_text_and_leaves_the_shipped_one_alone():
    shipped = load_guidance()
    mine = StepText(purpose="私たちの目的", desirable=("聴く",))
    edited = shipped.with_edits({(Step.INSIGHT, Audience.ALL): mine})
    assert edited.for_step(Step.INSIGHT, None).desirable == ("聴く",)
    assert edited.section(Step.INSIGHT, Audience.SMALL) == shipped.section(Step.INSIGHT, Audience.SMALL)
    assert shipped.for_step(Step.INSIGHT, None).desirable != ("聴く",)


def test_a_line_said_by_two_audiences_is_shown_once():
    same = StepText(purpose="同じ", avoid=("急ぐ",))
    edits = {(Step.INSIGHT, audience): same for audience in Audience}
    page = load_guidance().with_edits(edits).for_step(Step.INSIGHT, BusinessSize.SMALL, succession=True)
    assert page.avoid == ("急ぐ",)


def test_an_edit_is_read_one_entry_a_line_without_bullets_blanks_or_repeats():
    text = plan_guidance_edit(**FULL | {"purpose": " 目的 ", "desirable": "・聴く\r\n\n　- 待つ\n聴く\n"})
    assert text == StepText("目的", ("聴く", "待つ"), ("急ぐ",), ("言葉",), ("いかがですか",))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"purpose": " 　\n"}, "purpose_required", "purpose"),
        ({"purpose": "あ" * 401}, "purpose_too_long", "purpose"),
        ({"questions": "\n・\n"}, "entries_required", "questions"),
        ({"avoid": "\n".join(f"{n}番目" for n in range(31))}, "too_many_lines", "avoid"),
    ],
)
def test_an_edit_that_would_spoil_the_page_is_refused_at_its_field(change, code, field):
    refused = plan_guidance_edit(**FULL | change)
    assert isinstance(refused, list)
    assert [(r.code, r.field) for r in refused] == [(code, field)]


def test_too_long_lines_are_named_by_the_line_they_stand_on():
    refused = plan_guidance_edit(**FULL | {"record": f"よい\n\n{'あ' * 201}\n{'い' * 200}"})
    assert isinstance(refused, list)
    assert [r.code for r in refused] == ["line_too_long"]
    assert "「記録すること」の3行目" in refused[0].message


def test_only_the_base_text_needs_every_list():
    assert isinstance(plan_guidance_edit(purpose="目的", audience=Audience.SUCCESSION), StepText)
    refused = plan_guidance_edit(purpose="目的")
    assert isinstance(refused, list)
    assert [r.field for r in refused] == ["desirable", "avoid", "record", "questions"]


@pytest.mark.parametrize("table", [{"purpose": "目的", "tips": []}, {"purpose": "目的", "avoid": "急ぐ"}])
def test_a_misspelt_content_page_fails_at_loading(table):
    with pytest.raises(ValueError, match=r"unknown keys|must be a list"):
        parse_section(table)
