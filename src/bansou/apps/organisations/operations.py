"""Business verbs: found an organisation, invite, accept, change a role, leave."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.audit.operations import Verb, record
from bansou.domain.access import Actor, Role
from bansou.domain.shared import Refusal

from .models import Invitation, Membership, OrganisationKind, SupportOrganisation

FOUNDED = Verb("organisation_registered", "支援機関を登録しました")
JOINED = Verb("membership_started", "所属しました")
LEFT = Verb("membership_ended", "所属を外しました")
TITLED = Verb("membership_titled", "肩書を変えました")
INVITED = Verb("invitation_sent", "招待しました")
ACCEPTED = Verb("invitation_accepted", "招待を受けました")
WITHDRAWN = Verb("invitation_withdrawn", "招待を取り消しました")

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def register_organisation(
    *, actor: Actor, name: str, kind: str, prefecture: str = "", phone: str = ""
) -> SupportOrganisation:
    organisation = SupportOrganisation.objects.create(
        name=name, kind=kind, prefecture=prefecture, phone=phone
    )
    record(actor=actor, verb=FOUNDED, subject=organisation, organisation_id=organisation.public_id)
    return organisation


@transaction.atomic
def add_member(
    *, actor: Actor, organisation: SupportOrganisation, account: Account, role: Role, title: str = ""
) -> Membership:
    """Give a role. Refuses the same role twice."""
    current = Membership.objects.current().filter(organisation=organisation, account=account, role=role)
    if current.exists():
        raise Refusal("already_member", f"{account}さんは、すでに{role.label}として所属しています。", "role")
    membership = Membership.objects.create(organisation=organisation, account=account, role=role, title=title)
    record(actor=actor, verb=JOINED, subject=membership, organisation_id=organisation.public_id)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, why: str = "") -> Membership:
    """Take a role away. The last 管理者 of an organisation stays, or nobody could ever let one in again."""
    # One at a time in an organisation: two 管理者 who remove each other would each still see the other.
    SupportOrganisation.objects.select_for_update().get(pk=membership.organisation_id)
    _refuse_ended(membership)
    others = Membership.objects.current().filter(
        organisation=membership.organisation, role=Role.ADMINISTRATOR, account__is_active=True
    )
    if membership.role == Role.ADMINISTRATOR and not others.exclude(pk=membership.pk).exists():
        raise Refusal("last_administrator", "管理者がいなくなるため、この所属は外せません。")
    membership.left_at = timezone.now()
    membership.save(update_fields=["left_at"])
    record(
        actor=actor, verb=LEFT, subject=membership, organisation_id=membership.organisation.public_id, why=why
    )
    return membership


@transaction.atomic
def retitle(*, actor: Actor, membership: Membership, title: str) -> Membership:
    _refuse_ended(membership)
    before = membership.title
    membership.title = title
    membership.save(update_fields=["title"])
    record(
        actor=actor,
        verb=TITLED,
        subject=membership,
        organisation_id=membership.organisation.public_id,
        changes={"肩書": (before, title)},
    )
    return membership


def _refuse_ended(membership: Membership) -> None:
    membership.refresh_from_db(
        fields=["left_at", "title"], from_queryset=Membership.objects.select_for_update()
    )
    if membership.left_at is not None:
        raise Refusal("already_ended", "この所属は、すでに外れています。", "membership")


@transaction.atomic
def invite(
    *,
    actor: Actor,
    organisation: SupportOrganisation,
    email: str,
    role: Role,
    name: str = "",
    title: str = "",
) -> tuple[Invitation, str]:
    """Prepare an invitation. Returns it with its token, which is shown to nobody again.

    Refuses a person who already holds the role; an open invitation to the same address is replaced.
    """
    if not may_be_given(role, organisation):
        raise Refusal("role_not_given_here", "この役割は、この機関では招待できません。", "role")
    address = email.strip().lower()
    member = Membership.objects.current().filter(organisation=organisation, account__email=address, role=role)
    if member.exists():
        raise Refusal("already_member", "この方は、すでに同じ役割で所属しています。", "email")
    now = timezone.now()
    for earlier in Invitation.objects.open_at(now).filter(
        organisation=organisation, email=address, role=role
    ):
        withdraw_invitation(actor=actor, invitation=earlier)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        name=name,
        role=role,
        title=title,
        token_digest=_digest(token),
        invited_by_id=None if actor.is_program else actor.signed_in_key,
        expires_at=now + INVITATION_LASTS,
    )
    record(actor=actor, verb=INVITED, subject=invitation, organisation_id=organisation.public_id)
    return invitation, token


def may_be_given(role: Role, organisation: SupportOrganisation) -> bool:
    """The 事務局 writes what every organisation reads, so only a secretariat lets people in to that."""
    if role is Role.SECRETARIAT:
        return organisation.kind == OrganisationKind.SECRETARIAT
    return role is not Role.BUSINESS_LEADER


def find_invitation(token: str) -> Invitation | None:
    """The open invitation behind a link; None when unknown, used, withdrawn or too old."""
    invitation = Invitation.objects.select_related("organisation").filter(token_digest=_digest(token)).first()
    return invitation if invitation and invitation.is_open(timezone.now()) else None


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, name: str = "", password: str | None = None, account: Account | None = None
) -> Account:
    """Join by invitation: with a new account (name and password) or with an existing one.

    The link was mailed to the invited address, so it proves that address and no other.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=invitation.pk)
    )
    if not invitation.is_open(timezone.now()):
        raise Refusal("invitation_closed", "この招待は、すでに使われたか、期限が過ぎています。")
    if account is not None and account.email != invitation.email:
        raise Refusal("other_address", "この招待は、別のメールアドレスあてに送られたものです。")
    if account is None:
        by = Actor.program(f"{name}（招待リンク）")
        account = open_account(actor=by, email=invitation.email, name=name, password=password)
    actor = Actor(account_key=account.pk, public_id=account.public_id, label=account.name)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(actor=actor, verb=ACCEPTED, subject=invitation, organisation_id=invitation.organisation.public_id)
    add_member(
        actor=actor,
        organisation=invitation.organisation,
        account=account,
        role=Role(invitation.role),
        title=invitation.title,
    )
    return account


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Take an invitation back. Refuses one that was accepted or withdrawn already."""
    invitation.refresh_from_db(
        fields=["accepted_at", "withdrawn_at"], from_queryset=Invitation.objects.select_for_update()
    )
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise Refusal("invitation_closed", "この招待は、すでに使われたか、取り消されています。")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb=WITHDRAWN, subject=invitation, organisation_id=invitation.organisation.public_id)
    return invitation


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
