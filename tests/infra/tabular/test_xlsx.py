import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from bansou.domain.shared import Refusal
from bansou.infra import tabular
from bansou.infra.tabular import Row, read_cells, read_table, write_xlsx, xlsx_reading


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


# Each of these once got past the guard; the reader behind it aborts the whole process when memory runs out.

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_parts(book, parts):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def with_sheet(rows, strings="", *, declared="", names=""):
    sheet = f'<worksheet xmlns="{MAIN}" {names}><sheetData>{rows}</sheetData></worksheet>'
    shared = f'<sst xmlns="{MAIN}" {declared}>{strings}</sst>'
    return with_parts(sheet_of(["a"]), {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared})


def references(count, index="0"):
    return "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{index}</v></c></row>' for row in range(1, count + 1)
    )


def a_far_cell_behind_a_bracket():
    return with_sheet('<row r="200000"><c x=">" r="ALL200000"><v>1</v></c></row>')


def a_far_cell_with_a_dashed_prefix():
    row = '<a-b:row r="200000"><a-b:c r="ALL200000"><a-b:v>1</a-b:v></a-b:c></a-b:row>'
    return with_sheet(row, names=f'xmlns:a-b="{MAIN}"')


def a_far_cell_after_one_of_another_row():
    return with_sheet('<row r="1048576"><c r="XFC1"><v>1</v></c><c><v>2</v></c></row>')


def a_far_cell_after_words_that_are_no_xml():
    rows = '<row r="200000"><c r="ALL200000"><v>1</v></c></row>'
    sheet = f'words<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(sheet_of(["a"]), {"xl/worksheets/sheet1.xml": sheet})


def many_sheets_with_a_far_cell():
    workbook = Workbook()
    for number in range(3):
        workbook.create_sheet(f"s{number}")["BH30000"] = "x"  # 1.8 million cells each
    return saved(workbook)


def a_long_string_in_many_cells():
    return with_sheet(references(3_000), f"<si><t>{'あ' * 30_000}</t></si>")


def a_long_string_whose_number_is_written_oddly():
    return with_sheet(references(3_000, " +00 "), f"<si><t>{'あ' * 30_000}</t></si>")


def a_long_string_behind_a_comment():
    return with_sheet(references(3_000, "0<!-- -->1"), f"<si><t>{'あ' * 30_000}</t></si><si><t>b</t></si>")


def a_long_string_in_pieces():
    run = f"<r><t>{'あ' * 1_000}</t></r>"
    return with_sheet(references(1), f"<si>{run * 300}</si>")


def a_long_string_around_another():
    return with_sheet(references(3_000), f"<si><t>{'あ' * 30_000}</t><si><t>b</t></si></si>")


def strings_of_two_namespaces():
    long = f"<si><t>{'あ' * 30_000}</t></si>"
    return with_sheet(references(3_000), f'<o:si xmlns:o="other"/>{long}')


def a_long_text_in_a_cell():
    cell = f'<c r="A1" t="inlineStr"><is><t>{"あ" * 300_000}</t></is></c>'
    return with_sheet(f'<row r="1">{cell}</row>')


def more_strings_announced_than_fit():
    return with_sheet(references(1), "<si><t>b</t></si>", declared='uniqueCount="4000000000"')


def an_announcement_inside_a_cell():
    strings = '<c><sst uniqueCount="4000000000"><si><t>b</t></si></sst></c>'
    return with_sheet(references(1), strings)


def a_book_of_another_kind_inside():
    return with_parts(sheet_of(["a"]), {"content.xml": "<office/>"})


def two_parts_of_one_name():
    return with_parts(sheet_of(["a"]), {"XL/worksheets/Sheet1.xml": "<worksheet/>"})


def another_encoding():
    sheet = f'<?xml version="1.0" encoding="cp037"?><worksheet xmlns="{MAIN}"/>'
    return with_parts(sheet_of(["a"]), {"xl/worksheets/sheet1.xml": sheet})


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
        (a_far_cell_behind_a_bracket, "table_too_large"),
        (a_far_cell_with_a_dashed_prefix, "table_too_large"),
        (a_far_cell_after_one_of_another_row, "table_too_large"),
        (a_far_cell_after_words_that_are_no_xml, "table_broken"),
        (many_sheets_with_a_far_cell, "table_too_large"),
        (a_long_string_in_many_cells, "table_too_large"),
        (a_long_string_whose_number_is_written_oddly, "table_too_large"),
        (a_long_string_behind_a_comment, "table_broken"),
        (a_long_string_in_pieces, "table_too_large"),
        (a_long_string_around_another, "table_broken"),
        (strings_of_two_namespaces, "table_broken"),
        (a_long_text_in_a_cell, "table_too_large"),
        (more_strings_announced_than_fit, "table_broken"),
        (an_announcement_inside_a_cell, "table_broken"),
        (a_book_of_another_kind_inside, "table_wrong_kind"),
        (two_parts_of_one_name, "table_broken"),
        (another_encoding, "table_broken"),
        (a_word_file, "table_wrong_kind"),
        (a_cut_file, "table_broken"),
        (a_flipped_file, "table_broken"),
        (a_sheet_of_nonsense, "table_broken"),
        (lambda: b"PK\x03\x04", "table_broken"),
        (lambda: sheet_of(), "table_empty"),
    ],
)
def test_what_is_no_sound_workbook_gets_a_sentence(make, code, monkeypatch):
    content = make()
    if code == "table_too_large":  # it must not even come to the reader
        monkeypatch.setattr(xlsx_reading, "CalamineWorkbook", None)
    with pytest.raises(Refusal) as caught:
        read_table(content, "a.xlsx")
    assert caught.value.code == code
    assert caught.value.field == "file"


def test_as_many_letters_as_excel_takes_and_as_many_cells_with_them_are_read():
    strings = f"<si><t>{'あ' * 32_767}</t><phoneticPr/></si><si><t>b</t></si>"
    rows = references(3, "1") + '<row r="4"><c r="A4" t="s"><v>0</v></c></row>'
    book = with_sheet(rows, strings, declared='count="4" uniqueCount="2"')
    assert [row.cells for row in read_table(book, "a.xlsx").rows] == [["b"], ["b"], ["あ" * 32_767]]


def directory(book):
    """(number of entries, size, start) of a ZIP's central directory."""
    return struct.unpack("<HII", book[-12:-2])


def with_two_directories(shown, hidden):
    """An archive whose long directory (ZIP64) lists the parts of one book and whose short one the other's."""
    (count, size, start), (count_hidden, size_hidden, start_hidden) = directory(shown), directory(hidden)
    listed = bytearray(hidden[start_hidden : start_hidden + size_hidden])
    place = 0
    for _ in range(count_hidden):  # its parts stand behind those of the other
        (where,) = struct.unpack_from("<I", listed, place + 42)
        struct.pack_into("<I", listed, place + 42, where + start)
        place += 46 + sum(struct.unpack_from("<HHH", listed, place + 28))
    parts = shown[:start] + hidden[:start_hidden]
    long_start = len(parts) + len(listed)
    end = long_start + size
    return b"".join(
        [
            parts,
            listed,
            shown[start : start + size],
            struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, long_start),
            struct.pack("<IIQI", 0x07064B50, 0, end, 1),
            struct.pack(
                "<IHHHHIIH", 0x06054B50, 0, 0, count_hidden, count_hidden, size_hidden, len(parts), 0
            ),
        ]
    )


def test_the_reader_gets_the_parts_that_were_weighed_and_no_others():
    book = with_two_directories(sheet_of(["見える"]), a_far_cell())
    assert read_table(book, "a.xlsx").headers == ["見える"]


def test_pictures_and_old_drawings_are_no_xml_and_do_no_harm():
    odd = {"xl/media/image1.png": "\x89PNG", "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"}
    assert read_table(with_parts(sheet_of(["名称"]), odd), "a.xlsx").headers == ["名称"]


def test_signs_that_no_form_takes_are_dropped():
    book = with_sheet(references(1), "<si><t>a_x0000_b_x0008_c_x0009_d</t></si>")
    assert read_table(book, "a.xlsx").headers == ["abc\td"]


def test_too_many_rows_are_refused_before_the_rest_is_made(monkeypatch):
    book = sheet_of(*[[number] for number in range(100)])
    assert len(read_table(book, "a.xlsx", max_rows=99).rows) == 99
    made = []
    monkeypatch.setattr(xlsx_reading, "_text", lambda value: made.append(value) or str(value))
    with pytest.raises(Refusal) as caught:
        read_table(book, "a.xlsx", max_rows=2)
    assert caught.value.code == "table_too_long"
    assert len(made) == 4


def test_cells_of_every_sheet_are_read_within_the_same_limits(monkeypatch):
    workbook = Workbook()
    workbook.active["B3"] = "x"
    workbook.create_sheet("次")["A1"] = 1
    content = saved(workbook)
    assert [sheet.rows for sheet in read_cells(content, "a.xlsx", max_rows=3)] == [
        [["", ""], ["", ""], ["", "x"]], [["1"]],
    ]  # fmt: skip
    with pytest.raises(Refusal) as caught:
        read_cells(content, "a.xlsx", max_rows=2)
    assert caught.value.code == "table_too_long"
    monkeypatch.setattr(tabular, "MAX_BYTES", len(content) - 1)
    with pytest.raises(Refusal) as caught:
        read_cells(content, "a.xlsx")
    assert caught.value.code == "table_too_large"


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
