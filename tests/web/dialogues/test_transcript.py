"""A transcript file becomes a dialogue, or a sentence says why not."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bansou.apps.dialogues.importing import KEPT_FOR, MOST_SPEAKERS, forget_old_uploads
from bansou.apps.dialogues.models import DialogueSession, TranscriptUpload
from bansou.apps.engagements.operations import add_member
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import TeamRole

FIXTURES = Path(__file__).parents[2] / "fixtures" / "transcripts"


def upload(client, town, content, name="対話.vtt", **more):
    url = reverse("transcript-new", args=[town.engagement.public_id])
    return client.post(url, {"file": SimpleUploadedFile(name, content), **more})


def chosen(html, name):
    """The value chosen in a select."""
    select = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL).group()
    found = re.search(r'<option value="([^"]*)" selected', select)
    return found.group(1) if found else ""


@pytest.fixture
def facts():
    return {"held_on": "2026-06-18", "method": "online", "minutes_talk": "21"}


def test_teams_file_from_upload_to_page(client_as, town, facts):
    client = client_as(town.adviser)
    content = (FIXTURES / "teams_minato_seiki.vtt").read_bytes()
    screen = upload(client, town, content, "会議 2026-06-18 文字起こし.vtt").url
    html = client.get(screen).content.decode()
    assert "誰が支援者ですか" in html
    assert "今日はお忙しいところ、お時間をいただいてありがとうございます。" in html
    assert 'value="2026-06-18"' in html
    assert re.search(r'value="online"[^>]*checked', html)
    supporter, leader = chosen(html, "who_0"), chosen(html, "who_1")
    assert supporter == f"account:{town.adviser.public_id}"
    assert leader == f"person:{town.business.people.get().public_id}"

    page = client.post(screen, facts | {"who_0": supporter, "who_1": leader}, follow=True)
    dialogue = town.engagement.dialogues.get()
    assert page.redirect_chain[-1][0] == reverse("dialogue", args=[dialogue.public_id])
    html = page.content.decode()
    assert "先週お電話で、「値上げのことで頭が痛い」とおっしゃっていましたね。" in html
    assert 'data-tone="adviser"' in html
    assert 'data-tone="leader"' in html
    assert "0:19" in html
    assert {str(p) for p in dialogue.participants.all()} == {"佐野 太郎", "港 健一（代表取締役）"}
    assert dialogue.source_name == "会議 2026-06-18 文字起こし.vtt"
    assert not TranscriptUpload.objects.exists()


def test_cp932_text_with_a_person_nobody_has_registered_yet(client_as, town, facts):
    client = client_as(town.adviser)
    content = (FIXTURES / "labelled_tsuruya_ryokan_cp932.txt").read_bytes()
    screen = upload(client, town, content, "旅館.txt").url
    html = client.get(screen).content.decode()
    assert "今日は女将さんと若女将のお二人にお話を伺えるとのことで" in html
    leader = f"person:{town.business.people.get().public_id}"
    answer = facts | {"who_0": "supporter", "who_1": leader, "who_2": "new"}
    refused = client.post(screen, answer | {"name_2": "", "viewpoint_2": "successor"})
    assert "新しく登録する人の名前を書いてください。" in refused.content.decode()
    assert town.business.people.count() == 1

    client.post(screen, answer | {"name_2": "鶴屋 遥", "viewpoint_2": "successor"})
    dialogue = town.engagement.dialogues.get()
    assert town.business.people.get(name="鶴屋 遥").viewpoint == "successor"
    said = dialogue.statements.filter(viewpoint="successor")
    assert said.filter(text__startswith="私、平日に来てくれるお客さんの顔が浮かばないんです。").exists()
    assert "川端" in {p.name for p in dialogue.participants.all()}


def test_somebody_must_be_the_supporter_and_everybody_be_named(client_as, town, facts):
    client = client_as(town.adviser)
    screen = upload(
        client, town, "佐野：はい。\n港：ええ。\n佐野：では。\n港：どうも。".encode(), "話.txt"
    ).url
    unnamed = client.post(screen, facts | {"who_0": "unknown"})
    assert "「港」がどなたかを選んでください。" in unnamed.content.decode()
    without = client.post(screen, facts | {"who_0": "unknown", "who_1": "unknown"})
    assert "支援者がだれかを、少なくとも一人選んでください。" in without.content.decode()
    assert not DialogueSession.objects.exists()
    assert TranscriptUpload.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.vtt", "ファイルが空です。"),
        (b"%PDF-1.7 ...", "a.vtt", "このファイルの中身はPDFのようです。"),
        (b"PK\x03\x04....", "a.txt", "Word や Excel、ZIP のファイル"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.txt", "ウェブページ(HTML)"),
        ("佐野：はい".encode(), "a.exe", "読み込めるのは .vtt と .txt のファイルです。"),
        ("WEBVTT\n\n00:00:99.000 --> 00:01:00.000\n佐野: はい".encode(), "a.vtt", "3行目の時刻"),
        ("一行目\n".encode() + b"\xff\xfe\x80\x81\xff\n", "a.txt", "文字として読めないところがあります"),
        (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "20MBまで"),
        (
            "".join(f"話者{n}さん：はい\n" for n in range(MOST_SPEAKERS + 1)).encode(),
            "a.txt",
            "話した人が61人分見つかりました。",
        ),
    ],
    ids=["empty", "pdf", "zip", "html", "extension", "broken time", "binary", "huge", "crowd"],
)
def test_a_file_that_is_no_transcript_gets_a_sentence_and_changes_nothing(
    client_as, town, content, name, sentence
):
    answer = upload(client_as(town.adviser), town, content, name)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) >= 2
    assert not TranscriptUpload.objects.exists()


def test_no_file_gets_a_sentence(client_as, town):
    answer = client_as(town.adviser).post(reverse("transcript-new", args=[town.engagement.public_id]))
    assert "「文字起こしのファイル」を選んでください。" in answer.content.decode()


def test_names_and_words_of_a_file_are_never_markup(client_as, town, facts):
    client = client_as(town.adviser)
    hostile = "港&lt;img src=x onerror=alert(1)&gt;：<b>太字</b>&lt;script&gt;alert(2)&lt;/script&gt;\n"
    text = (hostile + "佐野：はい。\n") * 2
    screen = upload(client, town, text.encode(), '"><script>.txt').url
    html = client.get(screen).content.decode()
    people = {"who_0": f"person:{town.business.people.get().public_id}", "who_1": "supporter"}
    html += client.post(screen, facts | people, follow=True).content.decode()
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>太字" not in html


def test_sent_twice_is_written_once(client_as, town, facts):
    client = client_as(town.adviser)
    screen = upload(client, town, (FIXTURES / "zoom_otsuka_tofu.vtt").read_bytes()).url
    answer = facts | {"who_0": "supporter", "who_1": "unknown", "_once": "k" * 32}
    assert client.post(screen, answer).url == client.post(screen, answer).url
    assert town.engagement.dialogues.count() == 1


def test_the_file_on_its_way_is_the_uploader_s_alone(client_as, town):
    screen = upload(client_as(town.adviser), town, (FIXTURES / "zoom_otsuka_tofu.vtt").read_bytes()).url
    add_member(
        actor=actor_for(town.adviser),
        engagement=town.engagement,
        role=TeamRole.EXPERT,
        account=town.colleague,
        joined_on=timezone.localdate(),
    )
    everybody = [town.colleague, town.administrator, town.leader, town.stranger]
    assert {client_as(account).get(screen).status_code for account in everybody} == {404}
    assert client_as().get(screen).status_code == 302


def test_a_file_nobody_came_back_for_is_thrown_away(client_as, town):
    upload(client_as(town.adviser), town, (FIXTURES / "zoom_otsuka_tofu.vtt").read_bytes())
    assert forget_old_uploads() == 0
    TranscriptUpload.objects.update(uploaded_at=timezone.now() - KEPT_FOR - timedelta(hours=1))
    assert forget_old_uploads() == 1


def test_only_the_team_brings_a_file(client_as, town):
    content = (FIXTURES / "zoom_otsuka_tofu.vtt").read_bytes()
    refused = {
        name: upload(client_as(account), town, content).status_code
        for name, account in town.outside_the_team.items()
    }
    assert refused == {"colleague": 403, "administrator": 403, "leader": 403, "stranger": 404}
