"""Tables of norms as people have them, recognised by their headings. The sheets here are made up."""

from decimal import Decimal

import pytest

from bansou.domain.locaben import NORM_COLUMNS, BusinessSize, Indicator, read_norms_table, read_norms_workbook
from bansou.domain.shared import Refusals
from tests.domain.locaben.norms_for_tests import EDITION, norms_for_tests, round_norm

EXPECTED = dict(norms_for_tests())
PARTS = ["中央値", "ⅳ", "ⅲ", "ⅱ", "ⅰ"]
RATIOS = (Indicator.SALES_GROWTH, Indicator.OPERATING_MARGIN, Indicator.EQUITY_RATIO)


def numbers(indicator, factor="1"):
    norm = round_norm(indicator)
    return [str((number * Decimal(factor)).normalize()) for number in (norm.median, *norm.cuts)]


def long_rows(cells=numbers, unit=""):
    head = ["大分類", "業種コード", "小分類", "規模", "指標", *PARTS]
    return [
        ["業種基準値"],
        [],
        head,
        *(
            ["製造業", "304", "金属製品製造業", size.label, one.label + unit, *cells(one)]
            for size in BusinessSize
            for one in Indicator
        ),
        ["※出典は表紙のとおり"],
    ]


def wide_rows(labels=None, cells=numbers):
    labels = labels or [one.label for one in Indicator]
    return [
        ["財務指標の基準"],
        ["", "", "", *(cell for label in labels for cell in (label, "", "", "", ""))],
        ["大分類", "小分類", "事業規模", *PARTS * 6],
        *(
            [*firm, *(cell for one in Indicator for cell in cells(one))]
            for firm in (["製造業", "0304 金属製品製造業", "中規模事業者"], ["", "", "小規模事業者"])
        ),
        ["注：中規模・小規模"],
    ]


def read(rows):
    return dict(read_norms_table(rows, EDITION))


def refused(rows):
    with pytest.raises(Refusals) as found:
        read(rows)
    return list(found.value)


def test_our_own_csv_is_read():
    rows = [list(NORM_COLUMNS), *(list(row.values()) for row in norms_for_tests().as_rows())]
    assert read(rows) == EXPECTED


def test_a_long_table_is_read():
    assert read(long_rows()) == EXPECTED


def test_a_wide_table_is_read_with_merged_cells():
    assert read(wide_rows()) == EXPECTED


@pytest.mark.parametrize(
    "name", ["金属製品製造業", "0304", "304", "0304.金属製品製造業", "３０４　金属製品製造業"]
)
def test_an_industry_may_be_written_in_several_ways(name):
    rows = [[name if cell == "0304 金属製品製造業" else cell for cell in row] for row in wide_rows()]
    assert read(rows) == EXPECTED


def test_units_named_in_the_headings_are_converted():
    labels = [
        "①売上高増加率（％）", "②営業利益率(%)", "③労働生産性（千円）", "④EBITDA有利子負債倍率（倍）",
        "⑤営業運転資本回転期間（ヶ月）", "⑥自己資本比率（％）",
    ]  # fmt: skip

    def cells(one):
        factor = "100" if one in RATIOS else "0.001" if one is Indicator.LABOR_PRODUCTIVITY else "1"
        return numbers(one, factor)

    assert read(wide_rows(labels, cells)) == EXPECTED


def test_a_percent_sign_in_every_cell_is_converted():
    def cells(one):
        return [f"{cell}%" for cell in numbers(one, "100")] if one in RATIOS else numbers(one)

    assert read(long_rows(cells)) == EXPECTED


def test_japanese_minus_signs_and_commas_are_read():
    def cells(one):
        return [
            f"△{Decimal(cell[1:]):,f}" if cell[0] == "-" else f"{Decimal(cell):,f}" for cell in numbers(one)
        ]

    assert read(wide_rows(cells=cells)) == EXPECTED


@pytest.mark.parametrize("layout", [long_rows, wide_rows])
def test_percent_without_a_sign_is_refused_not_guessed(layout):
    found = refused(layout(cells=lambda one: numbers(one, "100" if one in RATIOS else "1")))
    assert {refusal.code for refusal in found} == {"unit_doubtful"}
    assert len(found) == 6


def test_percent_and_fractions_in_one_row_are_refused():
    def cells(one):
        first, *rest = numbers(one)
        return [f"{first}%", *rest] if one is Indicator.EQUITY_RATIO else [first, *rest]

    assert {refusal.code for refusal in refused(wide_rows(cells=cells))} == {"not_a_number"}


def test_a_unit_that_does_not_fit_the_indicator_is_refused():
    labels = ["売上増加率（千円）", *(one.label for one in list(Indicator)[1:])]
    found = refused(wide_rows(labels))
    assert [refusal.message[:4] for refusal in found] == ["4行目：", "5行目："]
    assert "千円" in found[0].message


def test_thousands_named_but_yen_meant_is_refused():
    labels = [one.label + ("（千円）" if one is Indicator.LABOR_PRODUCTIVITY else "") for one in Indicator]
    assert {refusal.code for refusal in refused(wide_rows(labels))} == {"unit_doubtful"}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["業種", "規模"], ["農業", "中規模事業者"]],
        [["売上", "利益"], ["1", "2"]],
        wide_rows()[:2],
        wide_rows([*(one.label for one in list(Indicator)[:5]), "自己資本利益率"]),
    ],
)
def test_other_tables_are_refused_in_a_sentence(rows):
    (refusal,) = refused(rows)
    assert refusal.code == "table_not_recognised"
    assert "読めませんでした" in refusal.message


def test_the_sheet_with_the_norms_is_found_in_a_workbook():
    assert dict(read_norms_workbook([[["表紙"]], wide_rows(), [["入力"]]], EDITION)) == EXPECTED


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([], "table_not_recognised"),
        ([[["表紙"]]], "table_not_recognised"),
        ([[["表紙"]], wide_rows()[:3]], "no_norms"),
    ],
)
def test_a_workbook_without_norms_is_refused(sheets, code):
    with pytest.raises(Refusals) as found:
        read_norms_workbook(sheets, EDITION)
    assert [refusal.code for refusal in found.value] == [code]


def test_headings_without_rows_are_refused():
    assert [refusal.code for refusal in refused(wide_rows()[:3])] == ["no_norms"]


def test_an_unknown_industry_is_refused_with_its_line():
    rows = [["宇宙業" if cell == "0304 金属製品製造業" else cell for cell in row] for row in wide_rows()]
    found = refused(rows)
    assert {refusal.code for refusal in found} == {"unknown_industry"}
    assert "宇宙業" in found[0].message
