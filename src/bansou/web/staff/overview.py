"""機関の管理: people, invitations, and how the engagements of the organisation are going."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bansou.apps.accounts.models import Account
from bansou.apps.engagements.handing_over import advisers_of
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.organisations.models import Invitation, Membership, SupportOrganisation
from bansou.domain.method import EngagementStatus, TeamRole
from bansou.infra.http import ActorRequest

from .office import office, room

_QUIET_SHOWN = 15


@dataclass
class Caseload:
    """What one adviser leads now. `quiet`: no dialogue for longer than its own pace explains."""

    adviser: Account
    active: int = 0
    paused: int = 0
    quiet: list[Engagement] = field(default_factory=list)
    is_adviser: bool = True


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    here = office(request)
    today = timezone.localdate()
    loads = caseloads(here, today)
    quiet = sorted(
        ((engagement, load.adviser) for load in loads for engagement in load.quiet),
        key=lambda pair: pair[0].last_dialogue_on or pair[0].started_on,
    )
    context = room(request, here, "staff") | {
        "people": Membership.objects.current().filter(organisation=here).values("account").distinct().count(),
        "invitations": Invitation.objects.open_at(timezone.now()).filter(organisation=here).count(),
        "loads": loads,
        "active": sum(load.active for load in loads),
        "quiet": quiet[:_QUIET_SHOWN],
        "quiet_count": len(quiet),
        "without_lead": _without_lead(here),
    }
    return render(request, "staff/overview.html", context)


def caseloads(here: SupportOrganisation, today: date) -> list[Caseload]:
    """One row per adviser and per former adviser who still leads something, in two questions."""
    loads = {account.pk: Caseload(account) for account in advisers_of(here).order_by("kana", "name", "pk")}
    for seat in _lead_seats(here):
        if seat.account is None:
            continue
        load = loads.setdefault(seat.account.pk, Caseload(seat.account, is_adviser=False))
        _count(load, seat.engagement, today)
    return list(loads.values())


def _lead_seats(here: SupportOrganisation) -> Iterable[EngagementMember]:
    seats = EngagementMember.objects.current().filter(role=TeamRole.LEAD, engagement__organisation=here)
    return (
        seats.exclude(engagement__status=EngagementStatus.CLOSED)
        .select_related("engagement__business", "account")
        .order_by("pk")
        .iterator(chunk_size=500)
    )


def _count(load: Caseload, engagement: Engagement, today: date) -> None:
    if engagement.status == EngagementStatus.PAUSED:
        load.paused += 1
        return
    load.active += 1
    # Silence that a date already answers is no alarm.
    answered = engagement.next_dialogue_at is not None and engagement.due_on() >= today
    if engagement.is_quiet_on(today) and not answered:
        load.quiet.append(engagement)


def _without_lead(here: SupportOrganisation) -> QuerySet[Engagement]:
    led = EngagementMember.objects.current().filter(role=TeamRole.LEAD, engagement__organisation=here)
    return (
        Engagement.objects.filter(organisation=here)
        .open()
        .exclude(pk__in=led.values("engagement"))
        .select_related("business")
        .order_by("pk")[:_QUIET_SHOWN]
    )
