"""The grid of accounts: up to five fiscal years as columns, each line of the accounts as a row.

A column is called by the year end it was opened with ("20260331"), so that its cells keep their names when
columns come and go, or when the year end itself is mended.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django import forms

from bansou.apps.businesses.models import Business, LegalForm
from bansou.domain.locaben import FIGURE_FIELDS, FigureField, Figures
from bansou.domain.locaben.years import month_of
from bansou.domain.shared.written_figures import YenUnit
from bansou.ui.forms import BaseForm, RevisionMixin

from .account_fields import AmountField, PeopleField, written, year_name

MOST_COLUMNS = 5
FIRST_COLUMNS = 3
_COLUMN = re.compile(r"[0-9]{8}")
_MAY_BE_NEGATIVE = frozenset({"operating_profit", "net_assets"})
_YEAR_FACTS = ("end", "months", "remove", "aid")


class AccountsForm(RevisionMixin, BaseForm, forms.Form):
    """Cells are called ``<column>_<figure key>``, with ``_end``, ``_months``, ``_aid``, ``_remove``."""

    columns = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    unit = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stored: Mapping[date, bool], **kwargs: Any) -> None:
        """`stored`: every year end that stands, and whether its sales are known."""
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        self.stored = stored
        self.yen_unit = unit_of(given.get("unit"))
        self.column_keys = columns_of(given.get("columns"))
        for column in self.column_keys:
            self._add_column(column)

    def _add_column(self, column: str) -> None:
        year = year_name(end_of(column))
        self.fields[f"{column}_end"] = forms.DateField(
            label=f"{year} 決算日",
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": "決算日を、2026-03-31 のように入れてください。"},
        )
        self.fields[f"{column}_months"] = forms.IntegerField(
            label=f"{year} 月数",
            required=False,
            min_value=1,
            max_value=24,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "data-number": True, "autocomplete": "off"}
            ),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), "月数は1から24までの数字で入れてください。"
            ),
        )
        for figure in FIGURE_FIELDS:
            self.fields[f"{column}_{figure.key}"] = self._cell(figure, year)
        self.fields[f"{column}_aid"] = forms.BooleanField(
            label=f"{year}は計算補助（非公式）の数字", required=False
        )
        self.fields[f"{column}_remove"] = forms.BooleanField(label=f"{year}を消す", required=False)

    def _cell(self, figure: FigureField, year: str) -> forms.Field:
        label = f"{year} {figure.label}"
        if not figure.is_amount:
            return PeopleField(label=label)
        return AmountField(unit=self.yen_unit, may_be_negative=figure.key in _MAY_BE_NEGATIVE, label=label)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        ends: dict[date, str] = {}
        for column in self.column_keys:
            if entered.get(f"{column}_remove"):
                continue
            end = entered.get(f"{column}_end")
            if end is None and f"{column}_end" not in self.errors and self._has_figures(column):
                self.add_error(f"{column}_end", "この期の決算日を入れてください。")
            elif end is not None and self._is_taken(column, end, ends):
                self.add_error(f"{column}_end", "同じ決算日の期がもうひとつあります。")
            elif end is not None:
                ends[end] = column
        return entered

    def _is_taken(self, column: str, end: date, ends: Mapping[date, str]) -> bool:
        """By another column of the grid, or by a year that stands outside of it."""
        if end in ends:
            return self._is_kept(column) and self._is_kept(ends[end])
        return end in self.stored and column_of(end) not in self.column_keys and self._is_kept(column)

    def _has_figures(self, column: str) -> bool:
        return any(self.cleaned_data.get(f"{column}_{figure.key}") is not None for figure in FIGURE_FIELDS)

    def _is_kept(self, column: str) -> bool:
        """A year that stands stays, even emptied; a new one is kept as soon as it has a figure."""
        return end_of(column) in self.stored or self._has_figures(column)

    def years(self) -> list[Figures]:
        """What is to be written: kept columns, without those marked for removal."""
        entered = self.cleaned_data
        years = [
            Figures(
                fiscal_year_end=entered[f"{column}_end"],
                months=entered[f"{column}_months"] or 12,
                unofficial_aid=entered[f"{column}_aid"],
                **{figure.key: entered[f"{column}_{figure.key}"] for figure in FIGURE_FIELDS},
            )
            for column in self.column_keys
            if not entered[f"{column}_remove"] and entered[f"{column}_end"] and self._is_kept(column)
        ]
        return [self._without_doubled(year, years) for year in years]

    def _without_doubled(self, year: Figures, years: Sequence[Figures]) -> Figures:
        """Sales of a year are kept once: what was typed as 前期 gives way to the year beside it."""
        beside = {end: other.sales is not None for other in years if (end := other.fiscal_year_end)}
        outside = {end: sales for end, sales in self.stored.items() if column_of(end) not in self.column_keys}
        known = {month_of(end) for end, sales in (outside | beside).items() if sales}
        end = year.fiscal_year_end
        doubled = end is not None and month_of(end) - year.months in known
        return replace(year, previous_sales=None) if doubled else year

    def removed(self) -> set[date]:
        """Years that were taken out, and those whose year end was mended (they live on under the new one)."""
        gone = set()
        for column in self.column_keys:
            end = self.cleaned_data[f"{column}_end"]
            if self.cleaned_data[f"{column}_remove"] or (end and end != end_of(column)):
                gone.add(end_of(column))
        kept = {year.fiscal_year_end for year in self.years()}
        return (gone & set(self.stored)) - kept

    def readable_years(self) -> list[Figures]:
        """For hints: every column with an end, with the cells that can be read; nothing is judged."""
        years = []
        for column in self.column_keys:
            end = self._read(f"{column}_end")
            if end is None:
                continue
            figures = {figure.key: self._read(f"{column}_{figure.key}") for figure in FIGURE_FIELDS}
            if any(value is not None for value in figures.values()):
                months = self._read(f"{column}_months") or 12
                years.append(Figures(fiscal_year_end=end, months=months, **figures))
        return sorted(years, key=lambda year: year.fiscal_year_end or date.min)

    def _read(self, name: str) -> Any:
        bound = self[name]
        if self.is_bound and hasattr(self, "cleaned_data"):
            return self.cleaned_data.get(name)
        try:
            return bound.field.clean(bound.field.prepare_value(bound.value()))
        except forms.ValidationError:
            return None

    def texts(self, unit: YenUnit | None = None) -> dict[str, Any]:
        """Every entry of a valid form as it would be typed, in `unit`: the same numbers, written anew."""
        unit = unit or self.yen_unit
        typed: dict[str, Any] = {name: self[name].value() for name in self.fields}
        for column in self.column_keys:
            for figure in FIGURE_FIELDS:
                amount = self.cleaned_data[f"{column}_{figure.key}"]
                typed[f"{column}_{figure.key}"] = written(amount, unit if figure.is_amount else YenUnit.YEN)
        return typed | {"unit": str(int(unit))}

    def rows(self) -> list[dict[str, Any]]:
        """The columns for the page, the newest first."""
        ends = {column: self._read(f"{column}_end") for column in self.column_keys}
        known = {month_of(end) for column, end in ends.items() if end and self._sales(column)}
        shown = {end_of(column) for column in self.column_keys}
        known |= {month_of(end) for end, sales in self.stored.items() if sales and end not in shown}
        return [self._column(column, ends[column], known) for column in self.column_keys]

    def _is_wrong(self, column: str) -> bool:
        return self.is_bound and f"{column}_previous_sales" in self.errors

    def _sales(self, column: str) -> bool:
        return bool(self[f"{column}_sales"].value() not in (None, ""))

    def _column(self, column: str, end: date | None, known: set[int]) -> dict[str, Any]:
        months = self._read(f"{column}_months") or 12
        follows = end is not None and month_of(end) - months in known
        cells: list[dict[str, Any]] = [
            {
                "figure": figure,
                "cell": self[f"{column}_{figure.key}"],
                "from_beside": follows and figure.key == "previous_sales" and not self._is_wrong(column),
            }
            for figure in FIGURE_FIELDS
        ]
        groups = [
            (name, list(found)) for name, found in groupby(cells, key=lambda cell: cell["figure"].group)
        ]
        return {
            "key": column,
            "name": year_name(end or end_of(column)),
            "groups": groups,
            "is_stored": end_of(column) in self.stored,
            **{fact: self[f"{column}_{fact}"] for fact in _YEAR_FACTS},
        }


def a_year(
    end: date, figures: Mapping[str, Any], months: int = 12, *, unofficial_aid: bool = False
) -> Figures:
    """Figures read elsewhere, for the year that ends on this day."""
    return Figures(fiscal_year_end=end, months=months, unofficial_aid=unofficial_aid, **figures)


def unit_of(given: Any) -> YenUnit:
    return YenUnit.YEN if str(given) == "1" else YenUnit.THOUSAND


def columns_of(given: Any) -> list[str]:
    """The columns an entry names, at most five, each a day that exists."""
    found = [name for name in str(given or "").split(",") if _COLUMN.fullmatch(name) and _day(name)]
    return list(dict.fromkeys(found))[:MOST_COLUMNS]


def _day(column: str) -> date | None:
    try:
        day = date(int(column[:4]), int(column[4:6]), int(column[6:]))
    except ValueError:
        return None
    return day if 1900 <= day.year < 2200 else None


def end_of(column: str) -> date:
    day = _day(column)
    if day is None:
        raise ValueError(f"{column} is no day")
    return day


def column_of(end: date) -> str:
    return end.strftime("%Y%m%d").zfill(8)


def a_year_from(end: date, years: int) -> date:
    """The same month's end, so many years away: 2024-02-29 → 2025-02-28."""
    is_last = end.day == monthrange(end.year, end.month)[1]
    last = monthrange(end.year + years, end.month)[1]
    return end.replace(year=end.year + years, day=last if is_last else min(end.day, last))


def latest_end(business: Business, today: date) -> date:
    """The last year end before today; without a closing month March, for a 個人事業主 December."""
    usual = 12 if business.legal_form == LegalForm.SOLE_TRADER else 3
    month = business.closing_month or usual
    end = date(today.year, month, monthrange(today.year, month)[1])
    return end if end < today else a_year_from(end, -1)


def cells_of(years: Iterable[Any]) -> dict[str, Any]:
    """Initial cells from stored years or `Figures`."""
    cells: dict[str, Any] = {}
    for year in years:
        column = column_of(year.fiscal_year_end)
        cells |= {f"{column}_end": year.fiscal_year_end, f"{column}_months": year.months}
        cells[f"{column}_aid"] = "on" if year.unofficial_aid else ""
        cells |= {f"{column}_{figure.key}": getattr(year, figure.key) for figure in FIGURE_FIELDS}
    return cells


def with_columns(texts: Mapping[str, Any], ends: Sequence[date]) -> dict[str, Any]:
    """The same entries with exactly these columns; new ones begin blank, with their year end."""
    result = dict(texts) | {"columns": ",".join(column_of(end) for end in ends)}
    for end in ends:
        result.setdefault(f"{column_of(end)}_end", end.isoformat())
        result.setdefault(f"{column_of(end)}_months", "12")
    return result
