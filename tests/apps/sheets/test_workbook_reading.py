"""What people and programs do to the workbook before it comes back, and what must never get in."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from bansou.apps.sheets.workbook import cells, is_own_workbook, read_workbook, write_workbook
from bansou.domain.locaben.record import BoxText
from bansou.domain.shared import Refusal

from .workbooks import a_content, a_year, edited

YEAR = date(2026, 3, 31)
PLACE = "「6つの指標」のD"
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def book():
    boxes = {"views.strengths": BoxText("段取りの速さ。"), "flow.1.name": BoxText("見積")}
    return write_workbook(a_content(boxes=boxes))


def newest(taken):
    return next(year for year in taken.years if year.fiscal_year_end == YEAR)


AMOUNTS = {
    "sales": ("△1,234", -1_234_000),
    "operating_profit": ("▲1,234.5", -1_234_500),
    "depreciation": ("（12）", -12_000),
    "cash": ("1億2000万円", 120_000_000),
    "notes_receivable": ("１２３４", 1_234_000),
    "accounts_receivable": ("－", None),
    "inventory": ("  ", None),
    "borrowings": (0, 0),
    "notes_payable": (-7.5, -7_500),
    "accounts_payable": (0.1 + 0.2, 300),
}
UNREADABLE = {
    "sales": "だいたい",
    "operating_profit": True,
    "depreciation": "#N/A",
    "cash": 10**16,
    "inventory": datetime(2026, 3, 31),  # noqa: DTZ001 - a workbook knows no zone
    "borrowings": "12-34",
    "employees": -1,
    "months": 25,
}


def with_cells(book, values):
    def change(workbook, places):
        for key, value in values.items():
            workbook["6つの指標"].cell(places[f"row__{key}"].row, 4).value = value

    return read_workbook(edited(book, change))


def test_amounts_are_read_as_people_type_them(book):
    taken = with_cells(book, {key: typed for key, (typed, _) in AMOUNTS.items()})
    assert {key: getattr(newest(taken), key) for key in AMOUNTS} == {
        key: a for key, (_, a) in AMOUNTS.items()
    }
    assert taken.doubts == ()


def test_what_cannot_be_read_is_told_with_its_cell_and_its_standing_value_stays(book):
    taken = with_cells(book, UNREADABLE)
    assert taken.unread == {(YEAR, key) for key in UNREADABLE}
    assert len(taken.doubts) == len(UNREADABLE)
    assert all(doubt.startswith(PLACE) and "残します" in doubt for doubt in taken.doubts)
    standing = {YEAR: a_year(YEAR, cash=77, months=6)}
    kept = next(year for year in taken.years_over(standing) if year.fiscal_year_end == YEAR)
    assert (kept.cash, kept.months) == (77, 6)


TOO_LARGE = ["1e30", "1E+100", "9" * 61, "1e999", "-1e999", "10000000000000000"]
MARKED = 987_654_321


@pytest.mark.parametrize("written", TOO_LARGE)
def test_a_number_beyond_all_accounts_is_told_like_any_other(book, written):
    def change(workbook, places):
        for key in keys:
            workbook["6つの指標"].cell(places[f"row__{key}"].row, 4).value = MARKED

    keys = {"cash", "employees", "months"}
    marked = edited(book, change)
    taken = read_workbook(replaced(marked, SHEET, b"<v>987654321</v>", f"<v>{written}</v>".encode()))
    assert taken.unread == {(YEAR, key) for key in keys}
    assert len(taken.doubts) == len(keys)


@pytest.mark.parametrize("key", ["cash", "employees", "months"])
def test_thousands_of_digits_are_told_too(book, key):
    assert with_cells(book, {key: "9" * 5_000}).unread == {(YEAR, key)}


@pytest.mark.parametrize(
    ("key", "typed"), [("employees", 2.5), ("employees", "たくさん"), ("months", "半年")]
)
def test_an_impossible_count_is_told(book, key, typed):
    assert with_cells(book, {key: typed}).unread == {(YEAR, key)}


def test_parts_of_a_yen_are_rounded_and_told(book):
    taken = with_cells(book, {"cash": 1.23456})
    assert newest(taken).cash == 1_235
    assert "四捨五入して1,235円" in taken.doubts[0]


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        (datetime(2027, 3, 31), date(2027, 3, 31)),  # noqa: DTZ001
        (46_477, date(2027, 3, 31)),
        ("2027/3/31", date(2027, 3, 31)),
        ("令和9年3月期", date(2027, 3, 31)),
        ("2027年9月20日", date(2027, 9, 20)),
    ],
)
def test_a_further_year_is_found_in_the_free_column(book, typed, end):
    def change(workbook, places):
        workbook["6つの指標"].cell(places["row__fiscal_year_end"].row, 5).value = typed
        workbook["6つの指標"].cell(places["row__sales"].row, 5).value = 100

    taken = read_workbook(edited(book, change))
    assert [year.fiscal_year_end for year in taken.years][-1] == end
    assert (taken.years[-1].sales, taken.years[-1].months) == (100_000, 12)
    assert taken.doubts == ()


@pytest.mark.parametrize("typed", [None, "来年", 12, datetime(2026, 3, 31)])  # noqa: DTZ001
def test_a_column_without_its_own_year_is_told_and_left_out(book, typed):
    def change(workbook, places):
        workbook["6つの指標"].cell(places["row__fiscal_year_end"].row, 5).value = typed
        workbook["6つの指標"].cell(places["row__sales"].row, 5).value = 100

    taken = read_workbook(edited(book, change))
    assert len(taken.years) == 2
    assert "この列は読みません" in taken.doubts[0]


def test_a_formula_in_a_yellow_cell_is_read_by_its_saved_value_and_told(book):
    def change(workbook, places):
        workbook["6つの指標"].cell(places["row__cash"].row, 4).value = "=1+1"

    formula = edited(book, change)
    taken = read_workbook(formula)
    assert newest(taken).cash is None
    assert "計算した値が保存されていません" in taken.doubts[0]
    saved = replaced(formula, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>")
    saved = replaced(saved, "xl/worksheets/sheet1.xml", b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    taken = read_workbook(saved)
    assert newest(taken).cash == 2_000
    assert "計算式が入っています。保存されたときの値「2」を読みました" in taken.doubts[0]


def test_rows_and_columns_put_in_between_do_no_harm(book):
    """LibreOffice and Excel move the names along; here the names are moved by hand."""

    def change(workbook, places):
        sheet = workbook["4つの視点"]
        cell = places["box__views__strengths"]
        sheet["G900"].value = "強み（技術力・販売力等）"
        sheet["H900"].value = "離れたところに書いた強み。"
        workbook.defined_names["box__views__strengths"].attr_text = "'4つの視点'!$H$900"
        assert cell.value == "段取りの速さ。"

    assert read_workbook(edited(book, change)).texts["views.strengths"] == "離れたところに書いた強み。"


def test_a_deleted_box_is_told_and_stays(book):
    def change(workbook, _places):
        del workbook.defined_names["box__views__strengths"]
        workbook.defined_names["row__cash"].attr_text = "#REF!"

    taken = read_workbook(edited(book, change))
    assert "views.strengths" not in taken.texts
    assert (YEAR, "cash") in taken.unread
    assert "シートから消えている欄" in taken.doubts[-1]


def test_words_longer_than_their_box_stay_out_and_are_told(book):
    def change(workbook, places):
        places["box__flow__1__name"].value = "長" * 41

    taken = read_workbook(edited(book, change))
    assert "flow.1.name" not in taken.texts
    assert "41文字" in taken.doubts[0]


@pytest.mark.parametrize(
    ("typed", "text"),
    [(0.6, "60%"), (12, "12"), (datetime(2026, 3, 31), "2026/3/31")],  # noqa: DTZ001
)
def test_numbers_in_a_box_are_words_as_they_were_seen(book, typed, text):
    def change(workbook, places):
        cell = places["box__chain__customers__1__share"]
        cell.value = typed
        cell.number_format = "0%" if typed == 0.6 else cell.number_format

    assert read_workbook(edited(book, change)).texts["chain.customers.1.share"] == text


def test_signs_that_no_form_takes_stay_out_of_the_words(book):
    def change(workbook, places):
        places["box__views__strengths"].value = "段_x0000_取り_x0008_の_xD800_速さ_x000D_\n早さ_x0009_。"

    assert read_workbook(edited(book, change)).texts["views.strengths"] == "段取りの速さ\n早さ\t。"


@pytest.mark.parametrize(
    ("name", "value", "industry", "words"),
    [
        ("set__industry", "その他の製造業", "0306", ""),
        ("set__industry", "宇宙業", "", "一覧にありません"),
        ("set__industry", None, "", ""),
        ("count__bonds", "たぶん", "0304", "含めないと読みました"),
        ("set__unit", "百万円", "0304", "千円として読みました"),
    ],
)
def test_settings_are_read_or_told(book, name, value, industry, words):
    def change(workbook, places):
        places[name].value = value

    taken = read_workbook(edited(book, change))
    assert taken.settings.industry_code == industry
    assert words in "".join(taken.doubts)
    assert bool(words) is bool(taken.doubts)


def test_an_unknown_size_leaves_the_settings_alone(book):
    def change(workbook, places):
        places["set__size"].value = "巨大"

    assert read_workbook(edited(book, change)).settings is None


def test_the_unit_decides_what_a_number_means(book):
    def change(workbook, places):
        places["set__unit"].value = "円"

    assert newest(read_workbook(edited(book, change))).cash == 21_000


# --- what must not get in -----------------------------------------------------------------------------------


def replaced(book, part, old, new):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, content.replace(old, new) if entry.filename == part else content)
    return out.getvalue()


def with_part(book, name, content):
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return out.getvalue()


def with_strings(book, text, *, part="xl/sharedStrings.xml", cells=1):
    """So many cells far from ours that refer to the one shared string."""

    def change(workbook, _places):
        for number in range(cells):
            workbook["6つの指標"].cell(200 + number // 10, 20 + number % 10).value = MARKED

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    spoilt = replaced(edited(book, change), SHEET, b't="n"><v>987654321</v>', b't="s"><v>0</v>')
    named = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'.encode()
    spoilt = replaced(spoilt, "[Content_Types].xml", b"</Types>", named)
    return with_part(spoilt, part, f'<sst xmlns="{main}"><si><t>{text}</t></si></sst>')


def of_another_kind():
    out = io.BytesIO()
    workbook = Workbook()
    workbook.active.title = "6つの指標"
    workbook.create_sheet("商流・業務フロー")
    workbook.create_sheet("4つの視点")
    workbook.save(out)
    return out.getvalue()


def test_another_workbook_with_the_same_sheets_is_not_taken_for_ours():
    with pytest.raises(Refusal) as caught:
        read_workbook(of_another_kind())
    assert caught.value.code == "not_our_workbook"
    assert not is_own_workbook(of_another_kind())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda book: b"",
        lambda book: b"no zip at all",
        lambda book: book[: len(book) // 2],
        lambda book: replaced(book, "xl/worksheets/sheet1.xml", b"</row>", b"</rom>"),
        lambda book: replaced(book, "xl/workbook.xml", b"<sheets>", b"<sheets><sheet/>"),
        lambda book: replaced(
            book,
            "xl/workbook.xml",
            b"<workbook ",
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "http://evil.example/x">]><workbook ',
        ),
        lambda book: with_part(book, "xl/media/bomb.bin", b"\x00" * (31 * 1024 * 1024)),
        lambda book: replaced(book, "xl/worksheets/sheet2.xml", b'r="A1"', b'r="XFD1048576"'),
        lambda book: replaced(book, "xl/worksheets/sheet2.xml", b'r="A1"', b'x=">" r="XFD1048576"'),
        lambda book: with_part(book, "content.xml", b"<office/>"),
        lambda book: with_strings(book, "語", part="xl/words.xml"),
    ],
    ids=[
        "empty",
        "text",
        "half",
        "torn sheet",
        "torn book",
        "entity",
        "bomb",
        "far cell",
        "hidden far cell",
        "other book",
        "unmeasured strings",
    ],
)
def test_broken_and_hostile_files_are_refused_in_words(book, spoil):
    with pytest.raises(Refusal) as caught:
        read_workbook(spoil(book))
    assert caught.value.message
    assert not is_own_workbook(spoil(book))


def test_ten_thousand_rows_beside_our_cells_are_passed_over(book):
    def change(workbook, places):
        for row in range(200, 10_200):
            workbook["6つの指標"].cell(row, 20).value = row

    taken = read_workbook(edited(book, change))
    assert len(taken.years) == 2
    assert taken.doubts == ()


def test_a_string_in_many_cells_is_read_once(book, monkeypatch):
    long = with_strings(book, "_x0041_" + "長" * 5_000, cells=1_000)
    seen = []
    undo = cells.unescaped
    monkeypatch.setattr(cells, "unescaped", lambda text: seen.append(len(text)) or undo(text))
    found = cells.NamedCells(long).at(cells.Place("6つの指標", 201, 21)).value
    assert found == "A" + "長" * 5_000
    assert sum(length > 5_000 for length in seen) == 2  # the file is opened for values and for formulas


def test_escapes_are_undone_once_and_not_again_in_the_cell(book):
    found = cells.NamedCells(with_strings(book, "_x005F_x0041_")).at(cells.Place("6つの指標", 200, 20))
    assert found.value == "_x0041_"


def test_more_words_than_any_sheet_holds_are_refused(book):
    with pytest.raises(Refusal) as caught:
        read_workbook(with_strings(book, "長" * 30_000, cells=3_000))
    assert caught.value.code == "table_too_large"


def test_names_left_behind_by_a_row_put_in_between_change_nothing(book):
    def change(workbook, places):
        workbook["4つの視点"].insert_rows(8)
        workbook["6つの指標"].insert_rows(58)

    taken = read_workbook(edited(book, change))
    assert "views.philosophy" in taken.texts  # above the new row
    assert not {key for key in taken.texts if key.startswith("summary") or key == "views.strengths"}
    assert taken.texts["flow.1.name"] == "見積"
    assert (newest(taken).months, (YEAR, "sales") in taken.unread) == (12, True)
    assert taken.years_over({YEAR: a_year(YEAR, cash=77)})[-1].cash == 77
    assert len(taken.doubts) == 2
    assert all("見出し" in doubt and "残します" in doubt for doubt in taken.doubts)


def test_a_row_put_in_above_all_years_leaves_them_as_they_stand(book):
    taken = read_workbook(edited(book, lambda workbook, places: workbook["6つの指標"].insert_rows(2)))
    assert (taken.years, taken.settings) == ((), None)
    assert taken.doubts[-1].startswith("「6つの指標」")


def test_a_column_put_in_between_empties_no_box_beside_it(book):
    taken = read_workbook(edited(book, lambda workbook, places: workbook["商流・業務フロー"].insert_cols(2)))
    assert "flow.1.name" not in taken.texts
    assert any("商流・業務フロー" in doubt for doubt in taken.doubts)


def test_a_heading_of_the_form_is_no_text_of_a_box(book):
    def change(workbook, places):
        places["box__summary__present"].value = "現状 認識"
        places["box__views__strengths"].value = "現状認識は確かです。"

    taken = read_workbook(edited(book, change))
    assert "summary.present" not in taken.texts
    assert taken.texts["views.strengths"] == "現状認識は確かです。"
    assert len(taken.doubts) == 1
    assert "現状認識" in taken.doubts[0]


def test_a_label_with_something_added_is_still_the_label(book):
    def change(workbook, places):
        places["row__cash"].value = "現金・預金 （月末）"

    assert read_workbook(edited(book, change)).doubts == ()


def test_macros_are_not_run_and_told(book):
    taken = read_workbook(with_part(book, "xl/vbaProject.bin", b"macro"))
    assert "マクロは動かさず" in taken.doubts[0]
    assert len(taken.years) == 2


def test_words_that_look_like_formulas_are_words_in_the_file():
    boxes = {"views.strengths": BoxText("=cmd|' /C calc'!A0"), "flow.1.name": BoxText("+81")}
    book = load_workbook(io.BytesIO(write_workbook(a_content(boxes=boxes, business="=1+1"))))
    for sheet in list(book)[1:3]:
        assert [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert book["6つの指標"]["B5"].data_type == "s"
