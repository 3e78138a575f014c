"""The course page, its small pages of change, and the team."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bansou.apps.audit.models import AccessLogEntry
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.engagements.operations import change_cadence, change_status, move_to_step
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import CadencePreset, EngagementStatus, Step
from tests.support.factories import a_dialogue, an_account, an_organisation
from tests.support.queries import at_most

PAGES = (
    "step-move",
    "engagement-intensity",
    "engagement-pace",
    "engagement-next",
    "engagement-status",
    "engagement-team",
    "engagement-firm-team",
    "checklist",
)


def at(name, engagement, *more):
    return reverse(name, args=[engagement.public_id, *more])


@pytest.fixture
def adviser(client_as, world):
    return client_as(world.adviser)


def test_the_page_shows_step_guidance_team_and_pace(adviser, engagement):
    with at_most(22):
        page = adviser.get(at("engagement", engagement)).content.decode()
    for words in (
        "事業者と接する前",
        "望ましい",
        "避けるべき",
        "問いかけ",
        "佐野 恵",
        "30日ごと",
        "課題設定型",
    ):
        assert words in page


def test_a_colleague_reads_the_facts_and_the_reading_is_noted(client_as, world, engagement):
    page = client_as(world.colleague).get(at("engagement", engagement)).content.decode()
    assert "七つのステップ" in page
    assert "チェックリストを開く" not in page
    assert at("step-move", engagement) not in page
    assert AccessLogEntry.objects.filter(actor_id=world.colleague.public_id).count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_changes_belong_to_the_team(client_as, world, engagement, name):
    url = at(name, engagement)
    for who, status in (
        (world.adviser, 200),
        (world.colleague, 403),
        (world.administrator, 403),
        (world.leader, 403),
        (world.stranger, 404),
    ):
        client = client_as(who)
        assert client.get(url).status_code == status
        if status != 200:
            assert client.post(url, {}).status_code == status


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("stranger", 404), ("administrator", 200)])
def test_who_may_read_the_course(client_as, world, engagement, who, status):
    assert client_as(getattr(world, who)).get(at("engagement", engagement)).status_code == status


def test_forward_one_step_needs_no_reason(adviser, engagement):
    url = at("step-move", engagement)
    assert "初期的チェックリストがまだ空です" in adviser.get(url).content.decode()
    answer = adviser.post(url, {"target": "mutual_understanding"})
    assert answer.url == at("engagement", engagement)
    engagement.refresh_from_db()
    assert engagement.step_now is Step.MUTUAL_UNDERSTANDING
    assert "① → ② 事業者・支援者双方の理解" in adviser.get(answer.url).content.decode()


def test_back_and_over_a_step_need_a_reason(adviser, world, engagement):
    url = at("step-move", engagement)
    answer = adviser.post(f"{url}?to=insight", {"target": "insight", "reason": "  "})
    assert "飛ばして進む理由を書いてください" in answer.content.decode()
    move_to_step(
        actor=actor_for(world.adviser), engagement=engagement, target=Step.MUTUAL_UNDERSTANDING, reason=""
    )
    answer = adviser.post(url, {"target": "before_contact"})
    assert "前のステップに戻る理由を書いてください" in answer.content.decode()
    adviser.post(url, {"target": "before_contact", "reason": "専務の話を聴き直す"})
    page = adviser.get(at("engagement", engagement)).content.decode()
    assert "専務の話を聴き直す" in page
    assert "② → ① 事業者と接する前" in page
    assert engagement.step_moves.count() == 3


@pytest.mark.parametrize("target", ["", "nowhere", "before_contact", "①"])
def test_a_move_to_nowhere_is_refused(adviser, engagement, target):
    answer = adviser.post(at("step-move", engagement), {"target": target, "reason": "理由"})
    assert answer.status_code == 200
    assert engagement.step_moves.count() == 1
    assert adviser.get(at("step-move", engagement) + "?to=nowhere").status_code == 200


def test_advice_counts_what_was_heard(adviser, world, engagement):
    url = at("step-move", engagement) + "?to=insight"
    assert "経営者ご本人の言葉がまだ記録されていません" in adviser.get(url).content.decode()
    a_dialogue(engagement, world.adviser)
    assert "経営者ご本人の言葉がまだ記録されていません" not in adviser.get(url).content.decode()


def test_the_depth_changes_with_a_reason(adviser, engagement):
    url = at("engagement-intensity", engagement)
    answer = adviser.post(url, {"intensity": "parallel", "reason": ""})
    assert "理由を書いてください" in answer.content.decode()
    adviser.post(url, {"intensity": "parallel", "reason": "資金繰りを先に見る"})
    engagement.refresh_from_db()
    assert engagement.intensity == "parallel"
    assert "資金繰りを先に見る" in adviser.get(at("engagement", engagement)).content.decode()


def test_two_people_change_the_pace_and_the_second_sees_both(adviser, world, engagement):
    url = at("engagement-pace", engagement)
    change_cadence(
        actor=actor_for(world.adviser),
        engagement=engagement,
        cadence=CadencePreset.QUARTERLY,
        interval_days=None,
        planned_until=None,
    )
    entered = {"revision": "1", "cadence": "own", "interval_days": "10", "planned_until": ""}
    page = adviser.post(url, entered).content.decode()
    assert "ほかの方が先に変更していました" in page
    adviser.post(url, entered | {"revision": "2"})
    engagement.refresh_from_db()
    assert (engagement.cadence, engagement.interval_days) == ("own", 10)


def test_the_next_dialogue_is_agreed_and_taken_back(adviser, engagement):
    url = at("engagement-next", engagement)
    day = timezone.localdate() + timedelta(days=10)
    adviser.post(url, {"at": f"{day}T14:00", "revision": "1"})
    engagement.refresh_from_db()
    assert timezone.localtime(engagement.next_dialogue_at).hour == 14
    adviser.post(url, {"at": "", "revision": "2"})
    engagement.refresh_from_db()
    assert engagement.next_dialogue_at is None
    for nonsense in ("2001-01-01T10:00", "9999-12-31T23:59", "あした"):
        assert adviser.post(url, {"at": nonsense, "revision": "3"}).status_code == 200


def test_pausing_and_closing_ask_why_and_a_closed_one_is_read_only(adviser, world, engagement):
    url = at("engagement-status", engagement)
    assert "理由を、ひとことでも" in adviser.post(url, {"target": "paused"}).content.decode()
    adviser.post(url, {"target": "paused", "reason": "繁忙期"})
    adviser.post(url, {"target": "closed", "reason": "自走を確かめた"})
    assert "終了しています" in adviser.get(at("engagement", engagement)).content.decode()
    answer = adviser.post(at("step-move", engagement), {"target": "mutual_understanding"})
    assert "先に再開してください" in answer.content.decode()
    adviser.post(url, {"target": "active", "reason": "相談があった"})
    engagement.refresh_from_db()
    assert engagement.status == EngagementStatus.ACTIVE


def test_an_expert_of_another_body_is_invited_by_mail_and_leaves(adviser, client_as, engagement):
    expert = an_account("小田切 守", organisation=an_organisation("南部よろず支援拠点"))
    url = at("engagement-team", engagement)
    today = timezone.localdate().isoformat()
    answer = adviser.post(url, {"role": "expert", "email": expert.email.upper(), "joined_on": today})
    assert answer.status_code == 302
    assert "小田切 守" in adviser.get(url).content.decode()
    assert client_as(expert).get(at("checklist", engagement)).status_code == 200
    member = EngagementMember.objects.get(account=expert)
    leave = at("engagement-team-leave", engagement, member.public_id)
    assert "加わった日から今日まで" in adviser.post(leave, {"left_on": "2001-01-01"}).content.decode()
    adviser.post(leave, {"left_on": today})
    assert client_as(expert).get(at("checklist", engagement)).status_code == 404


def test_who_cannot_join_the_support_side(adviser, world, engagement):
    url = at("engagement-team", engagement)
    today = timezone.localdate().isoformat()
    for email in (world.leader.email, "nobody@example.jp", "これは違う"):
        answer = adviser.post(url, {"role": "expert", "email": email, "joined_on": today})
        assert answer.status_code == 200
        assert email in answer.content.decode()
    for entered in ({}, {"role": "lead", "account": world.colleague.public_id, "joined_on": today}):
        assert adviser.post(url, entered).status_code == 200
    assert "だれが加わるのか" in adviser.post(url, {"role": "expert", "joined_on": today}).content.decode()
    assert engagement.members.count() == 1


def test_people_of_the_firm_join_the_project_team(adviser, world, engagement):
    url = at("engagement-firm-team", engagement)
    person = world.business.people.get()
    today = timezone.localdate().isoformat()
    assert adviser.post(url, {"person": person.public_id, "joined_on": today}).status_code == 302
    again = adviser.post(url, {"person": person.public_id, "joined_on": today})
    assert "すでに同じ役割" in again.content.decode()
    assert BusinessPerson.objects.get().team_roles.count() == 1


def test_the_lead_does_not_leave_but_hands_over(adviser, engagement):
    lead = engagement.members.get()
    leave = at("engagement-team-leave", engagement, lead.public_id)
    answer = adviser.post(leave, {"left_on": timezone.localdate().isoformat()})
    assert "引継ぎ" in answer.content.decode()
    assert adviser.get(at("engagement-team-leave", engagement, "unknown")).status_code == 404
    assert Engagement.objects.get().members.filter(left_on=None).count() == 1


def test_a_closed_engagement_can_still_be_read_by_its_team(adviser, world, engagement):
    change_status(
        actor=actor_for(world.adviser),
        engagement=engagement,
        target=EngagementStatus.CLOSED,
        reason="ひと区切り",
    )
    page = adviser.get(at("engagement", engagement)).content.decode()
    assert "ひと区切り" in page
    assert "次の対話を決める" not in page


@pytest.mark.parametrize(("chosen", "reason"), [("before_contact", "調べ直す"), ("insight", "気づきが先")])
def test_the_form_moves_to_the_step_the_page_shows(adviser, world, engagement, chosen, reason):
    """The page is opened for a step, and its own form is sent as it stands."""
    actor = actor_for(world.adviser)
    move_to_step(actor=actor, engagement=engagement, target=Step.MUTUAL_UNDERSTANDING, reason="")
    url = at("step-move", engagement) + f"?to={chosen}"
    page = adviser.get(url).content.decode()
    target = re.search(r'name="target" value="([^"]+)"', page)[1]
    adviser.post(url, {"target": target, "reason": reason})
    engagement.refresh_from_db()
    assert engagement.step == chosen
