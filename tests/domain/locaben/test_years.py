"""Fiscal years in a row."""

from datetime import date

import pytest

from bansou.domain.locaben import BusinessSize, Figures, Indicator, assess
from bansou.domain.locaben.years import in_sequence

from .norms_for_tests import firm, norms_for_tests


def year(end: date, **facts) -> Figures:
    return Figures(fiscal_year_end=end, **facts)


def test_each_year_takes_the_sales_of_the_year_before():
    row = in_sequence(
        [year(date(2026, 3, 31), sales=300, previous_sales=999), year(date(2025, 3, 31), sales=200)]
    )
    assert [(each.fiscal_year_end.year, each.previous_sales) for each in row] == [(2025, None), (2026, 200)]


def test_a_typed_figure_counts_where_the_year_before_is_not_there_or_has_no_sales():
    gap = in_sequence([year(date(2024, 3, 31), sales=1), year(date(2026, 3, 31), sales=3, previous_sales=2)])
    assert gap[1].previous_sales == 2
    blank = in_sequence([year(date(2025, 3, 31)), year(date(2026, 3, 31), sales=3, previous_sales=2)])
    assert blank[1].previous_sales == 2


def test_a_leap_day_is_the_same_month_and_a_year_without_its_end_is_refused():
    row = in_sequence([year(date(2024, 2, 29), sales=5), year(date(2025, 2, 28), sales=6)])
    assert row[1].previous_sales == 5
    with pytest.raises(ValueError, match="end"):
        in_sequence([Figures(sales=1)])


@pytest.mark.parametrize(
    ("chain", "before"),
    [
        # A half-year after a half-year: the year that ended twelve months earlier is not the one before.
        ([("2025-03", 12, 1200), ("2025-09", 6, 600), ("2026-03", 6, 660)], [None, (1200, 12), (600, 6)]),
        # The closing month moved from March to December, then stayed there.
        ([("2025-03", 12, 1200), ("2025-12", 9, 900), ("2026-12", 12, 1300)], [None, (1200, 12), (900, 9)]),
        ([("2025-03", 12, 1200), ("2026-06", 15, 1500)], [None, (1200, 12)]),
    ],
)
def test_the_year_before_is_the_period_that_adjoins(chain, before):
    years = [
        year(date(int(end[:4]), int(end[5:]), 28), months=months, sales=sales, previous_sales=1)
        for end, months, sales in chain
    ]
    row = in_sequence(years)
    assert [(each.previous_sales, each.previous_months) for each in row] == [
        known or (1, 12) for known in before
    ]


def test_a_short_period_takes_nothing_from_one_that_does_not_adjoin():
    years = [
        year(date(2025, 3, 31), sales=1200),
        year(date(2026, 3, 31), months=6, sales=660, previous_sales=600),
    ]
    assert in_sequence(years)[1].previous_sales == 600


def test_growth_on_a_short_year_before_is_for_reference_alone():
    short = firm(fiscal_year_end=date(2025, 3, 31), months=6)
    row = in_sequence([short, firm(fiscal_year_end=date(2026, 3, 31))])
    norms = norms_for_tests()
    code, size = next((code, size) for (code, size, _), _norm in norms)
    result = assess(row[1], norms=norms, industry_code=code, size=BusinessSize(size))
    assert [one for one, each in result.results.items() if each.for_reference] == [Indicator.SALES_GROWTH]
