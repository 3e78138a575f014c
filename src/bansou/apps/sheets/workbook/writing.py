"""The sheet as an .xlsx of the three sheets, with formulas that work and the values they come to."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from html import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName

from .content import WorkbookContent
from .finance_page import write_finance
from .formulas import Formula, Value
from .norms_page import write_norms
from .places import FINANCE, MARK, MARK_VALUE, NORMS, REVISION, SHEET, WORDS_FLOW, WORDS_VIEWS
from .words_pages import write_flow, write_views

_FORMULA_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)><f>(.*?)</f><v ?/?>(?:</v>)?</c>')


def write_workbook(content: WorkbookContent) -> bytes:
    """6つの指標, 商流・業務フロー, 4つの視点, and the norms behind them. Reads back as `read_workbook`."""
    workbook = Workbook()
    workbook.properties.title = f"ローカルベンチマーク {content.business}"
    workbook.properties.creator = "Bansō"
    for name, value in (
        (MARK, MARK_VALUE),
        (REVISION, str(content.revision)),
        (SHEET, f'"{content.sheet_id}"'),
    ):
        workbook.defined_names[name] = DefinedName(name, attr_text=value, hidden=True)
    workbook.active.title = FINANCE
    for title in (WORDS_FLOW, WORDS_VIEWS, NORMS):
        workbook.create_sheet(title)
    norm_formulas = write_norms(workbook[NORMS], content)
    formulas = write_finance(workbook, workbook[FINANCE], content)
    write_flow(workbook, workbook[WORDS_FLOW], content)
    write_views(workbook, workbook[WORDS_VIEWS], content)
    out = io.BytesIO()
    workbook.save(out)
    return _with_values(out.getvalue(), {"sheet1.xml": formulas, "sheet4.xml": norm_formulas})


def _with_values(content: bytes, formulas: dict[str, list[Formula]]) -> bytes:
    """openpyxl keeps a formula without its value; a preview that does not calculate would show nothing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = old.read(entry)
            if (name := entry.filename.rpartition("/")[2]) in formulas and "worksheets/" in entry.filename:
                part = _filled(part.decode(), formulas[name]).encode()
            new.writestr(entry, part)
    return out.getvalue()


def _filled(sheet: str, formulas: Iterable[Formula]) -> str:
    values = {f"{get_column_letter(one.column)}{one.row}": one.value for one in formulas}

    def with_value(found: re.Match[str]) -> str:
        place, style, formula = found.groups()
        if place not in values:
            return found[0]
        kind, written = _as_written(values[place])
        return f'<c r="{place}"{style}{kind}><f>{formula}</f><v>{written}</v></c>'

    return _FORMULA_CELL.sub(with_value, sheet)


def _as_written(value: Value) -> tuple[str, str]:
    if value == "#N/A":
        return ' t="e"', "#N/A"
    if isinstance(value, str) or value is None:
        return ' t="str"', escape(value or "", quote=False)
    if isinstance(value, date):
        return "", str(int(to_excel(value)))
    return "", repr(value)
