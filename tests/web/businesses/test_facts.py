from django.urls import reverse

from bansou.apps.businesses.models import BusinessPerson, Site
from bansou.domain.method import Viewpoint
from tests.support.factories import a_business, a_leader, an_account, an_organisation
from tests.support.queries import at_most


def page_of(desk, business):
    return desk.get(reverse("business", args=[business.public_id])).content.decode()


def test_the_facts_speak_in_words(desk, chamber):
    business = a_business(
        chamber, capital_yen=120_000_000, prefecture="14", address="平塚市1-2", memo="工場は土曜も動く"
    )
    with at_most(9):
        page = page_of(desk, business)
    for words in (
        "1億2,000万円",
        "神奈川県平塚市1-2",
        "製造業",
        "18人",
        "港 健一",
        "工場は土曜も動く",
        "登録しました",
    ):
        assert words in page


def test_people_are_added_changed_and_part_on_a_day(desk, chamber):
    business = a_business(chamber)
    new = reverse("person-new", args=[business.public_id])
    desk.post(
        new, {"name": "港 専", "title": "専務", "viewpoint": Viewpoint.OFFICER, "phone": "0463-21-0000"}
    )
    person = BusinessPerson.objects.get(name="港 専")
    edit = reverse("person-edit", args=[business.public_id, person.public_id])
    assert "港 専（専務）" in desk.get(edit).content.decode()
    desk.post(edit, {"name": "港 専", "title": "社長", "viewpoint": Viewpoint.SUCCESSOR})
    desk.post(edit, {"leave": "1", "left_on": "2026-10-31"})
    page = page_of(desk, business)
    assert "後継者" in page
    assert "2026年10月31日に離れました" in page
    assert "離れた" in page


def test_who_uses_the_own_page_keeps_the_viewpoint_until_it_is_closed(desk, chamber):
    business = a_business(chamber)
    a_leader(business)
    person = business.people.get()
    edit = reverse("person-edit", args=[business.public_id, person.public_id])
    answer = desk.post(edit, {"name": person.name, "title": "会長", "viewpoint": Viewpoint.PREDECESSOR})
    assert "先に自社のページを閉じてから" in answer.content.decode()
    person.refresh_from_db()
    assert (person.viewpoint, person.account_id is not None) == (Viewpoint.LEADER, True)


def test_a_person_without_a_name_and_a_day_that_is_none_are_sent_back(desk, chamber):
    business = a_business(chamber)
    person = business.people.get()
    new = reverse("person-new", args=[business.public_id])
    refused = desk.post(new, {"name": "", "viewpoint": "nobody", "title": "専務"}).content.decode()
    assert "を入力してください" in refused
    assert 'value="専務"' in refused
    edit = reverse("person-edit", args=[business.public_id, person.public_id])
    assert "離れた日" in desk.post(edit, {"leave": "1", "left_on": "いつか"}).content.decode()
    person.refresh_from_db()
    assert person.left_on is None


def test_sites_are_added_and_changed(desk, chamber):
    business = a_business(chamber)
    desk.post(reverse("site-new", args=[business.public_id]), {"name": "第二工場", "address": "平塚市2"})
    site = Site.objects.get()
    edit = reverse("site-edit", args=[business.public_id, site.public_id])
    desk.post(edit, {"name": "第二工場", "address": "平塚市3"})
    assert "平塚市3" in page_of(desk, business)
    assert "を入力してください" in desk.post(edit, {"name": ""}).content.decode()


def test_the_leader_sees_the_facts_but_neither_notes_nor_history(client_as, chamber):
    business = a_business(chamber, memo="支援者どうしの覚え書き")
    page = page_of(client_as(a_leader(business)), business)
    assert business.name in page
    for words in ("支援者どうしの覚え書き", "変更の履歴", "情報を変える", "人を加える"):
        assert words not in page


def test_people_and_sites_stay_within_their_own_business_and_organisation(desk, stranger, client_as, chamber):
    business, other = a_business(chamber), a_business(an_organisation())
    person, foreign = business.people.get(), other.people.get()
    assert desk.get(reverse("person-edit", args=[business.public_id, foreign.public_id])).status_code == 404
    assert desk.get(reverse("person-edit", args=[other.public_id, foreign.public_id])).status_code == 404
    for url in (
        reverse("business", args=[business.public_id]),
        reverse("person-new", args=[business.public_id]),
        reverse("person-edit", args=[business.public_id, person.public_id]),
        reverse("site-new", args=[business.public_id]),
        reverse("site-edit", args=[business.public_id, "nothing"]),
    ):
        assert stranger.get(url).status_code == 404
    leader = client_as(a_leader(business))
    assert leader.get(reverse("person-new", args=[business.public_id])).status_code == 403


def test_an_account_without_any_role_sees_nothing(client_as, chamber):
    business = a_business(chamber)
    assert client_as(an_account()).get(reverse("business", args=[business.public_id])).status_code == 404
