"""One dialogue: each layer for those who may read it, and the single acts on words and promises."""

import re

import pytest
from django.urls import reverse

from bansou.apps.audit.models import AccessLogEntry
from bansou.apps.dialogues.models import PromiseSide, SpeakerSide
from bansou.apps.dialogues.operations import (
    DialogueEntry,
    PromiseInput,
    Speaker,
    bring_in_transcript,
    withdraw_dialogue,
)
from bansou.apps.engagements.policies import actor_for
from bansou.domain.listening import Turn
from tests.support.factories import a_dialogue

SECRETS = {
    "note": "段取りの話が中心だった。",
    "statement": "それを誰にも渡してなかった。",
    "hypothesis": "先代の死後、誰も決めていないのではないか。",
    "promise": "リーダーに聞いてみる",
}
OFFICIAL = "段取りの現状を聴いた。"


@pytest.fixture
def dialogue(town):
    promises = [PromiseInput(PromiseSide.FIRM, SECRETS["promise"])]
    people = [town.business.people.get()]
    return a_dialogue(town.engagement, town.adviser, promises=promises, people=people)


@pytest.fixture
def long_dialogue(town):
    """450 turns; the 経営者 has the even ones."""
    leader = town.business.people.get()
    turns = [Turn(n, "港" if n % 2 == 0 else "佐野", f"{n}番目の、言葉です。", n * 10.0) for n in range(450)]
    return bring_in_transcript(
        actor=actor_for(town.adviser),
        engagement=town.engagement,
        meeting=DialogueEntry(held_on=town.engagement.started_on, method="online"),
        turns=turns,
        speakers={
            "港": Speaker(SpeakerSide.FIRM, person=leader),
            "佐野": Speaker(SpeakerSide.SUPPORTER, account=town.adviser),
        },
        filename="対話.vtt",
    )


def page_of(dialogue):
    return reverse("dialogue", args=[dialogue.public_id])


def test_the_team_reads_every_layer(client_as, town, dialogue):
    html = client_as(town.adviser).get(page_of(dialogue)).content.decode()
    for words in (*SECRETS.values(), OFFICIAL, "令和8年6月18日"):
        assert words in html
    frame = html.index('class="private"')
    assert frame < html.index(SECRETS["hypothesis"])
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "administrator"])
def test_others_of_the_body_read_facts_and_the_official_record_and_it_is_logged(
    client_as, town, dialogue, who
):
    reader = getattr(town, who)
    html = client_as(reader).get(page_of(dialogue)).content.decode()
    assert OFFICIAL in html
    assert "港 健一" in html
    assert "発言録は、伴走のチームだけが読みます" in html
    for words in SECRETS.values():
        assert words not in html
    assert AccessLogEntry.objects.get().actor_id == reader.public_id


def test_leader_stranger_and_visitor_read_nothing(client_as, town, dialogue):
    answers = {who: client_as(getattr(town, who)).get(page_of(dialogue)) for who in ("leader", "stranger")}
    assert {who: answer.status_code for who, answer in answers.items()} == {"leader": 403, "stranger": 404}
    assert client_as().get(page_of(dialogue)).status_code == 302
    for answer in answers.values():
        for words in (*SECRETS.values(), OFFICIAL):
            assert words not in answer.content.decode()


def test_what_was_written_is_shown_as_text(client_as, town):
    hostile = "<script>alert(1)</script><b onclick=x>"
    layers = {"note": hostile, "leader_words": [hostile], "official_record": hostile, "hypothesis": hostile}
    dialogue = a_dialogue(town.engagement, town.adviser, title=hostile, place=hostile, **layers)
    html = client_as(town.adviser).get(page_of(dialogue)).content.decode()
    assert "<script>alert" not in html
    assert "<b onclick" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 6


def test_long_transcripts_come_in_pages(client_as, town, long_dialogue):
    client = client_as(town.adviser)
    first = client.get(page_of(long_dialogue)).content.decode()
    assert "199番目の、言葉です。" in first
    assert "200番目の、言葉です。" not in first
    following = re.search(r'href="([^"]*from=200[^"]*)"', first).group(1)
    assert "200番目の、言葉です。" in client.get(following).content.decode()
    assert "430番目の、言葉です。" in client.get(f"{page_of(long_dialogue)}?at=430").content.decode()
    assert client.get(f"{page_of(long_dialogue)}?from=x&at=-1").status_code == 200


def test_a_page_of_two_hundred_turns_asks_few_questions(client_as, town, long_dialogue, query_snapshot):
    client = client_as(town.adviser)
    with query_snapshot():
        client.get(page_of(long_dialogue))


def test_words_are_kept_whole_or_in_part_and_let_go(client_as, town, long_dialogue):
    client = client_as(town.adviser)
    statement = long_dialogue.statements.get(index=210)
    keep = reverse("statement-keep", args=[statement.public_id])
    back = client.post(keep, {"whole": "1"})
    assert back.url == f"{page_of(long_dialogue)}?at=210#turn-210"
    assert "<mark>210番目の、言葉です。</mark>" in client.get(back.url.split("#")[0]).content.decode()

    client.post(reverse("statement-let-go", args=[statement.public_id]))
    assert "210番目の、" in client.get(keep).content.decode()
    client.post(keep, {"words": " 言葉\r\nです"})
    assert statement.excerpts.get().words == "言葉です"
    assert "210番目の、<mark>言葉です</mark>。" in client.get(back.url.split("#")[0]).content.decode()

    refused = client.post(keep, {"words": "言っていないこと"})
    assert refused.status_code == 422
    assert "発言の中に、この言葉が見つかりません。" in refused.content.decode()
    assert "言っていないこと" in refused.content.decode()


def test_only_the_leader_s_own_words_go_to_the_leader_s_page(client_as, town, long_dialogue):
    client = client_as(town.adviser)
    own, other = long_dialogue.statements.get(index=2), long_dialogue.statements.get(index=3)
    client.post(reverse("statement-share", args=[own.public_id]), {"shared": "1"})
    assert own.text in client_as(town.leader).get(reverse("firm")).content.decode()
    answer = client.post(reverse("statement-share", args=[other.public_id]), {"shared": "1"}, follow=True)
    assert "本人のページに載せられるのは、経営者本人の言葉だけです。" in answer.content.decode()
    client.post(reverse("statement-share", args=[own.public_id]), {"shared": "0"})
    assert own.text not in client_as(town.leader).get(reverse("firm")).content.decode()


def test_a_promise_is_ticked_off_and_the_way_leads_back(client_as, town, dialogue):
    client = client_as(town.adviser)
    promise = dialogue.promises.get()
    settle = reverse("promise-settle", args=[promise.public_id])
    assert client.post(settle, {"kept": "1", "next": "/today/"}).url == "/today/"
    promise.refresh_from_db()
    assert promise.kept_at is not None
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        assert client.post(settle, {"kept": "0", "next": elsewhere}).url == page_of(dialogue)
    promise.refresh_from_db()
    assert promise.kept_at is None


def test_single_acts_are_the_team_s_alone(client_as, town, dialogue):
    statement, promise = dialogue.statements.get(), dialogue.promises.get()
    acts = [
        reverse("statement-keep", args=[statement.public_id]),
        reverse("statement-let-go", args=[statement.public_id]),
        reverse("statement-share", args=[statement.public_id]),
        reverse("promise-settle", args=[promise.public_id]),
        reverse("dialogue-edit", args=[dialogue.public_id]),
        reverse("dialogue-withdraw", args=[dialogue.public_id]),
    ]
    for name, expected in {"colleague": 403, "administrator": 403, "leader": 403, "stranger": 404}.items():
        client = client_as(getattr(town, name))
        answers = [client.post(act) for act in acts]
        assert {answer.status_code for answer in answers} == {expected}
        assert not any(SECRETS["statement"] in answer.content.decode() for answer in answers)


def test_a_withdrawn_record_shows_why_and_changes_no_more(client_as, town, dialogue):
    withdraw_dialogue(actor=actor_for(town.adviser), dialogue=dialogue, why="別の事業者の記録でした")
    assert "別の事業者の記録でした" in client_as(town.colleague).get(page_of(dialogue)).content.decode()
    client = client_as(town.adviser)
    promise, statement = dialogue.promises.get(), dialogue.statements.get()
    answer = client.post(reverse("promise-settle", args=[promise.public_id]), {"kept": "1"}, follow=True)
    assert "取り下げた記録は変えられません。" in answer.content.decode()
    client.post(reverse("statement-let-go", args=[statement.public_id]))
    assert statement.excerpts.exists()
