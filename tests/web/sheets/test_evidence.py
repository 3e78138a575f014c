"""The words a box rests on: chosen, kept anew, never anybody else's."""

import re
from datetime import date

import pytest
from django.urls import reverse

from bansou.apps.dialogues.models import Excerpt
from bansou.apps.dialogues.operations import withdraw_dialogue
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.operations import point_to
from bansou.apps.sheets.reading import evidence_of, sheet_of
from bansou.domain.method import EngagementStatus
from tests.support.factories import a_business, a_dialogue, an_engagement
from tests.support.queries import at_most
from tests.support.village import HYPOTHESIS, LEADER_WORDS, Village, page_text

KEY = "views.philosophy"


def rests_on(village: Village, key: str = KEY) -> list[str]:
    found = evidence_of(sheet_of(village.engagement), actor_for(village.adviser))
    return [words.words for words in found.get(key, [])]


def rest_on(village: Village, *excerpts: Excerpt) -> None:
    point_to(
        actor=actor_for(village.adviser), engagement=village.engagement, key=KEY, add=excerpts, remove=[]
    )


def many_words(village: Village, count: int) -> None:
    said = [f"{number}番目の言葉です。" for number in range(count)]
    a_dialogue(village.engagement, village.adviser, leader_words=said)


def test_a_box_shows_the_words_it_rests_on_with_their_dialogue(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    ids = [excerpt.public_id for excerpt in village.excerpts]
    answer = client.post(url, {"chosen": ids[:1]})
    views = village.url("locaben-views")
    assert answer.headers["Location"] == f"{views}#box-{KEY}"
    page = page_text(client.get(views))
    dialogue = reverse("dialogue", args=[village.dialogue.public_id])
    assert LEADER_WORDS[0] in page
    assert LEADER_WORDS[1] not in page
    assert "2026年6月18日の対話・港 健一" in page
    assert f"{dialogue}?at=0#turn-0" in page
    client.post(url, {"opened": ids[:1]})
    assert rests_on(village) == []


def opened_on(page: str) -> list[str]:
    """What the form says was ticked when it opened."""
    return re.findall(r'name="opened" value="(\w+)"', page)


def test_two_people_who_tick_at_the_same_time_both_count(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    first, second = (excerpt.public_id for excerpt in village.excerpts)
    opened = opened_on(page_text(client.get(url)))
    client.post(url, {"opened": opened, "chosen": [first]})
    client.post(url, {"opened": opened, "chosen": [second]})
    assert sorted(rests_on(village)) == sorted(LEADER_WORDS)
    both = opened_on(page_text(client.get(url)))
    assert sorted(both) == sorted([first, second])
    client.post(url, {"opened": both, "chosen": [second]})
    # Who left the second alone does not bring back the first, which was taken away meanwhile.
    client.post(url, {"opened": both, "chosen": both})
    assert rests_on(village) == [LEADER_WORDS[1]]


def test_words_are_not_kept_for_a_box_that_may_not_rest_on_them(village, client_as):
    statement, before = village.excerpts[0].statement, Excerpt.objects.count()
    change_status(
        actor=actor_for(village.adviser),
        engagement=village.engagement,
        target=EngagementStatus.CLOSED,
        reason="ひと区切り",
    )
    answer = client_as(village.adviser).post(
        f"{village.url('locaben-evidence', KEY)}?q=図面",
        {"statement": statement.public_id, "words": "うちに持ってこい"},
    )
    assert answer.status_code == 422
    assert "終了しています" in page_text(answer)
    assert Excerpt.objects.count() == before


def test_ticks_on_another_page_stay(village, client_as):
    many_words(village, 25)
    first = village.excerpts[0]
    rest_on(village, first)
    other = Excerpt.objects.get(dialogue__number=2, statement__index=3)
    client_as(village.adviser).post(village.url("locaben-evidence", KEY), {"chosen": [other.public_id]})
    assert sorted(rests_on(village)) == sorted([LEADER_WORDS[0], "3番目の言葉です。"])


def test_kept_words_are_paged_with_the_same_few_questions(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    client.get(url)
    with at_most(12):
        client.get(url)
    many_words(village, 45)
    with at_most(12):
        page = page_text(client.get(url))
    seen = []
    while page:
        seen += [number for number in range(45) if f">{number}番目の言葉です。<" in page]
        link = page.partition('href="?before=')[2].partition('"')[0]
        page = page_text(client.get(f"{url}?before={link}")) if link else ""
    assert seen != []
    assert sorted(seen) == list(range(45))


def test_a_statement_found_by_its_words_is_kept_and_rested_on(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-evidence", "summary.present")
    page = page_text(client.get(url, {"q": "図面"}))
    found = page[page.index('id="search"') :]
    assert LEADER_WORDS[0] in found
    assert LEADER_WORDS[1] not in found
    statement = village.excerpts[0].statement
    asked = f"{url}?q=図面"
    client.post(asked, {"statement": statement.public_id, "words": "うちに持ってこい"})
    assert rests_on(village, "summary.present") == ["うちに持ってこい"]
    client.post(asked, {"statement": statement.public_id, "words": "", "whole": "1"})
    assert rests_on(village, "summary.present") == ["うちに持ってこい", LEADER_WORDS[0]]
    assert statement.excerpts.count() == 2


def test_statements_found_come_by_the_day_of_their_dialogue(village, client_as):
    words = [f"図面の話、その{number}。" for number in range(12)]
    for day in (date(2026, 7, 2), date(2026, 5, 1)):
        a_dialogue(village.engagement, village.adviser, held_on=day, leader_words=words)
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    days = []
    page = page_text(client.get(url, {"q": "図面"}))
    while page:
        days += re.findall(r"(2026年\d月\d+日)の対話", page[page.index('id="search"') :])
        link = re.search(r'href="(\?q=[^"]+)#search"', page[page.index('id="search"') :])
        page = page_text(client.get(url + link[1])) if link else ""
    assert days == ["2026年7月2日"] * 12 + ["2026年6月18日"] + ["2026年5月1日"] * 12


def test_words_nobody_said_are_refused_and_kept_on_the_page(village, client_as):
    statement = village.excerpts[0].statement
    answer = client_as(village.adviser).post(
        f"{village.url('locaben-evidence', KEY)}?q=図面",
        {"statement": statement.public_id, "words": "そんなことは言っていない"},
    )
    assert answer.status_code == 422
    assert "そんなことは言っていない" in page_text(answer)
    assert "発言の中に、この言葉が見つかりません" in page_text(answer)
    assert rests_on(village) == []


def test_words_of_another_firm_are_neither_offered_nor_taken(village, client_as):
    elsewhere = an_engagement(a_business(village.engagement.organisation, "やまて商店"), village.adviser)
    foreign = a_dialogue(elsewhere, village.adviser, leader_words=["図面のない話です。"])
    excerpt = foreign.excerpts.select_related("statement").get()
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    assert "図面のない話です。" not in page_text(client.get(url, {"q": "図面"}))
    client.post(url, {"chosen": [excerpt.public_id]})
    kept = client.post(url, {"statement": excerpt.statement.public_id, "whole": "1"})
    assert kept.status_code == 404
    assert rests_on(village) == []


def test_words_of_a_withdrawn_dialogue_are_not_offered_and_stay_where_they_are(village, client_as):
    actor = actor_for(village.adviser)
    first = village.excerpts[0]
    rest_on(village, first)
    withdraw_dialogue(actor=actor, dialogue=village.dialogue, why="録り直し")
    client, url = client_as(village.adviser), village.url("locaben-evidence", KEY)
    assert LEADER_WORDS[0] not in page_text(client.get(url, {"q": "図面"}))
    client.post(url, {})
    assert sheet_of(village.engagement).evidence.get().excerpt == first


def test_the_page_offers_words_and_never_a_hypothesis(village, client_as):
    page = page_text(client_as(village.adviser).get(village.url("locaben-evidence", KEY), {"q": "先代"}))
    assert HYPOTHESIS not in page
    assert "見つかりませんでした" in page


@pytest.mark.parametrize("query", ["?before=x", "?before=", "?q=決&after=x", "?q=" + "長" * 500])
def test_odd_addresses_are_met_calmly(village, client_as, query):
    assert client_as(village.adviser).get(village.url("locaben-evidence", KEY) + query).status_code == 200


@pytest.mark.parametrize("key", ["views.nothing", "x", "../../etc"])
def test_a_box_that_does_not_exist_is_not_found(village, client_as, key):
    address = village.url("locaben-evidence", "x").replace("/x/", f"/{key}/")
    assert client_as(village.adviser).get(address).status_code == 404
