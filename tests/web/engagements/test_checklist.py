"""The checklist through the page: verdicts as the guideline has them, versions, and what × asks for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bansou.apps.engagements.models import SuitabilityAssessment
from bansou.domain.method import EngagementStatus, SuitabilityItem
from tests.support.factories import a_dialogue

FIRST = SuitabilityItem.GROWTH_WILL
SOON = (timezone.localdate() + timedelta(days=60)).isoformat()


def filled(mark="met", **changes):
    entries = {f"{item}_mark": mark for item in SuitabilityItem}
    entries |= {f"{item}_reason": f"{item}の理由" for item in SuitabilityItem}
    return entries | changes


@pytest.fixture
def url(engagement):
    return reverse("checklist", args=[engagement.public_id])


@pytest.fixture
def adviser(client_as, world):
    return client_as(world.adviser)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "積極的な展開を推奨"),
        ({f"{FIRST}_mark": "partly_met"}, "可（要注意）"),
        ({f"{FIRST}_mark": "not_met", "reassess_on": SOON}, "他の選択肢を検討"),
        (
            {
                f"{FIRST}_mark": "not_met",
                "capacity_mark": "partly_met",
                "reassess_on": SOON,
            },
            "他の選択肢を検討",
        ),
    ],
)
def test_the_verdict(adviser, url, engagement, changes, verdict):
    answer = adviser.post(url, filled(**changes))
    page = adviser.get(answer.url).content.decode()
    assert f'<p class="verdict-name">{verdict}</p>' in page
    assert SuitabilityAssessment.objects.get().get_verdict_display() == verdict
    engagement.refresh_from_db()
    assert engagement.status == EngagementStatus.ACTIVE


def test_every_item_stands_with_its_exact_words_question_and_hint(adviser, url):
    page = adviser.get(url).content.decode()
    for item in SuitabilityItem:
        assert item.label in page
        assert item.question in page
        assert item.hint in page


def test_a_cross_offers_other_paths_and_warns_of_judging_early(adviser, url):
    answer = adviser.post(url, filled(not_emergency_mark="not_met", reassess_on=SOON))
    page = adviser.get(answer.url).content.decode()
    for words in (
        "課題解決型支援",
        "橋渡し",
        "よろず支援拠点",
        "まだ事前の情報だけの見立てです",
        "急いで手を打つ",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({f"{FIRST}_reason": " "}, "そう考えた理由を書いてください"),
        ({f"{FIRST}_mark": "not_met", f"{FIRST}_reason": ""}, "×とした理由を書いてください"),
        ({f"{FIRST}_mark": "not_met"}, "再評価予定日）を決めてください"),
        ({f"{FIRST}_mark": "not_met", "reassess_on": "2001-01-01"}, "明日以降の日付"),
        ({f"{FIRST}_mark": "not_met", "reassess_on": "いつか"}, "日付"),
        ({f"{FIRST}_mark": ""}, "どれかを選んでください"),
        ({f"{FIRST}_mark": "◎"}, "選択"),
        ({f"{FIRST}_reason": "あ" * 1001}, "1000文字以内"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(adviser, url, changes, sentence):
    answer = adviser.post(url, filled(**changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "capacityの理由" in page
    assert not SuitabilityAssessment.objects.exists()


def test_each_filling_is_a_version_and_stands_beside_the_former(adviser, url, engagement):
    adviser.post(url, filled("partly_met"))
    again = adviser.get(url).content.decode()
    assert "第1版" in again
    assert "growth_willの理由" in again
    answer = adviser.post(
        url, filled("partly_met", growth_will_mark="met", growth_will_reason="夢を語られた")
    )
    page = adviser.get(answer.url).content.decode()
    assert "第1版と見比べる" in page
    assert page.count("変わりました") == 1
    assert "夢を語られた" in page
    first = adviser.get(reverse("checklist-version", args=[engagement.public_id, 1])).content.decode()
    assert "夢を語られた" not in first
    assert "佐野 恵" in first
    assert adviser.get(reverse("checklist-version", args=[engagement.public_id, 3])).status_code == 404


def test_the_verdict_is_shown_while_filling_and_keeps_nothing(adviser, url, engagement, world):
    live = reverse("checklist-verdict", args=[engagement.public_id])
    assert "あと4項目" in adviser.post(live, {"capacity_mark": "met"}).content.decode()
    assert "可（要注意）" in adviser.post(live, filled("partly_met")).content.decode()
    a_dialogue(engagement, world.adviser)
    assert "あと5項目" in adviser.post(live, {"capacity_mark": "<script>"}).content.decode()
    assert not SuitabilityAssessment.objects.exists()
    assert adviser.get(live).status_code == 405


def test_the_marks_are_for_the_team(client_as, world, adviser, url, engagement):
    adviser.post(url, filled())
    live = reverse("checklist-verdict", args=[engagement.public_id])
    version = reverse("checklist-version", args=[engagement.public_id, 1])
    for who, status in ((world.colleague, 403), (world.leader, 403), (world.stranger, 404)):
        client = client_as(who)
        assert client.get(url).status_code == status
        assert client.post(url, filled()).status_code == status
        assert client.get(version).status_code == status
        assert client.post(live, filled()).status_code == status
