"""ローカルベンチマーク in a story: figures of the last years, words in boxes, and what they rest on."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import Excerpt
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import Side
from bansou.apps.sheets.operations import (
    Settings,
    open_to_leader,
    point_to,
    save_settings,
    save_years,
    write_boxes,
)
from bansou.domain.access import Actor
from bansou.domain.locaben import Figures, propose_firm_size
from bansou.domain.method import BusinessSize

_THOUSAND = 1_000


def tell_benchmark(
    *, actor: Actor, leader: Actor | None, engagement: Engagement, told: Mapping[str, Any]
) -> None:
    """`industry`, `figures` (key → 千円, oldest first), `boxes`, `leader_boxes`, `evidence`, `opened`."""
    business = engagement.business
    proposal = propose_firm_size(
        industry_code=told["industry"], employees=business.headcount, capital_yen=business.capital_yen
    )
    settings = Settings(
        told["industry"], proposal.size or BusinessSize(business.size), proposal.reason, edition="2022"
    )
    sheet = save_settings(actor=actor, engagement=engagement, settings=settings, seen=0)
    years = _years(business, told["figures"])
    sheet = save_years(actor=actor, engagement=engagement, years=years, seen=sheet.revision)
    texts = told.get("boxes", {})
    sheet = write_boxes(
        actor=actor, engagement=engagement, texts=texts, side=Side.SUPPORTER, seen=sheet.revision
    )
    for key, quotes in told.get("evidence", {}).items():
        excerpts = [_excerpt(engagement, words) for words in quotes]
        sheet = point_to(actor=actor, engagement=engagement, key=key, add=excerpts)
    if told.get("opened"):
        sheet = open_to_leader(actor=actor, engagement=engagement, opened=True)
    if leader is not None and "leader_boxes" in told:
        texts = told["leader_boxes"]
        write_boxes(actor=leader, engagement=engagement, texts=texts, side=Side.FIRM, seen=sheet.revision)


def leader_of(business: Business) -> Actor | None:
    person = business.people.filter(account__isnull=False).select_related("account").first()
    return actor_for(person.account) if person is not None and person.account is not None else None


def _years(business: Business, figures: Mapping[str, list[int]]) -> list[Figures]:
    ends = _last_ends(business.closing_month or 3, len(figures["sales"]))
    years = []
    for place, end in enumerate(ends):
        amounts: dict[str, Any] = {
            key: row[place] * (1 if key == "employees" else _THOUSAND) for key, row in figures.items()
        }
        years.append(Figures(fiscal_year_end=end, **amounts))
    return years


def _last_ends(month: int, count: int) -> list[date]:
    """The last `count` closing days at least two months ago, oldest first: what an office has in hand."""
    today = timezone.localdate()
    newest = (
        today.year
        if (today.month - 2, today.day) >= (month, monthrange(today.year, month)[1])
        else (today.year - 1)
    )
    return [date(year, month, monthrange(year, month)[1]) for year in range(newest - count + 1, newest + 1)]


def _excerpt(engagement: Engagement, words: str) -> Excerpt:
    kept = Excerpt.objects.filter(dialogue__engagement=engagement).select_related("statement", "dialogue")
    return next(excerpt for excerpt in kept if words in excerpt.words)
