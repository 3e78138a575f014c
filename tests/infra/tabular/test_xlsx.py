import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from bansou.domain.shared import Refusal
from bansou.infra.tabular import Row, read_table, write_xlsx


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def sheet_of(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def repacked(content, replace, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, replace(name, old.read(name)))
    return out.getvalue()


def test_values_are_shown_as_people_wrote_them():
    content = sheet_of(
        ["名称", "法人番号", "資本金", "率", "設立", "時刻", "有効"],
        [
            "みなと精機",
            8700110005901,
            10000000.0,
            0.25,
            date(1989, 1, 8),
            datetime(2026, 11, 22, 9, 30),  # noqa: DTZ001 - a workbook knows no zone
            True,
        ],
    )
    table = read_table(content, "a.xlsx")
    assert table.headers == ["名称", "法人番号", "資本金", "率", "設立", "時刻", "有効"]
    assert table.rows == [
        Row(2, ["みなと精機", "8700110005901", "10000000", "0.25", "1989-01-08", "2026-11-22 09:30", "TRUE"])
    ]


def test_row_numbers_are_those_of_excel():
    workbook = Workbook()
    workbook.active["B3"] = "名称"
    workbook.active["C3"] = "電話"
    workbook.active["B6"] = "みなと"
    table = read_table(saved(workbook), "a.xlsx")
    assert table.headers == ["", "名称", "電話"]
    assert table.rows == [Row(6, ["", "みなと", ""])]


def test_the_first_filled_visible_sheet_is_read():
    workbook = Workbook()
    hidden = workbook.create_sheet("隠し")
    hidden["A1"] = "見えない"
    hidden.sheet_state = "hidden"
    workbook.create_sheet("一覧")["A1"] = "名称"
    assert read_table(saved(workbook), "a.xlsx").headers == ["名称"]


def test_the_content_decides_not_the_name():
    assert read_table(sheet_of(["名称"]), "a.csv").headers == ["名称"]
    with pytest.raises(Refusal) as caught:
        read_table(b"a,b\n", "a.xlsx")
    assert caught.value.code == "table_broken"


def test_formats_without_values_down_to_the_last_row_do_no_harm():
    workbook = Workbook()
    workbook.active["A1"] = "名称"
    workbook.active["XFD1048576"].font = Font(bold=True)
    assert read_table(saved(workbook), "a.xlsx").headers == ["名称"]


def a_far_cell():
    workbook = Workbook()
    workbook.active["A1"] = "名称"
    workbook.active["XFD1048576"] = "x"
    return saved(workbook)


def a_far_cell_without_a_place():
    row = b'<row r="1048576"><c t="n"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
    sheet = b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"
    return repacked(sheet_of(["a"]), lambda name, part: sheet if "sheet1" in name else part)


def a_bomb():
    return repacked(
        sheet_of(["a"]), lambda name, part: part + b" " * (30 << 20) if "sheet1" in name else part
    )


def a_word_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def a_cut_file():
    return sheet_of(["a"])[:-200]


def a_flipped_file():
    content = bytearray(sheet_of(*[[f"a{n}"] for n in range(50)]))
    start = content.find(b"xl/worksheets/sheet1.xml")
    content[start + 60 : start + 90] = bytes(30)
    return bytes(content)


def a_sheet_of_nonsense():
    return repacked(sheet_of(["a"]), lambda name, part: b"<<<" if "sheet1" in name else part)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (a_far_cell, "table_too_large"),
        (a_far_cell_without_a_place, "table_too_large"),
        (a_bomb, "table_too_large"),
        (a_word_file, "table_wrong_kind"),
        (a_cut_file, "table_broken"),
        (a_flipped_file, "table_broken"),
        (a_sheet_of_nonsense, "table_broken"),
        (lambda: b"PK\x03\x04", "table_broken"),
        (lambda: sheet_of(), "table_empty"),
    ],
)
def test_what_is_no_sound_workbook_gets_a_sentence(make, code):
    with pytest.raises(Refusal) as caught:
        read_table(make(), "a.xlsx")
    assert caught.value.code == code
    assert caught.value.field == "file"


def test_too_many_rows_are_refused():
    with pytest.raises(Refusal) as caught:
        read_table(sheet_of(["a"], [1], [2], [3]), "a.xlsx", max_rows=2)
    assert caught.value.code == "table_too_long"


def test_what_is_written_is_read_back_and_no_text_becomes_a_formula():
    rows = [["=1+1", 8700110005901, date(2026, 11, 22), None], ["+81", 0.5, None, "改行\nあり\x00"]]
    table = read_table(write_xlsx(["名称", "番号", "日", "備考"], rows), "a.xlsx")
    assert [row.cells for row in table.rows] == [
        ["=1+1", "8700110005901", "2026-11-22", ""],
        ["+81", "0.5", "", "改行\nあり"],
    ]


def test_a_file_that_brings_its_own_entities_is_refused():
    def with_entity(name, part):
        if name != "xl/workbook.xml":
            return part
        return b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://evil.example/x">]>' + part

    with pytest.raises(Refusal) as caught:
        read_table(repacked(sheet_of(["a"], ["b"]), with_entity), "a.xlsx")
    assert caught.value.code == "table_broken"
