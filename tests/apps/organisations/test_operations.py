"""Who belongs to an organisation: invited, joined, titled, gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import Invitation, Membership, OrganisationKind
from bansou.apps.organisations.operations import (
    accept_invitation,
    add_member,
    end_membership,
    find_invitation,
    invite,
    retitle,
    withdraw_invitation,
)
from bansou.domain.access import Role
from bansou.domain.shared import Refusal
from tests.support.factories import PASSWORD, PROGRAM, an_account, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_organisation()


@pytest.fixture
def manager(office):
    return actor_for(an_account("大沢 和夫", organisation=office, roles=(Role.ADMINISTRATOR,)))


def invited(manager, office, email="New@Example.jp", role=Role.ADVISER):
    return invite(actor=manager, organisation=office, email=email, role=role, name="三宅 陽太")


def test_an_invited_person_joins_once(manager, office):
    invitation, token = invited(manager, office)
    assert find_invitation(token) == invitation
    account = accept_invitation(invitation=invitation, name="三宅 陽太", password=PASSWORD)
    assert account.email == "new@example.jp"
    assert actor_for(account).roles_in(office.pk) == {Role.ADVISER}
    assert find_invitation(token) is None
    with pytest.raises(Refusal, match="期限"):
        accept_invitation(invitation=invitation, account=account)


def test_only_the_digest_of_a_link_is_kept(manager, office):
    invitation, token = invited(manager, office)
    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())


def test_a_link_that_is_too_old_withdrawn_or_unknown_opens_nothing(manager, office):
    old, old_token = invited(manager, office)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    withdrawn, withdrawn_token = invited(manager, office, "other@example.jp")
    withdraw_invitation(actor=manager, invitation=withdrawn)
    assert [find_invitation(token) for token in (old_token, withdrawn_token, "", "x" * 500)] == [None] * 4


def test_a_new_invitation_takes_the_place_of_the_old_one(manager, office):
    _, first = invited(manager, office)
    _, second = invited(manager, office)
    assert find_invitation(first) is None
    assert find_invitation(second) is not None


def test_an_invitation_is_for_its_address_only(manager, office):
    invitation, _ = invited(manager, office)
    with pytest.raises(Refusal, match="別のメールアドレス"):
        accept_invitation(invitation=invitation, account=an_account())


def test_a_member_is_not_invited_to_the_same_role_again(manager, office):
    member = an_account(organisation=office)
    with pytest.raises(Refusal) as refused:
        invited(manager, office, member.email.upper())
    assert refused.value.field == "email"
    assert invited(manager, office, member.email, Role.ADMINISTRATOR)


def test_only_a_secretariat_invites_to_the_role_that_writes_for_everybody(manager, office):
    with pytest.raises(Refusal, match="この機関では招待できません"):
        invited(manager, office, role=Role.SECRETARIAT)
    secretariat = an_organisation(kind=OrganisationKind.SECRETARIAT)
    assert invited(manager, secretariat, role=Role.SECRETARIAT)


def test_the_last_administrator_stays(manager, office):
    only = Membership.objects.get(role=Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="管理者がいなくなる"):
        end_membership(actor=manager, membership=only)
    add_member(actor=PROGRAM, organisation=office, account=an_account("次の人"), role=Role.ADMINISTRATOR)
    end_membership(actor=manager, membership=only, why="異動")
    assert only.left_at is not None


def test_a_role_that_has_ended_is_neither_ended_again_nor_titled(manager, office):
    stale = an_account("佐野 恵", organisation=office).memberships.get()
    end_membership(actor=manager, membership=Membership.objects.get(pk=stale.pk))
    for again in (
        lambda: end_membership(actor=manager, membership=stale),
        lambda: retitle(actor=manager, membership=stale, title="課長"),
    ):
        with pytest.raises(Refusal) as refused:
            again()
        assert refused.value.code == "already_ended"
    assert Membership.objects.get(pk=stale.pk).title != "課長"


def test_two_administrators_do_not_remove_each_other(manager, office):
    first = Membership.objects.get(role=Role.ADMINISTRATOR)
    account = an_account("次の人")
    second = add_member(actor=PROGRAM, organisation=office, account=account, role=Role.ADMINISTRATOR)
    end_membership(actor=manager, membership=second)
    with pytest.raises(Refusal, match="管理者がいなくなる"):
        end_membership(actor=actor_for(account), membership=first)


def test_an_invitation_that_was_used_or_withdrawn_is_not_withdrawn(manager, office):
    used, _ = invited(manager, office)
    accept_invitation(invitation=used, name="三宅 陽太", password=PASSWORD)
    withdrawn, _ = invited(manager, office, "other@example.jp")
    withdraw_invitation(actor=manager, invitation=withdrawn)
    for closed in (used, withdrawn):
        with pytest.raises(Refusal) as refused:
            withdraw_invitation(actor=manager, invitation=closed)
        assert refused.value.code == "invitation_closed"
    used.refresh_from_db()
    assert used.withdrawn_at is None
