"""The 経営者 and the own page: invited by a signed link, let in, let go. It stands here, above the teams,
because nobody may stand on both sides.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.audit.operations import Verb, record
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.businesses.operations import link_leader_account
from bansou.domain.access import Actor
from bansou.domain.method import Viewpoint
from bansou.domain.shared import Refusal

from .models import EngagementMember

LEADER_INVITED = Verb("leader_invited", "経営者を自社のページに招きました")
LEADER_PAGE_CLOSED = Verb("leader_page_closed", "経営者のページを閉じました")

LINK_LASTS = timedelta(days=7)
_SALT = "bansou.leader-invitation"


@dataclass(frozen=True)
class LeaderInvitation:
    """What an open link says: who is invited, at which address."""

    person: BusinessPerson
    email: str


@transaction.atomic
def invite_leader(*, actor: Actor, person: BusinessPerson, email: str) -> str:
    """Give the token of a link that lets the 経営者 in; it works once, for a week, for this address.

    Keeps the address with the person: changing it there takes the link back.
    """
    if refusal := _may_be_invited(person):
        raise refusal
    address = email.strip().lower()
    known = Account.objects.filter(email=address).first()
    if known is not None and (refusal := _supports(person, known)):
        raise refusal
    person.email = person.own_page_email = address
    person.own_page_nonce = secrets.token_urlsafe(32)
    person.save(update_fields=["email", "own_page_email", "own_page_nonce"])
    _record(actor, LEADER_INVITED, person)
    return signing.dumps([person.public_id, person.own_page_nonce], salt=_SALT)


def find_leader_invitation(token: str) -> LeaderInvitation | None:
    """The invitation behind a link; None when it is too old, was used, taken back or never given."""
    try:
        public_id, nonce = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    person = (
        BusinessPerson.objects.select_related("business__organisation")
        .filter(public_id=public_id, own_page_nonce=nonce, email=F("own_page_email"))
        .first()
    )
    if person is None or _may_be_invited(person):
        return None
    return LeaderInvitation(person, person.own_page_email)


@transaction.atomic
def accept_leader_invitation(
    *, actor: Actor, invitation: LeaderInvitation, password: str = "", account: Account | None = None
) -> Account:
    """Open the own page: with a new account (`password`) or with the one that bears the invited address."""
    person = BusinessPerson.objects.select_for_update(of=("self",)).get(pk=invitation.person.pk)
    if refusal := _may_be_invited(person):
        raise refusal
    if person.own_page_nonce != invitation.person.own_page_nonce:
        raise Refusal("invitation_closed", "この招待は、すでに使われたか、取り消されています。")
    if account is not None and account.email != invitation.email:
        raise Refusal("other_address", "この招待は、別のメールアドレスあてに送られたものです。")
    if account is None:
        account = open_account(
            actor=actor, email=invitation.email, name=person.name, kana=person.kana, password=password
        )
    if refusal := _supports(person, account):
        raise refusal
    link_leader_account(
        actor=Actor(account_key=account.pk, public_id=account.public_id, label=account.name),
        person=person,
        account=account,
    )
    return account


@transaction.atomic
def close_leader_page(*, actor: Actor, person: BusinessPerson) -> None:
    """Take the own page away, and an open link to it; the account stays, for it may open other doors."""
    person.account, person.own_page_nonce, person.own_page_email = None, "", ""
    person.save(update_fields=["account", "own_page_nonce", "own_page_email"])
    _record(actor, LEADER_PAGE_CLOSED, person)


def _may_be_invited(person: BusinessPerson) -> Refusal | None:
    if person.viewpoint != Viewpoint.LEADER or person.left_on is not None:
        return Refusal("not_the_leader", "自社のページを使えるのは、いまの経営者だけです。")
    if person.account_id is not None:
        return Refusal("has_a_page", "この方は、すでに自社のページを使っています。")
    return None


def _supports(person: BusinessPerson, account: Account) -> Refusal | None:
    """The support side reads 仮説, which never reach the 経営者: nobody stands on both sides."""
    seats = EngagementMember.objects.current().support_side().filter(account=account)
    if seats.filter(engagement__business=person.business_id).exists():
        return Refusal("supports_the_firm", "この事業者を支援している方は、招けません。", "email")
    return None


def _record(actor: Actor, verb: Verb, person: BusinessPerson) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=person.business,
        organisation_id=person.business.organisation.public_id,
        changes={"対象": ("", str(person))},
    )
