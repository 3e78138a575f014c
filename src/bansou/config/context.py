"""What the frame around every page needs; no query of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    return {
        "actor": actor,
        "navigation": _navigation(request, actor) if signed_in else [],
        "workplace": _workplace(actor),
        "search_url": reverse("search") if signed_in and may(actor, Capability.WORK_AS_ADVISER) else "",
        "form_guard": guard_fields(request) if signed_in else "",
        "restored": getattr(request, "restored", False),
    }


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
