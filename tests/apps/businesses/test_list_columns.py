import pytest

from bansou.apps.businesses.list_columns import (
    LEFT_OUT_HEADERS,
    Columns,
    ListColumn,
    check_columns,
    check_headers,
    guess_columns,
    layout_of,
)
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


def meanings(*headers):
    return [meaning and meaning.value for meaning in guess_columns(headers).meanings]


def test_headings_of_offices_are_recognised():
    assert meanings(
        "会社名", "会社名（ﾌﾘｶﾞﾅ）", "代表者氏名", "ＴＥＬ", "従業員数（人）", "決算期", "会員区分"
    ) == [
        "name",
        "kana",
        "leader",
        "phone",
        "headcount",
        "closing_month",
        None,
    ]


def test_the_heading_of_the_capital_names_its_unit():
    assert guess_columns(["名称", "資本金(千円)"]).unit is YenUnit.THOUSAND
    assert guess_columns(["名称", "資本金"]).unit is YenUnit.YEN


def test_each_meaning_is_guessed_once_but_addresses_flow_together():
    assert meanings("会社名", "屋号", "住所1", "住所2") == ["name", None, "address", "address"]


def test_columns_survive_being_kept():
    columns = guess_columns(["会社名", "資本金（万円）", "会員区分"])
    assert Columns.from_json(columns.as_json()) == columns


def test_a_layout_is_the_same_whatever_the_width_and_with_our_own_columns():
    assert layout_of(["会社名", "TEL"]) == layout_of(["会社名", "ＴＥＬ", *LEFT_OUT_HEADERS])
    assert layout_of(["会社名", "TEL"]) != layout_of(["TEL", "会社名"])


def test_a_mapping_needs_the_name_and_each_meaning_once():
    check_columns(Columns((ListColumn.NAME, ListColumn.ADDRESS, ListColumn.ADDRESS, None)))
    for broken in ((ListColumn.PHONE,), (ListColumn.NAME, ListColumn.PHONE, ListColumn.PHONE)):
        with pytest.raises(Refusal):
            check_columns(Columns(broken))


def test_a_first_row_of_values_is_refused_and_unusual_headings_are_not():
    check_headers(["なまえ欄", "第2欄"])
    with pytest.raises(Refusal, match="見出し"):
        check_headers(["株式会社みなと精機", "0463-21-0000"])
