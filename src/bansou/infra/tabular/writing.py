"""Tables for people to take away: CSV and xlsx that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Value = str | int | float | date | None
Encoding = Literal["utf-8-sig", "cp932"]

_FORMULA_START = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?%?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FOR_CP932 = str.maketrans(
    {"\u301c": "～", "\u2212": "－", "\u2014": "―", "\u2016": "∥", "\u00a5": "￥", "\u00a0": " "}
)
_GETA = "〓"
_NARROWEST, _WIDEST = 10, 50


def write_csv(
    headers: Sequence[str], rows: Iterable[Sequence[Value]], *, encoding: Encoding = "utf-8-sig"
) -> bytes:
    """CRLF lines, quoted where needed; dates ISO; ``None`` empty.

    Text that a spreadsheet would run (beginning with = + - @, also full width, or a tab) gets an apostrophe
    in front, unless it is a plain number. What CP932 cannot write becomes 〓.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(header) for header in headers])
    writer.writerows([_harmless(value) for value in row] for row in rows)
    text = out.getvalue()
    return _to_cp932(text) if encoding == "cp932" else text.encode(encoding)


def _harmless(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    text = _CONTROL.sub("", value)
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _to_cp932(text: str) -> bytes:
    text = text.translate(_FOR_CP932)
    try:
        return text.encode("cp932")
    except UnicodeEncodeError:
        return b"".join(char.encode("cp932", errors="ignore") or _GETA.encode("cp932") for char in text)


def write_xlsx(headers: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet_name: str = "一覧") -> bytes:
    """One sheet: bold headers that stay in view, text as text (never a formula), dates as dates."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(sheet_name)
    sheet.freeze_panes = "A2"
    for index, header in enumerate(headers, start=1):
        width = min(max(2 * len(header) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_cell(sheet, header, bold=True) for header in headers])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Value, *, bold: bool = False) -> WriteOnlyCell:
    text = _CONTROL.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=text)
    if isinstance(text, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
