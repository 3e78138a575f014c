"""Beginning an engagement, and the page of its course."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bansou.apps.audit.operations import log_reading
from bansou.apps.businesses.models import Business
from bansou.apps.businesses.policies import access_business
from bansou.apps.engagements.guidance import guidance_for
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import add_member, start_engagement
from bansou.apps.engagements.policies import access_engagement, facts_of_engagement
from bansou.domain.access import Actor, Capability, Decision, decide
from bansou.domain.method import BusinessSize, CadencePreset, SupportIntensity
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .course import engagement_tabs, history, latest_assessment, moves_of, stations, team_of
from .forms import INTENSITY_WORDS, StartForm, show_refusal


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, business_id: str) -> HttpResponse:
    """伴走支援の開始. Where one is under way already, the way leads to it."""
    business = access_business(request.actor, business_id, Capability.START_ENGAGEMENT)
    if running := _running(business):
        return _to_the_running(request, running)
    form = StartForm(business=business, **form_input(request, initial=_suggested(request.actor, business)))
    if request.method == "POST" and form.is_valid():
        try:
            engagement = _begin(request.actor, business, form)
        except (Refusal, Refusals) as refused:
            # Somebody else began in this very moment.
            if running := _running(business):
                return _to_the_running(request, running)
            show_refusal(form, refused)
        else:
            messages.success(request, f"{business.name}の伴走支援を始めました。")
            return redirect("engagement", engagement.public_id)
    return render(request, "engagements/start.html", {"business": business, "form": form})


def _running(business: Business) -> Engagement | None:
    return Engagement.objects.filter(business=business, organisation=business.organisation).open().first()


def _to_the_running(request: ActorRequest, running: Engagement) -> HttpResponse:
    messages.info(request, "この事業者との伴走支援は、すでに始まっています。こちらがそのページです。")
    return redirect("engagement", running.public_id)


def _suggested(actor: Actor, business: Business) -> dict[str, object]:
    small = business.size == BusinessSize.SMALL
    return {
        "lead": actor.public_id,
        "started_on": timezone.localdate(),
        "intensity": SupportIntensity.PARALLEL.value,
        "cadence": (CadencePreset.COMPACT if small else CadencePreset.MONTHLY).value,
    }


@transaction.atomic
def _begin(actor: Actor, business: Business, form: StartForm) -> Engagement:
    entered = form.cleaned_data
    engagement = start_engagement(
        actor=actor,
        business=business,
        organisation=business.organisation,
        lead=entered["lead"],
        started_on=entered["started_on"],
        intensity=entered["intensity"],
        cadence=entered["cadence"],
        interval_days=entered["interval_days"],
        planned_until=entered["planned_until"],
        how_it_began=entered["how_it_began"],
    )
    for account, role in form.companions():
        add_member(
            actor=actor,
            engagement=engagement,
            role=role,
            joined_on=entered["started_on"],
            account=account,
        )
    return engagement


@require_safe
def course(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Where the engagement stands, who takes part, how often one meets, and all that changed."""
    actor = request.actor
    engagement = access_engagement(actor, engagement_id, Capability.SEE_KARTE)
    facts = facts_of_engagement(actor, engagement)
    on_team = facts.on_support_team
    if not on_team:
        log_reading(
            actor=actor,
            subject=engagement,
            organisation_id=engagement.organisation.public_id,
            what="伴走の進め方",
        )
    moves = moves_of(engagement)
    may_move = on_team and engagement.is_open
    context = {
        "engagement": engagement,
        "business": engagement.business,
        "step": engagement.step_now,
        "guidance": guidance_for(engagement),
        "stations": stations(engagement, moves, may_move=may_move),
        "history": history(engagement, moves),
        "team": team_of(engagement),
        "assessment": latest_assessment(engagement) if on_team else None,
        "intensity_words": INTENSITY_WORDS[SupportIntensity(engagement.intensity)],
        "tabs": engagement_tabs(engagement, "engagement", on_team=on_team),
        "on_team": on_team,
        "may_move": may_move,
        "may_hand_over": decide(Capability.HAND_OVER, facts) is Decision.ALLOWED,
        "today": timezone.localdate(),
    }
    return render(request, "engagements/course.html", context)
