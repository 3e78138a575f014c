"""もし、こうなったら: one lever moved, and what it would do; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.reading import norms_of, sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import Assessment, Figures, Indicator, IndicatorResult, assess
from bansou.domain.locaben.what_if import ROUGH_ESTIMATE, Lever, available_levers, what_if
from bansou.infra.http import ActorRequest
from bansou.ui.items import Link

from .finance_pictures import range_of
from .scores import Result, result_of
from .tabs import sheet_frame

_FIRST_LOOK = "idle_time"
# Where a lever stands when nobody has moved it yet; the others stand three steps up.
_FIRST_CHANGE = {"costs": -3, "people": 1}


@dataclass(frozen=True)
class Moved:
    """One indicator before and after."""

    indicator: Indicator
    before: IndicatorResult
    after: IndicatorResult

    @property
    def is_same(self) -> bool:
        return self.before.shown == self.after.shown and self.before.points == self.after.points


@require_safe
def what_if_page(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The answer alone while a lever is being moved, the whole page otherwise."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    found = result_of(sheet, request.GET.get("year", ""))
    page = what_if_of(sheet, found, request.GET.dict())
    if request.htmx:
        return render(request, "sheets/_what_if.html", {"engagement": engagement, **page})
    frame = sheet_frame(engagement, "locaben", ("もし、こうなったら", ""))
    return render(request, "sheets/what_if.html", {**frame, "figures": found.figures, **page})


def what_if_of(sheet: LocalBenchmark, found: Result, asked: Mapping[str, str]) -> dict[str, Any]:
    """What `_what_if.html` shows; `lever` is None while the figures allow no lever."""
    figures, assessment = found.figures, found.assessment
    levers = available_levers(figures) if figures and assessment else ()
    lever = _chosen(levers, asked.get("lever", ""))
    if figures is None or assessment is None or lever is None:
        return {"lever": None}
    change, problem = _change(lever, asked)
    assumed, doubt = _assumed(lever, asked.get("assumed", ""))
    year = figures.fiscal_year_end.isoformat() if figures.fiscal_year_end else ""
    return {
        "what_if_url": reverse("locaben-what-if", args=[sheet.engagement.public_id]),
        "levers": [_link(one, year, current=one.key == lever.key) for one in levers],
        "lever": lever,
        "change": change,
        "assumed": assumed,
        "problem": problem or doubt,
        "rough": ROUGH_ESTIMATE,
        "asked_year": year,
        **_answer(sheet, figures, assessment, lever, change, assumed),
    }


def _answer(
    sheet: LocalBenchmark,
    figures: Figures,
    before: Assessment,
    lever: Lever,
    change: int,
    assumed: int | None,
) -> dict[str, Any]:
    norms, size = norms_of(sheet), sheet.firm_size
    if norms is None or size is None:
        return {"says": "", "moved": [], "range_picture": None}
    changed = what_if(figures, lever.key, change, assumed)
    after = assess(changed, norms=norms, industry_code=sheet.industry_code, size=size)
    moved = [Moved(one, before.results[one], after.results[one]) for one in lever.indicators]
    shown = _worth_drawing(moved)
    return {
        "says": lever.says(figures, change, assumed, unit=sheet.yen_unit),
        "moved": moved,
        "range_picture": range_of(shown.before, shown.after, shown.indicator.label) if shown else None,
    }


def _worth_drawing(moved: list[Moved]) -> Moved | None:
    """The indicator that changes its points; else 労働生産性, else the first that moves."""
    drawable = [one for one in moved if one.before.value is not None and one.after.value is not None]
    order = [one for one in drawable if one.before.points != one.after.points]
    order += [one for one in drawable if one.indicator is Indicator.LABOR_PRODUCTIVITY]
    order += [one for one in drawable if not one.is_same]
    return order[0] if order else None


def _chosen(levers: tuple[Lever, ...], key: str) -> Lever | None:
    by_key = {lever.key: lever for lever in levers}
    return by_key.get(key) or by_key.get(_FIRST_LOOK) or next(iter(levers), None)


def _change(lever: Lever, asked: Mapping[str, str]) -> tuple[int, str]:
    """The slider counts when it was moved, else the number beside it."""
    usual = min(lever.high, max(lever.low, _FIRST_CHANGE.get(lever.key, 3 * lever.step)))
    if asked.get("lever") != lever.key:
        return usual, ""
    slid = asked.get("change", "")
    wanted = slid if slid != asked.get("was") else asked.get("exact", slid)
    if wanted == "":
        return usual, ""
    number = _whole(wanted)
    if number is None or not lever.low <= number <= lever.high:
        return usual, f"{lever.low}から{lever.high}までの数字で動かしてください。"
    return number, ""


def _assumed(lever: Lever, text: str) -> tuple[int | None, str]:
    if lever.assumed is None:
        return None, ""
    number = _whole(text) if text else lever.assumed.default
    if number is None or not lever.assumed.low <= number <= lever.assumed.high:
        known = lever.assumed
        return (
            known.default,
            f"「{known.label}」は{known.low:,}から{known.high:,}{known.unit}までで入れてください。",
        )
    return number, ""


def _whole(text: str) -> int | None:
    try:
        return int(text.strip()[:12])
    except ValueError:
        return None


def _link(lever: Lever, year: str, *, current: bool) -> Link:
    return Link(lever.label, f"?lever={lever.key}&year={year}#what-if", current=current)
