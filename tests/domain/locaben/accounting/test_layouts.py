"""Odd tables: signs, pairs of columns, departments, months, no headings."""

from dataclasses import replace
from datetime import date

import pytest

from bansou.domain.locaben.accounting import (
    BALANCE_PAIR,
    Mapping,
    MappingEntry,
    Sign,
    apply,
    complete,
    period_of,
    read_statement,
    suggest_mapping,
)
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


def statement(text, separator=","):
    return read_statement([line.split(separator) for line in text.strip("\n").split("\n")])


def outcome(text, unit=YenUnit.YEN, separator=","):
    read = statement(text, separator)
    return apply(read, suggest_mapping(read), unit)


def known(text, **options):
    return {key: value for key, value in outcome(text, **options).figures.items() if value is not None}


BALANCE = """科目,残高
現金,100
普通預金,400
売掛金,300
買掛金,200
短期借入金,100
資産合計,800
負債合計,300
純資産合計,500
"""


def test_details_are_added_where_there_is_no_total():
    assert known(BALANCE) == {
        "cash": 500, "accounts_receivable": 300, "accounts_payable": 200, "borrowings": 100,
        "total_assets": 800, "total_liabilities": 300, "net_assets": 500,
    }  # fmt: skip


def test_a_total_is_taken_alone():
    read = outcome(BALANCE + "現金・預金合計,500\n")
    assert read.figures["cash"] == 500
    assert {each.name: each.reason for each in read.unused if "預金" in each.name or each.name == "現金"} == {
        "現金": "現金・預金にもう含まれているので、足していません。",
        "普通預金": "現金・預金にもう含まれているので、足していません。",
    }


def test_two_totals_that_differ_are_doubted():
    read = outcome(BALANCE + "負債・純資産合計,790\n")
    assert read.figures["total_assets"] == 800
    assert any("金額が違います" in doubt and "790円" in doubt for doubt in read.doubts)
    assert outcome(BALANCE + "負債・純資産合計,800\n").doubts == ()


def test_a_balance_that_does_not_balance_is_doubted():
    read = outcome(BALANCE.replace("純資産合計,500", "純資産合計,499"))
    assert read.doubts == ("純資産（499円）と負債（300円）の合計が、総資産（800円）と1円違います。",)


def test_credit_balances_printed_negative_are_turned():
    read = statement(
        "科目,残高\n現金,100\n買掛金,-200\n資本金,△300\n売上高,-1000\n営業利益,-120\n減価償却費,50\n"
        "負債・純資産合計,-500\n"
    )
    mapping = suggest_mapping(read)
    assert {entry.key: entry.sign for entry in mapping.entries} == {
        "sales": Sign.MINUS, "operating_profit": Sign.MINUS, "depreciation": Sign.PLUS, "cash": Sign.PLUS,
        "accounts_payable": Sign.MINUS, "total_assets": Sign.MINUS,
    }  # fmt: skip
    figures = apply(read, mapping).figures
    assert (figures["sales"], figures["operating_profit"], figures["total_assets"]) == (1000, 120, 500)


def test_a_pair_of_balance_columns_is_one():
    text = (
        "借方残高,借方合計,勘定科目,貸方合計,貸方残高\n"
        "100,500,現金,400,\n,100,買掛金,300,200\n,,売上高,900,900\n"
    )
    assert suggest_mapping(statement(text)).stock_column == BALANCE_PAIR
    assert known(text) == {"cash": 100, "accounts_payable": 200, "sales": 900}


@pytest.mark.parametrize(
    ("line", "profit"),
    [("営業損失,600", -600), ("営業損失（△）,△600", -600), ("営業利益又は営業損失(△),△6", -6)],
)
def test_an_operating_loss_is_negative_however_it_is_printed(line, profit):
    assert known(f"科目,金額\n売上高,100\n{line}\n経常利益,50\n")["operating_profit"] == profit


def test_nothing_stands_in_for_the_operating_profit():
    read = outcome("科目,金額\n売上高,100\n売上総利益,60\n経常利益,50\n税引前当期純利益,50\n減価償却費,1\n")
    assert read.figures["operating_profit"] is None
    assert read.doubts == ("営業利益の行が見つかりませんでした。経常利益などでは代えません。",)


def test_accrued_expenses_never_enter_the_payables():
    assert known("科目,残高\n買掛金,10\n未払金,20\n未払費用,30\n工事未払金,5\n")["accounts_payable"] == 15


def test_provisions_and_discounted_bills_are_left_alone():
    figures = known(
        "科目,残高\n売掛金,100\n貸倒引当金,△5\n受取手形,50\n割引手形,20\n裏書手形,10\n減価償却累計額,△90\n"
    )
    assert figures == {"accounts_receivable": 100, "notes_receivable": 50}


def test_one_line_for_bills_and_accounts_counts_once():
    read = outcome("科目,残高\n受取手形及び売掛金,150\n現金,1\n")
    assert (read.figures["accounts_receivable"], read.figures["notes_receivable"]) == (150, None)
    assert any("手形と掛けを合わせた行" in doubt for doubt in read.doubts)
    assert known("科目,残高\n受取手形,50\n売上債権合計,150\n売掛金,100\n") == {
        "notes_receivable": 50,
        "accounts_receivable": 100,
    }


def test_a_sum_printed_without_the_word_is_not_counted_twice():
    text = "科目,金額\n売上高,300\n製品売上高,200\n商品売上高,100\n営業利益,1\n減価償却費,1\n"
    assert known(text)["sales"] == 300
    assert known(text.replace("売上高,300", "売上高,50", 1))["sales"] == 350


def test_sub_accounts_count_only_without_their_account():
    head = "勘定科目,補助科目,前期繰越,借方金額,貸方金額,期末残高\n"
    subs = "普通預金,見本銀行,0,0,0,300\n普通預金,見本信金,0,0,0,200\n"
    assert known(head + subs)["cash"] == 500
    assert known(head + "普通預金,,0,0,0,500\n" + subs)["cash"] == 500


def test_departments_are_left_out():
    text = (
        "[表題行],部門,勘定科目,前期繰越,借方,貸方,残高,構成比\n"
        "[明細行],事業所(合計),現金,1,1,1,100,\n[明細行],本社,現金,1,1,1,60,\n[明細行],工場,現金,1,1,1,40,\n"
    )
    read = outcome(text)
    assert read.figures["cash"] == 100
    assert any("部門ごとの行" in doubt for doubt in read.doubts)
    assert len(statement(text).others) == 3


def test_months_below_each_other_leave_the_last_one():
    text = (
        "[表題行],部門,月度,分類,勘定科目,前期繰越,借方,貸方,残高,構成比\n"
        "[明細行],事業所(合計),11月度,[貸借対照表],現金,1,1,1,90,\n"
        "[明細行],事業所(合計),12月度,[貸借対照表],現金,1,1,1,100,\n"
    )
    read = outcome(text)
    assert read.figures["cash"] == 100
    assert any("12月度" in doubt for doubt in read.doubts)


def test_months_side_by_side():
    balance = statement(",勘定科目,補助科目,1月,2月,3月\n,現金,,1,2,0\n,売掛金,,5,6,0\n")
    assert suggest_mapping(balance).stock_column == "2月"
    income = statement(",勘定科目,補助科目,1月,2月,3月,決算整理\n,売上高,,1,2,3,4\n営業利益,,,1,1,1,1\n")
    assert suggest_mapping(income).flow_columns == ("1月", "2月", "3月", "決算整理")
    assert apply(income, suggest_mapping(income)).figures["sales"] == 10
    assert any("3か月分" in doubt for doubt in apply(income, suggest_mapping(income)).doubts)


MONTHS = [*(f"2025年{month:02}月" for month in range(4, 13)), *(f"2026年{month:02}月" for month in (1, 2, 3))]


def period(text):
    read = statement(text)
    found = period_of(read, suggest_mapping(read))
    return found.end, found.months


@pytest.mark.parametrize("count", [3, 4, 12])
def test_a_table_of_months_is_of_the_year_its_headings_span(count):
    cells = ",".join(["1"] * count)
    text = f",{','.join(MONTHS[:count])},決算整理,合計\n売上高合計,{cells},0,{count}\n"
    end = {3: date(2025, 6, 30), 4: date(2025, 7, 31), 12: date(2026, 3, 31)}[count]
    assert period(text) == (end, count)
    assert any(f"集計期間が{count}か月" in doubt for doubt in outcome(text).doubts) == (count != 12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("科目,2025年3月期,2026年3月期\n売上高,1,2\n", (date(2026, 3, 31), 12)),
        ("2026年3月31日現在,\n科目,残高\n現金,1\n", (date(2026, 3, 31), 12)),
        ("作成日 2026年5月10日,\n科目,残高\n現金,1\n", (None, 12)),
        (",4月,5月\n売上高,1,2\n", (None, 2)),
    ],
)
def test_which_year_a_file_says_it_is_of(text, found):
    assert period(text) == found


def test_years_side_by_side_are_not_months():
    read = statement("科目,2025/3,2026/3\n売上高,100,110\n現金,1,2\n")
    mapping = suggest_mapping(read)
    assert (mapping.stock_column, mapping.flow_columns) == ("2026/3", ("2026/3",))
    earlier = apply(read, replace(mapping, stock_column="2025/3", flow_columns=("2025/3",)))
    assert (earlier.figures["sales"], earlier.figures["cash"]) == (100, 1)


def test_both_statements_in_one_table_and_the_unit_of_its_title():
    text = (
        "貸借対照表,,\n（単位：千円）,,\n科目,前期,当期\n現金及び預金,900,1000.5\n損益計算書,,\n"
        "科目,前期,当期\n売上高,100,110\n営業利益,4,5\n減価償却費,3,4\n"
    )
    assert statement(text).unit is YenUnit.THOUSAND
    figures = known(text, unit=YenUnit.THOUSAND)
    assert (figures["cash"], figures["sales"]) == (1_000_500, 110_000)
    assert any("「千円」と書かれていますが、円として" in doubt for doubt in outcome(text).doubts)


def test_a_table_without_headings():
    assert known("現金及び預金,1000\n売掛金,500\n資産合計,2000\n純資産合計,800\n")["cash"] == 1000
    tagged = (
        "[明細行],事業所(合計),[貸借対照表],現金,319541,34405,156407,197539,0.1\n"
        "[明細行],事業所(合計),[損益計算書],売上高,0,0,100,100,0.1\n"
    )
    assert known(tagged) == {"cash": 197_539, "sales": 100}


def test_a_period_of_other_length_is_doubted():
    read = outcome("試算表：貸借対照表（期間：2025年09月～2025年12月）,,\n勘定科目,期首,期末\n現金,1,2\n")
    assert any("集計期間が4か月" in doubt for doubt in read.doubts)


def test_an_unreadable_amount_is_named_with_its_line():
    read = outcome("科目,残高\n現金,1O0\n売掛金,5\n")
    assert read.figures["cash"] is None
    assert any("2行目「現金」" in doubt and "1O0" in doubt for doubt in read.doubts)


@pytest.mark.parametrize("text", ["日付,摘要\n2026/04/01,こんにちは\n", "勘定科目,残高\n", "あ\n"])
def test_a_table_without_accounts_is_refused(text):
    with pytest.raises(Refusal, match="勘定科目と金額"):
        statement(text)


def test_a_stored_mapping_meets_another_firm():
    mapping = suggest_mapping(statement(BALANCE))
    other = statement("科目,残高\n現金,10\n普通預金,5\n長期借入金,70\n電子記録債権,9\n売掛金,1\n商品,4\n")
    bare = apply(other, mapping)
    assert bare.figures["inventory"] is None
    assert sum("対応表になく" in doubt for doubt in bare.doubts) == 3
    done = complete(mapping, other)
    assert set(mapping.entries) <= set(done.entries)
    figures = apply(other, done).figures
    assert (figures["borrowings"], figures["inventory"], figures["electronic_receivables"]) == (70, 4, 9)


def test_what_a_person_decided_stays():
    read = statement(BALANCE)
    suggested = suggest_mapping(read)
    decided = replace(
        suggested,
        entries=(
            *(entry for entry in suggested.entries if entry.account != "普通預金"),
            MappingEntry("買掛金", "accounts_payable", Sign.MINUS),
        ),
        ignored=("普通預金",),
    )
    figures = apply(read, complete(decided, read))
    assert figures.figures["cash"] == 100
    assert figures.figures["accounts_payable"] == -200
    assert {each.name: each.reason for each in figures.unused}["普通預金"] == "使わないと決めた科目です。"


@pytest.mark.parametrize(
    "kept",
    [None, [], "x", {}, {"entries": 3},
     {"entries": [{"account": 1}, {"account": "現金", "key": "gold"}, "x"]},
     {"flow_columns": [1, "残高"], "stock_column": 5, "signature": None, "ignored": {"a": 1}}],
)  # fmt: skip
def test_a_damaged_mapping_is_read_without_an_error(kept):
    mapping = Mapping.from_json(kept)
    assert mapping.entries == ()
    assert Mapping.from_json(mapping.as_json()) == mapping


def test_a_mapping_survives_storage():
    mapping = replace(suggest_mapping(statement(BALANCE)), ignored=("仮払金",))
    assert Mapping.from_json(mapping.as_json()) == mapping


def test_a_column_the_file_lacks_is_said():
    read = statement(BALANCE)
    mapping = replace(suggest_mapping(read), stock_column="期末残高")
    assert any("「期末残高」の列がこのファイルにありません" in doubt for doubt in apply(read, mapping).doubts)
    assert complete(mapping, read).stock_column == "残高"
