"""カルテ and 準備シート as PDF, and the 準備シート on the screen."""

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from bansou.apps.audit.models import AccessLogEntry
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.dialogues.models import PromiseSide
from bansou.apps.dialogues.operations import PromiseInput
from bansou.domain.method import Viewpoint
from tests.support.factories import (
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)
from tests.web.karte.stories import HYPOTHESIS, LEADER_WORDS, NOTE, OFFICIAL, PROMISE, Story, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return a_story()


def karte_pdf(story: Story) -> str:
    return reverse("karte-pdf", args=[story.business.public_id])


def sheet(story: Story, name: str = "preparation") -> str:
    return reverse(name, args=[story.engagement.public_id])


def pages(response) -> list[str]:
    """The text of each page without blanks, because lines break anywhere."""
    reader = PdfReader(io.BytesIO(response.content))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_karte_of_the_team_has_its_words_and_promises_but_no_hypothesis(client_as, story):
    response = client_as(story.lead).get(karte_pdf(story))
    text = "".join(pages(response))
    for expected in (
        "株式会社みなと精機",
        "神奈川県川辺市港町1-2",
        "⑤内発的動機づけ",
        LEADER_WORDS,
        PROMISE,
        OFFICIAL,
        "小田切守",
        "第1回　現場リーダー3名と",
        "理由：資金繰りも急ぐため。",
    ):
        assert squeezed(expected) in text
    assert squeezed(HYPOTHESIS) not in text
    assert squeezed(NOTE) not in text


def test_a_colleague_takes_out_the_official_record_only(client_as, story):
    text = "".join(pages(client_as(story.colleague).get(karte_pdf(story))))
    assert squeezed(OFFICIAL) in text
    for hidden in (LEADER_WORDS, PROMISE, HYPOTHESIS, NOTE):
        assert squeezed(hidden) not in text


def test_a_file_is_offered_under_its_japanese_name_and_never_sniffed(client_as, story):
    for url, title in ((karte_pdf(story), "カルテ"), (sheet(story, "preparation-pdf"), "準備シート")):
        response = client_as(story.lead).get(url)
        disposition = unquote(response["Content-Disposition"])
        assert disposition.startswith("attachment;")
        assert f"{title}_株式会社みなと精機_{timezone.localdate():%Y%m%d}.pdf" in disposition
        assert response["Content-Type"] == "application/pdf"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content.startswith(b"%PDF-")


def test_a_name_cannot_reach_into_folders_or_headers(client_as, story):
    business = a_business(story.organisation, '../"悪い\r\n名前"/..')
    an_engagement(business, story.lead)
    response = client_as(story.lead).get(reverse("karte-pdf", args=[business.public_id]))
    disposition = unquote(response["Content-Disposition"])
    assert not set(disposition) & set("/\r\n") - {"'"}


def test_taking_a_karte_out_is_noted_for_everybody(client_as, story):
    client_as(story.lead).get(karte_pdf(story))
    client_as(story.colleague).get(karte_pdf(story))
    noted = AccessLogEntry.objects.order_by("pk").values_list("actor_label", "what")
    assert list(noted) == [("佐野 恵", "カルテのPDF"), ("同僚 一", "カルテのPDF")]


def test_a_firm_without_an_engagement_has_a_karte_too(client_as, story):
    business = a_business(story.organisation, "はじまり商店")
    response = client_as(story.lead).get(reverse("karte-pdf", args=[business.public_id]))
    assert "はじまり商店" in "".join(pages(response))


def test_the_sheet_prepares_the_team(client_as, story):
    page = client_as(story.lead).get(sheet(story)).content.decode()
    for expected in (
        LEADER_WORDS,
        OFFICIAL,
        PROMISE,
        HYPOTHESIS,
        "支援者だけ",
        "今日、尋ねてみたいこと",
        "避けたいこと",
        "書き留めたいこと",
        "従業員の方",
        "⑤ 内発的動機づけ",
    ):
        assert expected in page
    assert "港 由紀子さん（専務）" not in page  # she sat at the table


def test_voices_not_heard_are_named(client_as, story):
    BusinessPerson.objects.create(
        business=story.business, name="古川 勝", title="工場長", viewpoint=Viewpoint.VETERAN
    )
    page = client_as(story.lead).get(sheet(story)).content.decode()
    assert "古川 勝さん（工場長）" in page


def test_the_sheet_of_a_first_dialogue_says_so(client_as, story):
    engagement = an_engagement(a_business(story.organisation, "はじまり商店"), story.lead)
    for name in ("preparation", "preparation-pdf"):
        assert client_as(story.lead).get(reverse(name, args=[engagement.public_id])).status_code == 200
    page = client_as(story.lead).get(reverse("preparation", args=[engagement.public_id])).content.decode()
    assert "はじめての対話です" in page


@pytest.mark.parametrize("name", ["preparation", "preparation-pdf"])
def test_the_sheet_is_for_those_who_conduct_the_engagement(client_as, story, name):
    stranger = an_account("他社 太郎", organisation=an_organisation())
    assert client_as(story.expert).get(sheet(story, name)).status_code == 200
    assert client_as(story.colleague).get(sheet(story, name)).status_code == 403
    assert client_as(a_leader(story.business)).get(sheet(story, name)).status_code == 403
    assert client_as(stranger).get(sheet(story, name)).status_code == 404
    assert client_as(None).get(sheet(story, name)).status_code == 302


def test_the_sheet_is_one_page_however_much_was_written(client_as, story):
    today = timezone.localdate()
    for number in range(3):
        a_dialogue(
            story.engagement,
            story.lead,
            held_on=today - timedelta(days=2 - number),
            title="とても長い見出し" * 7,
            leader_words=["長い言葉が、どこまでも続いていく。" * 20, "もう一つの長い言葉。" * 30],
            official_record="公式記録も長く書かれている。" * 60,
            hypothesis="見立てもまた、長く書かれている。" * 60,
            promises=[
                PromiseInput(
                    side, f"{number}{place}番目の、内容の長い約束を交わした。" * 6, "専務と工場長", today
                )
                for side in PromiseSide
                for place in range(4)
            ],
        )
    for number in range(12):
        BusinessPerson.objects.create(
            business=story.business, name=f"従業員 {number}", title="製造部", viewpoint=Viewpoint.EMPLOYEE
        )
    found = pages(client_as(story.lead).get(sheet(story, "preparation-pdf")))
    assert len(found) == 1
    assert "支援者だけ" in found[0]
