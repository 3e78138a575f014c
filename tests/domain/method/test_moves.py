from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.method import Direction, Move, MoveFacts, Step, Verdict, open_entry_points, plan_move
from bansou.domain.shared import Refusal

steps = st.sampled_from(Step)


@given(steps, steps, st.text(max_size=20))
def test_every_other_step_can_be_reached_and_only_a_missing_reason_stops_a_move(current, target, reason):
    answer = plan_move(current=current, target=target, reason=reason)
    if current is target:
        assert isinstance(answer, Refusal)
        assert answer.code == "same_step"
    elif reason.strip() or target.number == current.number + 1:
        assert isinstance(answer, Move)
        assert (answer.from_step, answer.to_step, answer.reason) == (current, target, reason.strip())
        assert (answer.direction is Direction.FORWARD) == (target.number > current.number)
    else:
        assert isinstance(answer, Refusal)
        assert (answer.code, answer.field) == ("reason_required", "reason")


@given(steps, steps)
def test_open_points_never_block(current, target):
    points = open_entry_points(target, MoveFacts(has_assessment=False, dialogues_held=0, leader_insights=0))
    with_points = plan_move(current=current, target=target, reason="訳", open_points=points)
    without = plan_move(current=current, target=target, reason="訳")
    assert type(with_points) is type(without)


def test_a_forward_move_carries_the_open_points_as_advice_and_a_back_move_does_not():
    forward = plan_move(current=Step.TRUST_BUILDING, target=Step.INSIGHT, open_points=["言葉が未記録です。"])
    back = plan_move(
        current=Step.INSIGHT,
        target=Step.TRUST_BUILDING,
        reason="信頼から",
        open_points=["言葉が未記録です。"],
    )
    assert isinstance(forward, Move)
    assert isinstance(back, Move)
    assert (forward.advice, back.advice) == (("言葉が未記録です。",), ())


def test_a_reason_of_a_thousand_characters_passes_and_one_more_is_refused():
    longest = plan_move(current=Step.INSIGHT, target=Step.TRUST_BUILDING, reason="あ" * 1000)
    too_long = plan_move(current=Step.INSIGHT, target=Step.TRUST_BUILDING, reason="あ" * 1001)
    assert isinstance(longest, Move)
    assert isinstance(too_long, Refusal)
    assert too_long.code == "reason_too_long"


@given(steps)
def test_facts_the_program_does_not_keep_give_no_hint(target):
    assert open_entry_points(target, MoveFacts()) == ()


def test_hints_name_what_is_not_seen_yet_and_vanish_once_it_is():
    fresh = MoveFacts(
        has_assessment=False,
        method_explained=False,
        dialogues_held=0,
        leader_statements=0,
        viewpoints_heard=0,
        leader_insights=0,
        ownership_signs=0,
        firm_members=0,
        small_steps_done=0,
        measurements=0,
    )
    counts = {step: len(open_entry_points(step, fresh)) for step in Step}
    assert counts[Step.BEFORE_CONTACT] == 0
    assert all(count for step, count in counts.items() if step is not Step.BEFORE_CONTACT)

    seasoned = MoveFacts(True, Verdict.RECOMMENDED, True, 9, 9, 9, 9, 9, 9, 9, 9)
    assert all(open_entry_points(step, seasoned) == () for step in Step)
    doubtful = replace(seasoned, verdict=Verdict.CONSIDER_ALTERNATIVES)
    assert "橋渡し" in open_entry_points(Step.TRUST_BUILDING, doubtful)[0]
