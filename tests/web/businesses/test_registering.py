import re

import pytest
from django.urls import reverse

from bansou.apps.businesses.models import Business
from bansou.domain.access import Role
from tests.support.factories import a_business, a_leader, an_account

TYPED = {
    "name": "株式会社青葉食品",
    "kana": "あおばしょくひん",
    "legal_form": "corporation",
    "corporate_number": "７０００-０１２０５０００２",
    "phone": "０４６３ー２２ー００００",
    "industry": "E",
    "capital_yen": "1,000",
    "headcount": "21人",
    "size": "proposed",
    "closing_month": "3",
    "founded_year": "昭和45年",
    "leader_name": "青葉 花",
    "leader_title": "代表取締役",
}


def post(desk, **changes):
    return desk.post(reverse("business-new"), TYPED | changes)


def test_one_screen_registers_a_business_with_its_leader(desk, chamber):
    answer = post(desk)
    business = Business.objects.get()
    assert answer.headers["Location"] == reverse("business", args=[business.public_id])
    assert (business.organisation, business.corporate_number) == (chamber, "7000012050002")
    assert (business.capital_yen, business.headcount, business.founded_year) == (10_000_000, 21, 1970)
    assert (business.size, business.phone) == ("medium", "0463-22-0000")
    assert "21人" in business.size_reason
    assert str(business.people.get()) == "青葉 花（代表取締役）"


def test_the_size_can_be_chosen_against_the_proposal(desk):
    post(desk, size="small")
    business = Business.objects.get()
    assert business.size == "small"
    assert "担当者が選びました" in business.size_reason


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "「事業者名」を入力してください"),
        ({"corporate_number": "1234567890123"}, "検査用数字"),
        ({"capital_yen": "たくさん"}, "金額として読めません"),
        ({"headcount": "おおぜい"}, "人数として読めません"),
        ({"phone": "内線12"}, "電話番号には"),
        ({"headcount": "", "capital_yen": ""}, "規模を提案できません"),
        ({"name": "あ" * 121}, "120"),
        ({"industry": "Z"}, "業種"),
        ({"founded_year": "むかし"}, "年として読めません"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field_and_nothing_typed_is_lost(desk, changes, words):
    answer = post(desk, **changes)
    page = answer.content.decode()
    assert words in page
    assert "見直していただきたいところ" in page
    assert 'value="青葉 花"' in page
    assert not Business.objects.exists()


def test_a_similar_business_asks_to_be_sure_and_can_be_confirmed(desk, chamber):
    known = a_business(chamber, "㈱青葉食品", corporate_number="")
    page = post(desk).content.decode()
    assert reverse("business", args=[known.public_id]) in page
    assert "名称が同じです" in page
    assert "それでも登録する" in page
    assert Business.objects.count() == 1
    post(desk, register_anyway="on")
    assert Business.objects.count() == 2


def test_the_warning_comes_while_typing_and_knows_only_the_own_organisation(desk, stranger, chamber):
    a_business(chamber, "株式会社みなと精機")
    url = reverse("business-duplicates")
    assert "みなと精機" in desk.get(url, {"name": "ミナト精機（株）"}).content.decode()
    assert desk.get(url, {"name": "みな"}).content.strip() == b""
    assert stranger.get(url, {"name": "株式会社みなと精機"}).content.strip() == b""


def test_a_business_being_revised_is_not_its_own_duplicate(desk, chamber):
    business = a_business(chamber)
    url = reverse("business-duplicates")
    assert desk.get(url, {"name": business.name, "except": business.public_id}).content.strip() == b""


def test_the_size_is_proposed_while_typing_and_half_typed_figures_do_no_harm(desk):
    url = reverse("business-size")
    assert "小規模事業者" in desk.get(url, {"industry": "E", "headcount": "20"}).content.decode()
    assert "中規模事業者" in desk.get(url, {"industry": "I", "headcount": "６人"}).content.decode()
    assert "提案できません" in desk.get(url, {"headcount": "-", "capital_yen": "億"}).content.decode()


def test_changes_are_saved_with_a_line_of_history(desk, chamber):
    business = a_business(chamber, capital_yen=5_505_000)
    url = reverse("business-edit", args=[business.public_id])
    page = desk.get(url).content.decode()
    assert 'value="5,505,000円"' in page
    desk.post(url, TYPED | {"name": "株式会社みなと精機", "capital_yen": "5,505,000円", "revision": "1"})
    business.refresh_from_db()
    assert (business.headcount, business.capital_yen, business.revision) == (21, 5_505_000, 2)
    facts = desk.get(reverse("business", args=[business.public_id])).content.decode()
    assert "事業者の情報を変えました" in facts
    assert "18 → 21" in facts


def test_the_second_of_two_who_edit_chooses_between_both_versions(desk, chamber):
    business = a_business(chamber)
    url = reverse("business-edit", args=[business.public_id])
    first = TYPED | {"name": business.name, "phone": "0463-11-1111", "revision": "1"}
    desk.post(url, first)
    page = desk.post(url, first | {"phone": "0463-33-3333"})
    shown = page.content.decode()
    assert "0463-11-1111" in shown
    assert "0463-33-3333" in shown
    assert 'name="revision" value="2"' in shown
    desk.post(url, first | {"phone": "0463-33-3333", "revision": "2"})
    business.refresh_from_db()
    assert (business.phone, business.revision) == ("0463-33-3333", 3)


def _sent_from(page):
    """The revision and the base of the form on a page."""
    return dict(re.findall(r'name="(revision|revision_base)" value="([^"]+)"', page.content.decode()))


@pytest.mark.parametrize("forged", [False, True])
def test_what_only_the_colleague_changed_is_preselected_as_the_colleague_left_it(desk, chamber, forged):
    business = a_business(chamber, phone="0463-11-1111")
    url = reverse("business-edit", args=[business.public_id])
    opened = TYPED | {"name": business.name, "phone": "0463-11-1111"}
    desk.post(url, opened | {"revision": "1"})
    early = _sent_from(desk.get(url))
    assert set(early) == {"revision", "revision_base"}
    desk.post(url, opened | {"phone": "0463-22-2222", "memo": "", "revision": "2"})
    if forged:
        early["revision_base"] += "x"
    page = desk.post(url, opened | {"memo": "会長は週三日"} | early)
    shown = page.content.decode()
    theirs = '<input type="radio" name="phone" value="0463-22-2222" checked>'
    old = '<input type="radio" name="phone" value="0463-11-1111" checked>'
    assert (old if forged else theirs) in shown
    assert (theirs if forged else old) not in shown
    assert ("あなたが開いたときの内容" in shown) is not forged
    assert '<input type="radio" name="memo" value="会長は週三日" checked>' in shown
    assert set(_sent_from(page)) == {"revision", "revision_base"}


def test_only_who_works_there_registers_and_edits(desk, stranger, client_as, chamber):
    business = a_business(chamber)
    edit = reverse("business-edit", args=[business.public_id])
    assert stranger.get(edit).status_code == 404
    assert stranger.post(edit, TYPED).status_code == 404
    leader = client_as(a_leader(business))
    assert leader.get(edit).status_code == 403
    for name in ("business-new", "business-duplicates", "business-size", "business-import"):
        assert leader.get(reverse(name)).status_code == 403
        secretariat = client_as(an_account(organisation=chamber, roles=(Role.SECRETARIAT,)))
        assert secretariat.get(reverse(name)).status_code == 403


def test_hostile_words_stay_words(desk):
    post(desk, name="<script>alert(1)</script>")
    page = desk.get(reverse("business-list")).content.decode()
    assert "&lt;script&gt;" in page
