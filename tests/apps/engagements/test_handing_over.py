"""引継ぎ: the lead passes on, everything stays, and nobody leaves with engagements still in hand."""

import pytest
from django.core import signing

from bansou.apps.audit.models import AuditEntry
from bansou.apps.audit.verification import verify
from bansou.apps.businesses.operations import link_leader_account, part_with_person, save_person
from bansou.apps.dialogues.models import Hypothesis, Statement
from bansou.apps.engagements.handing_over import (
    confirm_handover,
    end_supporting,
    hand_over,
    hand_over_all,
    led_by,
)
from bansou.apps.engagements.leader_access import (
    accept_leader_invitation,
    close_leader_page,
    find_leader_invitation,
    invite_leader,
)
from bansou.apps.engagements.models import EngagementMember, HandoverReading
from bansou.apps.engagements.operations import add_member, change_status
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.operations import add_member as enrol
from bansou.domain.access import Role
from bansou.domain.method import EngagementStatus, TeamRole, Viewpoint
from bansou.domain.shared import Refusal
from tests.support.factories import (
    PASSWORD,
    PROGRAM,
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_organisation()


@pytest.fixture
def lead(office):
    return an_account("小田切 徹", organisation=office)


@pytest.fixture
def successor(office):
    return an_account("佐野 恵", organisation=office)


@pytest.fixture
def engagement(office, lead):
    engagement = an_engagement(a_business(office), lead)
    a_dialogue(engagement, lead)
    return engagement


def pass_on(engagement, successor, **words):
    words = {"reason": "異動", "message": "議事録から見てください。", **words}
    return hand_over(actor=PROGRAM, engagement=engagement, successor=successor, **words)


def test_everything_goes_on_to_the_successor(engagement, lead, successor):
    handover = pass_on(engagement, successor)
    before, after = actor_for(lead), actor_for(successor)
    assert engagement.pk in after.teams
    assert engagement.pk not in before.teams
    assert Hypothesis.objects.visible_to(after).count() == 1
    assert Statement.objects.visible_to(after).count() == 1
    assert not Hypothesis.objects.visible_to(before).exists()
    assert (handover.from_account, handover.to_account) == (lead, successor)
    assert verify().is_sound


def test_the_successor_alone_confirms_and_once(engagement, lead, successor):
    handover = pass_on(engagement, successor)
    with pytest.raises(Refusal, match="本人だけ"):
        confirm_handover(actor=actor_for(lead), handover=handover)
    confirm_handover(actor=actor_for(successor), handover=handover)
    confirm_handover(actor=actor_for(successor), handover=handover)
    assert HandoverReading.objects.count() == 1


def test_who_cannot_go_on(engagement, lead, successor, office):
    elsewhere = an_account("原 直樹", organisation=an_organisation())
    manager = an_account("大沢 和夫", organisation=office, roles=(Role.ADMINISTRATOR,))
    for refused in (elsewhere, manager, lead):
        with pytest.raises(Refusal) as why:
            pass_on(engagement, refused)
        assert why.value.field == "successor"
    with pytest.raises(Refusal, match="理由"):
        pass_on(engagement, successor, reason=" ")
    assert EngagementMember.objects.current().get(role=TeamRole.LEAD).account == lead


def test_all_of_an_adviser_closed_ones_too(engagement, lead, successor, office):
    closed = an_engagement(a_business(office, "月岡酒造株式会社"), lead)
    change_status(actor=PROGRAM, engagement=closed, target=EngagementStatus.CLOSED, reason="自走を確認した")
    elsewhere = an_organisation()
    handed = hand_over_all(
        actor=PROGRAM, organisation=office, adviser=lead, successor=successor, reason="異動"
    )
    assert {handover.engagement_id for handover in handed} == {engagement.pk, closed.pk}
    assert not led_by(lead, office).exists()
    assert not led_by(successor, elsewhere).exists()


def test_nobody_leaves_with_engagements_in_hand(engagement, lead, successor):
    membership = lead.memberships.get()
    with pytest.raises(Refusal, match="引き継いで"):
        end_supporting(actor=PROGRAM, membership=membership)
    pass_on(engagement, successor)
    day = engagement.started_on
    add_member(actor=PROGRAM, engagement=engagement, role=TeamRole.EXPERT, joined_on=day, account=lead)
    assert engagement.pk in actor_for(lead).teams
    end_supporting(actor=PROGRAM, membership=membership, why="退職")
    gone = actor_for(lead)
    assert not gone.teams
    assert not gone.roles
    assert verify().is_sound


def test_a_guest_expert_leaves_every_team_with_the_last_role_anywhere(engagement):
    home, second = an_organisation(), an_organisation()
    guest = an_account("原 直樹", organisation=home, roles=(Role.REFERRAL_RECIPIENT,))
    enrol(actor=PROGRAM, organisation=second, account=guest, role=Role.REFERRAL_RECIPIENT)
    day = engagement.started_on
    add_member(actor=PROGRAM, engagement=engagement, role=TeamRole.EXPERT, joined_on=day, account=guest)
    end_supporting(actor=PROGRAM, membership=guest.memberships.get(organisation=second))
    assert Hypothesis.objects.visible_to(actor_for(guest)).exists()
    end_supporting(actor=PROGRAM, membership=guest.memberships.get(organisation=home))
    assert not actor_for(guest).teams
    assert not Hypothesis.objects.visible_to(actor_for(guest)).exists()
    ended = AuditEntry.objects.get(verb="team_seat_ended")
    assert ended.chain == engagement.organisation.public_id
    assert verify().is_sound


class TestTheOwnPage:
    @pytest.fixture
    def person(self, engagement):
        return engagement.business.people.get()

    def test_a_leader_comes_in_by_link_once(self, person, lead):
        token = invite_leader(actor=actor_for(lead), person=person, email="Minato@Example.jp")
        invitation = find_leader_invitation(token)
        account = accept_leader_invitation(actor=PROGRAM, invitation=invitation, password=PASSWORD)
        assert account.email == "minato@example.jp"
        assert actor_for(account).leads == {person.business_id}
        assert find_leader_invitation(token) is None
        person.refresh_from_db()
        close_leader_page(actor=PROGRAM, person=person)
        assert not actor_for(account).leads
        assert verify().is_sound

    def test_a_link_opens_nothing_after_the_page_was_closed(self, person, lead):
        token = invite_leader(actor=actor_for(lead), person=person, email="minato@example.jp")
        seen = find_leader_invitation(token)
        account = accept_leader_invitation(actor=PROGRAM, invitation=seen, password=PASSWORD)
        person.refresh_from_db()
        close_leader_page(actor=PROGRAM, person=person)
        assert find_leader_invitation(token) is None
        with pytest.raises(Refusal) as refused:
            accept_leader_invitation(actor=PROGRAM, invitation=seen, account=account)
        assert refused.value.code == "invitation_closed"
        assert not actor_for(account).leads
        again = invite_leader(actor=actor_for(lead), person=person, email="minato@example.jp")
        assert find_leader_invitation(token) is None
        assert find_leader_invitation(again) is not None

    def test_a_link_does_not_tell_the_address(self, person, lead):
        token = invite_leader(actor=actor_for(lead), person=person, email="minato@example.jp")
        assert "example" not in str(signing.loads(token, salt="bansou.leader-invitation"))

    def test_an_address_changed_with_the_person_takes_the_link_back(self, engagement, person, lead):
        token = invite_leader(actor=actor_for(lead), person=person, email="minato@example.jp")
        person.email = "other@example.jp"
        save_person(actor=PROGRAM, business=engagement.business, person=person)
        assert find_leader_invitation(token) is None

    def test_who_uses_the_page_stays_the_leader_until_it_is_closed(self, engagement, person):
        account = a_leader(engagement.business)
        person.viewpoint = Viewpoint.EMPLOYEE
        with pytest.raises(Refusal) as refused:
            save_person(actor=PROGRAM, business=engagement.business, person=person)
        assert (refused.value.code, refused.value.field) == ("own_page_open", "viewpoint")
        assert actor_for(account).leads == {person.business_id}
        person.refresh_from_db()
        close_leader_page(actor=PROGRAM, person=person)
        person.viewpoint = Viewpoint.EMPLOYEE
        save_person(actor=PROGRAM, business=engagement.business, person=person)
        assert verify().is_sound

    def test_a_leader_who_has_gone_gets_no_page(self, engagement, person):
        part_with_person(actor=PROGRAM, person=person, on=engagement.started_on)
        with pytest.raises(Refusal, match="いまの経営者"):
            link_leader_account(actor=PROGRAM, person=person, account=an_account())

    def test_a_link_for_another_address_is_taken_back(self, person, lead):
        first = invite_leader(actor=actor_for(lead), person=person, email="one@example.jp")
        second = invite_leader(actor=actor_for(lead), person=person, email="two@example.jp")
        assert find_leader_invitation(first) is None
        assert find_leader_invitation(f"{second}x") is None
        assert find_leader_invitation(second) is not None

    def test_nobody_stands_on_both_sides(self, person, lead):
        with pytest.raises(Refusal, match="支援している方"):
            invite_leader(actor=PROGRAM, person=person, email=lead.email)

    def test_a_leader_with_a_page_is_not_invited_again(self, engagement, person):
        a_leader(engagement.business)
        person.refresh_from_db()
        with pytest.raises(Refusal, match="すでに"):
            invite_leader(actor=PROGRAM, person=person, email="new@example.jp")
