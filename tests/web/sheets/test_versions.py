"""Every save is a version, and any two stand side by side."""

from datetime import date

import pytest

from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import LocalBenchmarkVersion, Side
from bansou.apps.sheets.operations import Settings, open_to_leader, save_settings, save_years, write_boxes
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.locaben import Figures
from bansou.domain.method import BusinessSize
from tests.support.queries import at_most
from tests.support.village import Village, page_text

ACCOUNTS = Figures(
    fiscal_year_end=date(2026, 3, 31), sales=255_000_000, previous_sales=240_000_000,
    operating_profit=6_000_000, depreciation=8_000_000, employees=18, cash=30_000_000,
    notes_receivable=0, accounts_receivable=40_000_000, inventory=12_000_000, borrowings=120_000_000,
    notes_payable=0, accounts_payable=21_000_000, net_assets=30_000_000, total_assets=200_000_000,
)  # fmt: skip


def settled(village: Village, size: BusinessSize, seen: int) -> None:
    save_settings(
        actor=actor_for(village.adviser),
        engagement=village.engagement,
        settings=Settings("0304", size, "従業員数による", "2022"),
        seen=seen,
    )


@pytest.fixture
def saved(village: Village) -> Village:
    """Four saves: 小規模 with figures, the leader's words, then 中規模."""
    actor = actor_for(village.adviser)
    settled(village, BusinessSize.SMALL, 0)
    save_years(actor=actor, engagement=village.engagement, years=[ACCOUNTS], seen=1)
    open_to_leader(actor=actor, engagement=village.engagement, opened=True)
    write_boxes(
        actor=actor_for(village.leader),
        engagement=village.engagement,
        texts={"views.philosophy": "人を育てる"},
        side=Side.FIRM,
        seen=2,
    )
    settled(village, BusinessSize.MEDIUM, 3)
    return village


def test_the_list_names_who_saved_what_from_which_side(saved, client_as):
    client = client_as(saved.adviser)
    page = page_text(client.get(saved.url("locaben-versions")))
    assert all(f"第{number}版" in page for number in (1, 2, 3, 4))
    assert "経営者" in page
    assert "港 健一" in page
    assert "経営理念・ビジョン" in page


def test_without_a_choice_the_last_two_saves_meet(saved, client_as):
    page = page_text(client_as(saved.adviser).get(saved.url("locaben-compare")))
    assert "第3版から第4版へ" in page
    assert "小規模事業者" in page
    assert "中規模事業者" in page
    assert "人を育てる" not in page


def test_scores_on_different_norms_are_never_compared_silently(saved, client_as):
    client, url = client_as(saved.adviser), saved.url("locaben-compare")
    assert "点数どうしは比べられません" in page_text(client.get(url, {"from": 2, "to": 4}))
    same = page_text(client.get(url, {"from": 2, "to": 3}))
    assert "点数どうしは比べられません" not in same
    assert "人を育てる" in same
    assert "空欄" in same


def test_the_order_asked_for_does_not_matter_and_the_beginning_is_empty(saved, client_as):
    client, url = client_as(saved.adviser), saved.url("locaben-compare")
    assert page_text(client.get(url, {"from": 3, "to": 2})).count("第2版から第3版へ") == 1
    assert "はじめから第1版へ" in page_text(client.get(url, {"from": 0, "to": 1}))
    assert "違うところはありません" in page_text(client.get(url, {"from": 2, "to": 2}))


def test_an_industry_this_release_does_not_know_is_named_by_its_code(saved, client_as):
    version = sheet_of(saved.engagement).versions.get(number=2)
    version.content["results"][0]["industry_code"] = "9999"
    # A save is never rewritten; this one comes from a release with other industries.
    LocalBenchmarkVersion.objects.filter(pk=version.pk).update(content=version.content)
    page = page_text(client_as(saved.adviser).get(saved.url("locaben-compare"), {"from": 2, "to": 3}))
    assert "・9999・小規模事業者" in page


@pytest.mark.parametrize("numbers", [{"from": "9", "to": "4"}, {"to": "9999999"}, {"from": "1", "to": "99"}])
def test_a_version_that_does_not_exist_is_not_found(saved, client_as, numbers):
    assert client_as(saved.adviser).get(saved.url("locaben-compare"), numbers).status_code == 404


@pytest.mark.parametrize("numbers", [{"from": "x"}, {"from": "-1", "to": ""}, {"to": "９"}])
def test_odd_numbers_are_met_calmly(saved, client_as, numbers):
    assert client_as(saved.adviser).get(saved.url("locaben-compare"), numbers).status_code == 200


def test_a_sheet_nobody_saved_says_what_to_do(village, client_as):
    client = client_as(village.adviser)
    assert "まだ版はありません" in page_text(client.get(village.url("locaben-versions")))
    assert "まだ版はありません" in page_text(client.get(village.url("locaben-compare")))


def test_a_long_history_is_paged_without_reading_what_it_holds(village, client_as):
    actor = actor_for(village.adviser)
    client, url = client_as(village.adviser), village.url("locaben-versions")
    for number in range(32):
        write_boxes(
            actor=actor,
            engagement=village.engagement,
            texts={"views.market": f"{number}社"},
            side=Side.SUPPORTER,
            seen=number,
        )
    with at_most(10):
        page = page_text(client.get(url))
    assert "第32版" in page
    assert ">第2版<" not in page
    page = page_text(client.get(url, {"before": 3}))
    assert ">第2版<" in page
    assert ">第1版<" in page
    assert ">第3版<" not in page
