"""The sheets of an .xlsx file as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bansou.domain.shared import Refusal
from bansou.infra.tabular.table import Table, to_table, too_long
from bansou.infra.tabular.xlsx_guard import refuse_unsafe_xlsx, rewritten, unreadable

# What no form takes and no database keeps; tab and line ends stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_xlsx(content: bytes, max_rows: int) -> Table:
    """Numbers without a needless ``.0``, dates as ISO, row numbers as Excel shows them."""
    with _readable():
        for is_visible, sheet in _sheets(content):
            filled = ((line, row) for line, row in enumerate(_rows(sheet), 1) if any(row))
            first = next(filled, None) if is_visible else None
            if first is not None:
                return to_table(chain([first], filled), max_rows)
    return to_table([], max_rows)


@dataclass(frozen=True)
class Sheet:
    """A sheet as text, every row from the first on, hidden sheets too."""

    name: str
    rows: list[list[str]]
    is_visible: bool

    @property
    def has_content(self) -> bool:
        return any(cell for row in self.rows for cell in row)


def read_xlsx_sheets(content: bytes, max_rows: int) -> list[Sheet]:
    """Every worksheet in order. Raises ``Refusal`` as ``read_xlsx``."""
    with _readable():
        return [Sheet(sheet.name, _few_rows(sheet, max_rows), shown) for shown, sheet in _sheets(content)]


def _few_rows(sheet: CalamineSheet, max_rows: int) -> list[list[str]]:
    if sheet.end is not None and sheet.end[0] >= max_rows:
        raise too_long(max_rows)
    return list(_rows(sheet))


def _sheets(content: bytes) -> Iterator[tuple[bool, CalamineSheet]]:
    refuse_unsafe_xlsx(content)
    with CalamineWorkbook.from_filelike(io.BytesIO(rewritten(content))) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                is_visible = sheet.visible == SheetVisibleEnum.Visible
                yield is_visible, workbook.get_sheet_by_name(sheet.name)


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """One at a time: of a sheet that is too long only the rows up to there are made."""
    before = [""] * (sheet.start[1] if sheet.start else 0)  # empty columns, which `iter_rows` leaves out
    return (before + [_text(value) for value in row] for row in sheet.iter_rows())


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, SystemExit, MemoryError, Refusal):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        raise unreadable() from error


# --- cells ------------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else _CONTROL.sub("", str(value))
