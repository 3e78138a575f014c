"""「6つの指標」: the facts, the newest year with its radar, every year, the figures, and the way between."""

from openpyxl import Workbook
from openpyxl.chart import RadarChart, Reference, Series
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from bansou.domain.locaben import Indicator

from .content import WorkbookContent
from .finance_inputs import write_facts, write_inputs
from .formulas import MARKS, Formula, YearFormulas
from .look import (
    BLUE,
    FONT,
    HEAD,
    INPUT,
    LABEL,
    QUIET,
    RESULT,
    SOFT,
    TITLE,
    Look,
    bar,
    changed,
    make_room,
    margins,
    note,
    put,
    span,
)
from .notes import sentences
from .places import (
    FINANCE,
    FIRST_YEAR,
    NORMS,
    RADAR_COLUMN,
    WORKING,
    WORKING_LABELS,
    Finance,
)
from .single_formulas import newest_formulas

_DAY = 'yyyy"年"m"月"d"日"'
_PERIOD = 'yyyy"年"m"月期"'
_WHOLE = '#,##0;"△"#,##0;0'
_FINE = '#,##0.000;"△"#,##0.000;0'
_VALUES = {
    Indicator.SALES_GROWTH: '+0.0%;"−"0.0%;0.0%',
    Indicator.OPERATING_MARGIN: '0.0%;"−"0.0%;0.0%',
    Indicator.LABOR_PRODUCTIVITY: '#,##0"千円";"−"#,##0"千円";0"千円"',
    Indicator.EBITDA_DEBT_MULTIPLE: '#,##0.0"倍";"−"#,##0.0"倍";0.0"倍"',
    Indicator.WORKING_CAPITAL_MONTHS: '#,##0.0"か月";"−"#,##0.0"か月";0.0"か月"',
    Indicator.EQUITY_RATIO: '0.0%;"−"0.0%;0.0%',
}
_TYPED = Look(fill=INPUT, framed=True, across="right", number=_WHOLE)
_CHOSEN = Look(fill=INPUT, framed=True, number="@")
_WORKING_NUMBER = '#,##0;"−"#,##0;0'
_YEARS_ON_A_PAGE, _WIDEST_UPRIGHT = 8, 6
_WARNING = "8B3200"
_TALK = "点数は話のきっかけです。会社の成績ではありません。"


def write_finance(workbook: Workbook, sheet: Worksheet, content: WorkbookContent) -> list[Formula]:
    """Fill the sheet. Returns its formulas with their values."""
    at = Finance(len(content.years))
    _widths(sheet, at)
    _head(sheet, content, at)
    write_facts(workbook, sheet, content, at)
    formulas = _all_formulas(content, at)
    _newest(sheet, content, at)
    _course(sheet, content, at)
    write_inputs(workbook, sheet, content, at)
    _working(sheet, at)
    _norms(sheet, content, at)
    _notes(sheet, at)
    for formula in formulas:
        sheet.cell(formula.row, formula.column).value = formula.text
    _radar(sheet, at)
    _paper(sheet, at)
    return formulas


def _all_formulas(content: WorkbookContent, at: Finance) -> list[Formula]:
    found: list[Formula] = []
    for place in range(at.columns):
        there = place < len(content.years)
        figures = content.sequence[place] if there else None
        assessment = content.assessments[place] if there else None
        found += YearFormulas(content, at, place, figures, assessment).all()
    return [*found, *newest_formulas(content, at, found)]


def _widths(sheet: Worksheet, at: Finance) -> None:
    sheet.column_dimensions["A"].width = 31
    sheet.column_dimensions["B"].width = 19
    for place in range(at.columns):
        sheet.column_dimensions[at.letter(place)].width = 15


def _head(sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    title = "ローカルベンチマーク" if content.is_official else "独自の基準値による指標"
    put(sheet, 1, 1, f"{title}　{FINANCE}", TITLE)
    sheet.row_dimensions[1].height = 26
    words = (
        f"{content.business}　{content.made_on:%Y年%-m月%-d日}に作成　黄色の欄に入れると、計算し直します。"
    )
    put(sheet, 2, 1, words, Look(size=9, colour=SOFT, wraps=False))
    caution = content.edition.caution if content.edition else ""
    put(sheet, 3, 1, caution, Look(size=11, bold=True, colour=_WARNING, wraps=False))


# --- results -----------------------------------------------------------------------------------------------


def _newest(sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    bar(sheet, at.newest_row, at.last_column, "")
    for column, head in enumerate(("指標", "値", "業種の中央値", "点（5点満点）"), 1):
        put(sheet, at.newest_head, column, head, HEAD)
    for indicator in Indicator:
        row = at.newest(indicator)
        sheet.row_dimensions[row].height = 24
        label = put(sheet, row, 1, f"{indicator.sign}{indicator.label}（{indicator.category}）", LABEL)
        direction = "小さい" if indicator.lower_is_better else "大きい"
        note(label, f"{indicator.formula}\n{direction}ほど点が高くなります。")
        number = _VALUES[indicator]
        put(sheet, row, 2, None, Look(size=11, bold=True, across="right", framed=True, number=number))
        put(sheet, row, 3, None, Look(across="right", framed=True, number=number, colour=SOFT))
        put(sheet, row, 4, None, Look(size=11, bold=True, across="center", framed=True))
    grade = "総合評価" if content.is_official else "総合評価（独自の基準値では出しません）"
    for row, label, size in (
        (at.newest_total, "合計点（30点満点）", 12),
        (at.newest_grade, grade, 12),
        (at.newest_partial, "付いた点だけの合計（参考）", 9),
    ):
        sheet.row_dimensions[row].height = 20
        span(sheet, row, 1, 3, label, LABEL)
        put(sheet, row, 4, None, Look(size=size, bold=size > 9, across="center", framed=True))
    span(sheet, at.newest_partial + 1, 1, 4, _TALK, QUIET)


def _course(sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    bar(sheet, at.course_row, at.last_column, "これまでの歩み")
    put(sheet, at.course_head, 1, "指標", HEAD)
    put(sheet, at.course_head, 2, "", HEAD)
    for place in range(at.columns):
        put(sheet, at.course_head, FIRST_YEAR + place, None, changed(HEAD, number=_PERIOD))
    for indicator in Indicator:
        name = f"{indicator.sign}{indicator.label}"
        sheet.row_dimensions[at.shown(indicator)].height = 28  # room for 算出不可 with its reason
        _line(sheet, at, at.shown(indicator), name, "値", changed(RESULT, number=_VALUES[indicator]))
        _line(sheet, at, at.points(indicator), name, "点", changed(RESULT, across="center"))
    _line(sheet, at, at.total, "合計点", "30点満点", changed(RESULT, across="center", bold=True))
    graded = "" if content.is_official else "出しません"
    _line(sheet, at, at.grade, "総合評価", graded, changed(RESULT, across="center", bold=True))
    _line(sheet, at, at.partial, "付いた点だけの合計", "参考", changed(RESULT, across="center", colour=SOFT))
    for place, (mark, words) in enumerate(MARKS):
        look = changed(RESULT, across="center", size=9)
        _line(
            sheet,
            at,
            at.first_mark + place,
            words,
            "" if mark.mark.value == "confirmed" else mark.mark.label,
            look,
        )
    _grey_where_not_computable(sheet, at)


def _line(sheet: Worksheet, at: Finance, row: int, label: str, unit: str, look: Look) -> None:
    put(sheet, row, 1, label, LABEL)
    put(sheet, row, 2, unit, changed(QUIET, framed=True, across="center"))
    for place in range(at.columns):
        put(sheet, row, FIRST_YEAR + place, None, look)


def _grey_where_not_computable(sheet: Worksheet, at: Finance) -> None:
    first, last = at.shown(Indicator.SALES_GROWTH), at.shown(Indicator.EQUITY_RATIO)
    area = f"{at.first}{first}:{at.last}{last}"
    small = Font(color=SOFT, italic=True)
    sheet.conditional_formatting.add(area, FormulaRule([f"ISTEXT({at.first}{first})"], font=small))


# --- how it is worked out ----------------------------------------------------------------------------------


def _working(sheet: Worksheet, at: Finance) -> None:
    bar(sheet, at.working_row, at.last_column, "計算の途中（円・人。丸める前の値で点を付けます）")
    quiet = changed(RESULT, size=9, colour=SOFT, number=_WORKING_NUMBER)
    for key in WORKING:
        number = "yyyy/m/d" if key == "month_end" else _WORKING_NUMBER
        unit = {"month_end": "", "heads": "人", "previous_months": "か月"}.get(key, "円")
        _line(sheet, at, at.working[key], WORKING_LABELS[key], unit, changed(quiet, number=number))
        make_room(sheet, at.working[key], [(WORKING_LABELS[key], 36)])
    for indicator in Indicator:
        label = f"{indicator.sign}{indicator.label}（丸める前）"
        unit = {"%": "割合", "千円": "円"}.get(indicator.unit, indicator.unit)
        _line(
            sheet,
            at,
            at.exact(indicator),
            label,
            unit,
            changed(quiet, number="0.00000000" if indicator.unit == "%" else "#,##0.0000"),
        )
        make_room(sheet, at.exact(indicator), [(label, 36)])
    for row, label in ((at.newest_place, "いちばん新しい期は何列目か"), (at.unit_place, "金額の1は何円か")):
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, None, changed(quiet, across="center"))


def _norms(sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    kind = content.edition.norms_name if content.edition else "業種基準値"
    bar(sheet, at.norms_row, at.last_column, f"この業種・規模の区切り（{kind}）")
    heads = ("指標", "単位", "中央値", "ⅳ（2点から）", "ⅲ（3点から）", "ⅱ（4点から）", "ⅰ（5点）")
    for column, head in enumerate(heads, 1):
        put(sheet, at.norms_head, column, head, HEAD)
    for indicator in Indicator:
        row, label = at.norm(indicator), f"{indicator.sign}{indicator.label}"
        put(sheet, row, 1, label, LABEL)
        unit = {"千円": "円"}.get(indicator.unit, indicator.unit)
        put(sheet, row, 2, unit, changed(QUIET, framed=True, across="center"))
        number = {"%": '0.00%;"−"0.00%', "千円": _WORKING_NUMBER}.get(indicator.unit, '0.00;"−"0.00')
        for column in range(3, 8):
            put(sheet, row, column, None, changed(RESULT, size=9, number=number))


def _notes(sheet: Worksheet, at: Finance) -> None:
    bar(sheet, at.notes_row, at.last_column, "注記")
    for place, (sentence, leads) in enumerate(sentences(), 1):
        row = at.notes_row + place
        words = sentence if leads else f"・{sentence}"
        span(sheet, row, 1, at.last_column, words, Look(size=8.5, bold=leads, colour=SOFT))
        make_room(sheet, row, [(words, 138)], least=15)


def _radar(sheet: Worksheet, at: Finance) -> None:
    """The points of the newest year on five rings, the median dashed on the third."""
    norms = sheet.parent[NORMS]
    chart = RadarChart()
    chart.type, chart.style = "marker", 2
    for column, colour, dash, wide in ((2, BLUE, "solid", 28575), (3, "4D4D4D", "dash", 15875)):
        values = Reference(norms, min_col=RADAR_COLUMN + column - 1, min_row=4, max_row=10)
        series = Series(values, title_from_data=True)
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.dashStyle = dash
        series.graphicalProperties.line.width = wide
        series.marker.symbol = "circle" if column == 2 else "none"
        series.marker.graphicalProperties.solidFill = colour
        chart.series.append(series)
    chart.set_categories(Reference(norms, min_col=RADAR_COLUMN, min_row=5, max_row=10))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 5
    chart.y_axis.majorUnit, chart.y_axis.delete, chart.x_axis.delete = 1, False, False
    chart.legend.position = "b"
    chart.display_blanks = "gap"
    chart.layout = Layout(
        ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.2, y=0.12, w=0.6, h=0.66)
    )
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = _small_text()
    chart.legend.txPr = _small_text()
    chart.width, chart.height = 2.9 * min(at.last_column - 4, 5) + 0.2, 8.6
    sheet.add_chart(chart, f"E{at.newest_head}")


def _small_text() -> RichText:
    letters = CharacterProperties(sz=800, latin=DrawingFont(typeface=FONT), ea=DrawingFont(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _paper(sheet: Worksheet, at: Finance) -> None:
    sheet.freeze_panes = "C3"
    sheet.sheet_view.showGridLines = False
    page = sheet.page_setup
    page.paperSize = sheet.PAPERSIZE_A4
    page.orientation = "portrait" if at.columns <= _WIDEST_UPRIGHT else "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page.fitToWidth, page.fitToHeight = -(-at.columns // (_YEARS_ON_A_PAGE + 1)), 0
    sheet.print_title_cols = "A:B" if page.fitToWidth > 1 else None
    sheet.print_area = f"A1:{at.last}{at.notes_row + len(sentences())}"
    sheet.row_breaks.append(Break(id=at.input_row - 1))
    margins(sheet)
