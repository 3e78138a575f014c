"""Members and invitations: who works here, as what, and who is on the way."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bansou.apps.engagements.handing_over import end_supporting, led_by
from bansou.apps.organisations.models import Invitation, Membership, SupportOrganisation
from bansou.apps.organisations.operations import INVITATION_LASTS, invite, retitle, withdraw_invitation
from bansou.apps.organisations.policies import access_invitation, access_membership
from bansou.domain.access import Role
from bansou.domain.method import TeamRole
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.mail import leaves_the_house, send_when_kept
from bansou.infra.submissions.keeping import form_input

from .forms import InviteForm, TitleForm, WhyForm
from .office import office, room, way_here

_FRESH_LINK = "fresh-invitation"


@require_safe
def members(request: ActorRequest) -> HttpResponse:
    here = office(request)
    leads = Count(
        "account__team_roles",
        filter=Q(
            account__team_roles__role=TeamRole.LEAD,
            account__team_roles__left_on__isnull=True,
            account__team_roles__engagement__organisation=here,
        ),
    )
    memberships = (
        Membership.objects.current()
        .filter(organisation=here)
        .select_related("account")
        .annotate(leads=leads)
        .order_by("account__kana", "account__name", "account", "pk")
    )
    context = room(request, here, "staff-members") | {
        "memberships": memberships,
        "invitations": _open_invitations(here),
        "former": Membership.objects.filter(organisation=here, left_at__isnull=False)
        .select_related("account")
        .order_by("-left_at")[:20],
    }
    return render(request, "staff/members.html", context)


def _open_invitations(here: SupportOrganisation) -> Any:
    return (
        Invitation.objects.open_at(timezone.now())
        .filter(organisation=here)
        .select_related("invited_by")
        .order_by("expires_at")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: ActorRequest, membership_id: str) -> HttpResponse:
    """One role of one person: its title, and taking it away."""
    membership = access_membership(request.actor, membership_id)
    form = TitleForm(**form_input(request, initial={"title": membership.title}))
    if request.method == "POST" and form.is_valid():
        try:
            retitle(actor=request.actor, membership=membership, title=form.cleaned_data["title"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "肩書を保存しました。")
            return redirect("staff-members")
    return _member_page(request, membership, form, WhyForm())


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActorRequest, membership_id: str) -> HttpResponse:
    """Take a role away. The page says first what has to be handed over."""
    membership = access_membership(request.actor, membership_id)
    if request.method != "POST":
        return redirect("staff-member", membership.public_id)
    form = WhyForm(**form_input(request))
    if form.is_valid():
        try:
            end_supporting(actor=request.actor, membership=membership, why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            words = f"{membership.account}さんの「{membership.get_role_display()}」を外しました。"
            messages.success(request, words)
            return redirect("staff-members")
    return _member_page(request, membership, TitleForm(initial={"title": membership.title}), form)


def _member_page(
    request: ActorRequest, membership: Membership, form: TitleForm, why: WhyForm
) -> HttpResponse:
    led = []
    if membership.role == Role.ADVISER and membership.left_at is None:
        led = list(
            led_by(membership.account, membership.organisation).select_related("business").order_by("pk")
        )
    context = {
        "crumbs": way_here("staff-members", str(membership.account)),
        "membership": membership,
        "form": form,
        "why_form": why,
        "led": led,
    }
    return render(request, "staff/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: ActorRequest) -> HttpResponse:
    """Invite by mail. The link is shown once on the next page, for an office without a mail server."""
    here = office(request)
    form = InviteForm(**form_input(request), organisation=here)
    if request.method == "POST" and form.is_valid() and _invite(request, here, form):
        return redirect("staff-invite")
    context = room(request, here, "staff-members") | {
        "crumbs": way_here("staff-members", "人を招待する"),
        "form": form,
        "fresh": None if request.method == "POST" else request.session.pop(_FRESH_LINK, None),
        "sends_mail": leaves_the_house(),
        "days": INVITATION_LASTS.days,
    }
    return render(request, "staff/invite.html", context)


def _invite(request: ActorRequest, here: SupportOrganisation, form: InviteForm) -> bool:
    wanted = form.cleaned_data
    try:
        invitation, token = invite(
            actor=request.actor,
            organisation=here,
            email=wanted["email"],
            role=Role(wanted["role"]),
            name=wanted["name"],
            title=wanted["title"],
        )
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    link = urljoin(settings.BASE_URL, reverse("invitation", args=[token]))
    words = {"invitation": invitation, "link": link, "inviter": request.actor.label, "office": here}
    send_when_kept(
        subject=f"{here.name}から、Bansō（伴走）への招待",
        body=render_to_string("staff/mail/invitation.txt", words),
        to=[invitation.email],
    )
    request.session[_FRESH_LINK] = {"link": link, "email": invitation.email, "name": invitation.name}
    return True


@require_POST
def withdraw(request: ActorRequest, invitation_id: str) -> HttpResponse:
    invitation = access_invitation(request.actor, invitation_id)
    if invitation.is_open(timezone.now()):
        withdraw_invitation(actor=request.actor, invitation=invitation)
        messages.success(request, f"{invitation.email} への招待を取り消しました。リンクはもう使えません。")
    return redirect("staff-members")
