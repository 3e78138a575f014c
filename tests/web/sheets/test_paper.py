"""The sheet as PDF and xlsx: what it must carry, what it must not, and who may have it."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from bansou.apps.audit.models import AccessLogEntry
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import Side
from bansou.apps.sheets.operations import point_to, write_boxes
from bansou.domain.locaben import Figures
from bansou.domain.locaben.boxes import BOXES
from tests.support.factories import a_dialogue
from tests.support.norms import own_norms

from .conftest import a_year


def pages_of(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def write(office, **texts):
    write_boxes(
        actor=actor_for(office.adviser),
        engagement=office.engagement,
        texts={key.replace("__", "."): text for key, text in texts.items()},
        side=Side.SUPPORTER,
        seen=office.sheet.revision,
    )


def plain(text):
    return "".join(text.split())


def test_the_first_page_has_the_score_with_all_it_rests_on(office, adviser):
    office.settle()
    office.keep(a_year(2025), a_year(2026))
    page = plain(pages_of(adviser.get(office.url("locaben-pdf")))[0])
    for words in (
        "2026年3月期",
        "0304金属製品製造業",
        "小規模事業者",
        "2022年度版",
        "出典：経済産業省",
        "総合評価",
    ):
        assert words in page
    assert "点数は話のきっかけです" in page
    assert "たずねてみたいこと" in page


def test_own_norms_print_no_score_of_the_benchmark(office, adviser):
    office.settle()
    office.keep(a_year(2025), a_year(2026))
    own_norms(office.sheet, office.adviser)
    page = plain(pages_of(adviser.get(office.url("locaben-pdf")))[0])
    assert "ローカルベンチマークの点数ではありません" in page
    assert "独自の基準値による結果" in page.partition("株式会社")[0]  # the masthead
    assert "総合評価" not in page
    assert "合計（評価）" not in page
    assert not re.search("[0-9]点（[ABCD]）", page)


def test_one_page_alone_for_a_talk_about_figures(office, adviser):
    office.settle()
    office.keep(
        *(a_year(year, operating_profit=-20_000_000, net_assets=-5, months=6) for year in range(2022, 2027))
    )
    pages = pages_of(adviser.get(office.url("locaben-pdf") + "?sheet=1"))
    assert len(pages) == 1
    assert "出典：" in pages[0]


def test_what_was_summed_up_stands_with_the_four_views(office, adviser):
    office.settle()
    office.keep(a_year(2025), a_year(2026))
    few = "図面のないところから形にする力。"
    write(office, **{box.key: few for box in BOXES if box.key.startswith(("views", "summary"))})
    pages = pages_of(adviser.get(office.url("locaben-pdf")))
    assert len(pages) == 3
    assert all(words in plain(pages[2]) for words in ("①経営者", "対話内容の総括", "対応策"))


def test_a_year_of_sales_alone_prints_no_score(office, adviser):
    office.settle()
    office.keep(Figures(fiscal_year_end=date(2025, 3, 31), sales=100_000_000), a_year(2026))
    pages = pages_of(adviser.get(office.url("locaben-pdf") + "?year=2025-03-31"))
    page = plain(pages[0])
    assert "点数は出しません" in page
    assert not re.search("(?<![0-9])0点|参考[0-9]", page)
    assert page.count("が未入力です。") == 1  # one sentence for all blanks
    assert len(pages) == 3


def test_an_earlier_year_is_printed_when_asked_for(office, adviser):
    office.settle()
    office.keep(a_year(2025), a_year(2026))
    page = pages_of(adviser.get(office.url("locaben-pdf") + "?year=2025-03-31"))[0]
    assert "2025年3月期（" in plain(page)


@pytest.mark.parametrize("settled", [False, True])
def test_an_empty_sheet_prints_room_to_write(office, adviser, settled):
    if settled:
        office.settle()
    pages = pages_of(adviser.get(office.url("locaben-pdf")))
    assert len(pages) == 2
    assert "まだ入っていません" in plain(pages[0])
    assert "まだ書かれていません" in plain(pages[0])


def test_long_words_flow_over_pages_and_none_is_cut(office, adviser):
    texts = {box.key: ("あ" * box.max_length)[:-4] + "終わる。" for box in BOXES}
    write(office, **texts)
    whole = plain("".join(pages_of(adviser.get(office.url("locaben-pdf")))))
    # Once for each box at least: shortened words in a picture stand in full in its table.
    assert whole.count("終わる。") >= len(BOXES)


def test_neither_paper_nor_workbook_carries_the_words_of_a_dialogue(office, adviser):
    dialogue = a_dialogue(office.engagement, office.adviser, hypothesis="承継をためらう気持ちがある。")
    write(office, views__strengths="段取りの速さ。")
    excerpts = list(dialogue.excerpts.all())
    point_to(
        actor=actor_for(office.adviser),
        engagement=office.engagement,
        key="views.strengths",
        add=excerpts,
        remove=[],
    )
    paper = plain("".join(pages_of(adviser.get(office.url("locaben-pdf")))))
    book = load_workbook(io.BytesIO(adviser.get(office.url("locaben-xlsx")).content))
    cells = "".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )
    for found in (paper, plain(cells)):
        assert "段取りの速さ。" in found
        assert "それを誰にも渡してなかった" not in found
        assert "ためらう" not in found


def test_the_workbook_is_a_file_with_the_name_of_the_firm(office, adviser):
    office.settle()
    office.keep(a_year(2026))
    answer = adviser.get(office.url("locaben-xlsx"))
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:3] == ["6つの指標", "商流・業務フロー", "4つの視点"]
    assert book["6つの指標"]["B5"].value == "株式会社みなと精機"
    assert book["6つの指標"]["C55"].value.date() == date(2026, 3, 31)


@pytest.mark.parametrize("name", ["locaben-pdf", "locaben-xlsx", "locaben-import"])
def test_who_stands_outside_gets_no_file(office, client_as, name):
    url = office.url(name)
    assert client_as(office.second).get(url).status_code == 200
    assert client_as(office.colleague).get(url).status_code == 403
    assert client_as(office.leader).get(url).status_code in (403, 404)
    assert client_as(office.stranger).get(url).status_code == 404


def test_taking_the_sheet_out_leaves_a_line_in_the_reading_log(office, adviser):
    for name in ("locaben-pdf", "locaben-xlsx"):
        adviser.get(office.url(name))
    told = AccessLogEntry.objects.order_by("pk").values_list("what", "actor_id")
    assert list(told) == [
        ("ローカルベンチマークのPDF", office.adviser.public_id),
        ("ローカルベンチマークのExcel", office.adviser.public_id),
    ]
