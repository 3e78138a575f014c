"""The yellow cells of 「6つの指標」: the facts of the firm, the settings, the figures of every year."""

from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bansou.domain.locaben import COUNTABLE_DEBT, FIGURE_FIELDS, INDUSTRIES, FigureField
from bansou.domain.method import BusinessSize
from bansou.domain.shared.written_figures import YenUnit

from .content import WorkbookContent
from .look import HEAD, INPUT, LABEL, QUIET, SOFT, Look, bar, changed, make_room, name_cell, note, put, span
from .norms_page import INDUSTRY_LIST
from .places import COUNTED, FIRST_YEAR, NORMS, NOT_COUNTED, Finance, row_name

_DAY = 'yyyy"年"m"月"d"日"'
_WHOLE = '#,##0;"△"#,##0;0'
_FINE = '#,##0.000;"△"#,##0.000;0'
_TYPED = Look(fill=INPUT, framed=True, across="right", number=_WHOLE)
_CHOSEN = Look(fill=INPUT, framed=True, number="@")


def write_facts(workbook: Workbook, sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    bar(sheet, at.facts_row, at.last_column, "基本情報")
    industry = INDUSTRIES.get(content.industry_code)
    left: list[tuple[str, object, str]] = [
        ("商号・屋号", content.business, ""),
        ("所在地", content.address, ""),
        ("代表者名", content.leader, ""),
        ("業種（ロカベンの小分類）", f"{industry.code} {industry.label}" if industry else "", "industry"),
        ("事業規模", content.size.label if content.size else "", "size"),
        ("規模の決め方", content.size_reason, "size_reason"),
    ]
    right: list[tuple[str, object, str]] = [
        ("資本金（円）", content.capital_yen, ""),
        ("従業員数（登録）", content.headcount, ""),
        ("決算月", f"{content.closing_month}月" if content.closing_month else "", ""),
        ("金額の単位", content.unit.label, "unit"),
        ("基準の版の記号", content.edition_code, "edition"),
    ]
    for place, (label, value, name) in enumerate(left):
        row = at.facts_row + 1 + place
        put(sheet, row, 1, label, LABEL)
        last = 4 if place < len(right) else at.last_column
        span(sheet, row, 2, last, value, _CHOSEN if name else Look(framed=True))
        make_room(sheet, row, [(str(value or ""), 46 if last == 4 else 90)])
        _name_setting(workbook, sheet, name, f"$B${row}")
    for place, (label, value, name) in enumerate(right):
        row = at.facts_row + 1 + place
        put(sheet, row, 5, label, LABEL)
        fixed = Look(framed=True, number="#,##0")
        span(sheet, row, 6, at.last_column, value, _CHOSEN if name == "unit" else fixed)
        _name_setting(workbook, sheet, name, f"$F${row}")
    name_cell(workbook, "fact__business", sheet, f"$B${at.facts_row + 1}")
    edition = content.edition
    put(sheet, at.edition_row, 1, "業種基準値", LABEL)
    span(sheet, at.edition_row, 2, at.last_column, edition.norms_name if edition else "ありません", LABEL)
    put(sheet, at.source_row, 1, "出典と由来", LABEL)
    source = f"{edition.source}。{edition.provenance}" if edition else ""
    span(sheet, at.source_row, 2, at.last_column, source, Look(size=8.5, colour=SOFT, framed=True))
    make_room(sheet, at.source_row, [(source, 108)])
    _choices(sheet, at.industry, f"='{NORMS}'!{INDUSTRY_LIST}", "業種を一覧から選んでください。")
    _choices(sheet, at.size, f'"{",".join(size.label for size in BusinessSize)}"', "規模を選んでください。")
    units = f'"{YenUnit.THOUSAND.label},{YenUnit.YEN.label}"'
    _choices(sheet, at.unit, units, "下の決算の数字の単位です。変えても、数字は書き換わりません。")


def _name_setting(workbook: Workbook, sheet: Worksheet, name: str, cell: str) -> None:
    if name:
        name_cell(workbook, f"set__{name}", sheet, cell)


def _choices(sheet: Worksheet, cells: str, source: str, prompt: str) -> None:
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.prompt, rule.showInputMessage = prompt, True
    rule.error, rule.errorStyle = prompt, "warning"
    sheet.add_data_validation(rule)
    rule.add(cells.replace("$", ""))


def write_inputs(workbook: Workbook, sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    bar(
        sheet,
        at.input_row,
        at.last_column,
        "決算の数字（黄色の欄に入れます。ひとつの列がひとつの決算期です）",
    )
    words = f"金額の単位は、上の「金額の単位」（いまは{content.unit.label}）です。空欄はゼロとみなしません。"
    span(sheet, at.input_row + 1, 1, at.last_column, words, QUIET)
    _input_head(workbook, sheet, content, at)
    for row, group in at.groups.items():
        span(sheet, row, 1, at.last_column, group, changed(HEAD, across="left"))
    for field in FIGURE_FIELDS:
        row = at.figures[field.key]
        note(put(sheet, row, 1, field.label, LABEL), _help(field))
        _unit_of(workbook, sheet, content, field, row)
        name_cell(workbook, row_name(field.key), sheet, f"$A${row}")
        for place in range(at.columns):
            year = content.years[place] if place < len(content.years) else None
            amount = getattr(year, field.key) if year else None
            _amount(sheet, row, FIRST_YEAR + place, amount, content.unit if field.is_amount else YenUnit.YEN)


def _input_head(workbook: Workbook, sheet: Worksheet, content: WorkbookContent, at: Finance) -> None:
    for row, label, unit, name in (
        (at.year_end, "決算日", "年月日", "fiscal_year_end"),
        (at.months, "決算期間", "か月", "months"),
    ):
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, unit, changed(QUIET, framed=True, across="center"))
        name_cell(workbook, row_name(name), sheet, f"$A${row}")
    for place in range(at.columns):
        year = content.years[place] if place < len(content.years) else None
        day: date | None = year.fiscal_year_end if year else None
        put(sheet, at.year_end, FIRST_YEAR + place, day, changed(_TYPED, number=_DAY))
        put(sheet, at.months, FIRST_YEAR + place, year.months if year else None, _TYPED)
    area = f"{at.first}{at.year_end}:{at.last}{at.year_end}"
    days = DataValidation(
        type="date", operator="between", formula1="18264", formula2="73050", allow_blank=True
    )
    days.showErrorMessage, days.errorStyle, days.error = (
        True,
        "warning",
        "決算日は「2026/3/31」のように入れます。",
    )
    sheet.add_data_validation(days)
    days.add(area)
    months = DataValidation(type="whole", operator="between", formula1="1", formula2="24", allow_blank=True)
    months.showErrorMessage, months.errorStyle, months.error = (
        True,
        "warning",
        "1から24までの月数を入れます。",
    )
    sheet.add_data_validation(months)
    months.add(f"{at.first}{at.months}:{at.last}{at.months}")


def _help(field: FigureField) -> str:
    if field.key == "previous_sales":
        return f"{field.help}ひとつ前の期の列に売上高があれば、そちらを使うので空欄でかまいません。"
    return field.help


def _unit_of(
    workbook: Workbook, sheet: Worksheet, content: WorkbookContent, field: FigureField, row: int
) -> None:
    if field.key in COUNTABLE_DEBT:
        chosen = COUNTED if field.key in content.counted_debt else NOT_COUNTED
        put(sheet, row, 2, chosen, changed(_CHOSEN, across="center", size=9))
        name_cell(workbook, f"count__{field.key}", sheet, f"$B${row}")
        _choices(sheet, f"$B${row}", f'"{NOT_COUNTED},{COUNTED}"', "借入金に含めるかどうかを選びます。")
        return
    unit = ("任意" if not field.required else "金額") if field.is_amount else "人"
    put(sheet, row, 2, unit, changed(QUIET, framed=True, across="center"))


def _amount(sheet: Worksheet, row: int, column: int, amount: int | None, unit: YenUnit) -> None:
    if amount is None:
        put(sheet, row, column, None, _TYPED)
        return
    whole, rest = divmod(int(amount), int(unit))
    # A 千円 with a remainder keeps its three decimals: nothing is rounded away.
    value = whole if not rest else float(f"{int(amount) / int(unit):.15g}")
    put(sheet, row, column, value, changed(_TYPED, number=_FINE) if rest else _TYPED)
