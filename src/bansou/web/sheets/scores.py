"""The scores of a sheet and the fiscal year a page speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass

from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.reading import assessments_of, newest_with_figures, years_of
from bansou.domain.locaben import Assessment, Figures
from bansou.domain.shared import Refusal


@dataclass(frozen=True)
class Result:
    """The scores of every year and the place of the one on the page; `problem` says why there are none."""

    years: list[Figures]
    assessments: list[Assessment]
    place: int
    problem: str = ""

    @property
    def figures(self) -> Figures | None:
        return self.years[self.place] if self.years else None

    @property
    def assessment(self) -> Assessment | None:
        return self.assessments[self.place] if self.assessments else None


def result_of(sheet: LocalBenchmark, wanted: str = "") -> Result:
    """`wanted`: a year end as in an address. Norms that lack this industry are said, not raised."""
    years = years_of(sheet)
    place = _place_of(years, wanted)
    try:
        found = assessments_of(sheet, years)
    except Refusal as refused:
        return Result(years, [], place, refused.message)
    settled = sheet.industry_code and sheet.firm_size
    gone = "選ばれている版の業種基準値が見つかりません。基準の版を選び直してください。"
    return Result(years, found, place, gone if years and settled and not found else "")


def _place_of(years: Sequence[Figures], wanted: str) -> int:
    """The year asked for, else the newest that holds any figure."""
    ends = [year.fiscal_year_end.isoformat() if year.fiscal_year_end else "" for year in years]
    if wanted in ends:
        return ends.index(wanted)
    newest = newest_with_figures(years)
    return len(years) - 1 if newest is None else newest
