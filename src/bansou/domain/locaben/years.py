"""Fiscal years in a row: each takes the sales of the one before it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bansou.domain.locaben.figures import Figures


def in_sequence(years: Iterable[Figures]) -> list[Figures]:
    """Oldest first, `previous_sales` filled from the year that ended 12 months earlier where it is known.

    Sales of a year are kept once (domain page §5): a figure typed as 前期売上高 counts only where the sheet
    has no such year, or that year has no sales. Raises ValueError for a year without its end.
    """
    dated: dict[date, Figures] = {}
    for year in years:
        if year.fiscal_year_end is None:
            raise ValueError("a fiscal year in a row has its end")
        dated[year.fiscal_year_end] = year
    by_month = {(end.year, end.month): year for end, year in dated.items()}
    row = []
    for end, year in sorted(dated.items()):
        before = by_month.get((end.year - 1, end.month))
        if before is not None and before.sales is not None:
            year = replace(year, previous_sales=before.sales, previous_months=before.months)
        row.append(year)
    return row
