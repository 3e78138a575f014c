"""Which organisation the 管理者 is looking at: the only one, or the one chosen last."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from bansou.apps.organisations.models import SupportOrganisation
from bansou.apps.organisations.policies import access_organisation, require
from bansou.domain.access import Capability, NotVisible
from bansou.infra.http import ActorRequest
from bansou.ui.items import Link

_ROOMS = (
    ("概要", "staff"),
    ("所属と招待", "staff-members"),
    ("経営者のページ", "staff-leaders"),
    ("閲覧の記録", "staff-readings"),
    ("監査記録", "staff-audit"),
    ("業種基準値", "norm-editions"),
)
_CHOSEN = "administered-organisation"


def office(request: ActorRequest) -> SupportOrganisation:
    """The organisation of this page; `?organisation=` chooses another one that the person administers."""
    require(request.actor, Capability.ADMINISTER_ORGANISATION)
    if asked := request.GET.get("organisation"):
        chosen = access_organisation(request.actor, asked, Capability.ADMINISTER_ORGANISATION)
        request.session[_CHOSEN] = chosen.public_id
        return chosen
    offices = _offices(request)
    kept = request.session.get(_CHOSEN)
    return next((here for here in offices if here.public_id == kept), offices[0])


def room(request: ActorRequest, current: SupportOrganisation, name: str) -> dict[str, Any]:
    """What every room of the 管理者 shows around its content; `name` is the URL name of the room."""
    return {
        "office": current,
        "rooms": [Link(label, reverse(room), room == name) for label, room in _ROOMS],
        "other_offices": _other_offices(request, current),
    }


def way_here(room_name: str, here: str) -> list[Link]:
    """The breadcrumb of a page below a room."""
    label = next(label for label, name in _ROOMS if name == room_name)
    return [Link(label if room_name != "staff" else "機関の管理", reverse(room_name)), Link(here)]


def _other_offices(request: ActorRequest, current: SupportOrganisation) -> list[Link]:
    """Ways to the other organisations of this person; empty for those who administer one."""
    offices = _offices(request)
    if len(offices) < 2:
        return []
    return [Link(here.name, f"?organisation={here.public_id}", here.pk == current.pk) for here in offices]


def _offices(request: ActorRequest) -> Sequence[SupportOrganisation]:
    offices = list(SupportOrganisation.objects.administered_by(request.actor).order_by("pk"))
    if not offices:
        raise NotVisible
    return offices
