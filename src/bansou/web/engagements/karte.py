"""カルテ: everything of one business in one order of time."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bansou.apps.audit.operations import log_reading
from bansou.apps.businesses.models import Business
from bansou.apps.businesses.policies import access_business, facts_of_business
from bansou.apps.dialogues.models import Hypothesis, Promise
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor, Capability, Decision, decide
from bansou.domain.method import SupportIntensity
from bansou.infra.http import ActorRequest
from bansou.ui.items import Link

from .history import course_of
from .journey import journey_of
from .particulars import (
    chips_of,
    engagements_of,
    facts_of,
    months_together,
    people_of,
    standing_of,
    team_of,
)
from .timeline import Filter, timeline_of
from .words import words_of

_PROMISES = 30
_HYPOTHESES = 2


@require_safe
def karte(request: ActorRequest, business_id: str) -> HttpResponse:
    """The page of one business. Who is on no team of it leaves a line in the reading log."""
    actor = request.actor
    business = access_business(actor, business_id, Capability.SEE_KARTE)
    engagements = engagements_of(business, actor)
    facts_here = facts_of_business(actor, business)
    context: dict[str, Any] = {
        "business": business,
        "people": people_of(business),
        "facts": facts_of(business),
        "chips": chips_of(business),
        "may_edit": decide(Capability.EDIT_BUSINESS, facts_here) is Decision.ALLOWED,
        "may_start": decide(Capability.START_ENGAGEMENT, facts_here) is Decision.ALLOWED,
        "engagement": engagements[0] if engagements else None,
    }
    if engagements:
        context |= _course_context(actor, engagements, Filter.from_query(request.GET.dict()))
        if not facts_here.on_support_team:
            note_reading(actor, business, "カルテ")
    return render(request, "karte/karte.html", context)


def note_reading(actor: Actor, business: Business, what: str) -> None:
    log_reading(actor=actor, subject=business, organisation_id=business.organisation.public_id, what=what)


def _course_context(actor: Actor, engagements: Sequence[Engagement], asked: Filter) -> dict[str, Any]:
    present, today = engagements[0], timezone.localdate()
    on_team = present.pk in actor.teams
    course = course_of(engagements, actor)
    timeline = timeline_of(engagements, course, actor, asked)
    quotes, latest = words_of(actor, engagements, [dialogue.pk for dialogue in timeline.dialogues])
    return {
        "today": today,
        "on_team": on_team,
        "may_record": on_team and present.is_open,
        "intensity": SupportIntensity(present.intensity),
        "is_quiet": present.next_dialogue_at is None and present.is_quiet_on(today),
        "months": months_together(present, today),
        "journey": journey_of(present, course, on_team=on_team),
        "course_links": _course_links(present, on_team=on_team),
        "asked": asked,
        "timeline": timeline.with_quotes(quotes),
        "latest": latest,
        "promises": list(open_promises(actor, present)[:_PROMISES]) if on_team else [],
        "hypotheses": list(hypotheses(actor, engagements)[:_HYPOTHESES]) if on_team else [],
        "team": team_of(present, course),
        "standing": standing_of(present, course),
    }


def _course_links(engagement: Engagement, *, on_team: bool) -> list[Link]:
    links = [Link("手引き", reverse("guidance-step", args=[engagement.step]))]
    if on_team:
        links.append(Link("進め方とチーム", reverse("engagement", args=[engagement.public_id])))
    if on_team and engagement.is_open:
        links.append(Link("ステップを移す", reverse("step-move", args=[engagement.public_id])))
    return links


def open_promises(actor: Actor, engagement: Engagement) -> QuerySet[Promise]:
    """What is still to be done, the nearest date first."""
    return (
        Promise.objects.visible_to(actor)
        .open()
        .filter(dialogue__engagement=engagement)
        .select_related("dialogue")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def hypotheses(actor: Actor, engagements: Sequence[Engagement]) -> QuerySet[Hypothesis]:
    """The team's own 見立て, newest first."""
    return (
        Hypothesis.objects.visible_to(actor)
        .filter(dialogue__engagement__in=engagements, dialogue__withdrawn_at__isnull=True)
        .select_related("dialogue")
        .order_by("-dialogue__held_on", "-pk")
    )
