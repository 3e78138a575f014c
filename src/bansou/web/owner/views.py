"""The page of the 経営者: own words, what was agreed, and who may see what. 仮説 are never asked for here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import Statement
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.organisations.policies import require
from bansou.apps.sheets.models import LocalBenchmark
from bansou.domain.access import Capability
from bansou.infra.http import ActorRequest

_WORDS_SHOWN = 20


@require_safe
def firm(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    require(actor, Capability.SEE_OWN_FIRM)
    businesses = Business.objects.filter(pk__in=actor.leads).select_related("organisation").order_by("pk")
    engagements = Engagement.objects.visible_to(actor).open().filter(business__in=actor.leads)
    team = (
        EngagementMember.objects.current()
        .support_side()
        .filter(engagement__in=engagements)
        .select_related("account", "engagement__organisation")
        .order_by("pk")
    )
    words = (
        Statement.objects.visible_to(actor)
        .filter(person__account=actor.account_key)
        .select_related("dialogue")
        .order_by("-dialogue__held_on", "-index")[:_WORDS_SHOWN]
    )
    sheets = (
        LocalBenchmark.objects.visible_to(actor)
        .filter(engagement__business__in=actor.leads)
        .select_related("engagement__business")
        .order_by("-opened_to_leader_at")
    )
    context = {
        "businesses": businesses,
        "engagements": engagements,
        "team": team,
        "words": words,
        "sheets": sheets,
    }
    return render(request, "firm/firm.html", context)
