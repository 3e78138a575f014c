"""One firm: values, points, special cases row by row (shared domain page §1.4), total and grade."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bansou.domain.locaben import FIGURE_FIELDS, BusinessSize, Figures, Indicator, Note, assess, grade_of
from bansou.domain.shared import Refusal
from tests.domain.locaben.norms_for_tests import EDITION, firm, norms_for_tests, official_norms_for_tests

NORMS = norms_for_tests()
GROWTH, MARGIN, PRODUCTIVITY, MULTIPLE, MONTHS, EQUITY = Indicator


def assessed(**changes):
    return assess(firm(**changes), norms=NORMS, industry_code="0304", size=BusinessSize.SMALL)


def result(indicator, **changes):
    return assessed(**changes).results[indicator]


def test_the_six_values_are_exact():
    values = {one: found.value for one, found in assessed().results.items()}
    assert values == {
        GROWTH: Fraction(1, 20),
        MARGIN: Fraction(3, 100),
        PRODUCTIVITY: 630_000,
        MULTIPLE: 5,
        MONTHS: 1,
        EQUITY: Fraction(3, 10),
    }


def test_a_score_carries_what_is_printed_with_it():
    scored = assessed(fiscal_year_end=date(2026, 3, 31))
    assert (scored.edition, scored.industry_code, scored.size) == (EDITION, "0304", BusinessSize.SMALL)
    assert scored.fiscal_year_end == date(2026, 3, 31)
    assert (scored.total, scored.partial_total, scored.grade, scored.lacking) == (24, 24, "A", ())
    assert scored.notes == ()


def test_own_norms_are_never_called_official():
    assert not assessed().is_official
    assert "公式基準ではありません" in assessed().edition.norms_name
    official = assess(
        firm(), norms=official_norms_for_tests(), industry_code="1301", size=BusinessSize.MEDIUM
    )
    assert official.is_official
    assert official.edition.norms_name == "ロカベンの業種基準値・試験用"


@pytest.mark.parametrize(("industry", "code"), [("9999", "unknown_industry"), ("0101", "norms_missing")])
def test_without_norms_of_the_industry_there_is_no_score(industry, code):
    with pytest.raises(Refusal) as refused:
        assess(firm(), norms=NORMS, industry_code=industry, size=BusinessSize.SMALL)
    assert (refused.value.code, refused.value.field) == (code, "industry_code")


def test_without_any_norms_there_is_no_score():
    with pytest.raises(TypeError):
        assess(firm(), industry_code="0304", size=BusinessSize.SMALL)


def test_a_proposed_size_is_said():
    scored = assess(firm(), norms=NORMS, industry_code="0304", size=BusinessSize.SMALL, size_proposed=True)
    assert scored.notes == (Note.SIZE_PROPOSED,)


@pytest.mark.parametrize(
    ("total", "grade"),
    [(6, "D"), (11, "D"), (12, "C"), (17, "C"), (18, "B"), (23, "B"), (24, "A"), (30, "A")],
)
def test_the_grade_of_a_total(total, grade):
    assert grade_of(total) == grade


@pytest.mark.parametrize("total", [5, 31])
def test_no_grade_beyond_the_scale(total):
    with pytest.raises(ValueError, match="between 6 and 30"):
        grade_of(total)


# The cuts: on a cut the better point, the smallest step below it the worse one.

_ON_CUTS = [
    (GROWTH, {"sales": 110_000_000}, {"sales": 109_999_999}, 5),
    (GROWTH, {"sales": 105_000_000}, {"sales": 104_999_999}, 4),
    (GROWTH, {"sales": 100_000_000}, {"sales": 99_999_999}, 3),
    (GROWTH, {"sales": 90_000_000}, {"sales": 89_999_999}, 2),
    (MARGIN, {"operating_profit": 8_400_000}, {"operating_profit": 8_399_999}, 5),
    (PRODUCTIVITY, {"operating_profit": 2_500_000}, {"operating_profit": 2_499_999}, 4),
    (PRODUCTIVITY, {"operating_profit": -2_500_000}, {"operating_profit": -2_500_001}, 2),
    (MULTIPLE, {"borrowings": 8_000_000}, {"borrowings": 8_000_001}, 5),
    (MULTIPLE, {"borrowings": 24_000_000}, {"borrowings": 24_000_001}, 4),
    (MULTIPLE, {"borrowings": 84_000_000}, {"borrowings": 84_000_001}, 2),
    (MONTHS, {"inventory": 2_750_000}, {"inventory": 2_750_001}, 4),
    (MONTHS, {"accounts_payable": 15_625_000}, {"accounts_payable": 15_624_999}, 5),
    (EQUITY, {"net_assets": 24_000_000}, {"net_assets": 23_999_999}, 5),
    (EQUITY, {"net_assets": -8_000_000}, {"net_assets": -8_000_001}, 2),
]


@pytest.mark.parametrize(("indicator", "on_cut", "just_worse", "points"), _ON_CUTS)
def test_a_value_equal_to_a_cut_gets_the_better_point(indicator, on_cut, just_worse, points):
    assert result(indicator, **on_cut).points == points
    assert result(indicator, **just_worse).points == points - 1


def test_a_median_firm_gets_three_points():
    scored = assessed(sales=102_500_000, net_assets=8_000_000)
    assert (scored.results[GROWTH].points, scored.results[EQUITY].points) == (3, 3)


# Special cases

_SPECIAL = {
    # name: (changes, indicator, value, points, notes)
    "no employees count as one": ({"employees": 0}, PRODUCTIVITY, 3_150_000, 5, {Note.EMPLOYEES_ZERO_AS_ONE}),
    "employees blank": ({"employees": None}, PRODUCTIVITY, None, None, {Note.MISSING_EMPLOYEES}),
    "employees below zero": ({"employees": -1}, PRODUCTIVITY, None, None, {Note.EMPLOYEES_NEGATIVE}),
    "prior sales blank": ({"previous_sales": None}, GROWTH, None, None, {Note.NO_PREVIOUS_SALES}),
    "prior sales zero": ({"previous_sales": 0}, GROWTH, None, None, {Note.NO_PREVIOUS_SALES}),
    "prior sales negative": ({"previous_sales": -1}, GROWTH, None, None, {Note.NO_PREVIOUS_SALES}),
    "sales zero, margin": ({"sales": 0}, MARGIN, None, None, {Note.SALES_NOT_POSITIVE}),
    "sales zero, months": ({"sales": 0}, MONTHS, None, None, {Note.SALES_NOT_POSITIVE}),
    "sales zero, growth": ({"sales": 0}, GROWTH, -1, 1, set()),
    "sales negative, margin": ({"sales": -1}, MARGIN, None, None, {Note.SALES_NOT_POSITIVE}),
    "no assets": ({"total_assets": 0}, EQUITY, None, None, {Note.NO_TOTAL_ASSETS}),
    "assets below zero": ({"total_assets": -1}, EQUITY, None, None, {Note.NO_TOTAL_ASSETS}),
    "net cash": ({"cash": 28_000_000}, MULTIPLE, -1, 5, {Note.NET_CASH}),
    "net debt exactly zero": ({"cash": 24_000_000}, MULTIPLE, 0, 5, {Note.NET_CASH}),
    "EBITDA negative, debt": ({"operating_profit": -850_001}, MULTIPLE, None, 1, {Note.EBITDA_NOT_POSITIVE}),
    "EBITDA zero, debt": ({"operating_profit": -850_000}, MULTIPLE, None, 1, {Note.EBITDA_NOT_POSITIVE}),
    "EBITDA one yen, debt": ({"operating_profit": -849_999}, MULTIPLE, 20_000_000, 1, set()),
    "EBITDA negative, no net debt": (
        {"operating_profit": -2_000_000, "cash": 25_000_000},
        MULTIPLE,
        None,
        None,
        {Note.EBITDA_NOT_POSITIVE},
    ),
    "EBITDA zero, net debt zero": (
        {"operating_profit": -850_000, "cash": 24_000_000},
        MULTIPLE,
        None,
        None,
        {Note.EBITDA_NOT_POSITIVE},
    ),
    "insolvent": ({"net_assets": -2_000_000}, EQUITY, Fraction(-1, 20), 2, {Note.INSOLVENT}),
    "negative working capital": ({"accounts_payable": 20_000_000}, MONTHS, -1, 5, set()),
}


@pytest.mark.parametrize("name", _SPECIAL)
def test_a_special_case(name):
    changes, indicator, value, points, notes = _SPECIAL[name]
    found = result(indicator, **changes)
    assert (found.value, found.points, set(found.notes)) == (value, points, notes)
    scored = assessed(**changes)
    assert notes <= set(scored.notes)
    assert (scored.total is None) is (points is None or len(scored.lacking) > 0)
    assert (scored.grade is None) is (scored.total is None)
    assert found.shown


def test_without_a_point_the_sum_is_partial_and_there_is_no_grade():
    scored = assessed(previous_sales=None)
    assert (scored.total, scored.grade, scored.lacking) == (None, None, (GROWTH,))
    assert scored.partial_total == 20


def test_one_point_by_our_rule_counts_in_the_total():
    scored = assessed(operating_profit=-5_000_000)
    assert scored.results[MULTIPLE].points == 1
    assert scored.total == sum(found.points for found in scored.results.values())


_USED_BY = {
    "sales": {GROWTH, MARGIN, MONTHS},
    "previous_sales": {GROWTH},
    "operating_profit": {MARGIN, PRODUCTIVITY, MULTIPLE},
    "depreciation": {MULTIPLE},
    "employees": {PRODUCTIVITY},
    "cash": {MULTIPLE},
    "notes_receivable": {MONTHS},
    "accounts_receivable": {MONTHS},
    "inventory": {MONTHS},
    "borrowings": {MULTIPLE},
    "notes_payable": {MONTHS},
    "accounts_payable": {MONTHS},
    "net_assets": {EQUITY},
    "total_assets": {EQUITY},
}


@pytest.mark.parametrize("key", _USED_BY)
def test_a_blank_is_never_zero(key):
    scored = assessed(**{key: None})
    assert set(scored.lacking) == _USED_BY[key]
    assert scored.notes == (Note.missing(key),)
    assert all(scored.results[one].value is None for one in _USED_BY[key])


def test_nothing_at_all_scores_nothing_and_says_why():
    scored = assess(Figures(), norms=NORMS, industry_code="0304", size=BusinessSize.MEDIUM)
    assert set(scored.lacking) == set(Indicator)
    assert (scored.partial_total, scored.total, scored.grade) == (0, None, None)
    assert all(found.shown.startswith("算出不可（") for found in scored.results.values())
    assert {Note.missing(key) for key in _USED_BY} == set(scored.notes)


def test_another_period_than_twelve_months_is_for_reference():
    scored = assessed(months=9)
    marked = {one for one, found in scored.results.items() if found.for_reference}
    assert marked == {GROWTH, MARGIN, MONTHS}
    assert scored.notes == (Note.PERIOD_NOT_TWELVE_MONTHS,)
    assert scored.results[MONTHS].value == assessed().results[MONTHS].value


def test_other_debt_counts_only_when_chosen():
    extras = {"bonds": 4_000_000, "officer_loans": 8_000_000, "lease_obligations": None}
    assert result(MULTIPLE, **extras).value == 5
    chosen = result(MULTIPLE, **extras, counted_debt=frozenset({"bonds", "lease_obligations"}))
    assert (chosen.value, chosen.notes) == (6, (Note.OTHER_DEBT_COUNTED,))
    assert result(MULTIPLE, counted_debt=frozenset({"bonds"})).notes == ()


def test_electronic_claims_count_like_notes():
    assert result(MONTHS, electronic_receivables=8_750_000).value == 2
    assert result(MONTHS, electronic_payables=8_750_000).value == 0


def test_debt_beyond_ebitda_and_insolvency_are_noted_together():
    scored = assessed(operating_profit=-5_000_000, net_assets=-1, employees=0)
    assert scored.notes == (Note.EBITDA_NOT_POSITIVE, Note.EMPLOYEES_ZERO_AS_ONE, Note.INSOLVENT)


# Figures


def test_the_page_asks_for_every_figure_there_is():
    asked = {field.key for field in FIGURE_FIELDS}
    assert asked == {one.name for one in fields(Figures)} - {
        "fiscal_year_end",
        "months",
        "previous_months",
        "counted_debt",
        "unofficial_aid",
    }
    assert {field.key for field in FIGURE_FIELDS if field.required} == set(_USED_BY)
    assert [field.key for field in FIGURE_FIELDS if not field.is_amount] == ["employees"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sales": 1.5}, TypeError),
        ({"employees": True}, TypeError),
        ({"sales": Decimal("NaN")}, ValueError),
        ({"cash": Decimal("Infinity")}, ValueError),
        ({"cash": Decimal("1e-999999")}, ValueError),
        ({"months": 0}, ValueError),
        ({"counted_debt": frozenset({"cash"})}, ValueError),
    ],
)
def test_inexact_figures_are_refused(changes, error):
    with pytest.raises(error):
        firm(**changes)


def test_decimal_yen_count_exactly():
    assert result(MARGIN, sales=Decimal("0.3"), operating_profit=Decimal("0.1")).value == Fraction(1, 3)
