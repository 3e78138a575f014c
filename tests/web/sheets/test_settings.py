"""業種・規模・基準: found by words, proposed with a reason, chosen by a person, kept with how."""

import pytest

from bansou.apps.businesses.models import Business
from tests.web.sheets.conftest import a_year, page_of

CHOICE = {
    "revision": "0",
    "industry_code": "0304",
    "size": "proposed",
    "edition": "2022",
    "unit": "1000",
}


def test_the_proposal_is_taken_with_its_reason(office, adviser):
    assert "提案のとおり小規模事業者にする" in page_of(adviser.get(office.url("locaben-settings")))
    answer = adviser.post(office.url("locaben-settings"), CHOICE)
    assert answer.headers["Location"] == office.url("locaben-accounts")
    sheet = office.sheet
    assert (sheet.industry_code, sheet.size, sheet.edition) == ("0304", "small", "2022")
    assert (
        sheet.size_reason == "提案のとおり：製造業・従業員18人。この業種では20人以下を小規模事業者とします。"
    )


def test_a_person_may_choose_otherwise_and_both_stay_known(office, adviser):
    adviser.post(office.url("locaben-settings"), CHOICE | {"size": "medium", "size_words": "来春に増員"})
    assert office.sheet.size == "medium"
    assert office.sheet.size_reason.startswith(
        "支援者が選択（来春に増員）。提案は小規模事業者：製造業・従業員18人"
    )
    page = page_of(adviser.get(office.url("locaben-settings")))
    assert 'value="medium" required id="id_size_1" checked' in page or "来春に増員" in page


def test_the_proposal_follows_the_industry_and_the_latest_headcount(office, adviser):
    office.keep(a_year(employees=6))
    adviser.post(office.url("locaben-settings"), CHOICE | {"revision": "1", "industry_code": "0501"})
    assert office.sheet.size == "medium"
    assert "小売業・従業員6人" in office.sheet.size_reason


def test_without_headcount_and_capital_there_is_no_proposal(office, adviser):
    Business.objects.update(headcount=None, capital_yen=None)
    answer = adviser.post(office.url("locaben-settings"), CHOICE)
    assert answer.status_code == 422
    assert "中規模か小規模かを選んでください。" in page_of(answer)
    assert office.sheet.pk is None


def test_searching_puts_the_found_industry_first_and_keeps_what_was_typed(office, adviser):
    sent = CHOICE | {"industry_code": "", "words": "めっき", "find": "1", "size_words": "下書き"}
    page = page_of(adviser.post(office.url("locaben-settings"), sent))
    found = page.index("「めっき」で見つかった業種")
    assert found < page.index("01 農業")
    assert "0304 金属製品製造業" in page[found : found + 200]
    assert 'value="下書き"' in page
    assert office.sheet.pk is None
    none = page_of(adviser.post(office.url("locaben-settings"), sent | {"words": "zzz"}))
    assert "見つかりませんでした" in none


@pytest.mark.parametrize(
    "change",
    [
        {"industry_code": "9999"},
        {"industry_code": ""},
        {"edition": "2099"},
        {"size": "huge"},
        {"unit": "7"},
        {"counted_debt": "sales"},
        {"words": "あ" * 5000},
    ],
)
def test_what_is_not_on_offer_changes_nothing(office, adviser, change):
    answer = adviser.post(office.url("locaben-settings"), CHOICE | change)
    assert answer.status_code == 422
    assert office.sheet.pk is None


def test_two_people_choose_and_the_second_sees_both(office, adviser, client_as):
    url = office.url("locaben-settings")
    client_as(office.second).post(url, CHOICE | {"industry_code": "0305"})
    answer = adviser.post(url, CHOICE)
    page = page_of(answer)
    assert answer.status_code == 409
    assert "0304 金属製品製造業" in page
    assert "0305 一般・電気機械器具製造業" in page
    assert office.sheet.industry_code == "0305"
    adviser.post(url, CHOICE | {"revision": "1"})
    assert office.sheet.industry_code == "0304"
