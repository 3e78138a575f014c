"""引継ぎ: choosing a successor for one engagement or for all of an adviser, and what the successor reads."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import log_reading
from bansou.apps.engagements.handing_over import (
    advisers_of,
    confirm_handover,
    hand_over,
    hand_over_all,
    led_by,
)
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.engagements.policies import access_engagement, access_handover
from bansou.apps.organisations.models import Membership, SupportOrganisation
from bansou.domain.access import Capability, NotVisible
from bansou.domain.method import TeamRole
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.items import Link

from .forms import HandoverForm
from .office import office, way_here
from .summary import summary_of


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_one(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Choose who goes on; below stands what the successor will read, as far as a 管理者 may."""
    engagement = access_engagement(request.actor, engagement_id, Capability.HAND_OVER)
    lead = _lead(engagement)
    successors = _successors(engagement.organisation, lead)
    form = HandoverForm(**form_input(request), successors=successors)
    if request.method == "POST" and form.is_valid():
        try:
            handover = hand_over(
                actor=request.actor,
                engagement=engagement,
                successor=form.cleaned_data["successor"],
                reason=form.cleaned_data["reason"],
                message=form.cleaned_data["message"],
            )
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            words = f"{engagement.business}の伴走支援を、{handover.to_account}さんに引き継ぎました。"
            messages.success(request, words)
            return redirect("staff")
    if engagement.pk not in request.actor.teams:
        log_reading(
            actor=request.actor,
            subject=engagement.business,
            organisation_id=engagement.organisation.public_id,
            what="引継ぎのまとめ",
        )
    context = {
        "crumbs": way_here("staff", f"{engagement.business}の引継ぎ"),
        "engagement": engagement,
        "lead": lead,
        "form": form,
        "has_successors": successors.exists(),
        "summary": summary_of(engagement, request.actor),
    }
    return render(request, "staff/hand_over.html", context)


def _lead(engagement: Engagement) -> Account | None:
    seat = (
        EngagementMember.objects.current()
        .filter(engagement=engagement, role=TeamRole.LEAD)
        .select_related("account")
        .first()
    )
    return seat.account if seat else None


def _successors(organisation: SupportOrganisation, lead: Account | None) -> QuerySet[Account]:
    found = advisers_of(organisation).order_by("kana", "name", "pk")
    return found.exclude(pk=lead.pk) if lead else found


@require_http_methods(["GET", "HEAD", "POST"])
def adviser(request: ActorRequest, account_id: str) -> HttpResponse:
    """What one adviser leads, and handing all of it over at once (異動)."""
    here = office(request)
    person = _person_of(here, account_id)
    successors = _successors(here, person)
    form = HandoverForm(**form_input(request), successors=successors)
    if request.method == "POST" and form.is_valid():
        try:
            done = hand_over_all(
                actor=request.actor,
                organisation=here,
                adviser=person,
                successor=form.cleaned_data["successor"],
                reason=form.cleaned_data["reason"],
                message=form.cleaned_data["message"],
            )
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            words = f"{len(done)}件の伴走支援を、{form.cleaned_data['successor']}さんに引き継ぎました。"
            messages.success(request, words)
            return redirect("staff")
    led = led_by(person, here).select_related("business").order_by("status", "business__kana_key", "pk")
    context = {
        "crumbs": way_here("staff", f"{person}さんの担当"),
        "office": here,
        "person": person,
        "led": list(led),
        "form": form,
        "has_successors": successors.exists(),
    }
    return render(request, "staff/adviser.html", context)


def _person_of(here: SupportOrganisation, account_id: str) -> Account:
    """Somebody who works or worked in the organisation."""
    members = Membership.objects.filter(organisation=here).values("account")
    person = Account.objects.filter(public_id=account_id, pk__in=members).first()
    if person is None:
        raise NotVisible
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: ActorRequest, public_id: str) -> HttpResponse:
    """What the successor reads; the whole team may look, the successor confirms."""
    found = access_handover(request.actor, public_id)
    is_successor = found.to_account_id == request.actor.account_key
    if request.method == "POST":
        try:
            confirm_handover(actor=request.actor, handover=found)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("handover", found.public_id)
        messages.success(request, f"{found.engagement.business}の引継ぎを確認しました。")
        return redirect("karte", found.engagement.business.public_id)
    context = {
        "crumbs": [Link("今日", reverse("today")), Link("申し送り")],
        "handover": found,
        "engagement": found.engagement,
        "is_successor": is_successor,
        "reading": getattr(found, "reading", None),
        "summary": summary_of(found.engagement, request.actor),
    }
    return render(request, "staff/handover.html", context)
