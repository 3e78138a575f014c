"""A note: one screen, nothing lost, written once."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bansou.apps.dialogues.models import DialogueSession, Promise, PromiseSide
from bansou.apps.dialogues.operations import PromiseInput, settle_promise, withdraw_dialogue
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import EngagementStatus
from bansou.infra.submissions.models import KeptInput
from tests.support.factories import PASSWORD, a_dialogue

EVERYTHING = {
    "minutes_talk": "９０",
    "minutes_preparation": "15",
    "minutes_travel": "40",
    "place": "本社の応接",
    "title": "段取りの話",
    "started_at": "14:00",
    "other_names": "川端、森下",
    "leader_words": "それを誰にも渡してなかった。\r\n\r\n来週、リーダーに聞いてみます。",
    "official_record": "段取りの現状を聴いた。",
    "hypothesis": "先代の死後、誰も決めていないのではないか。",
    "promise_0_text": "リーダーに聞く",
    "promise_0_side": "firm",
    "promise_0_who": "港社長",
    "promise_2_text": "段取り表の見本を送る",
    "promise_2_side": "support",
    "next_at": "13:30",
}


def url_of(town):
    return reverse("dialogue-new", args=[town.engagement.public_id])


def hidden(html, name):
    return re.search(rf'name="{name}" value="([^"]*)"', html.split('id="note-form"')[1]).group(1)


def test_the_screen_begins_with_the_text_and_good_defaults(client_as, town):
    html = client_as(town.adviser).get(url_of(town)).content.decode()
    textarea = html.index('name="note"')
    assert "autofocus" in html[textarea : textarea + 200]
    assert textarea < html.index('name="held_on"')
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in html
    assert re.search(rf'value="{town.business.people.get().public_id}"[^>]*checked', html)
    assert re.search(rf'value="{town.adviser.public_id}"[^>]*checked', html)


def test_text_and_date_are_enough(client_as, town, note):
    answer = client_as(town.adviser).post(url_of(town), note)
    dialogue = town.engagement.dialogues.get()
    assert answer.url == reverse("dialogue", args=[dialogue.public_id])
    assert (dialogue.number, dialogue.note.text) == (1, "段取りの話を聞いた。")
    assert {str(p) for p in dialogue.participants.all()} == {"港 健一（代表取締役）", "佐野 太郎"}


def test_every_layer_is_kept_where_it_belongs(client_as, town, note):
    soon = timezone.localdate() + timedelta(days=14)
    client_as(town.adviser).post(url_of(town), note | EVERYTHING | {"next_on": soon.isoformat()})
    dialogue = town.engagement.dialogues.get()
    assert (dialogue.minutes_talk, dialogue.minutes_travel, dialogue.place) == (90, 40, "本社の応接")
    assert [s.text for s in dialogue.statements.all()] == [
        "それを誰にも渡してなかった。",
        "来週、リーダーに聞いてみます。",
    ]
    assert dialogue.official_record.text == "段取りの現状を聴いた。"
    assert dialogue.hypotheses.get().text.startswith("先代の死後")
    assert {p.name for p in dialogue.participants.exclude(name="")} == {"川端", "森下"}
    assert set(dialogue.promises.values_list("side", "text", "who")) == {
        ("firm", "リーダーに聞く", "港社長"),
        ("support", "段取り表の見本を送る", ""),
    }
    town.engagement.refresh_from_db()
    assert timezone.localtime(town.engagement.next_dialogue_at).strftime("%F %H:%M") == f"{soon} 13:30"


def test_the_last_way_of_meeting_is_proposed_again(client_as, town):
    a_dialogue(town.engagement, town.adviser, method="online", held_on=date(2026, 5, 1))
    html = client_as(town.adviser).get(url_of(town)).content.decode()
    assert re.search(r'value="online"[^>]*checked', html)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"held_on": ""}, "「日付」を選んでください。"),
        ({"held_on": "きのう"}, "日付を、2026-11-22 のような形で入れてください。"),
        ({"held_on": "9998-01-01"}, "まだ来ていない日付です。"),
        ({"minutes_talk": "2時間"}, "「対話」は、分を数字で入れてください。"),
        ({"minutes_talk": "5000"}, "「対話」は、1日（1440分）までです。"),
        ({"promise_1_who": "佐野"}, "約束の内容を書いてください。"),
        ({"next_on": "2001-01-01"}, "次の対話の日が、この対話より前になっています。"),
        ({"next_at": "10:00"}, "次の対話の日を入れてください。"),
        ({"note": "あ" * 200_001}, "「対話のメモ」は200,000文字までです（いまは200001文字）。"),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_typed_is_lost(client_as, town, note, change, sentence):
    sent = note | {"official_record": "決めたことを書いた。", "place": "第二工場"} | change
    answer = client_as(town.adviser).post(url_of(town), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count(sentence) >= 2
    assert "決めたことを書いた。" in html
    assert 'value="第二工場"' in html
    assert not town.engagement.dialogues.exists()


def test_a_record_holds_at_least_one_word_in_some_layer(client_as, town, note):
    client = client_as(town.adviser)
    refused = client.post(url_of(town), note | {"note": " "})
    assert refused.status_code == 422
    assert "対話のメモを、ひとことでも書いてください。" in refused.content.decode()
    assert client.post(url_of(town), note | {"note": "", "leader_words": "任せてみる。"}).status_code == 302


def test_more_promise_rows_come_without_a_script_and_keep_everything(client_as, town, note):
    sent = note | {"promise_0_text": "見積を出す", "promise_0_side": "support", "more": "promises"}
    html = client_as(town.adviser).post(url_of(town), sent).content.decode()
    assert 'name="promise_5_text"' in html
    assert 'value="見積を出す"' in html
    assert "段取りの話を聞いた。" in html
    assert "error-summary" not in html
    assert not town.engagement.dialogues.exists()


def test_sixty_thousand_letters_are_kept_to_the_last_one(client_as, town, note):
    long = "あいう\r\n" * 14_999 + "終わり"
    client_as(town.adviser).post(url_of(town), note | {"note": long})
    assert town.engagement.dialogues.get().note.text == long.replace("\r\n", "\n")


def test_sent_twice_is_written_once(client_as, town, note):
    client = client_as(town.adviser)
    once = hidden(client.get(url_of(town)).content.decode(), "_once")
    first = client.post(url_of(town), note | {"_once": once})
    second = client.post(url_of(town), note | {"_once": once})
    assert first.url == second.url
    assert town.engagement.dialogues.count() == 1


def test_a_session_that_ended_while_typing_gives_the_text_back(client_as, town, note):
    client = client_as(town.adviser)
    who = hidden(client.get(url_of(town)).content.decode(), "_who")
    client.logout()
    typed = {**note, **EVERYTHING, "people": [], "_who": who}
    sent_away = client.post(url_of(town), typed)
    assert reverse("account_login") in sent_away.url
    back = client.post(sent_away.url, {"login": town.adviser.email, "password": PASSWORD}, follow=True)
    html = back.content.decode()
    assert back.redirect_chain[-1][0] == url_of(town)
    assert "前に書きかけた内容を戻しました" in html
    for words in ("段取りの話を聞いた。", "先代の死後", 'value="リーダーに聞く"', 'value="川端、森下"'):
        assert words in html
    assert not re.search(rf'value="{town.business.people.get().public_id}"[^>]*checked', html)
    assert not DialogueSession.objects.exists()


def test_a_draft_is_kept_while_typing_and_forgotten_when_saved(client_as, town, note):
    client = client_as(town.adviser)
    draft = {**note, "note": "書きかけ", "_path": url_of(town)}
    assert client.post(reverse("keep-input"), draft).json()["kept"] is True
    html = client.get(url_of(town)).content.decode()
    assert "書きかけ" in html
    client.post(url_of(town), note | {"_once": hidden(html, "_once")})
    assert not KeptInput.objects.exists()


def test_only_the_team_writes(client_as, town, note):
    refused = {
        name: client_as(account).post(url_of(town), note).status_code
        for name, account in town.outside_the_team.items()
    }
    assert refused == {"colleague": 403, "administrator": 403, "leader": 403, "stranger": 404}
    assert not DialogueSession.objects.exists()


def test_a_person_of_another_firm_cannot_be_named(client_as, town, note):
    answer = client_as(town.adviser).post(url_of(town), note | {"people": ["0123456789abcdef"]})
    assert answer.status_code == 422


# Changing what stands


@pytest.fixture
def dialogue(town):
    promises = [PromiseInput(PromiseSide.FIRM, "リーダーに聞く"), PromiseInput(PromiseSide.FIRM, "表を作る")]
    return a_dialogue(town.engagement, town.adviser, promises=promises)


def edit_of(dialogue):
    return reverse("dialogue-edit", args=[dialogue.public_id])


def test_edit_shows_what_stands_and_saves_the_change(client_as, town, note, dialogue):
    kept = dialogue.promises.get(text="リーダーに聞く")
    settle_promise(actor=actor_for(town.adviser), promise=kept, kept=True)
    client = client_as(town.adviser)
    html = client.get(edit_of(dialogue)).content.decode()
    assert "段取りの話が中心だった。" in html
    assert 'value="表を作る"' in html
    assert 'value="リーダーに聞く"' not in html
    changed = {
        "note": "段取りと納期の話だった。",
        "leader_words": "それを誰にも渡してなかった。",
        "promise_0_text": "表を作る",
        "promise_0_due": "2026-12-01",
        "revision": "1",
    }
    client.post(edit_of(dialogue), note | changed)
    dialogue.refresh_from_db()
    assert (dialogue.revision, dialogue.note.text) == (2, "段取りと納期の話だった。")
    assert not hasattr(DialogueSession.objects.get(pk=dialogue.pk), "official_record")
    assert set(Promise.objects.values_list("text", "due_on")) == {
        ("リーダーに聞く", None),
        ("表を作る", date(2026, 12, 1)),
    }


def test_the_second_of_two_sees_both_versions_and_chooses(client_as, town, note, dialogue):
    client = client_as(town.adviser)
    first = note | {"note": "先の人の文", "revision": "1", "promise_0_text": "表を作る"}
    client.post(edit_of(dialogue), first)
    second = note | {
        "note": "あとの人の文",
        "revision": "1",
        "promise_0_text": "見積を出す",
        "hypothesis": "別の仮説",
    }
    answer = client.post(edit_of(dialogue), second)
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("先の人の文", "あとの人の文", 'value="表を作る"', 'value="見積を出す"', "別の仮説"):
        assert words in html
    assert html.index('class="private"') < html.index("別の仮説")
    dialogue.refresh_from_db()
    assert dialogue.note.text == "先の人の文"

    client.post(edit_of(dialogue), second | {"revision": "2", "promise_1_text": "表を作る"})
    dialogue = DialogueSession.objects.get()
    assert (dialogue.revision, dialogue.note.text) == (3, "あとの人の文")
    assert set(dialogue.promises.values_list("text", flat=True)) == {"見積を出す", "表を作る"}


def test_withdrawing_needs_a_reason_and_keeps_the_record(client_as, town, dialogue):
    client = client_as(town.adviser)
    url = reverse("dialogue-withdraw", args=[dialogue.public_id])
    assert "取り下げる理由を書いてください。" in client.post(url, {"why": " "}).content.decode()
    page = client.post(url, {"why": "別の事業者の記録でした"}, follow=True).content.decode()
    assert "この記録は取り下げられています" in page
    assert "別の事業者の記録でした" in page
    assert "段取りの話が中心だった。" in page
    assert edit_of(dialogue) not in page
    assert "取り下げた記録は直せません。" in client.get(edit_of(dialogue), follow=True).content.decode()


def test_a_change_to_a_record_withdrawn_meanwhile_gives_the_typing_back(client_as, town, note, dialogue):
    withdraw_dialogue(actor=actor_for(town.adviser), dialogue=dialogue, why="別の事業者でした")
    client = client_as(town.adviser)
    client.post(reverse("keep-input"), {**note, "note": "長い文章", "_path": edit_of(dialogue)})
    answer = client.post(
        edit_of(dialogue), note | {"note": "長い文章", "revision": dialogue.revision, "_once": "k" * 32}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "取り下げた記録は直せません。" in html
    assert "長い文章" in html
    assert KeptInput.objects.exists()


def test_a_closed_engagement_says_so_on_its_form(client_as, town, note):
    change_status(
        actor=actor_for(town.adviser),
        engagement=town.engagement,
        target=EngagementStatus.CLOSED,
        reason="目標に届きました",
    )
    client = client_as(town.adviser)
    answer = client.post(url_of(town), note)
    assert answer.status_code == 422
    assert "再開してから記録してください。" in answer.content.decode()
