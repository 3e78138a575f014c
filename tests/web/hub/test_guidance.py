"""手引きの編集: versions, preview, restoring, and two editors at once."""

import pytest
from django.urls import reverse

from bansou.apps.engagements.models import GuidanceRevision
from bansou.domain.access import Role
from bansou.domain.method import Audience, Step, load_guidance
from bansou.web.hub.forms import wording_of
from tests.support.factories import a_business, a_leader, an_account, an_organisation

PLACE = ["insight", "small"]
URL = reverse("hub-guidance-edit", args=PLACE)


def at_version(number):
    return reverse("hub-guidance-version", args=[*PLACE, number])


def typed(purpose="小さく始めます。", *, reason="わかりやすく", based_on=0, **changes):
    text = load_guidance().section(Step.INSIGHT, Audience.SMALL)
    return wording_of(text) | {"purpose": purpose, "reason": reason, "based_on": based_on} | changes


@pytest.fixture
def organisation(db):
    return an_organisation("推進室")


@pytest.fixture
def secretariat(client_as, organisation):
    return client_as(an_account("事務 局子", organisation=organisation, roles=(Role.SECRETARIAT,)))


@pytest.fixture
def adviser(client_as, organisation):
    return client_as(an_account(organisation=organisation))


def test_a_new_wording_reaches_the_advisers(secretariat, adviser):
    assert "はじめの文章" in secretariat.get(reverse("hub-guidance")).content.decode()
    answer = secretariat.post(URL, typed(questions="・一つ目は何ですか。\n\n二つ目は何ですか。"))
    assert answer.url == at_version(1)
    page = secretariat.get(answer.url).content.decode()
    assert "<ins>小さく始めます。</ins>" in page
    assert "わかりやすく" in page
    assert "事務 局子" in page
    assert "第1版" in secretariat.get(reverse("hub-guidance")).content.decode()
    read = adviser.get(reverse("guidance-step", args=["insight"]) + "?for=small").content.decode()
    assert "小さく始めます。" in read
    assert "<li>一つ目は何ですか。</li>" in read


def test_a_preview_keeps_nothing(secretariat):
    page = secretariat.post(URL, typed(reason="", act="preview")).content.decode()
    assert "まだ保存していません" in page
    assert page.count("小さく始めます。") == 2
    assert not GuidanceRevision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purpose": ""}, "目的を書いてください"),
        ({"purpose": "あ" * 401}, "400文字以内"),
        ({"avoid": "良い\n" + "あ" * 201}, "2行目が長すぎます"),
        ({"questions": "\n".join(f"問い{n}" for n in range(31))}, "30行まで"),
        ({"reason": " "}, "変更の理由を書いてください"),
    ],
)
def test_what_is_wrong_is_named_and_the_text_stays(secretariat, changes, sentence):
    page = secretariat.post(URL, typed(**changes, record="ここに書いた一行")).content.decode()
    assert sentence in page
    assert "ここに書いた一行" in page
    assert not GuidanceRevision.objects.exists()


def test_the_second_editor_sees_both_wordings_and_chooses(secretariat):
    secretariat.post(URL, typed("先に直した文章。"))
    page = secretariat.post(URL, typed("後から直した文章。", reason="別の理由")).content.decode()
    assert "先に直した文章。" in page
    assert "後から直した文章。" in page
    assert "別の理由" in page
    assert GuidanceRevision.objects.count() == 1
    assert secretariat.post(URL, typed("後から直した文章。", based_on=1)).url == at_version(2)


def test_an_earlier_wording_is_restored_as_a_new_version(secretariat):
    secretariat.post(URL, typed("一つ目の文章。"))
    secretariat.post(URL, typed("二つ目の文章。", based_on=1))
    stale = secretariat.post(at_version(1), {"reason": "戻す", "based_on": "1"})
    assert "新しい版が保存されました" in stale.content.decode()
    assert (
        "理由を書いてください"
        in secretariat.post(at_version(1), {"reason": "", "based_on": "2"}).content.decode()
    )
    assert secretariat.post(at_version(1), {"reason": "戻す", "based_on": "2"}).url == at_version(3)
    assert secretariat.post(at_version(0), {"reason": "はじめに戻す", "based_on": "3"}).url == at_version(4)
    shipped = load_guidance().section(Step.INSIGHT, Audience.SMALL)
    assert GuidanceRevision.objects.get(version=3).purpose == "一つ目の文章。"
    assert GuidanceRevision.objects.get(version=4).purpose == shipped.purpose


def test_addresses_that_lead_nowhere(secretariat):
    for url in (
        reverse("hub-guidance-edit", args=["nowhere", "all"]),
        reverse("hub-guidance-edit", args=["insight", "nobody"]),
        at_version(9),
    ):
        assert secretariat.get(url).status_code == 404
    assert secretariat.post(URL, typed(based_on="いつか")).status_code == 200


def test_it_is_for_the_secretariat_alone(client, client_as, organisation, adviser):
    leader = client_as(a_leader(a_business(organisation)))
    for url in (reverse("hub-guidance"), URL, at_version(0)):
        assert adviser.get(url).status_code == 403
        assert leader.get(url).status_code == 403
        assert client.get(url).status_code == 302
    assert adviser.post(URL, typed()).status_code == 403
    assert not GuidanceRevision.objects.exists()
