"""What is typed survives: a reload, and a page that is left in the middle of a sentence."""

from django.urls import reverse

from tests.support.browser import DESK
from tests.support.factories import a_business, an_account, an_engagement, an_organisation

WORDS = "段取りの話を聴いた。途中だが"


def test_a_note_comes_back_after_a_reload(visit, db):
    chamber = an_organisation()
    adviser = an_account(organisation=chamber)
    engagement = an_engagement(a_business(chamber), adviser)
    page = visit(reverse("dialogue-new", args=[engagement.public_id]), account=adviser, width=DESK)
    note = page.get_by_label("対話のメモ")
    note.fill(WORDS)
    page.get_by_text("下書きを保存しました").wait_for()
    page.reload()
    assert page.get_by_label("対話のメモ").input_value() == WORDS
    assert page.get_by_text("前に書きかけた内容を戻しました").is_visible()
