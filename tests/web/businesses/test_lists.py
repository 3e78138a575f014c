"""The office's own list, page by page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bansou.apps.businesses.models import Business, BusinessImport
from bansou.infra.tabular import write_xlsx
from tests.support.factories import a_business, an_account

LIST = (
    "会社名,代表者,TEL,資本金（千円）\n株式会社青葉食品,青葉 花,0463-22-0000,3000\n㈱みなと精機,,,\n,,12,\n"
)


def bring(desk, content=LIST, name="会員.csv"):
    body = content.encode("cp932") if isinstance(content, str) else content
    return desk.post(reverse("business-import"), {"file": SimpleUploadedFile(name, body)})


def confirm(desk, arriving, *meanings, unit="1000"):
    url = reverse("business-import-columns", args=[arriving.public_id])
    return desk.post(url, {f"column_{place}": code for place, code in enumerate(meanings)} | {"unit": unit})


def brought(desk, **given):
    bring(desk, **given)
    arriving = BusinessImport.objects.latest("pk")
    confirm(desk, arriving, "name", "leader", "phone", "capital_yen")
    return arriving, reverse("business-import-preview", args=[arriving.public_id])


def test_a_list_walks_from_file_to_registered_businesses(desk, chamber):
    a_business(chamber, "みなと精機 株式会社")
    answer = bring(desk)
    arriving = BusinessImport.objects.get()
    columns = reverse("business-import-columns", args=[arriving.public_id])
    assert answer.headers["Location"] == columns
    page = desk.get(columns).content.decode()
    assert '<option value="name" selected>' in page
    assert '<option value="1000" selected>千円' in page
    assert "株式会社青葉食品" in page
    confirm(desk, arriving, "name", "leader", "phone", "capital_yen")
    preview = reverse("business-import-preview", args=[arriving.public_id])
    page = desk.get(preview).content.decode()
    for words in ("青葉 花", "4行目", "空欄です", "TELの<q>12</q>", "名称が同じです"):
        assert words in page
    answer = desk.post(preview, {"without_bad": "1"})
    assert answer.headers["Location"] == preview
    business = Business.objects.get(name="株式会社青葉食品")
    assert (business.organisation, business.capital_yen) == (chamber, 3_000_000)
    result = desk.get(preview).content.decode()
    assert "登録しなかった" in result
    assert Business.objects.count() == 2


def test_the_same_layout_skips_the_columns_the_next_time(desk):
    brought(desk)
    answer = bring(desk)
    arriving = BusinessImport.objects.latest("pk")
    assert answer.headers["Location"] == reverse("business-import-preview", args=[arriving.public_id])


def test_taking_twice_registers_once(desk):
    _, preview = brought(desk)
    desk.post(preview, {"without_bad": "1"})
    desk.post(preview, {"without_bad": "1"})
    assert Business.objects.count() == 2


def test_ticked_duplicates_go_in_and_forged_lines_do_no_harm(desk, chamber):
    a_business(chamber, "みなと精機")
    _, preview = brought(desk)
    desk.post(preview, {"without_bad": "1", "also": ["3", "4", "-1", "²", "x", "999999"]})
    assert Business.objects.filter(name__contains="みなと精機").count() == 2


def test_bad_rows_without_leave_to_drop_them_stop_everything(desk):
    _, preview = brought(desk)
    page = desk.post(preview).content.decode()
    assert "読み取れない行が1行" in page
    assert not Business.objects.exists()


def test_the_rows_left_out_are_a_download_with_reasons_before_and_after(desk):
    arriving, preview = brought(desk)
    url = reverse("business-import-errors", args=[arriving.public_id])
    for _ in range(2):
        answer = desk.get(url)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert "空欄です" in answer.content.decode("utf-8-sig")
        desk.post(preview, {"without_bad": "1"})


def test_a_list_without_anything_left_out_has_no_download(desk):
    arriving, preview = brought(desk, content="会社名,代表者,TEL,資本金（千円）\n青葉食品,,,\n")
    desk.post(preview)
    assert desk.get(reverse("business-import-errors", args=[arriving.public_id])).status_code == 404
    assert Business.objects.count() == 1


def test_an_excel_file_is_read_as_well(desk):
    content = write_xlsx(
        ["会社名", "代表者", "TEL", "資本金（千円）"], [["青葉食品", "花", "0463-22-0000", 500]]
    )
    _, preview = brought(desk, content=content, name="会員.xlsx")
    desk.post(preview)
    assert Business.objects.get().capital_yen == 500_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        ("会社名,TEL\n", "見出しだけ"),
        ("株式会社みなと,0463-21-0000\n株式会社青葉,\n", "見出し"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "画像"),
        (b"PK\x03\x04broken", "壊れて"),
        ("<html><body>", "HTML"),
        (b"\x80\x81\xff\xfe\x00\x01", "読めない"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(desk, content, words):
    page = bring(desk, content).content.decode()
    assert words in page
    assert not BusinessImport.objects.exists()


@pytest.mark.parametrize(
    "meanings", [("", "leader", "", ""), ("name", "name", "", ""), ("nonsense", "", "", "")]
)
def test_columns_without_a_name_or_with_one_twice_are_sent_back(desk, meanings):
    bring(desk)
    answer = confirm(desk, BusinessImport.objects.get(), *meanings)
    assert answer.status_code == 200
    assert "見直していただきたいところ" in answer.content.decode()


def test_what_stands_in_the_cells_stays_text(desk):
    _, preview = brought(desk, content='会社名,代表者,TEL,資本金（千円）\n<img src=x>,,,\n,"=cmd|x",,\n')
    assert "&lt;img src=x&gt;" in desk.get(preview).content.decode()
    arriving = BusinessImport.objects.get()
    left_out = desk.get(reverse("business-import-errors", args=[arriving.public_id])).content.decode(
        "utf-8-sig"
    )
    assert "'=cmd" in left_out


def test_a_list_can_be_thrown_away(desk):
    _, preview = brought(desk)
    desk.post(preview, {"discard": "1"})
    assert not BusinessImport.objects.exists()


def test_a_list_belongs_to_who_brought_it(desk, stranger, client_as, chamber):
    arriving, _ = brought(desk)
    colleague = client_as(an_account("同僚 司", organisation=chamber))
    for name in ("business-import-columns", "business-import-preview", "business-import-errors"):
        for somebody in (stranger, colleague):
            assert somebody.get(reverse(name, args=[arriving.public_id])).status_code == 404


def test_the_columns_page_says_which_line_was_read_as_headings(desk):
    bring(desk, "会員台帳\n\n会社名,代表者,TEL,資本金\n青葉食品,花,,\n")
    arriving = BusinessImport.objects.get()
    page = desk.get(reverse("business-import-columns", args=[arriving.public_id])).content.decode()
    assert "3行目を見出しとして読みました" in page


def test_a_cell_nobody_can_read_is_told_before_and_after_and_the_business_goes_in(desk):
    _, preview = brought(desk, content="会社名,代表者,TEL,資本金（千円）\n青葉食品,花,でんわなし,たくさん\n")
    for _ in range(2):
        page = desk.get(preview).content.decode()
        for words in ("読めなかった欄", "2行目", "でんわなし", "たくさん"):
            assert words in page
        desk.post(preview)
    business = Business.objects.get()
    assert (business.phone, business.capital_yen) == ("", None)
