"""経営者のページ: whom the organisation has let in to the own page, and inviting another."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.businesses.policies import access_business
from bansou.apps.engagements.leader_access import LINK_LASTS, close_leader_page, invite_leader
from bansou.apps.organisations.policies import access_organisation
from bansou.domain.access import Capability, NotVisible
from bansou.domain.method import Viewpoint
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.mail import leaves_the_house, send_when_kept
from bansou.infra.submissions.keeping import form_input

from .forms import LeaderForm, LeaderSearch
from .office import office, room, way_here

_SHOWN = 30
_FRESH_LINK = "fresh-leader-invitation"


@require_safe
def leaders(request: ActorRequest) -> HttpResponse:
    """Those who use the own page; with words, leaders of the businesses that match."""
    here = office(request)
    form = LeaderSearch(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    people = BusinessPerson.objects.current().filter(business__organisation=here, viewpoint=Viewpoint.LEADER)
    if words:
        found = Business.objects.filter(organisation=here).matching(words)
        people = people.filter(business__in=found)
    else:
        people = people.filter(account__isnull=False)
    people = people.select_related("business", "account").order_by("business__kana_key", "pk")[:_SHOWN]
    context = room(request, here, "staff-leaders") | {"form": form, "words": words, "people": people}
    return render(request, "staff/leaders.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leader_account(request: ActorRequest, person_id: str) -> HttpResponse:
    """Invite the 経営者 by mail; the link is shown once here too."""
    person = _person(request, person_id)
    form = LeaderForm(**form_input(request, initial={"email": person.email}))
    if request.method == "POST" and form.is_valid() and _invite(request, person, form):
        return redirect("leader-account", person.public_id)
    context = {
        "crumbs": way_here("staff-leaders", f"{person.name}さん"),
        "person": person,
        "form": form,
        "fresh": None if request.method == "POST" else request.session.pop(_FRESH_LINK, None),
        "sends_mail": leaves_the_house(),
        "days": LINK_LASTS.days,
    }
    return render(request, "staff/leader.html", context)


@require_POST
def close(request: ActorRequest, person_id: str) -> HttpResponse:
    person = _person(request, person_id)
    close_leader_page(actor=request.actor, person=person)
    messages.success(request, f"{person.name}さんは、自社のページを見られなくなりました。")
    return redirect("leader-account", person.public_id)


def _person(request: ActorRequest, person_id: str) -> BusinessPerson:
    person = (
        BusinessPerson.objects.select_related("business__organisation", "account")
        .filter(public_id=person_id, viewpoint=Viewpoint.LEADER)
        .first()
    )
    if person is None:
        raise NotVisible
    access_business(request.actor, person.business.public_id, Capability.SEE_BUSINESS)
    access_organisation(
        request.actor, person.business.organisation.public_id, Capability.ADMINISTER_ORGANISATION
    )
    return person


def _invite(request: ActorRequest, person: BusinessPerson, form: LeaderForm) -> bool:
    try:
        token = invite_leader(actor=request.actor, person=person, email=form.cleaned_data["email"])
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    link = urljoin(settings.BASE_URL, reverse("leader-invitation", args=[token]))
    words = {"person": person, "link": link, "inviter": request.actor.label, "days": LINK_LASTS.days}
    send_when_kept(
        subject=f"{person.business}のページのご案内（{person.business.organisation}）",
        body=render_to_string("staff/mail/leader.txt", words),
        to=[person.email],
    )
    request.session[_FRESH_LINK] = {"link": link, "email": person.email, "name": person.name}
    return True
