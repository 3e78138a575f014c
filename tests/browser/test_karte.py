"""カルテ and 準備シート in a real browser: no accessibility fault, nothing runs out of a phone's screen."""

import pytest
from django.urls import reverse

from tests.support.browser import DESK, PHONE, axe_findings, overflow, picture
from tests.web.karte.stories import a_story


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_pages_of_a_firm_are_accessible_and_fit(visit, width):
    story = a_story()
    for name, key in (
        ("karte", story.business.public_id),
        ("karte-words", story.business.public_id),
        ("preparation", story.engagement.public_id),
    ):
        page = visit(reverse(name, args=[key]), account=story.lead, width=width)
        picture(page, name)
        assert axe_findings(page) == []
        assert overflow(page) == []


def test_the_filter_works_without_scripts(visit, db):
    story = a_story()
    page = visit(
        reverse("karte", args=[story.business.public_id]), account=story.lead, width=PHONE, scripts=False
    )
    page.get_by_role("navigation", name="種類で絞り込む").get_by_role("link", name="チーム").click()
    assert page.get_by_text("小田切 守さんが加わりました").is_visible()
    assert page.get_by_text("いったん戻る").count() == 0
