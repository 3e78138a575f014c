"""Which figures that stand would give way to figures read elsewhere, told before anything is laid down."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bansou.apps.sheets.models import LocalBenchmark
from bansou.domain.locaben import FIGURE_FIELDS, FigureField, Figures
from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import kept

from .account_fields import written, year_name
from .account_grid import cells_of, column_of, columns_of, unit_of
from .accounts import rows_of

SEEN = "seen_replaced"
UNSEEN = "表にもう入っている数字が置きかわります。下の一覧を確かめて、もう一度押してください。"


@dataclass(frozen=True)
class Replacement:
    """One cell, before and after, as people read it."""

    year: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Replacements:
    """``seal`` names exactly these cells and amounts, so that nobody agrees to others than they saw."""

    cells: tuple[Replacement, ...] = ()

    @property
    def seal(self) -> str:
        return hashlib.sha256(repr(self.cells).encode()).hexdigest()[:16] if self.cells else ""

    def were_seen(self, request: ActorRequest) -> bool:
        return not self.cells or request.POST.get(SEEN) == self.seal


def replaced_by(years: Sequence[Figures], request: ActorRequest, sheet: LocalBenchmark) -> Replacements:
    """Compares with what the grid would show: saved years, and what this person typed and has not sent."""
    standing = _standing(request, sheet)
    return Replacements(tuple(cell for year in years for cell in _of_one_year(year, standing)))


def _standing(request: ActorRequest, sheet: LocalBenchmark) -> dict[str, Any]:
    """Cells of the grid by name: amounts in 円, or the text of a cell that cannot be read."""
    cells = cells_of(rows_of(sheet))
    earlier = kept(request, reverse("locaben-accounts", args=[sheet.engagement.public_id]))
    if earlier is None:
        return cells
    unit = unit_of(earlier.get("unit"))
    for column in columns_of(earlier.get("columns")):
        cells[f"{column}_months"] = earlier.get(f"{column}_months")
        for figure in FIGURE_FIELDS:
            name = f"{column}_{figure.key}"
            cells[name] = _read(earlier.get(name) or "", figure, unit)
    return cells


def _read(text: str, figure: FigureField, unit: YenUnit) -> Any:
    try:
        return read_amount(text, unit=unit) if figure.is_amount else read_people(text)
    except Refusal:
        return text


def _of_one_year(year: Figures, standing: Mapping[str, Any]) -> Iterator[Replacement]:
    if year.fiscal_year_end is None:
        return
    column, name = column_of(year.fiscal_year_end), year_name(year.fiscal_year_end)
    if all(standing.get(f"{column}_{figure.key}") is None for figure in FIGURE_FIELDS):
        return
    months = str(standing.get(f"{column}_months") or 12)
    if months != str(year.months):
        yield Replacement(name, "月数", f"{months}か月", f"{year.months}か月")
    for figure in FIGURE_FIELDS:
        before, after = standing.get(f"{column}_{figure.key}"), getattr(year, figure.key)
        if before is not None and after is not None and before != after:
            yield Replacement(name, figure.label, _shown(before, figure), _shown(after, figure))


def _shown(amount: Any, figure: FigureField) -> str:
    if isinstance(amount, str):
        return f"「{amount}」"
    return f"{written(amount, YenUnit.YEN)}{'円' if figure.is_amount else '人'}"
