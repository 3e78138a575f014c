"""What the frame around every page needs; no query of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from bansou.apps.organisations.policies import may
from bansou.domain.access import Actor, Capability, Role
from bansou.infra.submissions.keeping import guard_fields


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool


# (label, URL name, capability): in the order of the page head. What would be refused is not shown.
_NAVIGATION: Sequence[tuple[str, str, Capability]] = (
    ("今日", "today", Capability.WORK_AS_ADVISER),
    ("事業者", "business-list", Capability.WORK_AS_ADVISER),
    ("支援の手引き", "guidance", Capability.WORK_AS_ADVISER),
    ("機関の管理", "staff", Capability.ADMINISTER_ORGANISATION),
    ("手引きの編集", "hub-guidance", Capability.EDIT_GUIDANCE),
    ("自社のページ", "firm", Capability.SEE_OWN_FIRM),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = getattr(request, "actor", Actor.visitor())
    signed_in = actor.is_signed_in
    searches = signed_in and may(actor, Capability.WORK_AS_ADVISER)
    return {
        "actor": actor,
        "navigation": _navigation(request, actor) if signed_in else [],
        "account_menu": _account_menu(request, actor) if signed_in else None,
        "search_url": reverse("search") if searches else "",
        "search_label": "事業者・発言・記録をさがす",
        # Called once for each form, so that every form carries a key of its own.
        "form_guard": partial(guard_fields, request),
        "restored": getattr(request, "restored", False),
    }


def _account_menu(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    items = [
        {
            "label": "アカウントと安全",
            "url": reverse("account"),
            "current": request.path == reverse("account"),
        },
        {"label": "サインアウト", "url": reverse("account_logout"), "post": True},
    ]
    return {"name": actor.label, "organisation": _workplace(actor), "items": items}


def _navigation(request: HttpRequest, actor: Actor) -> list[NavigationItem]:
    items = []
    for label, name, capability in _NAVIGATION:
        if may(actor, capability):
            url = reverse(name)
            items.append(NavigationItem(label, url, request.path.startswith(url)))
    return items


def _workplace(actor: Actor) -> str:
    working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR) or actor.roles.keys()
    return "・".join(
        actor.organisation_names[key] for key in sorted(working) if key in actor.organisation_names
    )
