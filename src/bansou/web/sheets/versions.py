"""Every save of the sheet, and two of them side by side."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark, LocalBenchmarkVersion
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability, NotVisible
from bansou.domain.locaben import INDUSTRIES
from bansou.domain.locaben.record import DIFFERENT_BASIS, Difference, SheetRecord, compare
from bansou.infra.http import ActorRequest

from .tabs import sheet_frame

_PER_PAGE = 30


@require_safe
def versions(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Newest first; `before` is the number the page before ended with."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    found: list[LocalBenchmarkVersion] = []
    if sheet.pk is not None:
        # What the versions hold is large and not read here.
        rows = sheet.versions.select_related("saved_by").defer("content").order_by("-number")
        if before := _whole(request.GET.get("before")):
            rows = rows.filter(number__lt=before)
        found = list(rows[: _PER_PAGE + 1])
    here, more = found[:_PER_PAGE], found[_PER_PAGE:]
    context = {
        "sheet": sheet,
        "versions": here,
        "newest": here[0].number if here else 0,
        "first_url": request.path if "before" in request.GET else "",
        "further_url": f"?before={here[-1].number}" if more else "",
        **sheet_frame(engagement, "locaben-versions", ("版をくらべる", "")),
    }
    return render(request, "sheets/versions.html", context)


@require_safe
def compare_versions(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """`from` and `to` are numbers of versions, 0 the empty sheet; without them the last two saves."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    to = _number(request.GET.get("to"), sheet.revision)
    start = _number(request.GET.get("from"), max(to - 1, 0))
    start, to = min(start, to), max(start, to)
    found = _versions_of(sheet, (start, to))
    before, after = (_record(found, number) for number in (start, to))
    differences = compare(before, after)
    sides = [
        {"label": label, "number": number, "version": found.get(number), "bases": _bases(record)}
        for label, number, record in (("前の版", start, before), ("後の版", to, after))
    ]
    context = {
        "before": sides[0],
        "after": sides[1],
        "before_words": f"第{start}版" if start else "はじめ",
        "after_words": f"第{to}版" if to else "はじめ",
        "sides": sides,
        "parts": [
            {"heading": part, "differences": list(rows)}
            for part, rows in groupby(differences, key=lambda difference: difference.part)
        ],
        "other_basis": DIFFERENT_BASIS if _on_other_norms(differences) else "",
        "earlier_url": _pair(engagement.public_id, start - 1, start) if start else "",
        "later_url": _pair(engagement.public_id, to, to + 1) if to < sheet.revision else "",
        **sheet_frame(
            engagement,
            "locaben-versions",
            ("版をくらべる", reverse("locaben-versions", args=[engagement.public_id])),
            ("二つの版", ""),
        ),
    }
    return render(request, "sheets/compare.html", context)


def _versions_of(sheet: LocalBenchmark, numbers: tuple[int, int]) -> dict[int, LocalBenchmarkVersion]:
    if sheet.pk is None:
        return {}
    rows = sheet.versions.filter(number__in=numbers).select_related("saved_by")
    return {version.number: version for version in rows}


def _record(found: dict[int, LocalBenchmarkVersion], number: int) -> SheetRecord:
    if number == 0:
        return SheetRecord()
    if number not in found:
        raise NotVisible
    return SheetRecord.from_json(found[number].content)


def _bases(record: SheetRecord) -> list[str]:
    """What the scores of this version rest on, each once."""
    return list(
        dict.fromkeys(
            f"{result.edition.norms_name}・{_industry(result.industry_code)}・{result.size.label}"
            for result in record.results
        )
    )


def _industry(code: str) -> str:
    """Its label; an industry this release no longer knows by its code."""
    return INDUSTRIES[code].label if code in INDUSTRIES else code


def _on_other_norms(differences: list[Difference]) -> bool:
    return any(difference.note == DIFFERENT_BASIS for difference in differences)


def _pair(engagement_id: str, start: int, to: int) -> str:
    return f"{reverse('locaben-compare', args=[engagement_id])}?from={start}&to={to}"


def _number(text: str | None, otherwise: int) -> int:
    return otherwise if text is None else _whole(text)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
