"""How the cells look, and how text is put into them so that it comes back letter by letter."""

import re
import unicodedata
from dataclasses import dataclass
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

FONT = "BIZ UDPGothic"
INK, SOFT, BLUE = "1A1A1A", "4D4D4D", "0017C1"
INPUT, BAR, GROUND, WARM = "FFF9DB", "E8F1FE", "F7F7F5", "FFF6EE"
_TALLEST = 405  # points; Excel refuses rows of more than 409
_LINE, _ROOM = 13.5, 6

_thin = Side(style="thin", color="CCCCCC")
FRAME = Border(left=_thin, right=_thin, top=_thin, bottom=_thin)
RISKY_START = ("=", "+", "-", "@", "'", "＝", "＋", "－", "＠")

# What XML cannot hold, and what would be taken for its written form: both are written as _xHHHH_ (ECMA-376).
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True, kw_only=True)
class Look:
    size: float = 10
    bold: bool = False
    colour: str = INK
    fill: str = ""
    across: str = "left"
    down: str = "center"
    wraps: bool = True
    framed: bool = False
    number: str = "General"


PLAIN = Look()
TITLE = Look(size=16, bold=True, wraps=False)
QUIET = Look(size=9, colour=SOFT)
BAR_LOOK = Look(size=11, bold=True, fill=BAR, wraps=False)
HEAD = Look(size=9, bold=True, fill=GROUND, across="center", framed=True)
LABEL = Look(size=9.5, framed=True)
RESULT = Look(across="right", framed=True)
WORDS = Look(fill=INPUT, down="top", framed=True, number="@")


def put(sheet: Worksheet, row: int, column: int, value: object, look: Look = PLAIN) -> Cell:
    """Text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = escaped(value) or None
        if value:
            cell.data_type = "s"
    else:
        cell.value = value
    dress(cell, look)
    if isinstance(value, str) and value.startswith(RISKY_START):
        cell.style = cell.style  # own the style before marking it
        cell.quotePrefix = True
    return cell


def dress(cell: Cell, look: Look) -> None:
    cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=look.colour)
    cell.alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=look.wraps)
    cell.number_format = look.number
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.framed:
        cell.border = FRAME


def span(sheet: Worksheet, row: int, first: int, last: int, value: object, look: Look = PLAIN) -> Cell:
    """One cell over several columns; the frame goes around all of them."""
    cell = put(sheet, row, first, value, look)
    for column in range(first + 1, last + 1):
        dress(sheet.cell(row, column), look)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    return cell


def bar(sheet: Worksheet, row: int, last: int, words: str) -> None:
    span(sheet, row, 1, last, words, BAR_LOOK)
    sheet.row_dimensions[row].height = 20


def note(cell: Cell, words: str, *, wide: int = 260) -> None:
    """A remark that opens on the cell; it is not read back."""
    remark = Comment(escaped(words), "Bansō")
    remark.width, remark.height = wide, 22 + 18 * lines_of(words, wide / 7.5)
    cell.comment = remark


def lines_of(text: str, room: float) -> int:
    """Lines the text takes in a column `room` half-width letters wide."""
    return sum(max(1, ceil(_width(line) / max(room, 1))) for line in text.split("\n"))


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)


def make_room(sheet: Worksheet, row: int, cells: list[tuple[str, float]], *, least: float = 18) -> None:
    """The height a row needs for its texts, each with the width of its column: merged cells do not grow."""
    lines = max((lines_of(text, room) for text, room in cells), default=1)
    sheet.row_dimensions[row].height = min(_TALLEST, max(least, lines * _LINE + _ROOM))


def changed(look: Look, **changes: object) -> Look:
    return Look(**{**vars(look), **changes})


def name_cell(workbook: Workbook, name: str, sheet: Worksheet, cell: str) -> None:
    workbook.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!{cell}", hidden=True)


def margins(sheet: Worksheet) -> None:
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.55, 0.6
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "Bansō　&A", "&P / &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
