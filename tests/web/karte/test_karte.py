"""The カルテ: what the team reads, what a colleague reads, and what stays shut."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bansou.apps.audit.models import AccessLogEntry
from bansou.apps.dialogues.models import PromiseSide
from bansou.apps.dialogues.operations import withdraw_dialogue
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.domain.access import Role
from bansou.domain.method import EngagementStatus
from tests.support.factories import (
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)
from tests.support.queries import at_most
from tests.web.karte.stories import (
    HYPOTHESIS,
    LEADER_WORDS,
    NOTE,
    OFFICIAL,
    PROMISE,
    Story,
    a_story,
    keep_promises,
    many_dialogues,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return a_story()


def karte(story: Story, query: str = "") -> str:
    return reverse("karte", args=[story.business.public_id]) + query


def words_page(story: Story, query: str = "") -> str:
    return reverse("karte-words", args=[story.business.public_id]) + query


def test_the_team_sees_the_course_the_words_the_promises_and_their_own_view(client_as, story):
    page = client_as(story.lead).get(karte(story)).content.decode()
    for expected in (
        "株式会社みなと精機",
        "金属製品製造業",
        "伴走 1年3か月目",
        "第1回　現場リーダー3名と",
        "巡回・90分（準備20分）・佐野 恵、小田切 守 ／ 港 健一、港 由紀子、現場リーダー3名",
        LEADER_WORDS,
        OFFICIAL,
        PROMISE,
        HYPOTHESIS,
        "④ → ③ 伴走支援の開始へ、いったん戻る",
        "理由：専務が「社長の前では話せない」。別の場で聴き直す。",
        "積極的な展開を推奨",
        "課題設定型 → 並行",
        "小田切 守さんが加わりました",
        "伴走支援を始めました",
        "線の太さは、まだ一定です",
    ):
        assert expected in page


def test_the_karte_leads_to_the_facts_and_to_a_new_person(client_as, story):
    page = client_as(story.lead).get(karte(story)).content.decode()
    for name in ("business", "person-new"):
        assert f'href="{reverse(name, args=[story.business.public_id])}"' in page


def test_a_colleague_sees_facts_and_the_official_record_and_leaves_a_line_in_the_log(client_as, story):
    page = client_as(story.colleague).get(karte(story)).content.decode()
    assert OFFICIAL in page
    for hidden in (LEADER_WORDS, HYPOTHESIS, NOTE, PROMISE, "果たした", "記録する", "準備シート"):
        assert hidden not in page
    reading = AccessLogEntry.objects.get()
    assert (reading.what, reading.actor_label, reading.subject_label) == (
        "カルテ",
        "同僚 一",
        "株式会社みなと精機",
    )


def test_reading_ones_own_is_nothing_to_note(client_as, story):
    client_as(story.lead).get(karte(story))
    assert not AccessLogEntry.objects.exists()


def test_an_expert_of_another_body_sees_this_firm_and_no_other(client_as, story):
    client = client_as(story.expert)
    assert LEADER_WORDS in client.get(karte(story)).content.decode()
    other = a_business(story.organisation, "よそは見えない商店")
    assert client.get(reverse("karte", args=[other.public_id])).status_code == 404


def test_other_people_find_a_page_that_does_not_exist(client_as, story):
    stranger = an_account("他社 太郎", organisation=an_organisation())
    secretariat = an_account("事務局", organisation=an_organisation(), roles=(Role.SECRETARIAT,))
    for name in ("karte", "karte-words", "karte-pdf"):
        url = reverse(name, args=[story.business.public_id])
        assert client_as(stranger).get(url).status_code == 404
        assert client_as(secretariat).get(url).status_code == 404
        assert client_as(None).get(url).status_code == 302
    assert client_as(story.lead).get(reverse("karte", args=["0" * 16])).status_code == 404


def test_the_leader_of_the_firm_does_not_read_the_karte(client_as, story):
    leader = a_leader(story.business)
    for name in ("karte", "karte-words", "karte-pdf"):
        url = reverse(name, args=[story.business.public_id])
        assert client_as(leader).get(url).status_code == 403


def test_words_over_time_are_for_the_team(client_as, story):
    assert LEADER_WORDS in client_as(story.lead).get(words_page(story)).content.decode()
    assert client_as(story.colleague).get(words_page(story)).status_code == 403


def test_a_withdrawn_dialogue_stays_with_its_reason_and_without_its_words(client_as, story):
    withdraw_dialogue(actor=actor_for(story.lead), dialogue=story.dialogue, why="別の会社の記録でした。")
    page = client_as(story.lead).get(karte(story)).content.decode()
    assert "別の会社の記録でした。" in page
    for hidden in (LEADER_WORDS, OFFICIAL, HYPOTHESIS, PROMISE):
        assert hidden not in page
    assert LEADER_WORDS not in client_as(story.lead).get(words_page(story)).content.decode()


def test_before_an_engagement_the_page_invites_to_begin(client_as, story):
    business = a_business(story.organisation, "はじまり商店")
    page = client_as(story.colleague).get(reverse("karte", args=[business.public_id])).content.decode()
    assert "伴走支援は、まだ始まっていません" in page
    assert reverse("engagement-start", args=[business.public_id]) in page
    assert not AccessLogEntry.objects.exists()


def test_a_former_engagement_belongs_to_the_same_time_line(client_as, story):
    actor = actor_for(story.lead)
    change_status(
        actor=actor, engagement=story.engagement, target=EngagementStatus.CLOSED, reason="自走されている。"
    )
    closed = client_as(story.lead).get(karte(story)).content.decode()
    assert "伴走は終了しています" in closed
    assert reverse("dialogue-new", args=[story.engagement.public_id]) not in closed
    again = an_engagement(story.business, story.lead, started_on=timezone.localdate())
    a_dialogue(again, story.lead, held_on=timezone.localdate(), title="二度目の伴走で")
    page = client_as(story.lead).get(karte(story)).content.decode()
    for expected in ("二度目の伴走で", "対話（前の伴走支援）", "自走されている。", LEADER_WORDS):
        assert expected in page


def test_a_handover_is_told_once(client_as, story):
    hand_over(
        actor=actor_for(story.lead),
        engagement=story.engagement,
        successor=story.colleague,
        reason="異動のため",
        message="社長の体調のこと。",
    )
    page = client_as(story.colleague).get(karte(story)).content.decode()
    told = reverse("handover", args=[story.engagement.handovers.get().public_id])
    assert page.count("佐野 恵さんから同僚 一さんへ") == page.count(told) == 1
    assert "主担当 佐野 恵" in page
    assert "社長の体調のこと" not in page
    assert told not in client_as(story.lead).get(karte(story)).content.decode()  # no longer of the team


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("dialogue", "現場リーダー3名と", "→ 並行"),
        ("step", "いったん戻る", "第1回　"),
        ("suitability", "初期的チェックリスト 第1版", "第1回　"),
        ("team", "小田切 守さんが加わりました", "いったん戻る"),
    ],
)
def test_a_kind_narrows_the_time_line(client_as, story, kind, shown, hidden):
    page = client_as(story.lead).get(karte(story, f"?kind={kind}")).content.decode()
    timeline = page[page.index('id="timeline"') :]
    assert shown in timeline
    assert hidden not in timeline


def test_words_are_searched_in_the_layers_one_may_read(client_as, story):
    for account, asked, found in (
        (story.lead, "社長の前では話さなかった", True),
        (story.colleague, "社長の前では話さなかった", False),
        (story.colleague, "段取りの現状", True),
        (story.colleague, "現場リーダー3名と", True),
        (story.lead, "資金繰り", True),
        (story.lead, "どこにもない言葉", False),
    ):
        page = client_as(account).get(karte(story, f"?q={asked}")).content.decode()
        assert ("あてはまる記録がありません" not in page) is found, asked


@pytest.mark.parametrize(
    "query",
    [
        "?kind=<script>&q=%27%22&older=2026-13-99.1.2",
        "?older=..&newer=x.y.z",
        "?older=2026-01-01.1." + "9" * 30,
        "?newer=2026-01-01.²." + "1",
        "?q=" + "あ" * 3000,
    ],
)
def test_nonsense_in_the_address_shows_the_page(client_as, story, query):
    assert client_as(story.lead).get(karte(story, query)).status_code == 200
    assert client_as(story.lead).get(words_page(story, query.replace(".1.", ".1.1."))).status_code == 200


def test_paging_shows_every_entry_once_in_both_directions(client_as, story):
    many_dialogues(story, 31)
    client = client_as(story.lead)
    seen, url, pages = [], karte(story, "?kind=dialogue"), []
    while url:
        timeline = client.get(url).context["timeline"]
        pages.append([entry.order for entry in timeline.entries])
        seen += pages[-1]
        url = karte(story, timeline.older_url) if timeline.older_url else ""
        back = timeline.newer_url
    assert len(seen) == len(set(seen)) == 32
    assert seen == sorted(seen, reverse=True)
    assert [len(page) for page in pages] == [30, 2]
    assert [entry.order for entry in client.get(karte(story, back)).context["timeline"].entries] == pages[0]


def test_the_page_asks_the_same_few_questions_for_many_dialogues(client_as, story):
    client = client_as(story.lead)
    with at_most(12):
        client.get(karte(story))
    many_dialogues(story, 20)
    with at_most(12):
        client.get(karte(story))
    colleague = client_as(story.colleague)
    with at_most(12):
        colleague.get(karte(story))


def test_the_questions_of_the_page(client_as, story, query_snapshot):
    client = client_as(story.lead)
    with query_snapshot():
        client.get(karte(story))


def test_leaders_words_are_paged_without_losing_any(client_as, story, monkeypatch):
    monkeypatch.setattr("bansou.web.engagements.words._PAGE", 5)
    many_dialogues(story, 8)
    client = client_as(story.lead)
    first = client.get(words_page(story)).context
    rest = client.get(words_page(story, first["older_url"])).context
    spoken = [
        words
        for page in (first, rest)
        for _, talks in page["months"]
        for talk in talks
        for words in talk.words
    ]
    assert len(spoken) == len(set(spoken)) == 9
    assert spoken[0] == LEADER_WORDS
    assert rest["older_url"] == ""


def test_the_width_of_the_lines_is_drawn_from_kept_promises_or_not_at_all(client_as, story):
    keep_promises(story, PromiseSide.FIRM, 2)
    client = client_as(story.lead)
    assert client.get(karte(story)).context["journey"].weights is None
    keep_promises(story, PromiseSide.SUPPORT, 2)
    picture = client.get(karte(story)).context["journey"]
    assert [(w.at, w.leader, w.adviser) for w in picture.weights] == [(4, 0.5, 0.5)]
    assert "約束のうち" in picture.note
    assert client_as(story.colleague).get(karte(story)).context["journey"].weights is None


def test_an_overdue_promise_is_said_in_words_and_can_be_ticked_off(client_as, story):
    page = client_as(story.lead).get(karte(story)).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert f"期限 {yesterday.month}月{yesterday.day}日・過ぎています" in page
    promise = story.dialogue.promises.get(side=PromiseSide.SUPPORT)
    assert reverse("promise-settle", args=[promise.public_id]) in page


def test_what_people_typed_is_shown_as_text(client_as, story):
    a_dialogue(
        story.engagement,
        story.lead,
        held_on=timezone.localdate(),
        title="<b>太字</b>",
        leader_words=["<script>alert(1)</script>"],
    )
    page = client_as(story.lead).get(karte(story)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;太字" in page
