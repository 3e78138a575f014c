"""Years, periods and eras as Japanese offices write them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

# First day of each era (元号法 and the 改元 orders); before 1873 Japan used another calendar.
_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),
)
_MEIJI_FIRST_YEAR = 1868


def wareki_year(day: date) -> str:
    """「令和8年」, 「令和元年」; a day before 1873 (another calendar) stays 「1870年」."""
    for first_day, era in _ERAS:
        if day >= first_day:
            first_year = _MEIJI_FIRST_YEAR if era == "明治" else first_day.year
            year = day.year - first_year + 1
            return f"{era}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def wareki(day: date) -> str:
    """「令和8年11月22日」, 「平成元年1月8日」."""
    return f"{wareki_year(day)}{day.month}月{day.day}日"


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included; ``end`` is never before ``start`` (``ValueError``)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends on or after the day it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlaps(self, other: Period) -> bool:
        """True when at least one day belongs to both."""
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.start.isoformat()}〜{self.end.isoformat()}"


@dataclass(frozen=True, order=True)
class FiscalYear:
    """The business year that closes at the end of ``closing_month`` (決算月, 1–12) of ``closing_year``."""

    closing_year: int
    closing_month: int

    def __post_init__(self) -> None:
        if not 1 <= self.closing_month <= 12:
            raise ValueError("a closing month is 1 to 12")

    @classmethod
    def containing(cls, day: date, *, closing_month: int) -> FiscalYear:
        """The business year ``day`` falls in, for a firm that closes in ``closing_month``."""
        return cls(day.year + (day.month > closing_month), closing_month)

    @property
    def period(self) -> Period:
        end = date(
            self.closing_year, self.closing_month, monthrange(self.closing_year, self.closing_month)[1]
        )
        before = self.closing_year - 1
        start = date(before, self.closing_month, monthrange(before, self.closing_month)[1]) + timedelta(
            days=1
        )
        return Period(start, end)

    @property
    def label(self) -> str:
        """「2026年3月期」, as accounts are named."""
        return f"{self.closing_year}年{self.closing_month}月期"

    @property
    def nendo_label(self) -> str:
        """「令和7年度」: 年度 is named after the year it starts in.

        A year in which the era changes bears the new era throughout (「令和元年度」, decided in 2019).
        """
        return f"{wareki_year(date(self.period.start.year, 12, 31))}度"

    def previous(self) -> FiscalYear:
        return FiscalYear(self.closing_year - 1, self.closing_month)

    def next(self) -> FiscalYear:
        return FiscalYear(self.closing_year + 1, self.closing_month)
