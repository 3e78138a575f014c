"""Which business year a heading or a title speaks of: 「2026年3月期」「R8.3」「第32期」「前期」."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import read_year

_YEAR = r"(?:西暦)?[0-9]{4}|(?:令和|平成|昭和|[RHS])\.?(?:[0-9]{1,2}|元)"
_YEAR_MONTH = re.compile(
    rf"(?:FY)?(?P<year>{_YEAR})(?:年|[./-])(?P<month>[0-9]{{1,2}})"
    r"(?:月?(?:期|末|度|決算期?|実績|\(?実績\)?)?|(?:月|[./-])(?P<day>[0-9]{1,2})日?(?:期|決算|現在|末)?)",
    re.IGNORECASE,
)
# 「25/3期」 as banks write it; without 期 two figures could be a month and a day.
_SHORT_YEAR = re.compile(r"'?(?P<year>[1-5][0-9])[./](?P<month>[0-9]{1,2})月?期")
_ORDINAL = re.compile(r"第?(?P<number>[0-9]{1,3})期(?P<rest>.*)")
_RELATIVE = {
    "当期": 0, "今期": 0, "直近期": 0, "直近": 0, "最新期": 0, "本年": 0, "当年": 0, "直前期": 0,
    "前期": -1, "1期前": -1, "前年": -1,
    "前々期": -2, "前前期": -2, "2期前": -2, "前々年": -2,
    "3期前": -3, "4期前": -4,
}  # fmt: skip
_DATE = re.compile(
    rf"(?P<year>{_YEAR})(?:年|[./-])(?P<month>[0-9]{{1,2}})(?:月|[./-])(?P<day>[0-9]{{1,2}})(?![0-9])日?"
)
_CLOSING_DAY = re.compile(_DATE.pattern + "(?:現在|末|期|決算)")
_MONTH_ONLY = re.compile(
    rf"(?P<year>{_YEAR})(?:年|/)(?P<month>[0-9]{{1,2}})(?![0-9])(?:月(?!期)|(?![月./-]|期))"
)


@dataclass(frozen=True)
class PeriodLabel:
    """What a heading says. ``end``: last day of the year, if it says so; ``ordinal``: 第32期 → 32;
    ``relative``: 0 for 当期, -1 for 前期, -2 for 前々期."""

    text: str
    end: date | None = None
    ordinal: int | None = None
    relative: int | None = None


def read_period_label(text: str) -> PeriodLabel | None:
    """``None`` when the text names no business year; a year without its month names none."""
    plain = _plain(text)
    found = _YEAR_MONTH.fullmatch(plain) or _SHORT_YEAR.fullmatch(plain)
    if found is not None and (end := _end_of(found)) is not None:
        return PeriodLabel(text.strip(), end=end)
    ordinal = _ORDINAL.fullmatch(plain)
    if ordinal is not None and plain not in _RELATIVE:
        inner = read_period_label(ordinal["rest"].strip("()")) if ordinal["rest"] else None
        if inner is None and ordinal["rest"] and not ordinal["rest"].startswith("("):
            return None
        return PeriodLabel(text.strip(), end=inner.end if inner else None, ordinal=int(ordinal["number"]))
    word, _, rest = plain.partition("(")
    relative = _RELATIVE.get(word)
    if relative is None:
        return None
    inner = read_period_label(rest.rstrip(")")) if rest else None
    return PeriodLabel(text.strip(), end=inner.end if inner else None, relative=relative)


def find_span(text: str) -> tuple[date, date] | None:
    """First and last day of 「令和7年4月1日〜令和8年3月31日」 or 「2025年04月～2026年03月」 in a title."""
    plain = _plain(text)
    days = [day for found in _DATE.finditer(plain) if (day := _day_of(found)) is not None]
    if len(days) >= 2 and days[0] <= days[1]:
        return days[0], days[1]
    ends = [end for found in _MONTH_ONLY.finditer(plain) if (end := _end_of(found)) is not None]
    if len(ends) >= 2 and ends[0] <= ends[1]:
        return ends[0].replace(day=1), ends[1]
    return None


def find_closing_day(text: str) -> date | None:
    """The day of 「2026年3月31日現在」; a bare day may be that of printing and is not taken."""
    days = [day for found in _CLOSING_DAY.finditer(_plain(text)) if (day := _day_of(found)) is not None]
    return days[0] if days else None


def months_of(span: tuple[date, date]) -> int:
    """Calendar months a span touches: 4月1日〜3月31日 → 12."""
    first, last = span
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _day_of(found: re.Match[str]) -> date | None:
    try:
        return date(read_year(found["year"] + "年"), int(found["month"]), int(found["day"]))
    except (Refusal, ValueError):
        return None


def _end_of(found: re.Match[str]) -> date | None:
    """The day named, or the last day of the month named; ``None`` for 13月 and 2月30日."""
    written = found["year"]
    try:
        year = 2000 + int(written) if len(written) == 2 and written.isdigit() else read_year(written + "年")
        day = found.groupdict().get("day")
        month = int(found["month"])
        return date(year, month, int(day) if day else monthrange(year, month)[1])
    except (Refusal, ValueError):
        return None
