"""Which business year a file is of, as far as the file says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bansou.domain.locaben.accounting.mapping import Mapping
from bansou.domain.locaben.accounting.statement import ColumnRole, Statement
from bansou.domain.locaben.written_periods import months_of, read_period_label

_A_YEAR = 12


@dataclass(frozen=True)
class Period:
    """``end`` is ``None`` when the file names no day: somebody has to say which year it is."""

    end: date | None
    months: int


def period_of(statement: Statement, mapping: Mapping) -> Period:
    """By the titles and months, else by the heading of the columns in use, else by 「…現在」."""
    if statement.span is not None:
        return Period(statement.span[1], months_of(statement.span))
    used = [mapping.stock_column or "", *mapping.flow_columns]
    labels = [label for name in used if (label := read_period_label(name)) is not None]
    ends = [label.end for label in labels if label.end is not None]
    months = len(statement.columns_of(ColumnRole.MONTH)) or _A_YEAR
    return Period(max(ends, default=statement.as_of), min(months, _A_YEAR))
