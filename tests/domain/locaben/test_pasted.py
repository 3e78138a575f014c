from datetime import date

import pytest

from bansou.domain.locaben.figures import FIGURE_FIELDS
from bansou.domain.locaben.pasted import read_pasted
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

THREE_YEARS = (
    "（単位：千円）\t\t\t\n"
    "項目\t2024年3月期\t2025年3月期\t令和8年3月期\n"
    "売上高\t172,000\t180,300\t186,200\n"
    "営業利益\t△1,200\t3,400\t5,200.5\n"
    "減価償却費\t-\t4,400\t4,500\n"
    "経常利益\t1\t2\t3\n"
    "現金及び預金\t20,000\t22,000\t28,287\n"
    "商品\t1\t2\t3\n"
    "仕掛品\t10\t20\t30\n"
    "短期借入金\t5\t5\t5\n"
    "1年内返済予定長期借入金\t1\t1\t1\n"
    "長期借入金\t10\t10\t10\n"
    "従業員数（人）\t12\t12人\t13\n"
    "純資産の部合計\t30\t32\t36\n"
    "負債・純資産合計\t100\t200\t300\n"
)


def test_three_years_from_a_spreadsheet():
    pasted = read_pasted(THREE_YEARS)
    assert pasted.unit is YenUnit.THOUSAND
    assert [year.period.end for year in pasted.years] == [date(y, 3, 31) for y in (2024, 2025, 2026)]
    first, _, last = (year.figures for year in pasted.years)
    assert last == {
        "sales": 186_200_000, "operating_profit": 5_200_500, "depreciation": 4_500_000, "cash": 28_287_000,
        "inventory": 33_000, "borrowings": 16_000, "employees": 13, "net_assets": 36_000,
        "total_assets": 300_000,
    }  # fmt: skip
    assert (first["operating_profit"], first["depreciation"], first["employees"]) == (-1_200_000, None, 12)
    assert pasted.doubts == ()


def test_every_line_is_accounted_for():
    pasted = read_pasted(THREE_YEARS)
    lines = {each.line for each in (*pasted.placed, *pasted.unplaced)}
    assert lines == set(range(1, 16)) - {2}
    assert {each.line: each.reason for each in pasted.unplaced} == {
        1: "金額のない行です。",
        6: "営業利益の代わりにはなりません。",
    }
    assert {each.label for each in pasted.placed if each.key == "inventory"} == {"商品", "仕掛品"}


def test_the_table_may_lie_on_its_side():
    pasted = read_pasted(
        '決算期,売上高,営業利益,売掛金\n2025年3月期,"1,000",△20,\n2026年3月期,"1,200",(500),3\n'
    )
    assert pasted.transposed
    assert [year.figures for year in pasted.years] == [
        {"sales": 1000, "operating_profit": -20, "accounts_receivable": None},
        {"sales": 1200, "operating_profit": -500, "accounts_receivable": 3},
    ]


def test_columns_parted_by_blanks():
    pasted = read_pasted("項目 R7.3 R8.3\n売上高 1,234 1,500\n営業損失 100 50\n現金・預金 10 -\n")
    assert [year.figures for year in pasted.years] == [
        {"sales": 1234, "operating_profit": -100, "cash": 10},
        {"sales": 1500, "operating_profit": -50, "cash": None},
    ]


def test_the_labels_of_our_own_page_are_understood():
    rows = "\n".join(f"{field.label}\t{at}" for at, field in enumerate(FIGURE_FIELDS, start=1))
    figures = read_pasted(f"\t2026年3月期\n{rows}").years[0].figures
    assert figures == {field.key: at for at, field in enumerate(FIGURE_FIELDS, start=1)}


def test_indented_lists_and_numbered_years():
    pasted = read_pasted(
        "資産の部\t\t第31期\t第32期\n流動資産\t\t\t\n\t現金\t5\t6\n\t普通預金\t50\t60\n\t棚卸資産\t7\t8\n\t商品\t7\t8\n"
    )
    assert [year.period.ordinal for year in pasted.years] == [31, 32]
    assert [year.figures for year in pasted.years] == [
        {"cash": 55, "inventory": 7},
        {"cash": 66, "inventory": 8},
    ]
    assert pasted.unplaced[-1].reason == "棚卸資産にもう含まれているので、足していません。"


def test_a_row_may_name_its_own_unit():
    pasted = read_pasted(
        "\t2026年3月期\n売上高（百万円）\t186.2\n営業利益（円）\t5,200,000\n", unit=YenUnit.THOUSAND
    )
    assert pasted.years[0].figures == {"sales": 186_200_000, "operating_profit": 5_200_000}


def test_another_unit_than_the_one_written_is_doubted():
    pasted = read_pasted(THREE_YEARS, unit=YenUnit.YEN)
    assert pasted.years[2].figures["sales"] == 186_200
    assert any("「千円」と書かれていますが、円として" in doubt for doubt in pasted.doubts)


def test_an_unreadable_cell_is_named_and_stays_blank():
    pasted = read_pasted("\t2026年3月期\n売上高\t100\n総資産\tabc\n")
    assert pasted.years[0].figures["total_assets"] is None
    assert any("3行目「総資産」：「abc」" in doubt for doubt in pasted.doubts)


def test_digits_grouped_by_commas_are_not_taken_apart():
    pasted = read_pasted("項目,2026年3月期\n売上高,1,234,567\n営業利益,100\n")
    assert pasted.years[0].figures == {"operating_profit": 100}
    assert "見出しより欄が多い" in pasted.unplaced[0].reason
    headless = read_pasted("売上高,1,234,567\n営業利益,100,000\n")
    assert any("桁区切り" in doubt for doubt in headless.doubts)


def test_columns_without_a_year_are_left_out_and_said():
    pasted = read_pasted("\t前期\t当期\t増減\n売上高\t1\t2\t1\n")
    assert [year.period.relative for year in pasted.years] == [-1, 0]
    assert any("「増減」" in doubt for doubt in pasted.doubts)


def test_without_headings_the_columns_are_numbered():
    pasted = read_pasted("売上高\t100\t200\n営業利益\t5\t6\n")
    assert [(year.heading, year.period) for year in pasted.years] == [("2列目", None), ("3列目", None)]
    assert any("決算期の見出し" in doubt for doubt in pasted.doubts)


@pytest.mark.parametrize("text", ["", "hello\nworld", "経常利益\t5\n", "2026年3月期\t2025年3月期\n"])
def test_what_holds_no_figure_is_refused(text):
    with pytest.raises(Refusal) as refused:
        read_pasted(text)
    assert refused.value.field == "pasted"


WITHIN = "\t2026年3月期\n売上高\t100\n販売費及び一般管理費\t50\n（うち減価償却費）\t7\n"


def test_depreciation_printed_only_within_another_line_is_taken_and_said():
    pasted = read_pasted(WITHIN)
    assert pasted.years[0].figures["depreciation"] == 7
    assert pasted.doubts == (
        "4行目「（うち減価償却費）」は内訳の行ですが、ほかに減価償却費の行がないので、減価償却費に入れました。",
    )


def test_it_is_left_out_beside_a_line_of_its_own():
    pasted = read_pasted(WITHIN + "減価償却費\t9\n")
    assert pasted.years[0].figures["depreciation"] == 9
    assert pasted.doubts == ()
    assert [each.line for each in pasted.unplaced] == [3, 4]
