"""Two pens in one sheet: what each changed since the version on the screen, cell by cell."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bansou.domain.locaben import FIGURE_FIELDS, Figures
from bansou.domain.locaben.record import SheetRecord
from bansou.infra.db import EditedMeanwhile

from .models import LocalBenchmark
from .reading import seen_at, version_of

_Key = TypeVar("_Key", bound=Hashable)
Cell = tuple[date, str]


def merged_with(
    sheet: LocalBenchmark, *, years: Sequence[Figures], texts: Mapping[str, str], written_from: int
) -> tuple[list[Figures], dict[str, str]]:
    """What a workbook of this sheet, written from that version, comes to now; preview and save ask it.

    What the file left as it was stays as it stands now; what it changed counts. With `written_from` 0
    (another sheet, or unknown) everything in it counts.
    """
    opened = seen_at(sheet, written_from)
    mine, now, then = cells_of(years), cells_of(_standing(sheet)), cells_of(opened.years)
    gone = {end for end, _ in then} - {end for end, _ in now}
    cells = _merged(sheet, mine, now, then, mine_wins=True)
    merged = [
        replace(year, **_of(cells, end))
        for year in years
        if (end := year.fiscal_year_end) and not (end in gone and _of(mine, end) == _of(then, end))
    ]
    return merged, merged_texts(sheet, texts, opened, mine_wins=True)


def _standing(sheet: LocalBenchmark) -> list[Figures]:
    return [row.as_figures(frozenset()) for row in sheet.years.all()] if sheet.pk else []


def opened_at(sheet: LocalBenchmark, seen: int) -> SheetRecord:
    """The version on somebody's screen. One that never was cannot be merged with."""
    if seen and version_of(sheet, seen) is None:
        raise EditedMeanwhile(sheet)
    return seen_at(sheet, seen)


def merged_years(
    sheet: LocalBenchmark, years: Sequence[Figures], removed: Collection[date], opened: SheetRecord
) -> dict[Cell, Any]:
    mine, then, now = cells_of(years), cells_of(opened.years), cells_of(_standing(sheet))
    for end in removed:
        if _of(now, end) and _of(now, end) != _of(then, end):
            raise EditedMeanwhile(sheet)
    for end in {end for end, _ in then} - {end for end, _ in now}:
        # Taken away by somebody else while this person had it on the screen.
        if _of(mine, end) and _of(mine, end) != _of(then, end):
            raise EditedMeanwhile(sheet)
        mine = {cell: value for cell, value in mine.items() if cell[0] != end}
    return _merged(sheet, mine, now, then)


def _of(cells: Mapping[Cell, Any], end: date) -> dict[str, Any]:
    return {key: value for (day, key), value in cells.items() if day == end}


def merged_texts(
    sheet: LocalBenchmark, texts: Mapping[str, str], opened: SheetRecord, *, mine_wins: bool = False
) -> dict[str, str]:
    mine = {key: text.replace("\r\n", "\n").strip() for key, text in texts.items()}
    rows = {row.key: row.text for row in sheet.boxes.all()} if sheet.pk else {}
    now = {key: rows.get(key, "") for key in mine}
    then = {key: opened.boxes[key].text if key in opened.boxes else "" for key in mine}
    return _merged(sheet, mine, now, then, mine_wins=mine_wins)


def _merged(
    sheet: LocalBenchmark,
    mine: Mapping[_Key, Any],
    standing: Mapping[_Key, Any],
    opened: Mapping[_Key, Any],
    *,
    mine_wins: bool = False,
) -> dict[_Key, Any]:
    """Three-way by cell: my changes count, what only others changed stays, both: EditedMeanwhile."""
    result: dict[_Key, Any] = {}
    for key, value in mine.items():
        now, then = standing.get(key), opened.get(key)
        if now not in (then, value) and value != then and not mine_wins:
            raise EditedMeanwhile(sheet)
        result[key] = now if value == then and key in standing else value
    return result


def cells_of(years: Iterable[Figures]) -> dict[tuple[date, str], Any]:
    return {
        (year.fiscal_year_end, key): getattr(year, key)
        for year in years
        if year.fiscal_year_end is not None
        for key in ("months", "unofficial_aid", *(field.key for field in FIGURE_FIELDS))
    }
