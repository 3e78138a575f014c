"""伴走支援の開始: one open engagement per business and organisation."""

from datetime import date

import pytest
from django.urls import reverse

from bansou.apps.engagements.models import Engagement
from bansou.domain.method import EngagementStatus


def entries(world, **changes):
    return {
        "lead": world.adviser.public_id,
        "started_on": "2026-04-01",
        "intensity": "parallel",
        "cadence": "compact",
        "interval_days": "",
        "planned_until": "",
        "how_it_began": "補助金のことを聞きたくて",
    } | changes


@pytest.fixture
def url(world):
    return reverse("engagement-start", args=[world.business.public_id])


def test_an_adviser_begins_with_a_team(client_as, world, url):
    client = client_as(world.adviser)
    page = client.get(url).content.decode()
    assert "課題設定型" in page
    assert "コンパクト3面談" in page
    answer = client.post(url, entries(world, experts=[world.colleague.public_id]))
    engagement = Engagement.objects.get()
    assert answer.url == reverse("engagement", args=[engagement.public_id])
    assert engagement.started_on == date(2026, 4, 1)
    assert {(m.account, m.role) for m in engagement.members.all()} == {
        (world.adviser, "lead"),
        (world.colleague, "expert"),
    }
    course = client.get(answer.url).content.decode()
    assert "補助金のことを聞きたくて" in course
    assert "伴走支援を始めました" in course


def test_a_second_one_is_led_to_the_first(client_as, world, url, engagement):
    client = client_as(world.colleague)
    for answer in (client.get(url), client.post(url, entries(world))):
        assert answer.url == reverse("engagement", args=[engagement.public_id])
    assert "すでに始まっています" in client.get(answer.url).content.decode()
    assert Engagement.objects.count() == 1


def test_after_a_closed_one_another_may_begin(client_as, world, url, engagement):
    Engagement.objects.update(status=EngagementStatus.CLOSED)
    assert client_as(world.adviser).post(url, entries(world)).status_code == 302
    assert Engagement.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cadence": "own"}, "対話の間隔を"),
        ({"cadence": "own", "interval_days": "99999"}, "対話の間隔を"),
        ({"cadence": "own", "interval_days": "十日"}, "整数"),
        ({"planned_until": "2026-03-01"}, "開始日より後"),
        ({"started_on": "9999-12-31"}, "1年先まで"),
        ({"started_on": "きのう"}, "日付"),
        ({"intensity": "very"}, "選択"),
        ({"lead": "nobody"}, "選択"),
        ({"how_it_began": "あ" * 2001}, "2000"),
    ],
)
def test_what_cannot_be_is_said_and_the_words_stay(client_as, world, url, changes, sentence):
    answer = client_as(world.adviser).post(url, entries(world, **changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert changes.get("how_it_began", "補助金のことを聞きたくて") in page
    assert not Engagement.objects.exists()


def test_the_lead_is_an_adviser_of_the_organisation(client_as, world, url):
    for somebody in (world.stranger, world.leader, world.administrator):
        answer = client_as(world.adviser).post(url, entries(world, lead=somebody.public_id))
        assert answer.status_code == 200
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("leader", 403), ("administrator", 200)])
def test_who_may_begin(client_as, world, url, who, status):
    assert client_as(getattr(world, who)).get(url).status_code == status
