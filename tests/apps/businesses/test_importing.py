"""Rules of reading one row, and of comparing rows. No database."""

from dataclasses import dataclass

import pytest

from bansou.apps.businesses.importing import KnownBusiness, left_out_table, plan_list, read_row, unread_cells
from bansou.apps.businesses.list_columns import LEFT_OUT_HEADERS, guess_columns
from bansou.domain.japanese import DuplicateKeys, DuplicateReason
from bansou.domain.japanese.duplicate_index import DuplicateIndex


def read(**cells):
    headers = ["事業者名", *cells]
    return read_row(["みなと精機", *cells.values()], headers, guess_columns(headers))


@dataclass
class Line:
    line: int
    cells: list[str]


def plan(headers, *rows, known=()):
    index = DuplicateIndex()
    for name in known:
        index.add(DuplicateKeys.of(name=name), KnownBusiness(name, public_id="x"))
    lines = [Line(number, list(cells)) for number, cells in enumerate(rows, start=2)]
    return plan_list(lines, headers, guess_columns(headers), index)


@pytest.mark.parametrize(
    ("heading", "cell", "fact", "value"),
    [
        ("資本金（万円）", "1,000", "capital_yen", 10_000_000),
        ("資本金（千円）", "1,000万円", "capital_yen", 10_000_000),
        ("従業員数", "１２名", "headcount", 12),
        ("決算月", "３月末", "closing_month", 3),
        ("設立", "昭和45年4月", "founded_year", 1970),
        ("業種", "建設業", "industry", "D"),
        ("業種", "e", "industry", "E"),
        ("規模", "中規模", "size", "medium"),
        ("規模", "小規模企業", "size", "small"),
        ("都道府県", "神奈川", "prefecture", "14"),
        ("都道府県", "1", "prefecture", "01"),
        ("住所", "神奈川県平塚市1-2", "prefecture", "14"),
        ("電話番号", "０４６３（２１）００００", "phone", "0463-21-0000"),
        ("電話番号", "0463-21-0000(代)", "phone", "0463-21-0000"),
        ("電話番号", "463210000", "phone", "0463210000"),
        ("電話番号", "'+81-463-21-0000", "phone", "0463-21-0000"),
        ("法人・個人", "個人事業主", "legal_form", "sole_trader"),
        ("法人・個人", "株式会社", "legal_form", "corporation"),
        ("法人番号", "７０００−０１２０５０００２", "corporate_number", "7000012050002"),
        ("メール", "Ｉnfo@example.jp", "email", "info@example.jp"),
    ],
)
def test_a_cell_is_read_as_offices_write_it(heading, cell, fact, value):
    reading = read(**{heading: cell})
    assert reading.problems == []
    assert reading.facts[fact] == value


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("法人番号", "1234567890123", "違っている"),
        ("法人番号", "1.23457E+12", "丸められて"),
        ("代表者", "あ" * 81, "80文字"),
    ],
)
def test_a_cell_that_cannot_be_read_names_heading_value_and_reason(heading, cell, words):
    (problem,) = read(**{heading: cell}).problems
    assert (problem.heading, problem.value) == (heading, cell[:60])
    assert words in problem.message


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("資本金", "たくさん", "金額"),
        ("従業員数", "10〜20人", "人数"),
        ("決算月", "13月", "月として"),
        ("設立", "むかし", "年として"),
        ("規模", "大企業", "規模"),
        ("都道府県", "東京市", "都道府県"),
        ("電話番号", "12-34", "電話番号"),
        ("メール", "info@", "メールアドレス"),
    ],
)
def test_an_optional_cell_that_cannot_be_read_stays_empty_and_is_told(heading, cell, words):
    reading = read(**{heading: cell})
    (unread,) = reading.unread
    assert (reading.problems, unread.heading, unread.value) == ([], heading, cell)
    assert words in unread.message
    (row,) = plan(["名称", heading], ["みなと", cell]).new
    assert unread_cells([row]) == [(2, "みなと", heading, cell)]


def test_a_row_without_a_name_is_bad_and_one_with_too_many_cells_too():
    headers = ["事業者名", "TEL"]
    columns = guess_columns(headers)
    assert "空欄" in read_row(["", "0463-21-0000"], headers, columns).problems[0].message
    assert "列が多く" in read_row(["みなと", "", "余り"], headers, columns).problems[0].message


def test_dashes_and_nashi_count_as_empty():
    reading = read(資本金="－", 従業員数="なし", 電話番号="-")
    assert reading.problems == []
    assert "capital_yen" not in reading.facts


def test_an_industry_nobody_knows_is_kept_in_words_with_a_note():
    reading = read(業種="第一部会")
    assert reading.facts["industry_detail"] == "第一部会"
    assert "industry" not in reading.facts
    assert any("大分類" in note for note in reading.notes)


def test_size_is_proposed_from_the_row_and_said_to_be_a_guess_when_nothing_is_known():
    known = read(業種="製造業", 従業員数="21")
    assert (known.facts["size"], known.notes) == ("medium", [])
    unknown = read()
    assert unknown.facts["size"] == "small"
    assert "仮に" in unknown.facts["size_reason"]


def test_legal_words_or_a_number_make_a_corporation():
    headers = ["名称"]
    columns = guess_columns(headers)
    assert read_row(["㈱みなと"], headers, columns).facts["legal_form"] == "corporation"
    assert read_row(["らーめん太郎"], headers, columns).facts["legal_form"] == "sole_trader"


def test_addresses_join_and_a_second_telephone_goes_to_the_memo():
    headers = ["名称", "住所1", "住所2", "電話", "備考"]
    row = ["みなと", "神奈川県平塚市", "1-2-3", "0463-21-0000 / 090-1111-2222", "会員"]
    facts = read_row(row, headers, guess_columns(headers)).facts
    assert facts["address"] == "神奈川県平塚市1-2-3"
    assert facts["memo"] == "電話番号: 090-1111-2222\n会員"


def test_rows_are_new_known_or_bad():
    found = plan(["名称"], ["㈱みなと精機"], ["青葉食品"], [""], known=["みなと精機 株式会社"])
    assert [row.line for row in found.new] == [3]
    assert [row.line for row in found.duplicates] == [2]
    assert found.duplicates[0].duplicate[0] is DuplicateReason.NAME
    assert [row.line for row in found.bad] == [4]


def test_a_row_repeated_in_the_list_is_held_against_the_earlier_one():
    found = plan(["名称"], ["みなと精機"], ["ミナト精機（株）"])
    assert [row.line for row in found.new] == [2]
    assert "2行目" in found.duplicates[0].why_left_out


def test_only_chosen_duplicates_are_taken_and_never_a_bad_row():
    found = plan(["名称"], ["みなと精機"], ["青葉"], [""], known=["みなと精機"])
    assert [row.line for row in found.taken()] == [3]
    assert [row.line for row in found.taken(also=[2, 4, 99])] == [2, 3]


def test_the_rows_left_out_come_with_line_and_reason_and_can_be_read_again():
    found = plan(["名称", "TEL"], ["", "12"])
    headers, rows = left_out_table(found.headers, found.bad)
    assert headers == ["名称", "TEL", *LEFT_OUT_HEADERS]
    assert rows[0][:3] == ["", "12", 2]
    assert "電話番号" in rows[0][3]
    mended = plan(headers, ["みなと", "0463-21-0000", "2", "理由"])
    assert left_out_table(mended.headers, mended.rows)[0] == headers
    assert len(mended.new) == 1
