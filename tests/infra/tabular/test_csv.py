import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.shared import Refusal
from bansou.infra.tabular import MAX_BYTES, Row, Table, read_table, write_csv

TEXT = "名称,電話\r\n株式会社みなと精機,027-000-1234\r\n髙橋商店,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_the_encodings_of_an_office(encoding):
    assert read_table(TEXT.encode(encoding), "一覧.csv") == Table(
        ["名称", "電話"], [Row(2, ["株式会社みなと精機", "027-000-1234"]), Row(3, ["髙橋商店", ""])]
    )


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separators_are_found(separator):
    text = "\n".join(
        separator.join(row)
        for row in [["名称", "住所", "備考"], ["みなと", "前橋", "a"], ["つるや", "", "b"]]
    )
    assert read_table(text.encode(), "a.txt").rows[1] == Row(3, ["つるや", "", "b"])


def test_commas_inside_text_do_not_fool_the_separator():
    table = read_table("名称\t備考\nみなと\ta,b,c\nつるや\td,e,f\n".encode(), "a.csv")
    assert table.headers == ["名称", "備考"]


def test_one_column_is_a_table():
    assert read_table("名称\nみなと\n".encode(), "a.csv").rows == [Row(2, ["みなと"])]


def test_lines_are_those_a_person_sees():
    content = '名称,備考\r\nみなと,"一行目\r\n二行目\r\n三行目"\r\n\r\nつるや,"a ""b"" c"\r\n'.encode()
    table = read_table(content, "a.csv")
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "みなと"), (6, "つるや")]
    assert table.rows[0].cells[1] == "一行目\r\n二行目\r\n三行目"
    assert table.rows[1].cells[1] == 'a "b" c'


def test_blank_rows_are_skipped_and_long_rows_show_their_length():
    table = read_table(b"a,b,,\n,,\n1\n1,2,3\n", "a.csv")
    assert table == Table(["a", "b"], [Row(3, ["1", ""]), Row(4, ["1", "2", "3"])])


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "table_empty", "空"),
        (b"\xef\xbb\xbf\r\n", "table_empty", "空"),
        (b",,\n,,\n", "table_empty", "空"),
        ('名称,備考\nみなと,"閉じない\nつるや,x\n'.encode(), "table_broken", "2行目"),
        ('名称,備考\nみなと,x\nつるや,"a"b\n'.encode(), "table_broken", "3行目"),
        ("名称\nみなと\n".encode() + b"\xff\xff\n", "table_not_text", "3行目"),
        ("名称\n".encode() + b"\x00\x01\x02", "table_not_text", "2行目"),
        (b"a\n" + b"x" * 200_000, "table_broken", "2行目"),
        (b"<html><table>", "table_wrong_kind", "HTML"),
        (b"%PDF-1.7", "table_wrong_kind", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "table_wrong_kind", "画像"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table_wrong_kind", "パスワード"),
        (b"a" * (MAX_BYTES + 1), "table_too_large", "50MB"),
    ],
)
def test_what_is_no_table_gets_a_sentence(content, code, words):
    with pytest.raises(Refusal) as caught:
        read_table(content, "a.csv")
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.field == "file"


def test_too_many_rows_are_refused_and_just_enough_are_not():
    content = b"a\n1\n2\n3\n"
    assert len(read_table(content, "a.csv", max_rows=3).rows) == 3
    with pytest.raises(Refusal) as caught:
        read_table(content, "a.csv", max_rows=2)
    assert caught.value.code == "table_too_long"


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_give_a_table_or_a_refusal(content, name):
    try:
        table = read_table(content, name)
    except Refusal:
        return
    assert any(table.headers)
    assert all(len(row.cells) >= len(table.headers) for row in table.rows)


cells = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z", "Co", "Cn"]), min_size=1
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_back(rows):
    table = read_table(write_csv(["甲", "乙"], rows), "a.csv")
    assert [row.cells for row in table.rows] == [[_as_written(cell) for cell in row] for row in rows]


def _as_written(cell):
    risky = cell[0] in "=+-@＝＋－＠" and not cell.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    return f"'{cell}" if risky else cell
