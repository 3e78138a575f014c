"""今日: what is due, what went quiet, and finding things."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bansou.apps.dialogues.models import PromiseSide
from bansou.apps.dialogues.operations import PromiseInput
from bansou.apps.engagements.operations import plan_next_dialogue
from bansou.apps.engagements.policies import actor_for
from bansou.domain.access import Role
from tests.support.factories import (
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)
from tests.support.queries import at_most

pytestmark = pytest.mark.django_db
TODAY, SEARCH, RECORD = "/today/", "/today/search/", "/today/record/"


@pytest.fixture
def chamber():
    return an_organisation()


@pytest.fixture
def adviser(chamber):
    return an_account(organisation=chamber)


@pytest.fixture
def engagement(chamber, adviser):
    return an_engagement(a_business(chamber), adviser, started_on=timezone.localdate() - timedelta(days=400))


def _text(response) -> str:
    return response.content.decode()


def test_somebody_new_is_told_what_to_do_next(client_as, adviser):
    page = _text(client_as(adviser).get(TODAY))
    assert "伴走中の事業者は、まだいません" in page
    assert reverse("business-list") in page


def test_what_is_due_and_what_went_quiet_stand_there(client_as, adviser, chamber, engagement):
    on = timezone.localdate()
    due = [PromiseInput(PromiseSide.FIRM, "段取り表を作る", due_on=on - timedelta(days=1))]
    a_dialogue(engagement, adviser, held_on=on - timedelta(days=200), promises=due)
    other = an_engagement(a_business(chamber, "山手旅館"), adviser, started_on=on - timedelta(days=10))
    plan_next_dialogue(actor=actor_for(adviser), engagement=other, at=timezone.now() + timedelta(days=2))
    page = _text(client_as(adviser).get(TODAY))
    assert "段取り表を作る" in page
    assert "過ぎています" in page
    assert page.index("しばらく静かな伴走") < page.rindex("みなと精機")
    assert "山手旅館" in page


def test_a_colleagues_work_is_not_mine(client_as, adviser, chamber, engagement):
    colleague = an_account("小田切 守", organisation=chamber)
    assert "みなと精機" not in _text(client_as(colleague).get(TODAY))


def test_the_number_of_queries_does_not_grow(client_as, adviser, chamber, engagement):
    client = client_as(adviser)
    client.get(TODAY)
    for number in range(8):
        more = an_engagement(a_business(chamber, f"会社{number}"), adviser)
        a_dialogue(more, adviser, promises=[PromiseInput(PromiseSide.FIRM, "約束", due_on=more.started_on)])
    with at_most(8):
        client.get(TODAY)


def test_search_finds_words_only_in_layers_one_may_read(client_as, adviser, chamber, engagement):
    a_dialogue(engagement, adviser)
    colleague = an_account("小田切 守", organisation=chamber)
    stranger = an_account("多田 実", organisation=an_organisation())
    words = {"q": "段取りの話"}
    assert "第1回の対話" in _text(client_as(adviser).get(SEARCH, words))
    assert "第1回の対話" not in _text(client_as(colleague).get(SEARCH, words))
    assert "第1回の対話" in _text(client_as(colleague).get(SEARCH, {"q": "現状を聴いた"}))
    assert "みなと精機" not in _text(client_as(stranger).get(SEARCH, {"q": "みなと"}))


@pytest.mark.parametrize("words", ["㈱みなと精機", "ミナト", "みなと", "（株）みなと"])
def test_width_kana_and_legal_form_do_not_matter(client_as, adviser, chamber, words):
    a_business(chamber, "株式会社みなと精機", kana="みなとせいき")
    assert "株式会社みなと精機" in _text(client_as(adviser).get(SEARCH, {"q": words}))


def test_a_search_for_markup_is_harmless(client_as, adviser):
    page = _text(client_as(adviser).get(SEARCH, {"q": "<script>alert(1)</script>%_'\""}))
    assert "<script>alert" not in page


def test_recording_begins_with_the_latest_engagement(client_as, adviser, engagement):
    assert reverse("dialogue-new", args=[engagement.public_id]) in _text(client_as(adviser).get(RECORD))


def test_everybody_begins_at_their_own_first_page(client_as, client, chamber, adviser, engagement):
    secretariat = an_account(organisation=an_organisation(), roles=(Role.SECRETARIAT,))
    leader = a_leader(engagement.business)
    assert client_as(adviser).get("/").headers["Location"] == TODAY
    assert client_as(secretariat).get("/").headers["Location"] == reverse("hub-guidance")
    assert client_as(leader).get("/").headers["Location"] == reverse("firm")
    assert client.get("/").status_code == 200
    assert client_as(leader).get(TODAY).status_code == 403
