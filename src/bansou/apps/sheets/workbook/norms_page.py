"""「業種基準値」: the norms the formulas look up, for every industry and size of the edition."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bansou.domain.locaben import INDUSTRIES, Indicator

from .content import WorkbookContent
from .formulas import Formula
from .look import HEAD, QUIET, TITLE, Look, put
from .places import NORM_HEAD_ROW, RADAR_COLUMN, Finance
from .single_formulas import radar_formulas

_INDUSTRY_COLUMN = 13
_first, _last = NORM_HEAD_ROW + 1, NORM_HEAD_ROW + len(INDUSTRIES)
INDUSTRY_LIST = f"$M${_first}:$M${_last}"
_HEADS = ("照合の鍵", "業種の番号", "業種", "規模", "", "指標", "中央値", "ⅳ", "ⅲ", "ⅱ", "ⅰ")
_NUMBER = Look(size=9, across="right")


_SHORT = {
    Indicator.SALES_GROWTH: "①売上増加",
    Indicator.OPERATING_MARGIN: "②営業利益率",
    Indicator.LABOR_PRODUCTIVITY: "③労働生産性",
    Indicator.EBITDA_DEBT_MULTIPLE: "④EBITDA倍率",
    Indicator.WORKING_CAPITAL_MONTHS: "⑤運転資本",
    Indicator.EQUITY_RATIO: "⑥自己資本",
}


def write_norms(sheet: Worksheet, content: WorkbookContent) -> list[Formula]:
    edition = content.edition
    put(sheet, 1, 1, edition.norms_name if edition else "業種基準値がありません", TITLE)
    put(sheet, 2, 1, f"{edition.source}。{edition.provenance}" if edition else "", Look(size=9, wraps=False))
    put(
        sheet,
        3,
        1,
        "割合は小数、労働生産性は円です。左から悪い順にⅳ ⅲ ⅱ ⅰの区切りです。"
        "長い表なので、印刷の範囲は上の3行だけにしています。",
        Look(size=9, wraps=False),
    )
    for column, head in enumerate(_HEADS, 1):
        put(sheet, NORM_HEAD_ROW, column, head, HEAD)
    for place, ((code, size, indicator), norm) in enumerate(content.norms or ()):
        row = _first + place
        words = (
            f"{code}_{size.value}_{indicator.value}",
            code,
            INDUSTRIES[code].label,
            size.label,
            "",
            indicator.label,
        )
        for column, word in enumerate(words, 1):
            put(sheet, row, column, word, Look(size=9, wraps=False))
        for column, number in enumerate((norm.median, *norm.cuts), len(words) + 1):
            put(sheet, row, column, float(number), _NUMBER)
    put(sheet, NORM_HEAD_ROW, _INDUSTRY_COLUMN, "業種の一覧", HEAD)
    for place, industry in enumerate(INDUSTRIES.values()):
        put(
            sheet,
            _first + place,
            _INDUSTRY_COLUMN,
            f"{industry.code} {industry.label}",
            Look(size=9, wraps=False),
        )
    for letter, wide in zip("ABCDEFGHIJKM", (34, 10, 28, 14, 2, 26, 14, 14, 14, 14, 14, 34), strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = f"A{_first}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_area = f"A1:K{NORM_HEAD_ROW - 1}"
    return _radar(sheet, content)


def _radar(sheet: Worksheet, content: WorkbookContent) -> list[Formula]:
    put(
        sheet,
        NORM_HEAD_ROW - 1,
        RADAR_COLUMN,
        "レーダーチャートの元の数字（#N/A は点の付かないところ）",
        QUIET,
    )
    for place, head in enumerate(("指標", "自社", "業種の中央値"), RADAR_COLUMN):
        put(sheet, NORM_HEAD_ROW, place, head, HEAD)
        sheet.column_dimensions[get_column_letter(place)].width = 22
    for place, indicator in enumerate(Indicator):
        put(sheet, _first + place, RADAR_COLUMN, _SHORT[indicator], Look(size=9))
    formulas = list(radar_formulas(content, Finance(len(content.years))))
    for formula in formulas:
        sheet.cell(formula.row, formula.column).value = formula.text
    return formulas
