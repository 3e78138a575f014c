"""A workbook comes back: nothing is saved before it was confirmed, and nothing unasked is overwritten."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import FiscalYearAccounts, SheetFile, Side
from bansou.apps.sheets.operations import open_to_leader, write_boxes
from bansou.apps.sheets.reading import boxes_of
from bansou.infra.tabular import write_xlsx
from tests.apps.sheets.workbooks import edited

from .conftest import a_year, page_of


@pytest.fixture
def book(office, adviser):
    """The workbook of a sheet with two years and some words."""
    office.settle()
    office.keep(a_year(2025), a_year(2026))
    write(office, {"views.strengths": "段取りの速さ。", "flow.1.name": "見積"})
    return adviser.get(office.url("locaben-xlsx")).content


def write(office, texts):
    """As the 経営者 would, on the own page."""
    open_to_leader(actor=actor_for(office.adviser), engagement=office.engagement, opened=True)
    write_boxes(
        actor=actor_for(office.adviser),
        engagement=office.engagement,
        texts=texts,
        side=Side.FIRM,
        seen=office.sheet.revision,
    )


def bring(office, client, content, name="sheet.xlsx"):
    return client.post(office.url("locaben-import"), {"file": SimpleUploadedFile(name, content)})


def typed(workbook, places):
    row = places["row__sales"].row
    sheet = workbook["6つの指標"]
    sheet.cell(row, 4).value = "△1,234"
    sheet.cell(row, 3).value = None
    places["box__views__strengths"].value = "段取りの速さと、=記号から始まる言葉。"


def test_what_was_typed_is_shown_line_by_line_and_then_taken_in(office, adviser, book):
    answer = bring(office, adviser, edited(book, typed))
    preview = answer["Location"]
    page = page_of(adviser.get(preview))
    assert "2026年3月期 売上高" in page
    assert "−1,234千円" in page
    assert "2025年3月期 売上高" in page
    assert "空欄" in page
    assert office.sheet.revision == 3
    adviser.post(preview, {"revision": "3"})
    old, new = FiscalYearAccounts.objects.order_by("fiscal_year_end")
    assert (old.sales, new.sales, new.cash) == (None, -1_234_000, 35_000_000)
    assert boxes_of(office.sheet)["views.strengths"].text == "段取りの速さと、=記号から始まる言葉。"
    assert boxes_of(office.sheet)["flow.1.name"].side == Side.FIRM
    assert not SheetFile.objects.exists()


def test_an_untouched_workbook_changes_nothing(office, adviser, book):
    page = page_of(adviser.get(bring(office, adviser, book)["Location"]))
    assert "変わるところはありません" in page
    assert "この内容で取り込む" not in page
    assert "確かめてください</" not in page


def test_a_figure_that_cannot_be_read_keeps_its_standing_value(office, adviser, book):
    def scribbled(workbook, places):
        workbook["6つの指標"].cell(places["row__cash"].row, 4).value = "だいたい"
        workbook["6つの指標"].cell(places["row__sales"].row, 4).value = 400_000

    preview = bring(office, adviser, edited(book, scribbled))["Location"]
    page = page_of(adviser.get(preview))
    assert "「6つの指標」のD" in page
    assert "だいたい" in page
    adviser.post(preview, {"revision": str(office.sheet.revision)})
    newest = FiscalYearAccounts.objects.latest("fiscal_year_end")
    assert (newest.cash, newest.sales) == (35_000_000, 400_000_000)


def test_a_save_in_between_is_shown_before_anything_is_overwritten(office, adviser, book):
    preview = bring(office, adviser, edited(book, typed))["Location"]
    write(office, {"views.strengths": "あいだに書いた言葉。"})
    answer = adviser.post(preview, {"revision": "3"})
    assert answer.status_code == 409
    assert "あいだに書いた言葉。" in page_of(answer)
    assert "第3版から作られました" in page_of(answer)
    assert boxes_of(office.sheet)["views.strengths"].text == "あいだに書いた言葉。"


def test_the_sheet_of_another_firm_is_said_first(office, adviser, book):
    def renamed(workbook, places):
        places["fact__business"].value = "別の会社"

    page = page_of(adviser.get(bring(office, adviser, edited(book, renamed))["Location"]))
    assert "商号が違います" in page


def test_an_edition_nobody_has_here_is_not_taken(office, adviser, book):
    def other(workbook, places):
        places["set__edition"].value = "2099"
        places["set__size"].value = "中規模事業者"

    preview = bring(office, adviser, edited(book, other))["Location"]
    assert "「2099」は、ここにはありません" in page_of(adviser.get(preview))
    adviser.post(preview, {"revision": str(office.sheet.revision)})
    assert (office.sheet.edition, office.sheet.size) == ("2022", "medium")
    assert office.sheet.size_reason == "取り込んだExcelで選ばれた規模です。"


def test_an_impossible_year_is_refused_in_words(office, adviser, book):
    def far(workbook, places):
        workbook["6つの指標"].cell(places["row__fiscal_year_end"].row, 5).value = "2090/3/31"
        workbook["6つの指標"].cell(places["row__sales"].row, 5).value = 5

    preview = bring(office, adviser, edited(book, far))["Location"]
    answer = adviser.post(preview, {"revision": str(office.sheet.revision)})
    assert "決算日の年を確かめてください" in page_of(answer)
    assert FiscalYearAccounts.objects.count() == 2


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"a,b\n1,2\n", b"%PDF-1.7"])
def test_any_other_file_is_told_where_it_belongs_and_not_kept(office, adviser, content):
    answer = bring(office, adviser, content)
    assert answer.status_code == 422
    assert not SheetFile.objects.exists()


def test_another_workbook_is_led_to_the_upload_of_accounts(office, adviser):
    page = page_of(bring(office, adviser, write_xlsx(["科目", "金額"], [["売上高", 1]])))
    assert office.url("locaben-upload") in page
    assert not SheetFile.objects.exists()


def test_our_workbook_on_the_page_for_accounts_finds_its_way(office, adviser, book):
    file = SimpleUploadedFile("sheet.xlsx", book)
    answer = adviser.post(office.url("locaben-upload"), {"file": file}, follow=True)
    assert "変わるところはありません" in page_of(answer)


def test_it_can_be_thrown_away(office, adviser, book):
    preview = bring(office, adviser, book)["Location"]
    adviser.post(preview, {"discard": "1"})
    assert not SheetFile.objects.exists()
    assert adviser.get(preview).status_code == 404


def test_a_file_on_its_way_belongs_to_who_brought_it(office, client_as, adviser, book):
    preview = bring(office, adviser, book)["Location"]
    for account in (office.second, office.colleague, office.stranger, office.leader):
        assert client_as(account).get(preview).status_code == 404
    assert client_as(office.colleague).post(office.url("locaben-import")).status_code == 403
