"""How the rows of an office's own list are read: cells → facts, rows → new, perhaps known, or bad.

Pure: text in, plain values out. What is done with them stands in operations.py.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from bansou.domain.japanese import DuplicateKeys, DuplicateReason, normalise, search_key
from bansou.domain.japanese.duplicate_index import DuplicateIndex
from bansou.domain.method import BusinessSize, propose_size
from bansou.domain.method.industry_words import division_of
from bansou.domain.shared import CorporateNumber, PhoneNumber, Refusal, prefecture_code, prefecture_of_address
from bansou.domain.shared.written_figures import read_headcount, read_month, read_year, read_yen

from .list_columns import JOINED, LEFT_OUT_HEADERS, Columns, ListColumn


@dataclass(frozen=True)
class CellProblem:
    """Why a cell cannot be taken: the heading it stands under, what stands there, a sentence."""

    heading: str
    value: str
    message: str

    def __str__(self) -> str:
        shown = f"「{self.value}」" if self.value else ""
        return f"{self.heading}{shown}: {self.message}"


@dataclass
class RowReading:
    """One row as facts of a Business (field name → value) with its leader, and what was wrong or assumed.

    `problems` keep the row out; a cell in `unread` is only left empty.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    leader: str = ""
    leader_title: str = ""
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[CellProblem] = field(default_factory=list)

    @cached_property
    def keys(self) -> DuplicateKeys:
        known = {name: self.facts.get(name, "") for name in ("name", "kana", "phone", "corporate_number")}
        return DuplicateKeys.of(**known)


_LONGEST = {
    ListColumn.NAME: 120,
    ListColumn.KANA: 160,
    ListColumn.LEADER: 80,
    ListColumn.LEADER_TITLE: 60,
    ListColumn.PHONE: 30,
    ListColumn.EMAIL: 254,
    ListColumn.ADDRESS: 200,
    ListColumn.INDUSTRY_DETAIL: 80,
    ListColumn.MEMO: 5000,
}
# Without these right the record would be the wrong one; any other cell may stay empty.
_MUST_BE_READ = frozenset({ListColumn.NAME, ListColumn.CORPORATE_NUMBER})
_NOTHING = frozenset({"", "-", "ー", "なし", "無し", "無", "不明", "未定", "n/a", "#n/a", "null"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_LEGAL_WORDS = re.compile(r"会社|法人|組合|公社|\((?:株|有|同|資|名|医|社|財|福|学|宗|特非|一社|一財)\)")
_ROUNDED = re.compile(r"[0-9.]+e\+[0-9]+")
_SIZES = {"中": BusinessSize.MEDIUM, "中規模": BusinessSize.MEDIUM, "小": BusinessSize.SMALL} | {
    search_key(word): size
    for size in BusinessSize
    for word in (
        size.value,
        size.label,
        size.label.replace("事業者", ""),
        size.label.replace("事業者", "企業"),
    )
}


def read_row(cells: Sequence[str], headers: Sequence[str], columns: Columns) -> RowReading:
    """Read one row. What was assumed or moved is a note.

    A wrong name or 法人番号 and a value too long are problems; another cell that cannot be read stays empty.
    """
    reading = RowReading()
    if any(cells[len(headers) :]):
        reading.problems.append(
            CellProblem(
                "行全体",
                "",
                "見出しより列が多くなっています。見出しのない列に余分な値がないか確かめてください。",
            )
        )
    gathered = _gathered(cells, headers, columns)
    if ListColumn.NAME not in gathered:
        reading.problems.append(CellProblem("事業者名", "", "空欄です。名前のない事業者は登録できません。"))
    for meaning, (heading, value) in gathered.items():
        try:
            _READERS[meaning](reading, value, columns)
        except Refusal as refusal:
            keeps_out = meaning in _MUST_BE_READ or refusal.code == "too_long"
            (reading.problems if keeps_out else reading.unread).append(
                CellProblem(heading, value[:60], refusal.message)
            )
    _complete(reading)
    return reading


def _gathered(
    cells: Sequence[str], headers: Sequence[str], columns: Columns
) -> dict[ListColumn, tuple[str, str]]:
    """Meaning → (heading, value), joined where several columns flow together; empty cells are left out."""
    found: dict[ListColumn, tuple[str, str]] = {}
    for heading, cell, meaning in zip(headers, cells, columns.meanings, strict=False):
        value = re.sub(r"^'(?=[=+\-@＝＋－＠])", "", cell.strip())
        if meaning is None or normalise(value) in _NOTHING:
            continue
        if meaning in found:
            first, before = found[meaning]
            heading, value = first, f"{before}{JOINED[meaning]}{value}"
        found[meaning] = heading, value
    return found


def _complete(reading: RowReading) -> None:
    """What follows from the rest of the row."""
    facts = reading.facts
    facts.setdefault("prefecture", prefecture_of_address(facts.get("address", "")) or "")
    corporate = bool(facts.get("corporate_number")) or bool(
        _LEGAL_WORDS.search(normalise(facts.get("name", "")))
    )
    facts.setdefault("legal_form", "corporation" if corporate else "sole_trader")
    if "size" not in facts:
        _propose_size(reading)


def _propose_size(reading: RowReading) -> None:
    facts = reading.facts
    proposal = propose_size(
        industry_division=facts.get("industry"),
        capital_yen=facts.get("capital_yen"),
        headcount=facts.get("headcount"),
    )
    facts["size"] = (proposal.size or BusinessSize.SMALL).value
    facts["size_reason"] = proposal.reason
    if proposal.size is None:
        facts["size_reason"] = "従業員数も資本金もわからないため、仮に小規模としています。"
        reading.notes.append("従業員数も資本金もないため、規模は仮に小規模とします")


# One cell ------------------------------------------------------------------------------------------------


def _text(name: ListColumn) -> Callable[[RowReading, str, Columns], None]:
    def read(reading: RowReading, value: str, columns: Columns) -> None:
        tidy = value if name is ListColumn.MEMO else re.sub(r"\s+", " ", value)
        if before := reading.facts.get(name.value):
            tidy = f"{before}{JOINED[name]}{tidy}"
        if len(tidy) > _LONGEST[name]:
            raise Refusal("too_long", f"{_LONGEST[name]}文字までにしてください（いま{len(tidy)}文字）。")
        if name is ListColumn.LEADER:
            reading.leader = tidy
        elif name is ListColumn.LEADER_TITLE:
            reading.leader_title = tidy
        else:
            reading.facts[name.value] = tidy

    return read


def _figure(name: ListColumn, read: Callable[[str], int]) -> Callable[[RowReading, str, Columns], None]:
    def keep(reading: RowReading, value: str, columns: Columns) -> None:
        reading.facts[name.value] = read(value)

    return keep


def _read_corporate_number(reading: RowReading, value: str, columns: Columns) -> None:
    if _ROUNDED.fullmatch(normalise(value)):
        raise Refusal(
            "corporate_number_rounded",
            "表計算ソフトで桁が丸められています。列を文字列にして、13桁を入れ直してください。",
        )
    reading.facts["corporate_number"] = CorporateNumber.parse(value).value


def _read_legal_form(reading: RowReading, value: str, columns: Columns) -> None:
    sole = "個人" in value
    if not sole and not _LEGAL_WORDS.search(f"{normalise(value)}({normalise(value)})"):
        raise Refusal("legal_form_unreadable", "「法人」か「個人」のどちらかを入れてください。")
    reading.facts["legal_form"] = "sole_trader" if sole else "corporation"


def _read_phone(reading: RowReading, value: str, columns: Columns) -> None:
    """The first number; a second one is not lost but goes to the memo."""
    first, *others = normalise(re.sub(r"[\n、;]", "/", value)).split("/")
    plain = re.sub(r"\([^()0-9]*\)|^(?:tel|電話)[:.]?", "", first).strip()
    if re.fullmatch(r"[1-9][0-9]{8,9}", plain):
        plain = f"0{plain}"
        reading.notes.append("電話番号の先頭の0を補いました")
    reading.facts["phone"] = PhoneNumber.parse(plain).value
    if any(others):
        reading.notes.append("2つ目からの電話番号は覚え書きに入れます")
        rest = "、".join(other.strip() for other in others)
        _READERS[ListColumn.MEMO](reading, f"電話番号: {rest}", columns)


def _read_email(reading: RowReading, value: str, columns: Columns) -> None:
    plain = normalise(value)
    if not _EMAIL.fullmatch(plain) or not plain.isascii():
        raise Refusal("email_unreadable", "メールアドレスの形になっていません。")
    _text(ListColumn.EMAIL)(reading, plain, columns)


def _read_prefecture(reading: RowReading, value: str, columns: Columns) -> None:
    plain = normalise(value)
    code = plain.zfill(2) if plain.isdigit() else None
    found = prefecture_code(plain) or prefecture_of_address(plain) or code
    if found is None or not 1 <= int(found) <= 47:
        raise Refusal(
            "prefecture_unreadable", "都道府県の名前として読めません。「神奈川県」のように入れてください。"
        )
    reading.facts["prefecture"] = found


def _read_industry(reading: RowReading, value: str, columns: Columns) -> None:
    """The division; the office's own words are kept beside it, and alone when they name no division."""
    division = division_of(value)
    if division:
        reading.facts["industry"] = division
    else:
        reading.notes.append(f"業種「{value[:20]}」の大分類がわからないため、くわしい内容に入れます")
    if not division or len(search_key(value)) > 3:
        _text(ListColumn.INDUSTRY_DETAIL)(reading, value, columns)


def _read_capital(reading: RowReading, value: str, columns: Columns) -> None:
    reading.facts["capital_yen"] = read_yen(value, unit=columns.unit)


def _read_size(reading: RowReading, value: str, columns: Columns) -> None:
    size = _SIZES.get(search_key(value))
    if size is None:
        raise Refusal("size_unreadable", "「中規模」か「小規模」を入れるか、空欄にしてください。")
    reading.facts |= {"size": size.value, "size_reason": "取り込んだリストの記載によります。"}


_READERS: Mapping[ListColumn, Callable[[RowReading, str, Columns], None]] = {
    **{name: _text(name) for name in _LONGEST},
    ListColumn.CORPORATE_NUMBER: _read_corporate_number,
    ListColumn.LEGAL_FORM: _read_legal_form,
    ListColumn.PHONE: _read_phone,
    ListColumn.EMAIL: _read_email,
    ListColumn.PREFECTURE: _read_prefecture,
    ListColumn.INDUSTRY: _read_industry,
    ListColumn.CAPITAL: _read_capital,
    ListColumn.HEADCOUNT: _figure(ListColumn.HEADCOUNT, read_headcount),
    ListColumn.SIZE: _read_size,
    ListColumn.CLOSING_MONTH: _figure(ListColumn.CLOSING_MONTH, read_month),
    ListColumn.FOUNDED_YEAR: _figure(ListColumn.FOUNDED_YEAR, read_year),
}


# The whole list ------------------------------------------------------------------------------------------


class LineOfTable(Protocol):
    """A row that knows its line in the file; `bansou.infra.tabular.Row` is one."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class KnownBusiness:
    """What a row may be a duplicate of: a record (with its public_id) or an earlier row (with its line)."""

    name: str
    public_id: str = ""
    line: int = 0


@dataclass(frozen=True)
class PlannedRow:
    """One row and what is to become of it: bad, perhaps known (`duplicate`), or new."""

    line: int
    cells: Sequence[str]
    reading: RowReading
    duplicate: tuple[DuplicateReason, KnownBusiness] | None = None

    @property
    def is_bad(self) -> bool:
        return bool(self.reading.problems)

    @property
    def is_new(self) -> bool:
        return not self.is_bad and self.duplicate is None

    @property
    def why_left_out(self) -> str:
        """Sentences for the file of rows left out; "" for a row that goes in by itself."""
        if self.is_bad:
            return " / ".join(map(str, (*self.reading.problems, *self.reading.unread)))
        if self.duplicate is None:
            return ""
        reason, known = self.duplicate
        where = f"この表の{known.line}行目" if known.line else "登録済み"
        return f"{where}の「{known.name}」と重複の可能性（{reason.label}）"


@dataclass(frozen=True)
class ListPlan:
    """Every row of a list in order."""

    headers: Sequence[str]
    rows: Sequence[PlannedRow]

    @cached_property
    def new(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.is_new]

    @cached_property
    def duplicates(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.duplicate and not row.is_bad]

    @cached_property
    def bad(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.is_bad]

    def taken(self, *, also: Iterable[int] = ()) -> list[PlannedRow]:
        """The new rows, and those lines of possible duplicates that a person chose."""
        chosen = frozenset(also)
        return [row for row in self.rows if row.is_new or (row.line in chosen and not row.is_bad)]


def plan_list(
    rows: Iterable[LineOfTable],
    headers: Sequence[str],
    columns: Columns,
    known: DuplicateIndex[KnownBusiness],
) -> ListPlan:
    """Read every row and compare it with what is `known` and with the rows before it."""
    planned = []
    for row in rows:
        reading = read_row(row.cells, headers, columns)
        duplicate = None
        if not reading.problems:
            duplicate = known.find(reading.keys)
            known.add(reading.keys, KnownBusiness(reading.facts["name"], line=row.line))
        planned.append(PlannedRow(row.line, row.cells, reading, duplicate))
    return ListPlan(headers, planned)


def unread_cells(rows: Iterable[PlannedRow]) -> list[tuple[int, str, str, str]]:
    """Line, business, heading and value of each cell that stays empty because nobody could read it."""
    return [
        (row.line, row.reading.facts["name"], cell.heading, cell.value)
        for row in rows
        for cell in row.reading.unread
    ]


def left_out_table(
    headers: Sequence[str], rows: Iterable[PlannedRow]
) -> tuple[list[str], list[list[str | int | None]]]:
    """Headings and rows of what stayed outside, each with its line and why; mended, it can be read again."""
    own = {search_key(header) for header in LEFT_OUT_HEADERS}
    kept = [place for place, header in enumerate(headers) if search_key(header) not in own]
    cells: list[list[str | int | None]] = [
        [*(row.cells[place] for place in kept), row.line, row.why_left_out] for row in rows
    ]
    return [*(headers[place] for place in kept), *LEFT_OUT_HEADERS], cells
