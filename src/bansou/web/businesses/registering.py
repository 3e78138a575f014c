"""Registering and revising a business, with what helps while typing."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bansou.apps.businesses.models import Business
from bansou.apps.businesses.operations import possible_duplicates, register_business, revise_business
from bansou.apps.businesses.policies import access_business
from bansou.apps.organisations.models import SupportOrganisation
from bansou.apps.organisations.policies import home_organisation, require
from bansou.domain.access import Actor, Capability, NotAllowed
from bansou.domain.japanese import DuplicateKeys, DuplicateReason
from bansou.domain.method import SizeProposal, propose_size
from bansou.domain.shared import CorporateNumber, Refusal
from bansou.domain.shared.written_figures import read_headcount
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.versions import compare

from .forms import BusinessForm, RegistrationForm, read_capital, written

Similar = list[tuple[Business, DuplicateReason]]


def workplace(actor: Actor) -> SupportOrganisation:
    """Where this person registers businesses."""
    require(actor, Capability.REGISTER_BUSINESS)
    organisation = home_organisation(actor)
    if organisation is None:
        raise NotAllowed
    return organisation


@require_http_methods(["GET", "POST"])
def business_new(request: ActorRequest) -> HttpResponse:
    organisation = workplace(request.actor)
    form = RegistrationForm(**form_input(request, initial={"prefecture": organisation.prefecture}))
    similar: Similar = []
    if request.method == "POST":
        valid = form.is_valid()
        similar = _similar_to_typed(organisation, request.POST)
        if similar and not form.cleaned_data.get("register_anyway"):
            form.add_error(
                "register_anyway",
                "似た事業者が登録されています。確かめたうえで「別の事業者なので、それでも登録する」を選んでください。",
            )
            valid = False
        if valid:
            registered = register_business(
                actor=request.actor, organisation=organisation, business=form.instance, leader=form.leader()
            )
            messages.success(request, f"「{registered.name}」を登録しました。")
            return redirect("business", registered.public_id)
    return render(
        request,
        "businesses/new.html",
        {
            "form": form,
            "organisation": organisation,
            "similar": similar,
            "proposal": _proposal_for(_typed_so_far(form)),
        },
    )


@require_http_methods(["GET", "POST"])
def business_edit(request: ActorRequest, public_id: str) -> HttpResponse:
    found = access_business(request.actor, public_id, Capability.EDIT_BUSINESS)
    form = BusinessForm(**form_input(request), instance=found)
    context = {
        "form": form,
        "business": found,
        "name": found.name,
        "similar": [],
        "proposal": _proposal_for(_typed_so_far(form)),
    }
    if request.method == "POST" and form.is_valid():
        try:
            revise_business(
                actor=request.actor, business=form.instance, revision=form.cleaned_data["revision"] or 0
            )
        except EditedMeanwhile as meanwhile:
            stored = meanwhile.current
            rows = compare(form, written(stored))  # type: ignore[arg-type]
            both = {"rows": rows, "stored": BusinessForm(instance=stored)}
            return render(request, "businesses/edit_conflict.html", context | both)
        messages.success(request, "変更を保存しました。")
        return redirect("business", public_id)
    return render(request, "businesses/edit.html", context)


@require_safe
def business_duplicates(request: ActorRequest) -> HttpResponse:
    """A fragment: records that look like what is being typed. `except` names the record being revised."""
    revised = None
    if public_id := request.GET.get("except", ""):
        revised = access_business(request.actor, public_id, Capability.EDIT_BUSINESS)
        organisation = revised.organisation
    else:
        organisation = workplace(request.actor)
    similar = _similar_to_typed(organisation, request.GET, except_for=revised)
    return render(
        request,
        "businesses/_partials/duplicates.html",
        {"similar": similar, "form": None if revised else RegistrationForm()},
    )


def _similar_to_typed(
    organisation: SupportOrganisation, typed: QueryDict, *, except_for: Business | None = None
) -> Similar:
    keys = DuplicateKeys.of(
        name=typed.get("name", "")[:200],
        kana=typed.get("kana", "")[:200],
        phone=typed.get("phone", "")[:60],
        corporate_number=_corporate_number(typed.get("corporate_number", "")),
    )
    return possible_duplicates(organisation=organisation, keys=keys, except_for=except_for)


def _corporate_number(text: str) -> str:
    """A number that is still being typed is not yet a number."""
    try:
        return CorporateNumber.parse(text).value
    except Refusal:
        return ""


@require_safe
def business_size(request: ActorRequest) -> HttpResponse:
    """A fragment: the size that follows from what is being typed."""
    require(request.actor, Capability.REGISTER_BUSINESS)
    return render(request, "businesses/_partials/size.html", {"proposal": _proposal_for(request.GET)})


def _typed_so_far(form: BusinessForm) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in ("industry", "capital_yen", "headcount")}


def _proposal_for(typed: Mapping[str, str]) -> SizeProposal:
    return propose_size(
        industry_division=typed.get("industry", "")[:1],
        capital_yen=_read_so_far(read_capital, typed.get("capital_yen", "")),
        headcount=_read_so_far(read_headcount, typed.get("headcount", "")),
    )


def _read_so_far(read: Callable[[str], int], text: str) -> int | None:
    """What is half typed counts as unknown."""
    try:
        return read(text[:40]) if text.strip() else None
    except Refusal:
        return None
