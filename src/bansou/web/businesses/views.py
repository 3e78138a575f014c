"""事業者一覧, and what a business is: facts, people, sites, changes."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.businesses.policies import access_business, facts_of_business
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.policies import require
from bansou.domain.access import Capability, Decision, decide
from bansou.infra.http import ActorRequest

from .forms import FilterForm
from .history import history_of
from .listing import narrowed, page_of
from .particulars import facts_of, people_by_viewpoint


@require_safe
def business_list(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    require(actor, Capability.WORK_AS_ADVISER)
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = narrowed(actor, wanted)
    page = page_of(found, actor, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(
        request,
        "businesses/list.html",
        {
            "form": form,
            "page": page,
            "count": found.count(),
            "is_narrowed": bool(wanted),
            "more_wanted": bool(wanted.keys() - {"q"}),
            "before_url": _page_url(wanted, before=page.before),
            "after_url": _page_url(wanted, after=page.after),
        },
    )


def _page_url(wanted: dict[str, object], **cursor: str) -> str:
    """The address of a neighbouring page with the same filters; "" when there is none."""
    if not any(cursor.values()):
        return ""
    kept = {name: "on" if value is True else value for name, value in wanted.items()}
    return f"{reverse('business-list')}?{urlencode({**kept, **cursor})}"


@require_safe
def business(request: ActorRequest, public_id: str) -> HttpResponse:
    """Facts, people and sites. Notes and changes are for those who work with it, not for its leader."""
    actor = request.actor
    found = access_business(actor, public_id, Capability.SEE_BUSINESS)
    facts = facts_of_business(actor, found)
    works = decide(Capability.SEE_KARTE, facts) is Decision.ALLOWED
    running = Engagement.objects.visible_to(actor).open().filter(business=found).first() if works else None
    return render(
        request,
        "businesses/business.html",
        {
            "business": found,
            "facts": facts_of(found),
            "people": people_by_viewpoint(found),
            "sites": found.sites.order_by("pk"),
            "works": works,
            "may_edit": decide(Capability.EDIT_BUSINESS, facts) is Decision.ALLOWED,
            "may_start": decide(Capability.START_ENGAGEMENT, facts) is Decision.ALLOWED,
            "engagement": running,
            "history": history_of(found) if works else [],
        },
    )
