"""What a workbook is written from, gathered from a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.norm_editions import norms_named
from bansou.apps.sheets.reading import boxes_of
from bansou.domain.locaben import (
    INDUSTRIES,
    Assessment,
    Edition,
    Figures,
    Indicator,
    Norms,
    assess,
    shipped_norms,
)
from bansou.domain.locaben.record import BoxText
from bansou.domain.locaben.years import in_sequence
from bansou.domain.method import BusinessSize, Viewpoint
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


@dataclass(frozen=True, kw_only=True)
class WorkbookContent:
    """`years` as they were typed, oldest first; what follows from them is worked out in the file."""

    business: str
    made_on: date
    address: str = ""
    leader: str = ""
    capital_yen: int | None = None
    headcount: int | None = None
    closing_month: int | None = None
    industry_code: str = ""
    size: BusinessSize | None = None
    size_reason: str = ""
    unit: YenUnit = YenUnit.THOUSAND
    counted_debt: frozenset[str] = frozenset()
    edition_code: str = ""
    norms: Norms | None = None
    revision: int = 0
    sheet_id: str = ""
    years: Sequence[Figures] = ()
    boxes: Mapping[str, BoxText] = field(default_factory=dict)

    @property
    def edition(self) -> Edition | None:
        return self.norms.edition if self.norms else None

    @property
    def is_official(self) -> bool:
        """False with somebody's own norms, which stay with the file and lead to no 総合評価."""
        return self.edition is None or self.edition.official

    @cached_property
    def is_scored(self) -> bool:
        """False without industry, size or norms, and when the edition has none for these."""
        if self.norms is None or not self.industry_code or self.size is None:
            return False
        try:
            for indicator in Indicator:
                self.norms.norm(self.industry_code, self.size, indicator)
        except Refusal:
            return False
        return True

    @cached_property
    def sequence(self) -> list[Figures]:
        return in_sequence(replace(year, counted_debt=self.counted_debt) for year in self.years)

    @cached_property
    def assessments(self) -> list[Assessment]:
        """One for each year. Without industry, size or norms only the values in it mean anything."""
        norms = self.norms if self.norms is not None and self.is_scored else shipped_norms()
        code = self.industry_code if self.is_scored else next(iter(INDUSTRIES))
        size = self.size or BusinessSize.SMALL
        return [assess(year, norms=norms, industry_code=code, size=size) for year in self.sequence]


def content_of(sheet: LocalBenchmark, *, made_on: date) -> WorkbookContent:
    business = sheet.engagement.business
    leader = business.people.filter(viewpoint=Viewpoint.LEADER, left_on__isnull=True).order_by("pk").first()
    counted = frozenset(sheet.counted_debt)
    years = [year.as_figures(counted) for year in sheet.years.all()] if sheet.pk else []
    return WorkbookContent(
        business=business.name,
        made_on=made_on,
        address=business.address,
        leader=leader.name if leader else "",
        capital_yen=business.capital_yen,
        headcount=business.headcount,
        closing_month=business.closing_month,
        industry_code=sheet.industry_code,
        size=sheet.firm_size,
        size_reason=sheet.size_reason,
        unit=sheet.yen_unit,
        counted_debt=counted,
        edition_code=sheet.edition,
        norms=norms_named(sheet.edition, sheet.engagement.organisation_id),
        revision=sheet.revision,
        sheet_id=sheet.public_id,
        years=years,
        boxes=boxes_of(sheet),
    )
