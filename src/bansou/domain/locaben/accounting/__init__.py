"""Trial balances and accounts exported from bookkeeping programs → figures, through a confirmed mapping."""

from bansou.domain.locaben.accounting.applying import (
    STATEMENT_KEYS,
    AppliedFigures,
    UnusedLine,
    UsedLine,
    apply,
)
from bansou.domain.locaben.accounting.mapping import BALANCE_PAIR, Mapping, MappingEntry
from bansou.domain.locaben.accounting.period import Period, period_of
from bansou.domain.locaben.accounting.reading import read_statement
from bansou.domain.locaben.accounting.statement import (
    AccountLine,
    AmountColumn,
    ColumnRole,
    LeftLine,
    Statement,
    Vendor,
)
from bansou.domain.locaben.accounting.suggesting import complete, suggest_mapping
from bansou.domain.locaben.accounting.vocabulary import Sign

__all__ = [
    "BALANCE_PAIR",
    "STATEMENT_KEYS",
    "AccountLine",
    "AmountColumn",
    "AppliedFigures",
    "ColumnRole",
    "LeftLine",
    "Mapping",
    "MappingEntry",
    "Period",
    "Sign",
    "Statement",
    "UnusedLine",
    "UsedLine",
    "Vendor",
    "apply",
    "complete",
    "period_of",
    "read_statement",
    "suggest_mapping",
]
