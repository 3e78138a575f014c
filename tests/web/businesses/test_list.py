import pytest
from django.urls import reverse

from bansou.apps.businesses.models import Business
from bansou.domain.access import Role
from bansou.web.businesses import listing
from tests.support.factories import a_business, a_leader, an_account, an_engagement
from tests.support.queries import at_most


def names(answer):
    return [business.name for business in answer.context["page"].rows]


def asked(desk, **filters):
    return desk.get(reverse("business-list"), filters)


def test_an_empty_list_says_what_to_do_next(desk):
    assert "一覧表から取り込む" in asked(desk).content.decode()


def test_the_list_stands_in_the_order_of_readings_with_step_lead_and_last_dialogue(desk, chamber, adviser):
    a_business(chamber, "よみなし商店")
    an_engagement(a_business(chamber, "湊精機", kana="みなとせいき"), adviser)
    a_business(chamber, "青葉食品", kana="アオバショクヒン")
    answer = asked(desk)
    assert names(answer) == ["青葉食品", "湊精機", "よみなし商店"]
    page = answer.content.decode()
    assert "① 接する前" in page
    assert adviser.name in page
    assert "まだありません" in page


@pytest.mark.parametrize("words", ["㈱みなと精機", "ﾐﾅﾄ", "7000012050002", "７０００　みなと"])
def test_names_are_found_whatever_their_width_or_legal_form(desk, chamber, words):
    a_business(chamber, "みなと精機 株式会社", corporate_number="7000012050002")
    a_business(chamber, "青葉食品")
    assert names(asked(desk, q=words)) == ["みなと精機 株式会社"]


def test_filters_narrow_by_industry_size_step_engagement_and_own_team(desk, chamber, adviser):
    own = a_business(chamber, "甲", industry="E", size="small")
    others = a_business(chamber, "乙", industry="D", size="medium")
    a_business(chamber, "丙", industry="D", size="small")
    an_engagement(own, adviser)
    an_engagement(others, an_account("別府 弁", organisation=chamber))
    assert names(asked(desk, industry="D", size="small")) == ["丙"]
    assert names(asked(desk, engagement="open")) == ["甲", "乙"]
    assert names(asked(desk, engagement="none")) == ["丙"]
    assert names(asked(desk, mine="on")) == ["甲"]
    assert names(asked(desk, step="before_contact")) == ["甲", "乙"]
    assert names(asked(desk, step="follow_up")) == []


def test_a_filter_that_does_not_exist_is_left_aside(desk, chamber):
    a_business(chamber, "甲")
    assert names(asked(desk, step="'; DROP TABLE", size="x", after="nobody", before="")) == ["甲"]


def test_pages_follow_each_other_and_lead_back(desk, chamber, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    for name, kana in [("一", "あ"), ("二", "い"), ("三", "う"), ("四", ""), ("五", "")]:
        a_business(chamber, name, kana=kana)
    first = asked(desk, size="small")
    second = desk.get(first.context["after_url"])
    third = desk.get(second.context["after_url"])
    assert [names(page) for page in (first, second, third)] == [["一", "二"], ["三", "四"], ["五"]]
    assert first.context["before_url"] == third.context["after_url"] == ""
    assert names(desk.get(third.context["before_url"])) == ["三", "四"]
    assert "size=small" in second.context["before_url"]


def test_a_long_list_asks_no_more_than_a_short_one(desk, chamber, adviser):
    for number in range(12):
        an_engagement(a_business(chamber, f"事業者{number}", kana="あ"), adviser)
    after = Business.objects.order_by("kana_key", "pk").first().public_id
    with at_most(8):
        asked(desk, q="事業者", industry="E", engagement="open", after=after)


def test_another_organisation_sees_none_of_it_and_who_does_not_advise_has_no_list(
    stranger, client_as, chamber
):
    business = a_business(chamber, "甲")
    assert names(asked(stranger)) == []
    for account in (a_leader(business), an_account(organisation=chamber, roles=(Role.SECRETARIAT,))):
        assert asked(client_as(account)).status_code == 403
