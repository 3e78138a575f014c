"""Our own workbook read back, also after Excel or LibreOffice saved it, and after people typed in it.

A cell that cannot be read for certain becomes a sentence that names sheet and cell. Nothing is saved here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from bansou.apps.sheets.operations import Settings
from bansou.domain.locaben import COUNTABLE_DEBT, FIGURE_FIELDS, INDUSTRIES, FigureField, Figures
from bansou.domain.locaben.boxes import BOXES, Box
from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.locaben.written_periods import read_period_label
from bansou.domain.method import BusinessSize
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

from .cells import Content, NamedCells, Place
from .labels import is_form_label, missed_labels
from .places import COUNTED, FIRST_YEAR, MARK, MARK_VALUE, NOT_COUNTED, REVISION, SHEET, box_name, row_name

_LARGEST = 10**15
_LARGEST_WRITTEN = 10**16  # whatever the unit; nothing is worked out with more
_LONGEST_MONTHS, _LONGEST_HEADCOUNT = 2, 60  # int() refuses thousands of digits
# What no form takes and no database keeps; tab and line ends stay.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SERIAL_DAYS = (18_264, 73_050)  # 1950 to 2099 as Excel counts days
_EARLIEST_YEAR = 1950
_UNITS = {unit.label: unit for unit in (YenUnit.THOUSAND, YenUnit.YEN)}
_SIZES = {size.label: size for size in BusinessSize}
_KEPT = "いまの内容を残します。"


@dataclass(frozen=True, kw_only=True)
class TakenSheet:
    """What a workbook says. `unread`: cells whose standing value stays; `doubts`: sentences for the preview.

    `settings.industry_code` is "" where none is chosen. `sheet_id` and `revision`: the sheet it
    was written from, and the version.
    """

    settings: Settings | None
    years: tuple[Figures, ...]
    texts: Mapping[str, str]
    doubts: tuple[str, ...]
    unread: frozenset[tuple[date, str]] = frozenset()
    business: str = ""
    revision: int = 0
    sheet_id: str = ""

    def years_over(self, standing: Mapping[date, Figures]) -> tuple[Figures, ...]:
        """The years with the standing figure wherever a cell could not be read."""
        return tuple(_with_standing(year, standing, self.unread) for year in self.years)


def _with_standing(
    year: Figures, standing: Mapping[date, Figures], unread: frozenset[tuple[date, str]]
) -> Figures:
    end = year.fiscal_year_end
    before = standing.get(end) if end else None
    if before is None:
        return year
    kept: dict[str, Any] = {key: getattr(before, key) for day, key in unread if day == end}
    # A workbook says in words where figures came from; it does not decide it.
    kept["unofficial_aid"] = before.unofficial_aid
    return replace(year, **kept)


def is_own_workbook(content: bytes) -> bool:
    """False for any file but a workbook of ours; broken files included."""
    try:
        return NamedCells(content).constants.get(MARK) == MARK_VALUE
    except Refusal:
        return False


def read_workbook(content: bytes) -> TakenSheet:
    """Raises Refusal `not_our_workbook` for other workbooks, and those of `NamedCells`."""
    cells = NamedCells(content)
    if cells.constants.get(MARK) != MARK_VALUE or row_name("fiscal_year_end") not in cells.places:
        raise Refusal(
            "not_our_workbook",
            "このファイルは、ここで作ったローカルベンチマークのExcelではありません。",
            "file",
        )
    return _Reading(cells).taken()


class _Reading:
    def __init__(self, cells: NamedCells) -> None:
        self.cells = cells
        self.doubts: list[str] = []
        self.unread: set[tuple[date, str]] = set()
        self.missed = missed_labels(cells)

    def taken(self) -> TakenSheet:
        if self.cells.has_macros:
            self.doubts.append(
                "このファイルにはマクロがあります。マクロは動かさず、欄の中身だけを読みました。"
            )
        settings = self._settings()
        years = self._years(self._unit())
        texts = self._texts()
        self._say_what_is_gone()
        self._say_what_is_missed()
        revision = self.cells.constants.get(REVISION, "")
        return TakenSheet(
            settings=settings,
            years=tuple(sorted(years, key=lambda year: year.fiscal_year_end or date.min)),
            texts=texts,
            doubts=tuple(self.doubts),
            unread=frozenset(self.unread),
            business=self._words("fact__business"),
            sheet_id=self.cells.constants.get(SHEET, ""),
            revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0,
        )

    def _doubt(self, place: Place, sentence: str) -> None:
        self.doubts.append(f"{place}：{sentence}")

    def _content(self, place: Place) -> Content:
        """What stands there; a formula's saved value is told as such."""
        content = self.cells.at(place)
        if content.is_formula and not content.is_blank:
            self._doubt(place, f"計算式が入っています。保存されたときの値「{_plain(content)}」を読みました。")
        elif content.is_formula:
            self._doubt(
                place, "計算式が入っていますが、計算した値が保存されていません。空欄として読みました。"
            )
        return content

    def _words(self, name: str) -> str:
        place = self.cells.places.get(name)
        return _plain(self._content(place)) if place else ""

    # --- settings ---------------------------------------------------------------------------------------

    def _unit(self) -> YenUnit:
        words = self._words("set__unit")
        if words not in _UNITS:
            self._say("set__unit", f"単位「{words}」がわからないので、千円として読みました。")
        return _UNITS.get(words, YenUnit.THOUSAND)

    def _settings(self) -> Settings | None:
        counted = {row_name(key) for key in COUNTABLE_DEBT}
        if any(name.startswith("set__") or name in counted for name in self.missed):
            return None
        size_words = self._words("set__size")
        size = _SIZES.get(size_words)
        if size is None:
            self._say("set__size", f"規模「{size_words}」がわかりません。業種・規模・基準は、{_KEPT}")
            return None
        return Settings(
            industry_code=self._industry(),
            size=size,
            size_reason=self._words("set__size_reason")[:200],
            edition=self._words("set__edition"),
            unit=_UNITS.get(_plain(self.cells.at(self.cells.places["set__unit"])), YenUnit.THOUSAND)
            if "set__unit" in self.cells.places
            else YenUnit.THOUSAND,
            counted_debt=frozenset(key for key in COUNTABLE_DEBT if self._is_counted(key)),
        )

    def _industry(self) -> str:
        words = self._words("set__industry")
        if not words or words[:4] in INDUSTRIES:
            return words[:4]
        by_label = [code for code, industry in INDUSTRIES.items() if industry.label == words]
        if by_label:
            return by_label[0]
        self._say("set__industry", f"業種「{words}」が一覧にありません。業種は、{_KEPT}")
        return ""

    def _is_counted(self, key: str) -> bool:
        words = self._words(f"count__{key}")
        if words not in ("", COUNTED, NOT_COUNTED):
            self._say(
                f"count__{key}",
                f"「{words}」は「{COUNTED}」か「{NOT_COUNTED}」で書いてください。含めないと読みました。",
            )
        return words == COUNTED

    def _say(self, name: str, sentence: str) -> None:
        place = self.cells.places.get(name)
        if place is not None:
            self._doubt(place, sentence)

    # --- figures ----------------------------------------------------------------------------------------

    def _years(self, unit: YenUnit) -> list[Figures]:
        if row_name("fiscal_year_end") in self.missed:
            return []
        head = self.cells.places[row_name("fiscal_year_end")]
        names = ("fiscal_year_end", "months", *(field.key for field in FIGURE_FIELDS))
        known = self.cells.places.keys() - self.missed.keys()
        rows = {key: self.cells.places[row_name(key)] for key in names if row_name(key) in known}
        found: dict[date, Figures] = {}
        first = max(FIRST_YEAR, head.column + 2)
        for column in self.cells.columns_in(rows.values(), first):
            end = self._year_end(head.moved(column=column))
            if end is None:
                continue
            if end in found:
                self._doubt(
                    head.moved(column=column), "同じ決算日の列がほかにもあります。この列は読みません。"
                )
                continue
            found[end] = self._year(end, {key: row.moved(column=column) for key, row in rows.items()}, unit)
        return list(found.values())

    def _year_end(self, place: Place) -> date | None:
        content = self._content(place)
        end = _as_day(content.value)
        if end is None:
            words = (
                f"「{_plain(content)}」を決算日として読めません。"
                if not content.is_blank
                else "決算日がありません。"
            )
            self._doubt(place, f"{words}「2026/3/31」のように入れてください。この列は読みません。")
        return end

    def _year(self, end: date, places: Mapping[str, Place], unit: YenUnit) -> Figures:
        values: dict[str, Any] = {"months": self._months(end, places.get("months"))}
        for field in FIGURE_FIELDS:
            if field.key not in places:
                self.unread.add((end, field.key))
                continue
            values[field.key] = self._figure(end, field, places[field.key], unit)
        return Figures(fiscal_year_end=end, **values)

    def _months(self, end: date, place: Place | None) -> int:
        content = self._content(place) if place else Content()
        if place is None or content.is_blank:
            return 12
        words = _plain(content).removesuffix("月").removesuffix("か").removesuffix("ヶ")
        is_short = len(words) <= _LONGEST_MONTHS
        if is_short and words.isascii() and words.isdigit() and 1 <= int(words) <= 24:
            return int(words)
        self.unread.add((end, "months"))
        self._doubt(place, f"「{_plain(content)}」を月数（1から24）として読めません。{_KEPT}")
        return 12

    def _figure(self, end: date, field: FigureField, place: Place, unit: YenUnit) -> int | None:
        content = self._content(place)
        try:
            return self._amount(content, place, unit) if field.is_amount else _people(content)
        except Refusal as refused:
            self.unread.add((end, field.key))
            self._doubt(place, f"{refused.message}{_KEPT}")
            return None

    def _amount(self, content: Content, place: Place, unit: YenUnit) -> int | None:
        value = content.value
        if content.is_blank:
            return None
        if isinstance(value, str):
            return read_amount(_plain(content), unit=unit)
        exact = _number(content) * int(unit)
        amount = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        if abs(amount) >= _LARGEST:
            raise Refusal("amount_out_of_range", f"「{_plain(content)}」は金額として大きすぎます。")
        if exact != amount:
            self._doubt(place, f"1円に満たない端数があります。四捨五入して{amount:,}円と読みました。")
        return amount

    # --- words --------------------------------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        found = {}
        for box in BOXES:
            place = self.cells.places.get(box_name(box.key))
            if place is None or box_name(box.key) in self.missed:
                continue
            text = self._text(box, place)
            if text is not None:
                found[box.key] = text
        return found

    def _text(self, box: Box, place: Place) -> str | None:
        text = _plain(self._content(place))
        if len(text) > box.max_length:
            words = f"「{box.full_label}」が{len(text):,}文字あります。{box.max_length:,}文字までです。"
            self._doubt(place, f"{words}この欄は、{_KEPT}")
            return None
        if is_form_label(text):
            words = f"「{box.full_label}」の欄に、用紙の見出し「{text}」が入っています。"
            self._doubt(place, f"{words}この欄は、{_KEPT}")
            return None
        return text

    def _say_what_is_gone(self) -> None:
        """Lines and boxes somebody deleted from the sheet."""
        names = {row_name(field.key): field.label for field in FIGURE_FIELDS}
        names |= {box_name(box.key): box.full_label for box in BOXES}
        gone = [label for name, label in names.items() if name not in self.cells.places]
        if gone:
            shown = "、".join(gone[:5]) + (f"ほか{len(gone) - 5}か所" if len(gone) > 5 else "")
            self.doubts.append(f"シートから消えている欄があります（{shown}）。これらは、{_KEPT}")

    def _say_what_is_missed(self) -> None:
        """One sentence for each sheet whose labels are not where they were."""
        by_sheet: dict[str, list[str]] = {}
        for name in sorted(self.missed, key=lambda one: self.cells.places[one].row):
            by_sheet.setdefault(self.cells.places[name].sheet, []).append(name)
        for names in by_sheet.values():
            first = names[0]
            more = f"この欄など{len(names)}か所は、" if len(names) > 1 else "この欄は、"
            self._doubt(
                self.cells.places[first],
                f"見出し「{self.missed[first]}」が、欄のそばにありません。行や列がずれたようなので、{more}{_KEPT}",
            )


def _as_day(value: Any) -> date | None:
    """A day of Excel, its bare serial number, or words: 2026/3/31, 令和8年3月31日, 2026年3月期."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = from_excel(int(value)) if _SERIAL_DAYS[0] <= value <= _SERIAL_DAYS[1] else None
    if isinstance(value, str):
        label = read_period_label(value)
        value = label.end if label else None
    if isinstance(value, datetime):
        value = value.date()
    # A bare 12 in a cell dressed for days is the 12th of January 1900.
    return value if isinstance(value, date) and value.year >= _EARLIEST_YEAR else None


def _number(content: Content) -> Decimal:
    """A number as people saw it: 15 digits, as spreadsheets keep them."""
    value = content.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal("amount_unreadable", f"「{_plain(content)}」を金額として読めません。")
    if not abs(value) < _LARGEST_WRITTEN:  # nan is refused too
        raise Refusal("amount_out_of_range", f"「{_plain(content)}」は数字として大きすぎます。")
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _people(content: Content) -> int | None:
    if content.is_blank:
        return None
    if isinstance(content.value, str):
        words = _plain(content)
        if len(words) > _LONGEST_HEADCOUNT:
            raise Refusal("headcount_unreadable", f"「{words[:20]}…」を人数として読めません。")
        return read_people(words)
    number = _number(content)
    if number != int(number) or not 0 <= number <= 1_000_000:
        raise Refusal("headcount_unreadable", f"「{_plain(content)}」を人数として読めません。")
    return int(number)


def _plain(content: Content) -> str:
    """The cell as text, as people saw it as far as that can be told."""
    value = content.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float):
        if "%" in content.number_format:
            return f"{value * 100:.10g}%"
        return f"{value:.15g}" if not value.is_integer() else str(int(value))
    return _NO_TEXT.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()
