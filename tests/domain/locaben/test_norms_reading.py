"""Norms that somebody loads: what is right is read, what cannot be meant so is refused with its line."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bansou.domain.locaben import INDUSTRIES, Indicator, read_norms
from bansou.domain.shared import Refusals
from tests.domain.locaben.norms_for_tests import EDITION, norms_for_tests

GROWTH, MARGIN, PRODUCTIVITY, MULTIPLE, MONTHS, EQUITY = (one.value for one in Indicator)
NUMBERS = ("median", "cut_iv", "cut_iii", "cut_ii", "cut_i")


def rows(indicator=None, /, **changes):
    """The rows of the round norms; those of ``indicator`` changed, a callable changes a number."""
    made = norms_for_tests().as_rows()
    for row in made:
        if row["indicator"] == indicator:
            row.update(changes)
    return made


def times(indicator, factor):
    made = norms_for_tests().as_rows()
    for row in made:
        if row["indicator"] == indicator:
            row.update({name: str(Decimal(row[name]) * Decimal(factor)) for name in NUMBERS})
    return made


def refused(made, edition=EDITION):
    with pytest.raises(Refusals) as found:
        read_norms(made, edition)
    return list(found.value)


def test_our_layout_is_read():
    assert list(read_norms(norms_for_tests().as_rows(), EDITION)) == list(norms_for_tests())


@pytest.mark.parametrize(
    ("indicator", "changes", "code"),
    [
        (GROWTH, {"cut_iii": "0.07"}, "cuts_not_in_order"),
        (MULTIPLE, {"cut_iv": "1", "cut_iii": "5", "cut_ii": "10", "cut_i": "20"}, "cuts_not_in_order"),
        (GROWTH, {"cut_ii": "0"}, "cuts_not_in_order"),
        (GROWTH, {"median": "0.06"}, "median_outside"),
        (MONTHS, {"median": "2"}, "median_outside"),
        (MULTIPLE, {"cut_i": "-1"}, "multiple_not_positive"),
        (EQUITY, {"cut_i": "多い"}, "not_a_number"),
        (EQUITY, {"cut_i": ""}, "not_a_number"),
        (EQUITY, {"cut_i": "Infinity"}, "not_a_number"),
        (EQUITY, {"median": "1e-999999999"}, "not_a_number"),
        (GROWTH, {"industry_code": "304"}, "unknown_industry"),
        (GROWTH, {"industry_minor": "農業"}, "industry_mismatch"),
        (GROWTH, {"size": "large"}, "unknown_size"),
        (GROWTH, {"indicator": "roe"}, "unknown_indicator"),
        (GROWTH, {"edition": "2016"}, "other_edition"),
    ],
)
def test_what_cannot_be_meant_so_is_refused_with_its_line(indicator, changes, code):
    found = refused(rows(indicator, **changes))
    assert {refusal.code for refusal in found} == {code}
    first = 2 + list(Indicator).index(Indicator(indicator))
    assert [refusal.message.split("行目")[0] for refusal in found] == [str(first), str(first + 6)]


@pytest.mark.parametrize(
    ("indicator", "factor"),
    [
        *((one, factor) for one in (GROWTH, MARGIN, EQUITY) for factor in ("100", "0.01")),
        (PRODUCTIVITY, "0.001"),
        (PRODUCTIVITY, "1000"),
        (MONTHS, "30"),
    ],
)
def test_another_unit_is_refused_never_scored(indicator, factor):
    assert {refusal.code for refusal in refused(times(indicator, factor))} == {"unit_doubtful"}


def test_one_row_in_another_unit_among_right_ones_is_refused():
    made = rows()
    made[0].update({name: str(Decimal(made[0][name]) * 100) for name in NUMBERS})
    (refusal,) = refused(made)
    assert (refusal.code, refusal.message[:4]) == ("unit_doubtful", "2行目：")


def test_the_same_row_twice_is_refused():
    made = rows()
    assert [refusal.code for refusal in refused([*made, made[0]])] == ["duplicate"]


def test_an_industry_without_its_six_indicators_is_refused():
    (refusal,) = refused(rows()[1:])
    assert (refusal.code, "売上増加率" in refusal.message) == ("incomplete", True)


def test_who_claims_to_be_official_brings_every_industry():
    official = replace(EDITION, official=True)
    assert len(refused(rows(), official)) == 2 * 26
    whole = norms_for_tests(official, tuple(INDUSTRIES))
    assert len(read_norms(whole.as_rows(), official)) == 324


@pytest.mark.parametrize(("made", "code"), [([], "no_norms"), ([{"size": "small"}], "columns_missing")])
def test_no_rows_and_no_columns_are_refused(made, code):
    assert [refusal.code for refusal in refused(made)] == [code]
