"""Fiscal years in a row: each takes the sales of the one before it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bansou.domain.locaben.figures import Figures


def month_of(end: date) -> int:
    """The month a period ends in, counted so that two ends may be subtracted: 2026-03 − 2025-12 = 3."""
    return end.year * 12 + end.month


def in_sequence(years: Iterable[Figures]) -> list[Figures]:
    """Oldest first, `previous_sales` filled from the period that adjoins where it is known.

    前期 is the period that ended when this one began: as many months earlier as this one lasts. Sales of a
    year are kept once (domain page §5): a figure typed as 前期売上高 counts only where the sheet has no such
    year, or that year has no sales. Raises ValueError for a year without its end.
    """
    dated: dict[date, Figures] = {}
    for year in years:
        if year.fiscal_year_end is None:
            raise ValueError("a fiscal year in a row has its end")
        dated[year.fiscal_year_end] = year
    by_month = {month_of(end): year for end, year in dated.items()}
    row = []
    for end, year in sorted(dated.items()):
        before = by_month.get(month_of(end) - year.months)
        if before is not None and before.sales is not None:
            year = replace(year, previous_sales=before.sales, previous_months=before.months)
        row.append(year)
    return row
