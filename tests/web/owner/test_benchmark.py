"""The sheet on the own page of the 経営者: opened by the team, gently read, written in part."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse

from bansou.apps.accounts.models import Account
from bansou.apps.dialogues.words import share_with_leader
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import Side
from bansou.apps.sheets.operations import (
    Settings,
    open_to_leader,
    point_to,
    save_settings,
    save_years,
    write_boxes,
)
from bansou.apps.sheets.reading import boxes_of, sheet_of
from bansou.domain.locaben import Figures
from bansou.domain.method import BusinessSize, EngagementStatus
from tests.support.factories import a_business, a_leader, an_organisation
from tests.support.norms import own_norms
from tests.support.queries import at_most
from tests.support.village import HYPOTHESIS, LEADER_WORDS, Village, page_text

ACCOUNTS = Figures(
    fiscal_year_end=date(2026, 3, 31), sales=255_000_000, previous_sales=240_000_000,
    operating_profit=6_000_000, depreciation=8_000_000, employees=18, cash=30_000_000,
    notes_receivable=0, accounts_receivable=40_000_000, inventory=12_000_000, borrowings=120_000_000,
    notes_payable=0, accounts_payable=21_000_000, net_assets=30_000_000, total_assets=200_000_000,
)  # fmt: skip


@pytest.fixture
def opened(village: Village) -> Village:
    """A sheet with one word of the adviser's in a box of each kind, open to the 経営者."""
    actor = actor_for(village.adviser)
    write_boxes(
        actor=actor,
        engagement=village.engagement,
        texts={"views.philosophy": "人を育てる", "views.banks": "信用金庫と月に一度"},
        side=Side.SUPPORTER,
        seen=0,
    )
    open_to_leader(actor=actor, engagement=village.engagement, opened=True)
    return village


def own_page(village: Village) -> str:
    return reverse("firm-locaben", args=[sheet_of(village.engagement).public_id])


def texts(village: Village) -> dict[str, tuple[str, str]]:
    return {key: (box.text, box.side) for key, box in boxes_of(sheet_of(village.engagement)).items()}


def with_figures(village: Village, figures: Figures = ACCOUNTS) -> None:
    actor, sheet = actor_for(village.adviser), sheet_of(village.engagement)
    settings = Settings("0304", BusinessSize.SMALL, "従業員18人", "2022")
    save_settings(actor=actor, engagement=village.engagement, settings=settings, seen=sheet.revision)
    save_years(actor=actor, engagement=village.engagement, years=[figures], seen=sheet.revision + 1)


def test_the_own_page_leads_to_the_sheet_once_it_is_open(village, client_as):
    client, firm = client_as(village.leader), reverse("firm")
    actor = actor_for(village.adviser)
    open_to_leader(actor=actor, engagement=village.engagement, opened=True)
    assert own_page(village) in page_text(client.get(firm))
    assert client.get(own_page(village)).status_code == 200
    open_to_leader(actor=actor, engagement=village.engagement, opened=False)
    assert own_page(village) not in page_text(client.get(firm))
    assert client.get(own_page(village)).status_code == 403


def test_the_leader_writes_and_each_side_sees_who_wrote_what(opened, client_as):
    client, url = client_as(opened.leader), own_page(opened)
    answer = client.post(url, {"revision": "1", "views.motivation": "自分の代で3割に育てたい"})
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    assert texts(opened) == {
        "views.philosophy": ("人を育てる", "supporter"),
        "views.banks": ("信用金庫と月に一度", "supporter"),
        "views.motivation": ("自分の代で3割に育てたい", "firm"),
    }
    page = page_text(client.get(url))
    assert 'data-side="firm">経営者</span> 港 健一さん' in page
    assert 'data-side="supporter">支援者</span> 佐野 太郎さん' in page
    adviser = page_text(client_as(opened.adviser).get(opened.url("locaben-views")))
    assert 'data-side="firm">経営者</span> 港 健一' in adviser


def test_what_is_not_offered_is_read_and_not_written(opened, client_as):
    client, url = client_as(opened.leader), own_page(opened)
    page = page_text(client.get(url))
    assert "信用金庫と月に一度" in page
    assert 'name="views.banks"' not in page
    sent = {"revision": "1", "views.motivation": "伸ばしたい", "views.banks": "別の銀行"}
    assert client.post(url, sent).status_code == 403
    assert texts(opened)["views.banks"] == ("信用金庫と月に一度", "supporter")
    assert "views.motivation" not in texts(opened)


def test_only_own_shared_words_stand_beside_a_box(opened, client_as):
    shared, unshared = opened.excerpts
    share_with_leader(actor=actor_for(opened.adviser), statement=shared.statement, shared=True)
    point_to(
        actor=actor_for(opened.adviser),
        engagement=opened.engagement,
        key="views.philosophy",
        add=[shared, unshared],
        remove=[],
    )
    page = page_text(client_as(opened.leader).get(own_page(opened)))
    assert LEADER_WORDS[0] in page
    assert LEADER_WORDS[1] not in page
    assert HYPOTHESIS not in page
    assert opened.dialogue.note.text not in page
    assert reverse("dialogue", args=[opened.dialogue.public_id]) not in page


def test_the_figures_speak_gently_and_say_what_they_rest_on(opened, client_as):
    with_figures(opened)
    page = page_text(client_as(opened.leader).get(own_page(opened)))
    assert "2026年3月期の決算から" in page
    assert "会社のよしあしを決めるものではありません" in page
    assert "2022年度" in page
    assert "0304 金属製品" in page
    assert page.count('class="own-question"') == 6
    assert "255,000" not in page


@pytest.mark.parametrize(
    "odd",
    [
        {"previous_sales": None},
        {"sales": 0},
        {"operating_profit": -20_000_000},
        {"operating_profit": -20_000_000, "borrowings": 0},
        {"net_assets": -50_000_000},
        {"total_assets": 0},
        {"employees": 0},
        {"borrowings": 0},
        {"months": 6},
        dict.fromkeys(("sales", "cash", "employees", "net_assets", "total_assets")),
    ],
)
def test_odd_figures_are_told_with_their_reason(opened, client_as, odd):
    with_figures(opened, replace(ACCOUNTS, **odd))
    answer = client_as(opened.leader).get(own_page(opened))
    assert answer.status_code == 200
    assert page_text(answer).count('class="own-question"') == 6


def test_a_year_nobody_filled_yet_does_not_hide_the_one_before(opened, client_as):
    with_figures(opened)
    save_years(
        actor=actor_for(opened.adviser),
        engagement=opened.engagement,
        years=[Figures(fiscal_year_end=date(2027, 3, 31))],
        seen=sheet_of(opened.engagement).revision,
    )
    page = page_text(client_as(opened.leader).get(own_page(opened)))
    assert "2026年3月期の決算から" in page
    assert "算出不可" not in page


def test_own_norms_lead_to_no_score_of_the_benchmark(opened, client_as):
    caution = "ローカルベンチマークの点数ではありません"
    with_figures(opened)
    client = client_as(opened.leader)
    page = page_text(client.get(own_page(opened)))
    assert caution not in page
    assert re.search(r"点</b> / 30（[ABCD]）", page)
    own_norms(sheet_of(opened.engagement), opened.adviser)
    page = page_text(client.get(own_page(opened)))
    assert caution in page
    assert "点</b> / 30。" in page


def test_a_sheet_without_figures_says_when_they_will_come(opened, client_as):
    assert "決算の数字は、まだ入っていません" in page_text(client_as(opened.leader).get(own_page(opened)))


def test_both_wrote_in_the_same_box_and_the_leader_chooses(opened, client_as):
    write_boxes(
        actor=actor_for(opened.adviser),
        engagement=opened.engagement,
        texts={"views.philosophy": "まちに残る", "summary.goal": "5年後も続く"},
        side=Side.SUPPORTER,
        seen=1,
    )
    client, url = client_as(opened.leader), own_page(opened)
    answer = client.post(url, {"revision": "1", "views.philosophy": "職人が胸を張る"})
    assert answer.status_code == 409
    page = page_text(answer)
    assert "職人が胸を張る" in page
    assert "まちに残る" in page
    # A box the leader did not send is no question of theirs.
    assert "summary.goal" not in page
    client.post(url, {"revision": "2", "views.philosophy": "職人が胸を張る"})
    assert texts(opened)["views.philosophy"] == ("職人が胸を張る", "firm")
    assert texts(opened)["summary.goal"] == ("5年後も続く", "supporter")


def test_what_was_typed_and_not_sent_comes_back_open(opened, client_as):
    client, url = client_as(opened.leader), own_page(opened)
    client.post(reverse("keep-input"), {"_path": url, "revision": "1", "summary.goal": "5年後の景色"})
    page = page_text(client.get(url))
    assert page.index('<details class="disclosure" open') < page.index("5年後の景色")


def test_words_longer_than_the_box_are_refused_and_kept(opened, client_as):
    longer = "長" * 2001
    answer = client_as(opened.leader).post(own_page(opened), {"revision": "1", "views.history": longer})
    assert answer.status_code == 422
    assert longer in page_text(answer)
    assert "2,000文字までで書いてください。" in page_text(answer)


def test_after_the_engagement_the_sheet_is_read(opened, client_as):
    change_status(
        actor=actor_for(opened.adviser),
        engagement=opened.engagement,
        target=EngagementStatus.CLOSED,
        reason="ひと区切り",
    )
    client, url = client_as(opened.leader), own_page(opened)
    page = page_text(client.get(url))
    assert "人を育てる" in page
    assert 'name="views.philosophy"' not in page
    client.post(url, {"revision": "1", "views.philosophy": "書きかえ"})
    assert texts(opened)["views.philosophy"] == ("人を育てる", "supporter")


def elsewhere(village: Village) -> Account:
    return a_leader(a_business(an_organisation(), "やまて商店"))


@pytest.mark.parametrize(("who", "expected"), [("adviser", 403), ("colleague", 403), ("stranger", 403)])
def test_the_own_page_is_the_leaders(opened, client_as, who, expected):
    client = client_as(getattr(opened, who))
    answers: list[HttpResponse] = [client.get(own_page(opened)), client.post(own_page(opened), {})]
    assert [answer.status_code for answer in answers] == [expected, expected]


def test_another_leader_learns_nothing(opened, client_as):
    client = client_as(elsewhere(opened))
    assert client.get(own_page(opened)).status_code == 404
    assert client.post(own_page(opened), {"views.philosophy": "x"}).status_code == 404
    assert own_page(opened) not in page_text(client.get(reverse("firm")))


def test_the_page_asks_the_same_few_questions_however_much_is_written(opened, client_as):
    with_figures(opened)
    client = client_as(opened.leader)
    client.get(own_page(opened))
    with at_most(14):
        client.get(own_page(opened))
    boxes = {f"flow.{number}.{name}": "例" for number in (1, 2, 3, 4, 5) for name in ("name", "content")}
    client.post(own_page(opened), {"revision": "3", **boxes})
    with at_most(14):
        client.get(own_page(opened))
