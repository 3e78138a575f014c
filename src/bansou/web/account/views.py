"""One's own account: name, places of work, ways of signing in."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import rename
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.organisations.models import Membership
from bansou.domain.access import Actor
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .forms import NameForm
from .hosts import named_address, passkeys_usable


@dataclass(frozen=True)
class Workplace:
    """A body or a firm, and what this person is there."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class WaysIn:
    """What is set up for signing in; the codes are those that were not used yet."""

    has_app: bool
    passkeys: int
    has_codes: bool
    codes_left: int

    @property
    def has_second(self) -> bool:
        return self.has_app or self.passkeys > 0


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ActorRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Account)  # noqa: S101 - the doors let nobody else in
    form = NameForm(**form_input(request, initial={"name": person.name, "kana": person.kana}))
    if request.method == "POST" and form.is_valid():
        rename(actor=request.actor, account=person, **form.cleaned_data)
        messages.success(request, "氏名を変えました。")
        return redirect("account")
    context = {
        "form": form,
        "person": person,
        "workplaces": _workplaces(request.actor),
        "ways": _ways_in(Authenticator.objects.filter(user=person)),
        "passkeys_usable": passkeys_usable(request),
        "named_address": named_address(request),
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return render(request, "account/overview.html", context)


def _workplaces(actor: Actor) -> list[Workplace]:
    held: dict[str, list[str]] = {}
    memberships = Membership.objects.current().filter(account=actor.account_key)
    for membership in memberships.select_related("organisation").order_by("organisation_id", "pk"):
        title = f"（{membership.title}）" if membership.title else ""
        held.setdefault(membership.organisation.name, []).append(f"{membership.get_role_display()}{title}")
    firms = BusinessPerson.objects.filter(account=actor.account_key, left_on__isnull=True)
    for person in firms.select_related("business").order_by("business_id"):
        held.setdefault(person.business.name, []).append(person.title or person.get_viewpoint_display())
    return [Workplace(name, tuple(roles)) for name, roles in held.items()]


def _ways_in(authenticators: Iterable[Authenticator]) -> WaysIn:
    by_type: dict[str, list[Authenticator]] = {}
    for authenticator in authenticators:
        by_type.setdefault(authenticator.type, []).append(authenticator)
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES, [])
    return WaysIn(
        has_app=Authenticator.Type.TOTP in by_type,
        passkeys=len(by_type.get(Authenticator.Type.WEBAUTHN, [])),
        has_codes=bool(codes),
        codes_left=sum(len(found.wrap().get_unused_codes()) for found in codes),
    )
