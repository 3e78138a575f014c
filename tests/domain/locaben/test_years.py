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


def test_growth_on_a_short_year_before_is_for_reference_alone():
    short = firm(fiscal_year_end=date(2025, 3, 31), months=6)
    row = in_sequence([short, firm(fiscal_year_end=date(2026, 3, 31))])
    norms = norms_for_tests()
    code, size = next((code, size) for (code, size, _), _norm in norms)
    result = assess(row[1], norms=norms, industry_code=code, size=BusinessSize(size))
    assert [one for one, each in result.results.items() if each.for_reference] == [Indicator.SALES_GROWTH]
