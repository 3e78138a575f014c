"""Changes of the course, one small page each: step, depth, pace, next dialogue, state."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.guidance import guidance_for
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import (
    change_cadence,
    change_intensity,
    change_status,
    move_to_step,
    plan_next_dialogue,
)
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Capability
from bansou.domain.method import EngagementStatus, Step, next_dialogue_due, open_entry_points
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.versions import compare

from .course import move_facts
from .forms import IntensityForm, NextDialogueForm, PaceForm, StatusForm, StepMoveForm, show_refusal

_STATUS_WORDS = {
    EngagementStatus.ACTIVE: "伴走を続けます。",
    EngagementStatus.PAUSED: "しばらく間をあけます。お知らせは止まり、記録はそのまま残ります。",
    EngagementStatus.CLOSED: "ひと区切りとします。記録は残り、いつでも再開できます。",
}


def _succeeds(form: forms.Form, change: Callable[[], object]) -> bool:
    """Try the operation; what it refuses stands on the form."""
    try:
        change()
    except (Refusal, Refusals) as refused:
        show_refusal(form, refused)
        return False
    return True


def _page(
    request: ActorRequest, template: str, engagement: Engagement, form: forms.Form, **more: Any
) -> HttpResponse:
    context = {"engagement": engagement, "business": engagement.business, "form": form, **more}
    return render(request, f"engagements/{template}.html", context)


def _back(request: ActorRequest, engagement: Engagement, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("engagement", engagement.public_id)


@require_http_methods(["GET", "POST"])
def step_move(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Go to another step. What is usual before it is said as advice and holds nobody back."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    now = engagement.step_now
    following = list(Step)[min(now.number, len(Step) - 1)]
    form = StepMoveForm(**form_input(request))
    # The page shows one step and its form speaks of the same; a reason typed earlier stays.
    form.initial["target"] = (_chosen(request.GET.get("to")) or following).value
    if request.method == "POST" and form.is_valid():
        target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
        if _succeeds(
            form,
            lambda: move_to_step(actor=request.actor, engagement=engagement, target=target, reason=reason),
        ):
            verb = "戻りました" if target.number < now.number else "進みました"
            return _back(request, engagement, f"{target.mark}「{target.label}」に{verb}。")
    target = _chosen(form["target"].value()) or following
    forward = target.number > now.number
    return _page(
        request,
        "step_move",
        engagement,
        form,
        now=now,
        target=target,
        steps=list(Step),
        forward=forward,
        needs_reason=target.number != now.number + 1,
        advice=open_entry_points(target, move_facts(engagement)) if forward else (),
        guidance=guidance_for(engagement, target),
    )


def _chosen(code: str | None) -> Step | None:
    return next((step for step in Step if step == code), None)


@require_http_methods(["GET", "POST"])
def intensity(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """支援の濃淡, changed with a reason. `?to=` proposes one, as the checklist does."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    proposed = request.GET.get("to") or engagement.intensity
    form = IntensityForm(**form_input(request, initial={"intensity": proposed}))
    if request.method == "POST" and form.is_valid():
        target, reason = form.cleaned_data["intensity"], form.cleaned_data["reason"]
        if _succeeds(
            form,
            lambda: change_intensity(
                actor=request.actor, engagement=engagement, target=target, reason=reason
            ),
        ):
            return _back(request, engagement, f"支援の濃淡を「{target.label}」に変えました。")
    return _page(request, "intensity", engagement, form)


@require_http_methods(["GET", "POST"])
def pace(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """How often to meet and until when."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    stands = _pace_of(engagement)
    form = PaceForm(**form_input(request, initial=stands | {"revision": engagement.revision}))
    if request.method == "POST" and form.is_valid():
        try:
            done = _succeeds(
                form,
                lambda: change_cadence(actor=request.actor, engagement=engagement, **form.cleaned_data),
            )
        except EditedMeanwhile as edited:
            return _page(request, "pace", engagement, form, **_both_versions(form, edited, _pace_of))
        if done:
            return _back(request, engagement, "対話の間隔を変えました。")
    return _page(request, "pace", engagement, form)


def _pace_of(engagement: Any) -> dict[str, Any]:
    own = engagement.cadence == "own"
    return {
        "cadence": engagement.cadence,
        "interval_days": engagement.interval_days if own else None,
        "planned_until": engagement.planned_until,
    }


@require_http_methods(["GET", "POST"])
def next_dialogue(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The day and hour agreed for the next dialogue."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    initial = _next_of(engagement) | {"revision": engagement.revision}
    form = NextDialogueForm(**form_input(request, initial=initial))
    usual = next_dialogue_due(
        last_contact=engagement.last_dialogue_on,
        started=engagement.started_on,
        interval_days=engagement.interval_days,
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = _succeeds(
                form,
                lambda: plan_next_dialogue(actor=request.actor, engagement=engagement, **form.cleaned_data),
            )
        except EditedMeanwhile as edited:
            both = _both_versions(form, edited, _next_of)
            return _page(request, "next_dialogue", engagement, form, usual=usual, **both)
        if done:
            at = form.cleaned_data["at"]
            return _back(
                request, engagement, "次の対話を決めました。" if at else "次の対話の予定を取り消しました。"
            )
    return _page(request, "next_dialogue", engagement, form, usual=usual)


def _next_of(engagement: Any) -> dict[str, Any]:
    at = engagement.next_dialogue_at
    return {"at": timezone.localtime(at).replace(tzinfo=None) if at else None}


def _both_versions(
    form: forms.Form, edited: EditedMeanwhile, stored: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """Somebody saved first: both versions, and the form as it stands, which the choice is made against."""
    current: Any = edited.current
    standing = type(form)(initial=stored(current) | {"revision": current.revision})
    return {"versions": compare(form, stored(current)), "standing": standing}


@require_http_methods(["GET", "POST"])
def status(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Pause, close, resume or reopen."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    choices = _next_states(EngagementStatus(engagement.status))
    form = StatusForm(choices=choices, **form_input(request, initial={"target": choices[0][0]}))
    if request.method == "POST" and form.is_valid():
        target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
        if _succeeds(
            form,
            lambda: change_status(actor=request.actor, engagement=engagement, target=target, reason=reason),
        ):
            return _back(request, engagement, f"この伴走支援は「{target.label}」になりました。")
    return _page(request, "status", engagement, form)


def _next_states(current: EngagementStatus) -> list[tuple[str, str]]:
    ways = {
        EngagementStatus.ACTIVE: [
            (EngagementStatus.PAUSED, "休止する"),
            (EngagementStatus.CLOSED, "終了する"),
        ],
        EngagementStatus.PAUSED: [
            (EngagementStatus.ACTIVE, "再開する"),
            (EngagementStatus.CLOSED, "終了する"),
        ],
        EngagementStatus.CLOSED: [(EngagementStatus.ACTIVE, "再開する")],
    }
    return [(target.value, f"{label}\n{_STATUS_WORDS[target]}") for target, label in ways[current]]
