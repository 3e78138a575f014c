"""A trial balance or a set of accounts as it stands in an exported file, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.shared.written_figures import YenUnit

Sheet = Literal["balance", "income"]


class Vendor(LabelledEnum):
    """Which program wrote the file, guessed from its layout; never decides an amount."""

    YAYOI = "yayoi", "弥生会計"
    FREEE = "freee", "freee会計"
    MONEY_FORWARD = "money_forward", "マネーフォワード クラウド会計"
    UNKNOWN = "unknown", "その他の会計ソフト・表"


class ColumnRole(StrEnum):
    """What a column of amounts holds. ``DEBIT_BALANCE`` and ``CREDIT_BALANCE`` come as a pair."""

    CLOSING = "closing"
    OPENING = "opening"
    DEBIT = "debit"
    CREDIT = "credit"
    DEBIT_BALANCE = "debit_balance"
    CREDIT_BALANCE = "credit_balance"
    MONTH = "month"
    ADJUSTMENT = "adjustment"
    TOTAL = "total"
    UNNAMED = "unnamed"


@dataclass(frozen=True)
class AmountColumn:
    """``name`` is unique in the statement: the heading, with 「(2)」 for its second appearance."""

    name: str
    role: ColumnRole
    index: int


@dataclass(frozen=True)
class AccountLine:
    """One row. ``line``: its number in the file, from 1; ``amounts``: column name → amount as written.

    ``parents``: names of the rows it stands under, outermost first; ``sub``: its 補助科目, if it is one;
    ``is_sum``: the row is a total of others; ``sheet``: on which of the two statements, if the file says.
    """

    line: int
    name: str
    amounts: Mapping[str, str]
    parents: tuple[str, ...] = ()
    sub: str = ""
    is_sum: bool = False
    sheet: Sheet | None = None

    @property
    def shown(self) -> str:
        return f"{self.name}（{self.sub}）" if self.sub else self.name


@dataclass(frozen=True)
class LeftLine:
    """A row that is no account line, with the words it holds: titles, headings, other departments."""

    line: int
    text: str


@dataclass(frozen=True)
class Statement:
    """``signature`` is the same for the same layout, whatever firm, amounts or fiscal year.

    ``span``: first and last day the titles name, or the columns of its months; ``as_of``: the day its
    balances are of, where only that is written; ``unit``: the unit the titles name; ``doubts``: sentences.
    """

    vendor: Vendor
    signature: str
    header_line: int | None
    columns: tuple[AmountColumn, ...]
    lines: tuple[AccountLine, ...]
    others: tuple[LeftLine, ...] = ()
    span: tuple[date, date] | None = None
    as_of: date | None = None
    unit: YenUnit | None = None
    doubts: tuple[str, ...] = field(default=())

    def columns_of(self, *roles: ColumnRole) -> tuple[AmountColumn, ...]:
        return tuple(column for column in self.columns if column.role in roles)
