from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.method import BusinessSize, Step, load_guidance, prepare
from bansou.domain.method.preparation import rotate


@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 100))
def test_every_line_has_its_turn_and_no_sheet_repeats_a_line(count, limit, turn):
    lines = tuple(f"問い{n}" for n in range(count))
    sheets = [rotate(lines, turn=turn + later, limit=limit) for later in range(count)]
    assert all(len(set(sheet)) == len(sheet) == min(limit, count) for sheet in sheets)
    assert {line for sheet in sheets for line in sheet} == set(lines)


@given(st.integers(1, 6), st.integers(0, 20), st.integers(0, 100))
def test_two_sheets_in_a_row_share_nothing_where_there_is_enough(limit, more, turn):
    lines = tuple(f"問い{n}" for n in range(2 * limit + more))
    assert not set(rotate(lines, turn=turn, limit=limit)) & set(rotate(lines, turn=turn + 1, limit=limit))


def test_no_lines_and_no_room_give_an_empty_list():
    assert rotate((), turn=3, limit=4) == ()
    assert rotate(("問い",), turn=3, limit=0) == ()


def test_a_sheet_draws_from_the_step_and_stays_the_same_until_the_next_dialogue():
    page = load_guidance().for_step(Step.INSIGHT, BusinessSize.SMALL)
    first = prepare(page, dialogues_held=0)
    assert first == prepare(page, dialogues_held=0)
    assert set(first.questions) < set(page.questions)
    assert set(first.avoid) <= set(page.avoid)
    assert not set(first.questions) & set(prepare(page, dialogues_held=1).questions)
    assert first != prepare(page, dialogues_held=0, seed=1)
