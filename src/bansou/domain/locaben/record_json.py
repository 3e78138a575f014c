"""Figures and results as plain JSON, exact both ways, tolerant of what other releases wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from bansou.domain.locaben.assessment import Assessment, IndicatorResult
from bansou.domain.locaben.figures import (
    COUNTABLE_DEBT,
    FIGURE_FIELDS,
    Amount,
    Figures,
    is_of_amount_size,
)
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.norms import Edition, Norm
from bansou.domain.locaben.notes import Note
from bansou.domain.method.sizes import BusinessSize

Json = dict[str, Any]

_CUTS = ("median", "cut_iv", "cut_iii", "cut_ii", "cut_i")
_EDITION_WORDS = ("code", "label", "source", "dated", "provenance")
_NOTE_CODES = frozenset(note.value for note in Note)


def figures_as_json(figures: Figures) -> Json:
    """Whole amounts as numbers, others as decimal strings, a blank as null."""
    amounts = {field.key: _amount_as_json(getattr(figures, field.key)) for field in FIGURE_FIELDS}
    return {
        "fiscal_year_end": _date_as_json(figures.fiscal_year_end),
        "months": figures.months,
        "previous_months": figures.previous_months,
        "counted_debt": sorted(figures.counted_debt),
        "unofficial_aid": figures.unofficial_aid,
        **amounts,
    }


def figures_from_json(page: object) -> Figures:
    """What can be read of it; what is missing or unreadable is blank."""
    table = mapping_of(page)
    amounts: Json = {field.key: _amount(table.get(field.key)) for field in FIGURE_FIELDS}
    return Figures(
        fiscal_year_end=_date(table.get("fiscal_year_end")),
        months=_months(table.get("months")),
        previous_months=_months(table.get("previous_months")),
        counted_debt=frozenset(COUNTABLE_DEBT) & set(words_of(table.get("counted_debt"))),
        unofficial_aid=table.get("unofficial_aid") is True,
        **amounts,
    )


def assessment_as_json(assessment: Assessment) -> Json:
    """With edition, norms and notes, so that it is shown again as it was, whatever edition is current then.

    `total`, `partial_total`, `grade` and `value_float` are for readers of the file; reading goes by the exact
    values and the points.
    """
    edition = assessment.edition
    return {
        "edition": {
            **{name: str(getattr(edition, name)) for name in _EDITION_WORDS},
            "official": edition.official,
        },
        "industry_code": assessment.industry_code,
        "size": assessment.size.value,
        "fiscal_year_end": _date_as_json(assessment.fiscal_year_end),
        "total": assessment.total,
        "partial_total": assessment.partial_total,
        "grade": assessment.grade,
        "notes": [note.value for note in assessment.notes],
        "results": {one.value: _result_as_json(result) for one, result in assessment.results.items()},
    }


def assessment_from_json(page: object) -> Assessment | None:
    """None when a part without which no score can be shown is missing: size, a norm, one of the six."""
    table = mapping_of(page)
    by_code = mapping_of(table.get("results"))
    try:
        size = BusinessSize(str(table.get("size")))
        results = {one: _result_from_json(one, mapping_of(by_code.get(one.value))) for one in Indicator}
    except (KeyError, ValueError, ArithmeticError):
        return None
    return Assessment(
        edition=_edition(mapping_of(table.get("edition"))),
        industry_code=word_of(table.get("industry_code")),
        size=size,
        fiscal_year_end=_date(table.get("fiscal_year_end")),
        results=MappingProxyType(results),
        notes=_notes(table.get("notes")),
    )


def _result_as_json(result: IndicatorResult) -> Json:
    return {
        "value": None if result.value is None else str(result.value),
        "value_float": None if result.value is None else float(result.value),
        "points": result.points,
        "notes": [note.value for note in result.notes],
        "for_reference": result.for_reference,
        "norm": {name: format(getattr(result.norm, name), "f") for name in _CUTS},
    }


def _result_from_json(indicator: Indicator, table: Mapping[str, Any]) -> IndicatorResult:
    value, points, cuts = table["value"], table["points"], mapping_of(table["norm"])
    if points is not None and points not in range(1, 6):
        raise ValueError("points lie between 1 and 5")
    return IndicatorResult(
        indicator=indicator,
        value=None if value is None else Fraction(str(value)),
        points=points,
        norm=Norm(*(Decimal(str(cuts[name])) for name in _CUTS)),
        notes=_notes(table.get("notes")),
        for_reference=table.get("for_reference") is True,
    )


def _edition(table: Mapping[str, Any]) -> Edition:
    words = {name: word_of(table.get(name)) for name in _EDITION_WORDS}
    return Edition(**words, official=table.get("official") is True)


def _notes(codes: object) -> tuple[Note, ...]:
    return tuple(Note(code) for code in words_of(codes) if code in _NOTE_CODES)


def _amount_as_json(amount: Amount | None) -> int | str | None:
    return format(amount, "f") if isinstance(amount, Decimal) else amount


def _amount(value: object) -> Amount | None:
    if type(value) is int:
        return value
    if not isinstance(value, str | float):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if is_of_amount_size(amount) else None


def _months(value: object) -> int:
    return value if type(value) is int and value >= 1 else 12


def _date_as_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def mapping_of(value: object) -> Mapping[str, Any]:
    """`value` when it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def list_of(value: object) -> Sequence[Any]:
    """`value` when it is a list or a tuple, else an empty one."""
    return value if isinstance(value, list | tuple) else ()


def word_of(value: object) -> str:
    """`value` when it is a text, else "" ."""
    return str(value) if isinstance(value, str) else ""


def words_of(value: object) -> list[str]:
    """The texts of a list, in order."""
    return [str(one) for one in list_of(value) if isinstance(one, str)]
