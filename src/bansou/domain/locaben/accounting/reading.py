"""Rows of an exported file → a ``Statement``: titles, headings and account lines told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bansou.domain.locaben.accounting.layout import (
    Layout,
    Rows,
    amount_columns,
    find_layout,
    is_heading_row,
    looks_like_amount,
    squeezed,
)
from bansou.domain.locaben.accounting.statement import (
    AccountLine,
    AmountColumn,
    ColumnRole,
    LeftLine,
    Sheet,
    Statement,
)
from bansou.domain.locaben.accounting.vocabulary import is_total, kind_of, label_key, place_of
from bansou.domain.locaben.written_periods import find_closing_day, find_span, months_of, read_period_label
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

_INCOME = ("損益計算書", "製造原価報告書", "製造原価", "販売費", "売上高", "売上原価", "収支")
_UNIT = re.compile(r"(?:単位|表示単位)[:：はは]?\s*(百万円|千円|万円|円)")
_WHOLE_FIRM = ("事業所(合計)", "事業所", "全社", "全部門", "合計", "指定なし", "")
_CODE = re.compile(r"[0-9A-Za-z-]+")


def read_statement(rows: Rows, *, line_numbers: Sequence[int] | None = None) -> Statement:
    """Reads what the file holds; nothing is decided yet about which line is which figure.

    ``rows``: all rows as text, headings and titles included. ``line_numbers``: the line of each row in the
    file when blank lines were dropped before. Raises ``Refusal`` when no row holds a name and an amount.
    """
    numbers = list(line_numbers) if line_numbers is not None else list(range(1, len(rows) + 1))
    layout = find_layout(rows)
    gathered = _Gathered(layout)
    for at, row in enumerate(rows):
        gathered.take(numbers[at], [cell.strip() for cell in row], is_header=at == layout.header)
    if not any(line.amounts for line in gathered.lines):
        raise Refusal(
            "statement_without_accounts",
            "勘定科目と金額の行が見つかりませんでした。残高試算表か決算書の表をお選びください。",
            "file",
        )
    titles = " ".join(other.text for other in gathered.others)
    span = _span(gathered)
    unit = _UNIT.search(titles)
    doubts = list(gathered.doubts)
    if span is not None and months_of(span) != 12:
        doubts.append(f"集計期間が{months_of(span)}か月です。1年分の表かどうか確かめてください。")
    return Statement(
        vendor=layout.vendor,
        signature=layout.signature,
        header_line=None if layout.header is None else numbers[layout.header],
        columns=tuple(gathered.columns),
        lines=tuple(gathered.lines),
        others=tuple(gathered.others),
        span=span,
        as_of=find_closing_day(titles) if span is None else None,
        unit=YenUnit.named_in(unit[1]) if unit else None,
        doubts=tuple(doubts),
    )


def _span(gathered: _Gathered) -> tuple[date, date] | None:
    """A title row may also hold the day of printing: the row that names a period is asked first.

    Headings are asked one by one, for two of them side by side (2025年3月期 2026年3月期) are no period.
    """
    titles = [other.text for other in gathered.others if other.line not in gathered.headings]
    naming = [title for title in titles if "期間" in title or "自" in title]
    asked = [*naming, " ".join(titles), *(cell for cells in gathered.headings.values() for cell in cells)]
    return next((found for text in asked if (found := find_span(text))), None) or _months(gathered.columns)


def _months(columns: Sequence[AmountColumn]) -> tuple[date, date] | None:
    """From the first to the last month of a table of months, when every heading names its year."""
    labels = [read_period_label(column.name) for column in columns if column.role is ColumnRole.MONTH]
    ends = [label.end for label in labels if label is not None and label.end is not None]
    if not ends or len(ends) != len(labels):
        return None
    return min(ends).replace(day=1), max(ends)


@dataclass
class _Gathered:
    """What has been read so far. Levels of names (freee) are kept by the column they stand in."""

    layout: Layout
    lines: list[AccountLine] = field(default_factory=list)
    others: list[LeftLine] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    sheet: Sheet | None = None
    levels: dict[int, str] = field(default_factory=dict)
    month: str = ""
    headings: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns: list[AmountColumn] = list(self.layout.columns)
        self.at: dict[int, str] = {column.index: column.name for column in self.columns}
        self.before_header = self.layout.header is not None

    def take(self, number: int, cells: list[str], *, is_header: bool) -> None:
        if not any(cells):
            return
        if is_header or (not self.before_header and is_heading_row(cells)):
            self._heading(number, cells)
        elif self.before_header or not self._is_of_the_whole_firm(cells):
            self._aside(number, cells)
        else:
            self._account(number, cells)

    def _aside(self, number: int, cells: list[str]) -> None:
        self.others.append(LeftLine(number, " ".join(cell for cell in cells if cell)))
        self._turn_to_sheet(cells)

    def _heading(self, number: int, cells: list[str]) -> None:
        """A second table of the file may have other columns; those of the same name are the same."""
        self.others.append(LeftLine(number, " ".join(cell for cell in cells if cell)))
        self.headings[number] = cells
        self.levels.clear()
        if self.before_header:
            self.before_header = False
            return
        found = amount_columns(cells)
        self.at = {column.index: column.name for column in found}
        known = {column.name for column in self.columns}
        self.columns += [column for column in found if column.name not in known]

    def _is_of_the_whole_firm(self, cells: list[str]) -> bool:
        at = self.layout.department
        if at is None or at >= len(cells) or squeezed(cells[at]) in _WHOLE_FIRM:
            return self._is_of_the_last_month(cells)
        self._say("部門ごとの行は読み込みませんでした。全社の合計の行だけを使います。")
        return False

    def _is_of_the_last_month(self, cells: list[str]) -> bool:
        """Yayoi can list several months below each other: the later one replaces the earlier."""
        at = self.layout.month
        written = cells[at] if at is not None and at < len(cells) else ""
        if written and self.month and written != self.month:
            self._say(
                f"月ごとに分かれた表です。最後の「{written}」の行だけを使いました。"
                "損益は1か月分かもしれません。期間を通した表をお使いください。"
            )
            self.others += [LeftLine(line.line, line.shown) for line in self.lines]
            self.lines.clear()
        self.month = written or self.month
        return True

    def _account(self, number: int, cells: list[str]) -> None:
        amounts = {
            name: cells[at]
            for at, name in self.at.items()
            if at < len(cells) and looks_like_amount(cells[at])
        }
        if not amounts or self.layout.tagged:
            self._turn_to_sheet(cells)
        tag = cells[0] if self.layout.tagged else ""
        level, name = self._name(cells)
        sub = cells[self.layout.sub] if self.layout.sub is not None and self.layout.sub < len(cells) else ""
        if not name and sub and self.levels:
            level, name = max(self.levels.items())
        if not name or tag == "[表題行]":
            self.others.append(LeftLine(number, " ".join(cell for cell in cells if cell)))
            return
        self._say_unreadable(number, name, cells)
        self.levels = {at: kept for at, kept in self.levels.items() if at < level}
        parents = tuple(kept for _, kept in sorted(self.levels.items()))
        self.levels[level] = name
        self._leave_sheet(name)
        if not amounts or tag == "[区分行]":
            self.others.append(LeftLine(number, " ".join(cell for cell in cells if cell)))
            return
        self.lines.append(
            AccountLine(
                line=number,
                name=name,
                amounts=amounts,
                parents=parents,
                sub=sub,
                is_sum=tag == "[合計行]" or is_total(name),
                sheet=self.sheet,
            )
        )

    def _name(self, cells: list[str]) -> tuple[int, str]:
        """The deepest filled name column; codes and marks like [貸借対照表] are not names."""
        for at in reversed(self.layout.names):
            if at < len(cells) and cells[at] and not self._is_mark(cells[at]):
                return at, cells[at]
        return 0, ""

    def _is_mark(self, cell: str) -> bool:
        if self.layout.tagged and cell in (
            "[貸借対照表]",
            "[損益計算書]",
            "[製造原価報告書]",
            "[貸借科目]",
            "[損益科目]",
        ):
            return True
        return _CODE.fullmatch(cell) is not None

    def _turn_to_sheet(self, cells: Sequence[str]) -> None:
        words = [label_key(cell) for cell in cells if cell and not looks_like_amount(cell)]
        for word in words:
            if "貸借対照表" in word or word in ("資産", "流動資産", "貸借科目"):
                self.sheet = "balance"
            elif any(word == label_key(each) or (len(each) > 4 and each in word) for each in _INCOME):
                self.sheet = "income"

    def _leave_sheet(self, name: str) -> None:
        """売上高 below a balance sheet, or 現金 below an income statement: the file has gone on unannounced.
        商品 and 減価償却費 can stand on either and say nothing."""
        place = place_of(name)
        if place is None or place.key in ("inventory", "depreciation"):
            return
        if self.sheet == ("balance" if kind_of(place.key) == "flow" else "income"):
            self.sheet = None

    def _say(self, doubt: str) -> None:
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def _say_unreadable(self, number: int, name: str, cells: Sequence[str]) -> None:
        for at, column in self.at.items():
            written = cells[at] if at < len(cells) else ""
            if any(sign.isdigit() for sign in written) and not looks_like_amount(written):
                self.doubts.append(
                    f"{number}行目「{name}」の「{column}」欄の「{written}」は金額として読めませんでした。"
                )
