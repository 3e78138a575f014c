"""The amount of a line in the columns a mapping names."""

from __future__ import annotations

from collections.abc import Iterable

from bansou.domain.locaben.accounting.mapping import BALANCE_PAIR, Mapping
from bansou.domain.locaben.accounting.statement import AccountLine, ColumnRole, Statement
from bansou.domain.locaben.accounting.vocabulary import Sign, kind_of
from bansou.domain.locaben.written_amounts import read_amount
from bansou.domain.shared.written_figures import YenUnit


class Amounts:
    """Reads lines of one statement in one unit. Raises ``Refusal`` for a cell that is no amount."""

    def __init__(self, statement: Statement, unit: YenUnit) -> None:
        self._unit = unit
        self._debit = tuple(column.name for column in statement.columns_of(ColumnRole.DEBIT_BALANCE))
        self._credit = tuple(column.name for column in statement.columns_of(ColumnRole.CREDIT_BALANCE))

    def of(self, line: AccountLine, mapping: Mapping, key: str) -> int | None:
        """The amount as printed, before any sign of the mapping; blank in every column → ``None``."""
        if kind_of(key) == "flow":
            return self.sum(line, mapping.flow_columns)
        return self.sum(line, [mapping.stock_column] if mapping.stock_column else [])

    def sum(self, line: AccountLine, columns: Iterable[str]) -> int | None:
        found = [amount for name in columns if (amount := self._one(line, name)) is not None]
        return sum(found) if found else None

    def _one(self, line: AccountLine, column: str) -> int | None:
        if column != BALANCE_PAIR:
            return read_amount(line.amounts.get(column, ""), unit=self._unit)
        debit, credit = self.sum(line, self._debit), self.sum(line, self._credit)
        return None if debit is None and credit is None else (debit or 0) - (credit or 0)


def signed(amount: int, sign: Sign) -> int:
    """What the line adds to its figure."""
    if sign is Sign.LESS:
        return -abs(amount)
    return -amount if sign is Sign.MINUS else amount
