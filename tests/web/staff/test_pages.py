"""The rooms of the 管理者: a story through each, what is refused, and what stays outside."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from bansou.apps.audit.models import AccessLogEntry, AuditEntry
from bansou.apps.audit.operations import log_reading
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.models import HandoverReading
from bansou.apps.engagements.operations import assess_suitability
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import Invitation, Membership, SupportOrganisation
from bansou.apps.organisations.operations import add_member
from bansou.domain.access import Role
from bansou.domain.method import Answer, Mark, SuitabilityItem
from tests.support.factories import (
    PROGRAM,
    a_business,
    a_dialogue,
    an_account,
    an_engagement,
    an_organisation,
)
from tests.support.queries import at_most

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "harbour-lantern-42"
ROOMS = ["staff", "staff-members", "staff-invite", "staff-leaders", "staff-readings", "staff-audit"]


@pytest.fixture
def office():
    return an_organisation("川辺商工会議所")


@pytest.fixture
def manager(office):
    return an_account("大沢 和夫", organisation=office, roles=(Role.ADMINISTRATOR,))


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


def page(response) -> str:
    return response.content.decode()


class TestRooms:
    @pytest.mark.parametrize("name", ROOMS)
    def test_the_administrator_comes_in_and_nobody_else(self, name, client_as, manager, lead, engagement):
        assert "川辺商工会議所" in page(client_as(manager).get(reverse(name)))
        assert client_as(lead).get(reverse(name)).status_code == 403
        assert client_as(None).get(reverse(name)).status_code == 302

    def test_what_goes_quiet_is_seen(self, client_as, manager, engagement):
        found = page(client_as(manager).get(reverse("staff")))
        assert "主担当 小田切 徹・最後の対話 2026年6月18日" in found

    def test_another_office_is_chosen_and_kept(self, client_as, manager, office):
        other = an_organisation("山手商工会")
        add_member(actor=PROGRAM, organisation=other, account=manager, role=Role.ADMINISTRATOR)
        client = client_as(manager)
        assert "山手商工会" in page(client.get(reverse("staff"), {"organisation": other.public_id}))
        client.get(reverse("staff-members"))
        form = {"email": "new@example.jp", "role": Role.ADVISER}
        client.post(reverse("staff-invite"), form)
        assert Invitation.objects.get().organisation == other
        stranger = an_organisation("知らない商工会")
        assert client.get(reverse("staff"), {"organisation": stranger.public_id}).status_code == 404

    def test_the_number_of_questions_does_not_grow(self, client_as, manager, office, lead):
        for number in range(3):
            an_engagement(a_business(office, f"会社{number}"), lead)
        client = client_as(manager)
        for name in ("staff", "staff-members"):
            with at_most(12):
                client.get(reverse(name))


class TestJoining:
    def invite(self, client, capture, **changes) -> str:
        form = {"email": "new@example.jp", "name": "三宅 & 陽太", "role": Role.ADVISER, "title": "経営支援員"}
        with capture(execute=True):
            answer = client.post(reverse("staff-invite"), form | changes)
        assert answer.status_code == 302
        return re.search(r"http://127\.0\.0\.1:8000(/staff/invitation/\S+)", mail.outbox[-1].body).group(1)

    def test_from_invitation_to_first_page(
        self, client_as, client, manager, office, django_capture_on_commit_callbacks
    ):
        link = self.invite(client_as(manager), django_capture_on_commit_callbacks)
        assert mail.outbox[0].to == ["new@example.jp"]
        assert mail.outbox[0].body.startswith("三宅 & 陽太様")
        assert "川辺商工会議所" in page(client.get(link))
        form = {"name": "三宅 陽太", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        answer = client.post(link, form, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("today")
        member = Membership.objects.get(account__email="new@example.jp")
        assert (member.organisation, member.role, member.title) == (office, Role.ADVISER, "経営支援員")
        assert client.get(link).status_code == 410

    def test_the_link_is_shown_once_for_an_office_without_mail(
        self, client_as, manager, django_capture_on_commit_callbacks
    ):
        client = client_as(manager)
        link = self.invite(client, django_capture_on_commit_callbacks)
        assert link in page(client.get(reverse("staff-invite")))
        assert link not in page(client.get(reverse("staff-invite")))

    @pytest.mark.parametrize(
        ("first", "second", "said"),
        [
            (NEW_PASSWORD, "something-else-9", "二つのパスワードが違っています"),
            ("short", "short", "10"),
            ("1234567890", "1234567890", "パスワード"),
            ("", "", "「パスワード」を入力してください"),
        ],
    )
    def test_a_weak_password_is_refused_in_words(
        self, first, second, said, client_as, client, manager, django_capture_on_commit_callbacks
    ):
        link = self.invite(client_as(manager), django_capture_on_commit_callbacks)
        answer = client.post(link, {"name": "三宅 陽太", "password1": first, "password2": second})
        assert said in page(answer)
        assert 'value="三宅 陽太"' in page(answer)
        assert Invitation.objects.get().accepted_at is None

    def test_somebody_with_an_account_joins_by_one_press(
        self, client_as, client, manager, office, django_capture_on_commit_callbacks
    ):
        known = an_account("西野 章子", organisation=an_organisation())
        other = an_account("別の 人")
        link = self.invite(client_as(manager), django_capture_on_commit_callbacks, email=known.email)
        assert "サインインして続ける" in page(client.get(link))
        assert "別の方としてサインインしています" in page(client_as(other).get(link))
        client_as(other).post(link)
        assert not office.memberships.filter(account=other).exists()
        assert client_as(known).post(link).status_code == 302
        assert office.memberships.current().filter(account=known).exists()

    def test_a_link_nobody_knows_is_a_friendly_page(self, client):
        answer = client.get(reverse("invitation", args=["x" * 43]))
        assert answer.status_code == 410
        assert "このリンクは使えません" in page(answer)

    def test_an_invitation_is_withdrawn_by_its_own_administrator(
        self, client_as, manager, client, django_capture_on_commit_callbacks
    ):
        link = self.invite(client_as(manager), django_capture_on_commit_callbacks)
        address = reverse("staff-invitation-withdraw", args=[Invitation.objects.get().public_id])
        stranger = an_account(organisation=an_organisation(), roles=(Role.ADMINISTRATOR,))
        assert client_as(stranger).post(address).status_code == 404
        client_as(manager).post(address)
        assert client.get(link).status_code == 410

    def test_a_role_that_is_not_offered_is_refused(self, client_as, manager):
        form = {"email": "new@example.jp", "role": Role.SECRETARIAT}
        assert "選択してください" in page(client_as(manager).post(reverse("staff-invite"), form))
        assert not Invitation.objects.exists()

    def test_the_link_leads_to_the_address_of_this_installation(
        self, client_as, manager, django_capture_on_commit_callbacks, settings
    ):
        settings.BASE_URL, settings.ALLOWED_HOSTS = "https://bansou.example.jp", ["*"]
        form = {"email": "new@example.jp", "name": "三宅 陽太", "role": Role.ADVISER}
        with django_capture_on_commit_callbacks(execute=True):
            client_as(manager).post(reverse("staff-invite"), form, headers={"host": "elsewhere.example"})
        assert "https://bansou.example.jp/staff/invitation/" in mail.outbox[0].body
        assert "elsewhere.example" not in mail.outbox[0].body


class TestMembers:
    def address(self, name, account):
        return reverse(name, args=[account.memberships.get().public_id])

    def test_a_title_is_changed(self, client_as, manager, lead):
        client_as(manager).post(self.address("staff-member", lead), {"title": "主任"})
        assert lead.memberships.get().title == "主任"

    def test_a_role_ends_after_handing_over(self, client_as, manager, lead, successor, engagement):
        client = client_as(manager)
        assert "次の1件の主担当です" in page(client.get(self.address("staff-member", lead)))
        refused = client.post(self.address("staff-member-end", lead), {"why": "退職"})
        assert "後任の方へ引き継いで" in page(refused)
        form = {"successor": successor.public_id, "reason": "退職", "message": "よろしくお願いします。"}
        client.post(reverse("staff-adviser", args=[lead.public_id]), form)
        assert client.post(self.address("staff-member-end", lead), {"why": "退職"}).status_code == 302
        assert not actor_for(lead).roles
        assert engagement.pk in actor_for(successor).teams

    def test_the_last_administrator_is_told_why(self, client_as, manager):
        answer = client_as(manager).post(self.address("staff-member-end", manager), {"why": "異動"})
        assert "管理者がいなくなる" in page(answer)

    def test_members_of_another_organisation_do_not_exist(self, client_as, manager):
        stranger = an_account(organisation=an_organisation())
        assert client_as(manager).get(self.address("staff-member", stranger)).status_code == 404
        assert client_as(manager).get(reverse("staff-adviser", args=[stranger.public_id])).status_code == 404


class TestHandover:
    def test_from_choice_to_confirmation(self, client_as, manager, lead, successor, engagement):
        address = reverse("staff-handover", args=[engagement.public_id])
        seen = page(client_as(manager).get(address))
        assert "段取りの現状を聴いた。" in seen
        assert "それを誰にも渡してなかった。" not in seen
        assert "先代の死後" not in seen
        assert AccessLogEntry.objects.get().what == "引継ぎのまとめ"
        form = {"successor": successor.public_id, "reason": "異動", "message": "議事録から。"}
        client_as(manager).post(address, form)
        handover = engagement.handovers.get()
        client = client_as(successor)
        assert reverse("handover", args=[handover.public_id]) in page(client.get(reverse("today")))
        told = page(client.get(reverse("handover", args=[handover.public_id])))
        for words in ("議事録から。", "それを誰にも渡してなかった。", "先代の死後", "事業者と接する前"):
            assert words in told
        assert client.post(reverse("handover", args=[handover.public_id])).status_code == 302
        assert HandoverReading.objects.get().handover == handover
        assert "引継ぎが届いています" not in page(client.get(reverse("today")))

    def test_marks_and_reasons_are_the_teams(self, client_as, manager, lead, successor, engagement):
        answers = {item: Answer(Mark.MET, "後継ぎの話を避けている") for item in SuitabilityItem}
        assess_suitability(actor=actor_for(lead), engagement=engagement, answers=answers, reassess_on=None)
        seen = page(client_as(manager).get(reverse("staff-handover", args=[engagement.public_id])))
        verdict = engagement.assessments.get().get_verdict_display()
        assert verdict in seen
        assert "後継ぎの話を避けている" not in seen
        assert SuitabilityItem(next(iter(answers))).label not in seen
        handover = hand_over(actor=PROGRAM, engagement=engagement, successor=successor, reason="異動")
        told = page(client_as(successor).get(reverse("handover", args=[handover.public_id])))
        assert verdict in told
        assert "後継ぎの話を避けている" in told

    def test_the_summary_is_the_teams(self, client_as, manager, lead, successor, engagement):
        handover = hand_over(actor=PROGRAM, engagement=engagement, successor=successor, reason="異動")
        address = reverse("handover", args=[handover.public_id])
        stranger = an_account(organisation=an_organisation())
        assert client_as(manager).get(address).status_code == 403
        assert client_as(lead).get(address).status_code == 403
        assert client_as(stranger).get(address).status_code == 404

    @pytest.mark.parametrize("missing", ["successor", "reason"])
    def test_nothing_typed_is_lost(self, missing, client_as, manager, successor, engagement):
        form = {"successor": successor.public_id, "reason": "地区の見直し", "message": "午前は電話を控えて。"}
        form[missing] = ""
        answer = page(client_as(manager).post(reverse("staff-handover", args=[engagement.public_id]), form))
        assert "午前は電話を控えて。" in answer
        assert not engagement.handovers.exists()

    def test_a_successor_from_elsewhere_is_no_choice(self, client_as, manager, engagement):
        stranger = an_account(organisation=an_organisation())
        form = {"successor": stranger.public_id, "reason": "異動"}
        client_as(manager).post(reverse("staff-handover", args=[engagement.public_id]), form)
        assert not engagement.handovers.exists()


class TestLeaders:
    def test_a_leader_is_invited_and_opens_the_own_page(
        self, client_as, client, manager, engagement, django_capture_on_commit_callbacks
    ):
        person = engagement.business.people.get()
        assert person.name in page(client_as(manager).get(reverse("staff-leaders"), {"q": "みなと"}))
        address = reverse("leader-account", args=[person.public_id])
        with django_capture_on_commit_callbacks(execute=True):
            client_as(manager).post(address, {"email": "minato@example.jp"})
        link = re.search(r"http://127\.0\.0\.1:8000(/staff/own-page/\S+)", mail.outbox[0].body).group(1)
        assert "株式会社みなと精機のページをひらく" in page(client.get(link))
        form = {"name": person.name, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        answer = client.post(link, form, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("firm")
        assert client.get(link).status_code == 410
        client_as(manager).post(reverse("leader-account-close", args=[person.public_id]))
        assert client.get(reverse("firm")).status_code == 403

    def test_a_person_who_is_not_the_leader_or_not_ours(self, client_as, manager, engagement):
        stranger = a_business(an_organisation(), "よその会社").people.get()
        address = reverse("leader-account", args=[stranger.public_id])
        assert client_as(manager).get(address).status_code == 404


class TestTrail:
    def test_who_read_what(self, client_as, manager, successor, engagement, office):
        business = engagement.business
        log_reading(
            actor=actor_for(successor), subject=business, organisation_id=office.public_id, what="カルテ"
        )
        stranger = an_organisation()
        log_reading(actor=PROGRAM, subject=stranger, organisation_id=stranger.public_id, what="よその記録")
        client, address = client_as(manager), reverse("staff-readings")
        assert "カルテ" in page(client.get(address))
        assert "よその記録" not in page(client.get(address))
        assert "佐野 恵</td>" in page(client.get(address, {"who": successor.public_id}))
        assert "佐野 恵</td>" not in page(client.get(address, {"who": manager.public_id}))
        assert "佐野 恵</td>" not in page(client.get(address, {"about": "ほかの会社"}))

    def test_the_chain_page_by_page(self, client_as, manager, engagement, office):
        for number in range(55):
            a_business(office, f"会社{number:02}")
        client, address = client_as(manager), reverse("staff-audit")
        first = client.get(address)
        assert "表示中の50件は、書かれたときのままです" in page(first)
        older = re.search(r'href="(\?[^"]*before=\d+)"', page(first)).group(1)
        assert "支援機関を登録しました" in page(client.get(address + older))
        with at_most(14):
            client.get(address)

    def test_the_chain_is_narrowed(self, client_as, manager, lead, engagement):
        client, address = client_as(manager), reverse("staff-audit")
        started = page(client.get(address, {"verb": "engagement_started"}))
        assert "伴走支援を始めました<br>" in started
        assert "事業者を登録しました<br>" not in started
        by_lead = page(client.get(address, {"who": lead.public_id, "about": "みなと"}))
        assert "対話を記録しました<br>" in by_lead
        assert "事業者を登録しました<br>" not in by_lead

    def test_a_line_changed_behind_the_programs_back_shows(self, client_as, manager, office):
        line = AuditEntry.objects.get(verb="organisation_registered")
        line.details["why"] = "あとから"
        AuditEntry._base_manager.bulk_update([line], ["details"])
        assert f"{line.position}番の記録" in page(client_as(manager).get(reverse("staff-audit")))

    def test_taking_the_chain_away_leaves_a_line(self, client_as, manager, engagement):
        answer = client_as(manager).post(reverse("staff-audit-export"), {"verb": "engagement_started"})
        assert answer["Content-Type"].startswith("text/csv")
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert "伴走支援を始めました" in lines[1]
        assert AuditEntry.objects.latest("pk").verb == "audit_exported"

    @pytest.mark.parametrize("name", ["staff-audit", "staff-readings"])
    @pytest.mark.parametrize(
        "hostile", [{"before": "9" * 40}, {"before": "x"}, {"about": "'%_\""}, {"verb": "?"}]
    )
    def test_nonsense_narrows_nothing_and_breaks_nothing(self, name, hostile, client_as, manager):
        assert client_as(manager).get(reverse(name), hostile).status_code == 200


def test_the_names_of_organisations_are_text(client_as):
    office = an_organisation("<b>川辺</b>")
    manager = an_account(organisation=office, roles=(Role.ADMINISTRATOR,))
    assert "&lt;b&gt;川辺" in page(client_as(manager).get(reverse("staff")))
    assert SupportOrganisation.objects.count() == 1
