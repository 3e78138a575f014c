"""結果: what the figures say and ask, with the flow, the chain and the words around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.reading import boxes_of, open_changes, sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import (
    BOXES,
    FIGURE_FIELDS,
    INDUSTRIES,
    Assessment,
    Figures,
    Indicator,
    IndicatorResult,
    MarkedChange,
    Part,
    shown_yen,
)
from bansou.domain.locaben.record import BoxText
from bansou.domain.locaben.words import TALK_AGENDA, TALK_OPENING, CardWords, card_words
from bansou.infra.http import ActorRequest
from bansou.ui.items import Link

from .account_fields import year_name
from .finance_pictures import radar_of, trends_of
from .scores import Result, result_of
from .tabs import sheet_frame
from .what_if import what_if_of
from .word_pictures import chain_picture, flow_picture

_CHANGES_SHOWN = 3


@dataclass(frozen=True)
class Card:
    """One indicator: the figure never stands alone."""

    indicator: Indicator
    result: IndicatorResult
    words: CardWords


@require_safe
def result(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """One fiscal year of the sheet, the newest unless `?year=` names another."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    found = result_of(sheet, request.GET.get("year", ""))
    texts = boxes_of(sheet)
    words = {key: text.text for key, text in texts.items()}
    changes = open_changes(sheet, found.years)
    table = figure_rows(sheet, found.years)
    page = {
        **sheet_frame(engagement, "locaben"),
        "sheet": sheet,
        "found": found,
        "figures": found.figures,
        "assessment": found.assessment,
        "industry": INDUSTRIES.get(sheet.industry_code),
        "year_links": year_links(found),
        "cards": cards_of(found.assessment),
        "radar": radar_of(found.assessment) if found.assessment else None,
        "trends": trends_of(found.assessments),
        "table_rows": table,
        "table_years": [name for name, _ in table[0][1]] if table else [],
        "changes": [(change, change_url(engagement_id, change)) for change in changes[:_CHANGES_SHOWN]],
        "more_changes": max(0, len(changes) - _CHANGES_SHOWN),
        "flow": flow_picture(words),
        "chain": chain_picture(words, engagement.business.name),
        "views": views_of(texts),
        "summary": written_of(texts, Part.SUMMARY),
        "has_summary": any(box.key in texts for box in BOXES if box.part is Part.SUMMARY),
        "agenda": TALK_AGENDA,
        "opening": TALK_OPENING,
        **what_if_of(sheet, found, {}),
    }
    return render(request, "sheets/result.html", page)


def year_links(found: Result) -> list[Link]:
    """The newest first; none for a single year."""
    if len(found.years) < 2:
        return []
    links = [
        Link(year_name(end), f"?year={end.isoformat()}", current=place == found.place)
        for place, year in enumerate(found.years)
        if (end := year.fiscal_year_end)
    ]
    return links[::-1]


def cards_of(assessment: Assessment | None) -> list[Card]:
    if assessment is None:
        return []
    return [Card(one, outcome, card_words(outcome)) for one, outcome in assessment.results.items()]


def figure_rows(sheet: LocalBenchmark, years: Sequence[Figures]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures themselves, for the newest five years; lines nobody filled are left out."""
    shown = list(years)[-5:]
    names = [year_name(year.fiscal_year_end) for year in shown if year.fiscal_year_end]
    rows = []
    for field in FIGURE_FIELDS:
        amounts = [getattr(year, field.key) for year in shown]
        if field.key == "previous_sales" or all(amount is None for amount in amounts):
            continue
        if field.is_amount:
            cells = [shown_yen(amount, sheet.yen_unit) for amount in amounts]
        else:
            cells = ["未入力" if amount is None else f"{amount:,}人" for amount in amounts]
        rows.append((field.label, list(zip(names, cells, strict=True))))
    return rows


def change_url(engagement_id: str, change: MarkedChange) -> str:
    ends = f"from={change.from_end.isoformat()}&to={change.to_end.isoformat()}"
    return f"{reverse('locaben-change', args=[engagement_id])}?key={change.key}&{ends}"


def views_of(texts: Mapping[str, BoxText]) -> list[tuple[str, list[tuple[str, BoxText]]]]:
    """4つの視点 with what is written in each; a viewpoint nobody has written about has an empty list."""
    views: dict[str, list[tuple[str, BoxText]]] = {}
    for box in BOXES:
        if box.part is Part.VIEWS:
            written = views.setdefault(box.heading, [])
            if box.key in texts:
                written.append((box.label, texts[box.key]))
    return list(views.items())


def written_of(texts: Mapping[str, BoxText], part: Part) -> list[tuple[str, BoxText | None]]:
    return [(box.label, texts.get(box.key)) for box in BOXES if box.part is part]
