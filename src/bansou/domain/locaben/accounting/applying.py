"""A confirmed mapping on a file: the figures, the lines they rest on, and what remains doubtful."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

from bansou.domain.locaben.accounting.amounts import Amounts, signed
from bansou.domain.locaben.accounting.choosing import PAYABLES, RECEIVABLES, Candidate, Choice, choose
from bansou.domain.locaben.accounting.mapping import BALANCE_PAIR, Mapping, MappingEntry
from bansou.domain.locaben.accounting.statement import AccountLine, ColumnRole, Statement
from bansou.domain.locaben.accounting.vocabulary import (
    Place,
    Role,
    Sign,
    kind_of,
    label_key,
    place_of,
    reason_left_out,
)
from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

_LAST_CHOICE = 1000
_NOT_IN_ACCOUNTS = ("employees", "previous_sales")
STATEMENT_KEYS: tuple[str, ...] = tuple(key for key in FIGURE_LABELS if key not in _NOT_IN_ACCOUNTS)


@dataclass(frozen=True)
class UsedLine:
    """``amount``: 円, as it entered the figure ``key``, sign included."""

    line: int
    name: str
    key: str
    amount: int


@dataclass(frozen=True)
class UnusedLine:
    """``reason``: a sentence, empty when the account simply belongs to no figure."""

    line: int
    name: str
    reason: str = ""


@dataclass(frozen=True)
class AppliedFigures:
    """``figures``: 円 per figure key, ``None`` where the file says nothing. ``doubts``: sentences."""

    figures: MappingOf[str, int | None]
    used: tuple[UsedLine, ...]
    unused: tuple[UnusedLine, ...]
    doubts: tuple[str, ...]


def apply(statement: Statement, mapping: Mapping, unit: YenUnit = YenUnit.YEN) -> AppliedFigures:
    """Every line of the statement ends up in ``used`` or in ``unused``; none is counted twice."""
    doubts = [*statement.doubts, *_about_columns(statement, mapping, unit)]
    entries = {label_key(entry.account): entry for entry in mapping.entries}
    amounts = Amounts(statement, unit)
    candidates = []
    for position, row in enumerate(statement.lines):
        try:
            candidates.append(_candidate(position, row, mapping, entries, amounts))
        except Refusal as refused:
            doubts.append(f"{row.line}行目「{row.shown}」：{refused.message}")
    candidates = _with_known_totals(statement, mapping, candidates, amounts)
    choices = choose(candidates)
    used = _used(statement, choices, entries, doubts)
    figures: dict[str, int | None] = dict.fromkeys(STATEMENT_KEYS)
    for each in used:
        figures[each.key] = (figures.get(each.key) or 0) + each.amount
    doubts += [note for key in STATEMENT_KEYS if key in choices for note in choices[key].notes]
    doubts += _about_figures(figures)
    unused, forgotten = _unused(statement, mapping, choices, {each.line for each in used})
    return AppliedFigures(figures, tuple(used), unused, (*dict.fromkeys(doubts), *forgotten))


def _candidate(
    position: int,
    line: AccountLine,
    mapping: Mapping,
    entries: MappingOf[str, MappingEntry],
    amounts: Amounts,
) -> Candidate:
    entry = entries.get(label_key(line.name))
    place = _as_mapped(line, entry) if entry else None
    amount = amounts.of(line, mapping, place.key) if place else None
    return Candidate(position, line.line, line.name, amount, place, line.parents, bool(line.sub), line.sheet)


def _with_known_totals(
    statement: Statement, mapping: Mapping, candidates: list[Candidate], amounts: Amounts
) -> list[Candidate]:
    """Lines outside the mapping that a mapped total holds: they are said to be held, and compared with it."""
    decided = {label_key(account) for account in mapping.ignored}
    mapped = [each for each in candidates if each.place is not None and each.amount is not None]
    held = {each.place.key for each in mapped if each.place and each.place.role is Role.WHOLE}
    present = {each.place.key for each in mapped if each.place}
    found = []
    for each in candidates:
        place = place_of(each.name) if each.place is None and each.key not in decided else None
        if place is not None and (
            place.key in held or (place.role is Role.MERGED and _is_split(place, present))
        ):
            each = _behind(each, place, statement.lines[each.position], mapping, amounts)
        found.append(each)
    return found


def _is_split(place: Place, present: set[str]) -> bool:
    group = RECEIVABLES if place.key in RECEIVABLES else PAYABLES
    return not present.isdisjoint(group)


def _behind(
    each: Candidate, place: Place, line: AccountLine, mapping: Mapping, amounts: Amounts
) -> Candidate:
    try:
        amount = amounts.of(line, mapping, place.key)
    except Refusal:
        return each
    return replace(each, place=replace(place, rank=place.rank + _LAST_CHOICE), amount=amount)


def _as_mapped(line: AccountLine, entry: MappingEntry) -> Place:
    """The person decides the figure; whether the line is a total is still read from its name."""
    known = place_of(line.name)
    if known is not None and known.key == entry.key:
        return Place(entry.key, known.role, entry.sign, known.on_credit_side, known.rank)
    return Place(entry.key, Role.WHOLE if line.is_sum else Role.PART, entry.sign, False)


def _used(
    statement: Statement,
    choices: MappingOf[str, Choice],
    entries: MappingOf[str, MappingEntry],
    doubts: list[str],
) -> list[UsedLine]:
    used = []
    for key, choice in choices.items():
        for each in choice.taken:
            sign = entries[each.key].sign
            printed = each.amount or 0
            used.append(UsedLine(each.line, statement.lines[each.position].shown, key, signed(printed, sign)))
            if sign is Sign.LESS and key == "operating_profit" and printed > 0:
                doubts.append(
                    f"{each.line}行目「{each.name}」は損失の行なので、営業利益をマイナス（△{printed:,}円）にしました。"
                )
    return sorted(used, key=lambda line: line.line)


def _unused(
    statement: Statement, mapping: Mapping, choices: MappingOf[str, Choice], used: set[int]
) -> tuple[tuple[UnusedLine, ...], list[str]]:
    covered = {each.line: key for key, choice in choices.items() for each in choice.covered}
    decided = {label_key(account) for account in mapping.ignored}
    mapped = {label_key(entry.account) for entry in mapping.entries}
    unused, forgotten = [], []
    for line in statement.lines:
        if line.line in used:
            continue
        reason = reason_left_out(line.name) or ""
        if line.line in covered:
            reason = f"{FIGURE_LABELS[covered[line.line]]}にもう含まれているので、足していません。"
        elif label_key(line.name) in decided:
            reason = "使わないと決めた科目です。"
        elif _is_forgotten(line, mapped):
            place = place_of(line.name)
            label = FIGURE_LABELS[place.key] if place else ""
            reason = "対応表にない科目です。"
            forgotten.append(
                f"{line.line}行目「{line.shown}」は対応表になく、使っていません。{label}に入れる科目か確かめてください。"
            )
        unused.append(UnusedLine(line.line, line.shown, reason))
    return tuple(unused), forgotten


def _is_forgotten(line: AccountLine, mapped: set[str]) -> bool:
    """The vocabulary would place it and the mapping does not speak of it; lines that a total holds never
    come here."""
    place = place_of(line.name)
    if place is None or line.sub or place.role is not Role.PART or label_key(line.name) in mapped:
        return False
    if line.sheet is not None and (line.sheet == "income") == (kind_of(place.key) == "stock"):
        return False
    return place.key in STATEMENT_KEYS


def _about_columns(statement: Statement, mapping: Mapping, unit: YenUnit) -> list[str]:
    doubts = []
    names = {column.name for column in statement.columns} | {BALANCE_PAIR}
    wanted = [*mapping.flow_columns, *([mapping.stock_column] if mapping.stock_column else [])]
    doubts += [
        f"「{name}」の列がこのファイルにありません。" for name in dict.fromkeys(wanted) if name not in names
    ]
    if statement.unit is not None and statement.unit is not unit:
        doubts.append(f"表には「{statement.unit.label}」と書かれていますが、{unit.label}として読みました。")
    months = [column.name for column in statement.columns_of(ColumnRole.MONTH)]
    summed = [name for name in mapping.flow_columns if name in months]
    if not any(kind_of(entry.key) == "flow" for entry in mapping.entries):
        return doubts
    if summed and len(summed) != len(months):
        doubts.append(f"損益は{len(months)}か月のうち{len(summed)}か月分を足しました。")
    elif summed and len(summed) != 12:
        doubts.append(f"損益は{len(summed)}か月分を足しました。1年分かどうか確かめてください。")
    return doubts


_MISSING_WORDS = {
    "operating_profit": "営業利益の行が見つかりませんでした。経常利益などでは代えません。",
    "depreciation": "減価償却費の行が見つかりませんでした。販管費と製造原価の両方を確かめてください。",
    "total_assets": "資産合計の行が見つかりませんでした。",
    "net_assets": "純資産合計の行が見つかりませんでした。",
}


def _missing(figures: MappingOf[str, int | None]) -> list[str]:
    """A balance sheet alone is not asked for its operating profit, nor the other way round."""
    flows = figures.get("sales") is not None
    stocks = figures.get("cash") is not None or figures.get("total_assets") is not None
    return [
        key
        for key in _MISSING_WORDS
        if figures.get(key) is None and (flows if kind_of(key) == "flow" else stocks)
    ]


def _about_figures(figures: MappingOf[str, int | None]) -> list[str]:
    return [*(_MISSING_WORDS[key] for key in _missing(figures)), *_balance_doubt(figures)]


def _balance_doubt(figures: MappingOf[str, int | None]) -> list[str]:
    net, debts, whole = (figures.get(key) for key in ("net_assets", "total_liabilities", "total_assets"))
    if net is None or debts is None or whole is None or net + debts == whole:
        return []
    return [
        f"純資産（{net:,}円）と負債（{debts:,}円）の合計が、総資産（{whole:,}円）と"
        f"{abs(net + debts - whole):,}円違います。"
    ]
