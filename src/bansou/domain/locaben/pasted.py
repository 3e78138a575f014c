"""Rows pasted from a spreadsheet → figures per fiscal year, with what was read as what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bansou.domain.locaben.accounting.amounts import signed
from bansou.domain.locaben.accounting.choosing import Candidate, Choice, choose
from bansou.domain.locaben.accounting.layout import looks_like_amount
from bansou.domain.locaben.accounting.vocabulary import place_of, reason_left_out
from bansou.domain.locaben.figures import FIGURE_FIELDS, FIGURE_LABELS
from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.locaben.written_periods import PeriodLabel, read_period_label
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

_UNIT_OF_ALL = re.compile(r"単位\s*[:：]?\s*(百万円|千円|万円|円)")
_UNIT_OF_ROW = re.compile(r"[（(](?:単位\s*[:：]?\s*)?(百万円|千円|万円|円)[)）]")
_THOUSANDS = re.compile(r"(?<=[0-9０-９])[,，](?=[0-9０-９]{3}(?![0-9０-９]))")
_BEFORE_NUMBER = re.compile(r"\s+(?=[△▲(（¥￥+\-−－‐]*[0-9０-９]|[-−－―](?:\s|$))")
# Unquoted, one to three digits and then groups of exactly three: 「売上高,1,234,567」.
_GROUPED = re.compile(r"^[^0-9\"]+,[0-9]{1,3}(?:,[0-9]{3})+$")
_PEOPLE = frozenset(field.key for field in FIGURE_FIELDS if not field.is_amount)
_DASHES = frozenset("-−－‐―—ー")

Cells = list[str]


@dataclass(frozen=True)
class PastedYear:
    """One column of figures. ``period``: what its heading says, ``None`` when it says no year.
    ``figures``: key → 円 (従業員数: heads), ``None`` for a blank cell; only keys a line was found for."""

    heading: str
    period: PeriodLabel | None
    figures: Mapping[str, int | None]


@dataclass(frozen=True)
class PlacedLine:
    """A line that was used. ``amounts``: one per year, in 円, signs included."""

    line: int
    label: str
    key: str
    amounts: tuple[int | None, ...]


@dataclass(frozen=True)
class UnplacedLine:
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Pasted:
    """``transposed``: the figures stood side by side and the years below each other; ``line`` then counts
    columns. Nothing pasted is lost: a line is in ``placed``, in ``unplaced``, or the heading."""

    years: tuple[PastedYear, ...]
    placed: tuple[PlacedLine, ...]
    unplaced: tuple[UnplacedLine, ...]
    unit: YenUnit
    transposed: bool
    doubts: tuple[str, ...]


def read_pasted(text: str, *, unit: YenUnit | None = None) -> Pasted:
    """Tab- or comma-separated text, or columns parted by blanks. ``unit`` None: as the text says, else 円.

    Raises ``Refusal`` (field ``"pasted"``) when no line is a figure of the ローカルベンチマーク.
    """
    table = [row for row in enumerate(_split(text), start=1) if any(row[1])]
    across = [(number, list(cells)) for number, cells in enumerate(_turned(table), start=1) if any(cells)]
    transposed = _labels_in(across) > _labels_in(table)
    reading = _Reading(across if transposed else table, text, unit)
    if not reading.placed:
        raise Refusal(
            "pasted_without_figures",
            "売上高や現金・預金などの行が見つかりませんでした。項目名の列も一緒に貼り付けてください。",
            "pasted",
        )
    return Pasted(
        years=reading.years(),
        placed=tuple(reading.placed),
        unplaced=tuple(sorted(reading.unplaced, key=lambda each: each.line)),
        unit=reading.unit,
        transposed=transposed,
        doubts=tuple(dict.fromkeys(reading.doubts)),
    )


def _split(text: str) -> list[Cells]:
    if "\t" in text:
        return [_stripped(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    if '"' in text or re.search("[,，]", _THOUSANDS.sub("", text)):
        return [_stripped(row) for row in csv.reader(io.StringIO(text, newline=""))]
    return [_by_blanks(line) for line in text.splitlines()]


def _stripped(row: Sequence[str]) -> Cells:
    return [cell.strip() for cell in row]


def _by_blanks(line: str) -> Cells:
    words = line.split()
    if any(read_period_label(word) for word in words):
        return words if read_period_label(words[0]) is None else ["", *words]
    return _stripped(_BEFORE_NUMBER.split(line.strip()))


def _turned(table: Sequence[tuple[int, Cells]]) -> list[tuple[str, ...]]:
    return list(zip_longest(*(cells for _, cells in table), fillvalue=""))


def _labels_in(table: Sequence[tuple[int, Cells]]) -> int:
    """How many different rows begin with the name of a figure."""
    return sum(1 for _, cells in table if any(place_of(cell) for cell in _names(cells)))


def _names(cells: Sequence[str]) -> list[str]:
    """The words before the first amount: levels of an indented list, the last one names the line."""
    names: list[str] = []
    for cell in cells:
        if looks_like_amount(cell) or (cell and set(cell) <= _DASHES):
            break
        if cell:
            names.append(cell)
    return names


class _Reading:
    """One pass over an upright table."""

    def __init__(self, table: Sequence[tuple[int, Cells]], text: str, unit: YenUnit | None) -> None:
        self.doubts: list[str] = []
        self.unplaced: list[UnplacedLine] = []
        self.placed: list[PlacedLine] = []
        self.unit = self._unit(text, unit)
        self._heading = _heading_row(table)
        self._splits = any(_GROUPED.search(line) for line in text.splitlines() if "\t" not in line)
        self._columns = self._year_columns(table)
        rows = [row for row in table if self._heading is None or row[0] != self._heading[0]]
        self._place(rows)
        self._tell_years()

    def years(self) -> tuple[PastedYear, ...]:
        keys = list(dict.fromkeys(each.key for each in self.placed))
        found = []
        for at, column in enumerate(self._columns):
            heading = self._head(column)
            found.append(
                PastedYear(
                    heading or f"{column + 1}列目",
                    read_period_label(heading),
                    {key: self._sum(key, at) for key in keys},
                )
            )
        return tuple(found)

    def _sum(self, key: str, at: int) -> int | None:
        amounts = [each.amounts[at] for each in self.placed if each.key == key]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known else None

    def _unit(self, text: str, chosen: YenUnit | None) -> YenUnit:
        said = _UNIT_OF_ALL.search(text)
        named = YenUnit.named_in(said[1]) if said else None
        if chosen is not None and named is not None and chosen is not named:
            self.doubts.append(f"表には「{named.label}」と書かれていますが、{chosen.label}として読みました。")
        return chosen or named or YenUnit.YEN

    def _head(self, column: int) -> str:
        cells = self._heading[1] if self._heading else []
        return cells[column] if column < len(cells) else ""

    def _year_columns(self, table: Sequence[tuple[int, Cells]]) -> list[int]:
        width = max((len(cells) for _, cells in table), default=0)
        holding = [at for at in range(width) if _holds_amounts(table, at)]
        if self._heading is None:
            return holding
        named = [at for at in range(width) if read_period_label(self._head(at)) is not None]
        self.doubts += [
            f"「{self._head(at) or f'{at + 1}列目'}」の列は決算期が読めないので、使いませんでした。"
            for at in holding
            if at not in named
        ]
        return named

    def _place(self, rows: Sequence[tuple[int, Cells]]) -> None:
        first = min(self._columns, default=0)
        read: dict[int, tuple[str, tuple[int | None, ...]]] = {}
        parents: dict[int, tuple[str, ...]] = {}
        for number, cells in rows:
            names = [cell for cell in cells[: first or len(cells)] if cell] or _names(cells)
            label = names[-1] if names else ""
            place = place_of(label)
            if place is None or self._is_too_wide(cells):
                self.unplaced.append(_unplaced(number, cells, label, is_too_wide=place is not None))
                continue
            read[number] = (label, self._amounts(number, cells, label, place.key))
            parents[number] = tuple(names[:-1])
        per_year = [self._choices(read, parents, at) for at in range(len(self._columns))]
        for number, (label, amounts) in read.items():
            self._sort_in(number, label, amounts, per_year)

    def _is_too_wide(self, cells: Cells) -> bool:
        """「売上高,1,234」 under one heading: which comma parts and which groups digits cannot be told."""
        return self._heading is not None and any(cells[len(self._heading[1]) :])

    def _amounts(self, number: int, cells: Cells, label: str, key: str) -> tuple[int | None, ...]:
        of_row = _UNIT_OF_ROW.search(label)
        unit = (YenUnit.named_in(of_row[1]) if of_row else None) or self.unit
        found: list[int | None] = []
        for column in self._columns:
            written = cells[column] if column < len(cells) else ""
            try:
                found.append(read_people(written) if key in _PEOPLE else read_amount(written, unit=unit))
            except Refusal as refused:
                found.append(None)
                self.doubts.append(f"{number}行目「{label}」：{refused.message}")
        return tuple(found)

    def _choices(
        self,
        read: Mapping[int, tuple[str, tuple[int | None, ...]]],
        parents: Mapping[int, tuple[str, ...]],
        at: int,
    ) -> dict[str, Choice]:
        candidates = [
            Candidate(number, number, label, amounts[at], place_of(label), parents[number])
            for number, (label, amounts) in read.items()
        ]
        choices = choose(candidates)
        self.doubts += [note for choice in choices.values() for note in choice.notes]
        return choices

    def _sort_in(
        self,
        number: int,
        label: str,
        amounts: tuple[int | None, ...],
        per_year: Sequence[Mapping[str, Choice]],
    ) -> None:
        place = place_of(label)
        if place is None:
            return
        taken = [_holds(choices, place.key, number, "taken") for choices in per_year]
        if not any(taken) and any(_holds(choices, place.key, number, "covered") for choices in per_year):
            reason = f"{FIGURE_LABELS[place.key]}にもう含まれているので、足していません。"
            self.unplaced.append(UnplacedLine(number, label, reason))
            return
        counted = tuple(
            signed(amount, place.sign) if amount is not None and used else None
            for amount, used in zip(amounts, taken, strict=True)
        )
        self.placed.append(PlacedLine(number, label, place.key, counted))

    def _tell_years(self) -> None:
        if not self._columns:
            self.doubts.append("金額の列が見つかりませんでした。")
        if self._heading is None and self._splits and len(self._columns) > 1:
            self.doubts.append("桁区切りのカンマで欄が割れているかもしれません。列の数を見てください。")
        if self._heading is None:
            self.doubts.append("決算期の見出しが見つかりませんでした。どの列がどの期かを選んでください。")
        ends = [label.end for column in self._columns if (label := read_period_label(self._head(column)))]
        for end in dict.fromkeys(end for end in ends if end is not None and ends.count(end) > 1):
            self.doubts.append(f"{end.year}年{end.month}月期の列が2つ以上あります。")


def _heading_row(table: Sequence[tuple[int, Cells]]) -> tuple[int, Cells] | None:
    """The row that names most business years, and no figure."""
    named = [
        (sum(read_period_label(cell) is not None for cell in cells), -number, (number, cells))
        for number, cells in table
        if not any(place_of(cell) for cell in cells)
    ]
    count, _, row = max(named, default=(0, 0, None), key=lambda each: each[:2])
    return row if count else None


def _holds_amounts(table: Sequence[tuple[int, Cells]], at: int) -> bool:
    cells = [row[at] for _, row in table if at < len(row) and row[at]]
    return any(map(looks_like_amount, cells)) and sum(map(looks_like_amount, cells)) * 2 >= len(cells) - 1


def _holds(choices: Mapping[str, Choice], key: str, number: int, where: str) -> bool:
    choice = choices.get(key)
    lines = [] if choice is None else choice.taken if where == "taken" else choice.covered
    return any(each.position == number for each in lines)


def _unplaced(number: int, cells: Cells, label: str, *, is_too_wide: bool) -> UnplacedLine:
    words = " ".join(cell for cell in cells if cell)
    if is_too_wide:
        return UnplacedLine(
            number,
            words,
            "見出しより欄が多い行です。桁区切りのカンマを除くか、表計算ソフトからそのまま貼り付けてください。",
        )
    if not any(map(looks_like_amount, cells)):
        return UnplacedLine(number, words, "金額のない行です。")
    return UnplacedLine(number, words, reason_left_out(label) or "どの項目にあたるか分かりませんでした。")
