"""業務フロー, 商流 and 4つの視点 on the page: written, drawn, signed, met by a second pen."""

import pytest
from django.urls import reverse

from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import Side
from bansou.apps.sheets.operations import open_to_leader, write_boxes
from bansou.apps.sheets.reading import boxes_of, sheet_of
from bansou.domain.locaben.boxes import box
from bansou.domain.method import EngagementStatus
from tests.support.queries import at_most
from tests.support.village import Village, page_text

PAGES = ("locaben-flow", "locaben-views", "locaben-versions", "locaben-compare", "locaben-share")


def texts(village: Village) -> dict[str, str]:
    return {key: written.text for key, written in boxes_of(sheet_of(village.engagement)).items()}


def write(village: Village, seen: int, **boxes: str):
    """Box keys with `__` for the dot."""
    return write_boxes(
        actor=actor_for(village.adviser),
        engagement=village.engagement,
        texts={key.replace("__", "."): text for key, text in boxes.items()},
        side=Side.SUPPORTER,
        seen=seen,
    )


def test_what_is_written_of_the_work_is_drawn_and_signed(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-flow")
    empty = page_text(client.get(url))
    assert "flow-wide" not in empty
    assert "chain-wide" not in empty
    answer = client.post(
        url,
        {
            "revision": "0",
            "flow.1.name": "相談・見積",
            "flow.1.distinction": "その場で代わりの案を出す",
            "chain.customers.1.name": "建機部品メーカー",
        },
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    page = page_text(client.get(url))
    assert "flow-wide" in page
    assert "chain-wide" in page
    assert "佐野 太郎" in page
    assert reverse("locaben-evidence", args=[village.engagement.public_id, "flow.1.name"]) in page


def test_a_box_that_was_not_sent_stays_and_an_emptied_one_goes(village, client_as):
    write(village, 0, views__philosophy="人を育てる", views__market="県内に4社")
    client = client_as(village.adviser)
    client.post(village.url("locaben-views"), {"revision": "1", "views.philosophy": ""})
    assert texts(village) == {"views.market": "県内に4社"}


def test_rows_nobody_wrote_in_wait_behind_a_line(village, client_as):
    write(village, 0, chain__customers__2__name="医療機器メーカー")
    page = page_text(client_as(village.adviser).get(village.url("locaben-flow")))
    behind = page.index("得意先をもう一つ書く")
    assert page.index('name="chain.customers.2.name"') < behind < page.index('name="chain.customers.3.name"')
    # Whatever waits is still part of the form.
    assert all(f'name="chain.end_users.{place}.share"' in page for place in (1, 2, 3, 4))


def test_words_longer_than_the_box_are_refused_and_kept_on_the_page(village, client_as):
    longer = "長" * (box("views.philosophy").max_length + 1)
    answer = client_as(village.adviser).post(
        village.url("locaben-views"), {"revision": "0", "views.philosophy": longer}
    )
    assert answer.status_code == 422
    assert "2,000文字までで書いてください。" in page_text(answer)
    assert longer in page_text(answer)
    assert texts(village) == {}


def test_line_breaks_of_a_browser_do_not_count_twice(village, client_as):
    lines = "\r\n".join(["行"] * 1000)
    client_as(village.adviser).post(
        village.url("locaben-views"), {"revision": "0", "views.philosophy": lines}
    )
    assert texts(village)["views.philosophy"] == lines.replace("\r\n", "\n")


def test_two_pens_in_one_box_meet_and_nobody_loses_a_word(village, client_as):
    write(village, 0, views__philosophy="人を育てる", views__market="県内に4社")
    write(village, 1, views__philosophy="まちに残る", views__market="県内に5社")
    client, url = client_as(village.adviser), village.url("locaben-views")
    mine = {"revision": "1", "views.philosophy": "職人が胸を張る", "views.market": "県内に4社"}
    answer = client.post(url, mine)
    assert answer.status_code == 409
    page = page_text(answer)
    assert "職人が胸を張る" in page
    assert "まちに残る" in page
    chosen = {"revision": "2", "views.philosophy": "職人が胸を張る", "views.market": "県内に5社"}
    assert client.post(url, chosen).status_code == 302
    assert texts(village) == {"views.philosophy": "職人が胸を張る", "views.market": "県内に5社"}


def test_two_pens_in_two_boxes_both_count(village, client_as):
    write(village, 0, views__philosophy="人を育てる")
    write(village, 1, views__market="県内に5社")
    answer = client_as(village.adviser).post(
        village.url("locaben-views"),
        {"revision": "1", "views.philosophy": "まちに残る", "views.market": ""},
    )
    assert answer.status_code == 302
    assert texts(village) == {"views.philosophy": "まちに残る", "views.market": "県内に5社"}


def test_what_was_typed_and_not_sent_comes_back(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-views")
    client.post(reverse("keep-input"), {"_path": url, "revision": "0", "summary.goal": "5年後の景色"})
    page = page_text(client.get(url))
    assert "5年後の景色" in page
    assert "前に書きかけた内容を戻しました" in page


def test_a_closed_engagement_says_so_and_keeps_what_was_typed(village, client_as):
    actor = actor_for(village.adviser)
    change_status(
        actor=actor, engagement=village.engagement, target=EngagementStatus.CLOSED, reason="ひと区切り"
    )
    answer = client_as(village.adviser).post(
        village.url("locaben-views"), {"revision": "0", "summary.goal": "5年後の景色"}
    )
    assert answer.status_code == 422
    assert "終了しています" in page_text(answer)
    assert "5年後の景色" in page_text(answer)


@pytest.mark.parametrize("revision", ["", "999", "-1", "x", "9" * 30])
def test_a_forged_revision_overwrites_nothing_unseen(village, client_as, revision):
    write(village, 0, views__philosophy="人を育てる")
    client_as(village.adviser).post(
        village.url("locaben-views"), {"revision": revision, "views.philosophy": "<script>x</script>"}
    )
    assert texts(village)["views.philosophy"] == "人を育てる"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "expected"), [("adviser", 200), ("colleague", 403), ("leader", 403), ("stranger", 404)]
)
def test_the_pages_are_the_teams(village, client_as, name, who, expected):
    open_to_leader(actor=actor_for(village.adviser), engagement=village.engagement, opened=True)
    client = client_as(getattr(village, who))
    assert client.get(village.url(name)).status_code == expected
    assert client.get(village.url("locaben-evidence", "views.banks")).status_code == expected


def test_the_pages_ask_the_same_few_questions_however_much_is_written(village, client_as):
    boxes = {f"chain.suppliers.{place}.{name}": "例" for place in (1, 2, 3, 4) for name in ("name", "share")}
    client = client_as(village.adviser)
    client.get(village.url("locaben-flow"))
    with at_most(14):
        client.get(village.url("locaben-flow"))
    client.post(village.url("locaben-flow"), {"revision": "0", **boxes})
    with at_most(16):
        client.get(village.url("locaben-flow"))


def test_the_sheet_is_opened_to_the_leader_and_closed_again(village, client_as):
    client, url = client_as(village.adviser), village.url("locaben-share")
    page = page_text(client.get(url))
    assert "開いていません" in page
    assert "港 健一" in page
    client.post(url, {"opened": "1"})
    assert sheet_of(village.engagement).is_open_to_leader
    assert "経営者のページから閉じる" in page_text(client.get(url))
    client.post(url, {"opened": "0"})
    assert not sheet_of(village.engagement).is_open_to_leader
