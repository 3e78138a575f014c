"""A first proposal for a layout nobody has confirmed yet, from the names alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bansou.domain.locaben.accounting.amounts import Amounts
from bansou.domain.locaben.accounting.choosing import Candidate, choose
from bansou.domain.locaben.accounting.mapping import BALANCE_PAIR, Mapping, MappingEntry
from bansou.domain.locaben.accounting.statement import AccountLine, AmountColumn, ColumnRole, Statement
from bansou.domain.locaben.accounting.vocabulary import Role, Sign, label_key, place_of
from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.locaben.written_periods import read_period_label
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

# Lines that hardly any firm has below zero: they show that a program prints credit balances as negative.
_NEVER_NEGATIVE = {
    label_key(name) for name in ("資本金", "売上高", "売上高合計", "純売上高", "買掛金", "負債合計")
}


def suggest_mapping(statement: Statement) -> Mapping:
    """Columns and accounts by their names. Of totals and details of one figure it names one or the other."""
    empty = Mapping(
        signature=statement.signature,
        stock_column=_stock_column(statement),
        flow_columns=_flow_columns(statement),
        entries=(),
    )
    return replace(empty, entries=_entries(statement, empty))


def complete(mapping: Mapping, statement: Statement) -> Mapping:
    """A stored mapping for another file of the same layout: what a person decided stays as it is; accounts
    it does not know, for figures it leaves empty here, and columns this file lacks are proposed anew."""
    suggested = suggest_mapping(statement)
    names = {column.name for column in statement.columns} | {BALANCE_PAIR}
    decided = {label_key(account) for account in (*mapping.ignored, *(e.account for e in mapping.entries))}
    present = {label_key(line.name) for line in statement.lines}
    found = [entry for entry in mapping.entries if label_key(entry.account) in present]
    added = tuple(
        entry
        for entry in suggested.entries
        if label_key(entry.account) not in decided and _joins(entry, [e for e in found if e.key == entry.key])
    )
    keeps_flow = bool(mapping.flow_columns) and set(mapping.flow_columns) <= names
    return replace(
        mapping,
        signature=statement.signature,
        stock_column=mapping.stock_column if mapping.stock_column in names else suggested.stock_column,
        flow_columns=mapping.flow_columns if keeps_flow else suggested.flow_columns,
        entries=mapping.entries + added,
    )


def _joins(entry: MappingEntry, others: Sequence[MappingEntry]) -> bool:
    """A further detail joins details; beside a total it would be counted twice."""
    places = [place_of(each.account) for each in (entry, *others)]
    return not others or all(place is not None and place.role is Role.PART for place in places)


def candidates_of(statement: Statement, mapping: Mapping, amounts: Amounts) -> list[Candidate]:
    """Every line as the vocabulary sees it, with its amount; unreadable amounts count as blank here."""
    return [_candidate(position, line, mapping, amounts) for position, line in enumerate(statement.lines)]


def _candidate(position: int, line: AccountLine, mapping: Mapping, amounts: Amounts) -> Candidate:
    place = place_of(line.name)
    try:
        amount = amounts.of(line, mapping, place.key) if place else None
    except Refusal:
        amount = None
    return Candidate(position, line.line, line.name, amount, place, line.parents, bool(line.sub), line.sheet)


def _entries(statement: Statement, mapping: Mapping) -> tuple[MappingEntry, ...]:
    candidates = candidates_of(statement, mapping, Amounts(statement, _any_unit(statement)))
    choices = choose(each for each in candidates if each.place and each.place.key in FIGURE_LABELS)
    inverted = _credit_is_negative(candidates)
    found: dict[tuple[str, str], MappingEntry] = {}
    for key in FIGURE_LABELS:
        for each in choices[key].taken if key in choices else ():
            if each.place is None:
                continue
            sign = Sign.MINUS if inverted and each.place.on_credit_side else each.place.sign
            found.setdefault((each.key, key), MappingEntry(each.name, key, sign))
    return tuple(found.values())


def _any_unit(statement: Statement) -> YenUnit:
    """Only the proportions matter here; decimals (千円, 百万円) must not stand in the way."""
    has_point = any("." in cell or "．" in cell for line in statement.lines for cell in line.amounts.values())
    return YenUnit.MILLION if has_point else YenUnit.YEN


def _credit_is_negative(candidates: Sequence[Candidate]) -> bool:
    telling = [each.amount for each in candidates if each.key in _NEVER_NEGATIVE and each.amount]
    return bool(telling) and max(telling) < 0


def _stock_column(statement: Statement) -> str | None:
    """The closing balance; in a table of months the last month that holds anything."""
    closing = statement.columns_of(ColumnRole.CLOSING)
    if closing:
        return _latest(statement, closing).name
    if statement.columns_of(ColumnRole.DEBIT_BALANCE, ColumnRole.CREDIT_BALANCE):
        return BALANCE_PAIR
    # 決算整理 stands after the last month and holds the balance once it is done.
    monthly = statement.columns_of(ColumnRole.ADJUSTMENT, ColumnRole.MONTH)
    filled = [column for column in monthly if _is_filled(statement, column)]
    if filled:
        return max(filled, key=lambda column: column.index).name
    rest = statement.columns_of(ColumnRole.TOTAL, ColumnRole.UNNAMED)
    return rest[-1].name if rest else None


def _flow_columns(statement: Statement) -> tuple[str, ...]:
    """The total of the year; in a table of months without one, all of them."""
    monthly = statement.columns_of(ColumnRole.MONTH)
    total = statement.columns_of(ColumnRole.TOTAL)
    closing = statement.columns_of(ColumnRole.CLOSING)
    if total and not closing:
        return (total[-1].name,)
    if closing:
        return (_latest(statement, closing).name,)
    if monthly:
        return tuple(column.name for column in (*monthly, *statement.columns_of(ColumnRole.ADJUSTMENT)))
    stock = _stock_column(statement)
    return (stock,) if stock else ()


def _latest(statement: Statement, columns: Sequence[AmountColumn]) -> AmountColumn:
    """The year that ended last, if the headings say; else the first column that holds anything."""
    labels = [(read_period_label(column.name), column) for column in columns]
    dated = [(label.end, column) for label, column in labels if label is not None and label.end is not None]
    if dated and len(dated) == len(columns):
        return max(dated, key=lambda pair: pair[0])[1]
    return next((column for column in columns if _is_filled(statement, column)), columns[0])


def _is_filled(statement: Statement, column: AmountColumn) -> bool:
    """Zeros do not count: programs print them for months that have not come yet."""
    return any(
        any("1" <= sign <= "9" or "１" <= sign <= "９" for sign in line.amounts.get(column.name, ""))
        for line in statement.lines
    )
