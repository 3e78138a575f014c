"""People and sites of a business."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.businesses.operations import part_with_person, save_person, save_site
from bansou.apps.businesses.policies import access_business, access_person, access_site
from bansou.domain.access import Capability
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .forms import LeavingForm, PersonForm, SiteForm


@require_http_methods(["GET", "POST"])
def person_new(request: ActorRequest, public_id: str) -> HttpResponse:
    business = access_business(request.actor, public_id, Capability.EDIT_BUSINESS)
    form = PersonForm(**form_input(request))
    if request.method == "POST" and form.is_valid():
        person = save_person(actor=request.actor, business=business, person=form.instance)
        messages.success(request, f"{person.name}さんを加えました。")
        return redirect("business", public_id)
    return render(request, "businesses/person.html", {"form": form, "business": business})


@require_http_methods(["GET", "POST"])
def person_edit(request: ActorRequest, public_id: str, person_id: str) -> HttpResponse:
    """Change a person, or (`leave`) note the day they left."""
    person = access_person(request.actor, public_id, person_id, Capability.EDIT_BUSINESS)
    business, name, left_on = person.business, str(person), person.left_on
    leaves = "leave" in request.POST
    form = PersonForm(**(form_input(request) if not leaves else {}), instance=person)
    leaving = LeavingForm(request.POST if leaves else None, initial={"left_on": timezone.localdate()})
    if leaves and leaving.is_valid():
        part_with_person(actor=request.actor, person=person, on=leaving.cleaned_data["left_on"])
        messages.success(request, f"{person.name}さんが離れたことを記録しました。")
        return redirect("business", public_id)
    if request.method == "POST" and not leaves and form.is_valid():
        try:
            save_person(actor=request.actor, business=business, person=form.instance)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "変更を保存しました。")
            return redirect("business", public_id)
    return render(
        request,
        "businesses/person.html",
        {"form": form, "leaving": leaving, "business": business, "person": name, "left_on": left_on},
    )


@require_http_methods(["GET", "POST"])
def site_new(request: ActorRequest, public_id: str) -> HttpResponse:
    business = access_business(request.actor, public_id, Capability.EDIT_BUSINESS)
    form = SiteForm(**form_input(request))
    if request.method == "POST" and form.is_valid():
        site = save_site(actor=request.actor, business=business, site=form.instance)
        messages.success(request, f"拠点「{site.name}」を加えました。")
        return redirect("business", public_id)
    return render(request, "businesses/site.html", {"form": form, "business": business})


@require_http_methods(["GET", "POST"])
def site_edit(request: ActorRequest, public_id: str, site_id: str) -> HttpResponse:
    site = access_site(request.actor, public_id, site_id, Capability.EDIT_BUSINESS)
    business, name = site.business, site.name
    form = SiteForm(**form_input(request), instance=site)
    if request.method == "POST" and form.is_valid():
        save_site(actor=request.actor, business=business, site=form.instance)
        messages.success(request, "変更を保存しました。")
        return redirect("business", public_id)
    return render(request, "businesses/site.html", {"form": form, "business": business, "site": name})
