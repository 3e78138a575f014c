"""The sheets of an .xlsx file, guarded against files that are made to exhaust the machine."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bansou.domain.shared import Refusal
from bansou.infra.tabular.table import Table, refusal, to_table

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_CELLS = 4_000_000
_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_TAG = re.compile(rb"<(?:\w{1,20}:)?(c|row)(\s[^<>]*)?>")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
)


def read_xlsx(content: bytes, max_rows: int) -> Table:
    """Numbers without a needless ``.0``, dates as ISO, row numbers as Excel shows them."""
    rows = next((sheet.rows for sheet in _sheets(content) if sheet.is_visible and sheet.has_content), [])
    return to_table(enumerate(rows, 1), max_rows)


@dataclass(frozen=True)
class Sheet:
    """A sheet as text, every row from the first on, hidden sheets too."""

    name: str
    rows: list[list[str]]
    is_visible: bool

    @property
    def has_content(self) -> bool:
        return any(cell for row in self.rows for cell in row)


def read_xlsx_sheets(content: bytes) -> list[Sheet]:
    """Every worksheet in order. Raises ``Refusal`` as ``read_xlsx``."""
    return list(_sheets(content))


def _sheets(content: bytes) -> Iterator[Sheet]:
    refuse_unsafe_xlsx(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    values = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    rows = [[_text(value) for value in row] for row in values]
                    yield Sheet(sheet.name, rows, sheet.visible == SheetVisibleEnum.Visible)
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        raise _unreadable() from error


def _unreadable() -> Refusal:
    return refusal(
        "table_broken", "Excel ファイルが壊れているようです。Excel で開いて .xlsx で保存し直してください。"
    )


# --- guards -----------------------------------------------------------------------------------------------


def refuse_unsafe_xlsx(content: bytes, most_bytes: int = MAX_UNPACKED_BYTES) -> None:
    """Raises ``Refusal`` for what is broken, no workbook, or made to exhaust or to trick a reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive.infolist(), most_bytes)
            if "xl/workbook.xml" not in archive.namelist():
                raise refusal(
                    "table_wrong_kind",
                    "このファイルは Excel の表(.xlsx)ではありません。CSV か .xlsx をお選びください。",
                )
            # Reading to the end also proves the sizes the directory claims.
            for entry in archive.infolist():
                _refuse_part(archive.read(entry))
    except _BROKEN_ZIP:
        raise _unreadable() from None


def _refuse_bomb(entries: list[zipfile.ZipInfo], most_bytes: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    absurd = unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > most_bytes or absurd:
        raise refusal(
            "table_too_large",
            "Excel ファイルの中身が大きすぎて開けません。",
        )


def _refuse_part(part: bytes) -> None:
    """A single cell at XFD1048576 would make the reader lay out the whole sheet in memory.

    No spreadsheet program writes a DOCTYPE; with one come entities that grow or reach outside.
    """
    if part[:2] in _UTF16_STARTS or b"<!DOCTYPE" in part:
        raise _unreadable()
    width, height = _extent(part)
    if width * height > MAX_CELLS:
        raise refusal(
            "table_too_large",
            f"表が大きすぎます({height:,}行×{width:,}列)。離れたところにあるセルや余分な列を消してください。",
        )


def _extent(part: bytes) -> tuple[int, int]:
    """Columns and rows up to the last cell with a value; what has no place follows the one before."""
    width = height = row = column = 0
    for tag in _TAG.finditer(part):
        attributes = tag[2] or b""
        place = _PLACE.search(attributes)
        if tag[1] == b"row":
            row, column = (_position(b"A" + place[1])[1] if place else row + 1), 0
            continue
        column, row = _position(place[1]) if place else (column + 1, row)
        if not attributes.endswith(b"/"):  # else a format without a value
            width, height = max(width, column), max(height, row)
    return width, height


def _position(reference: bytes) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise _unreadable()
    return _column(match[1]), int(match[2])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


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
    return "" if value is None else str(value)
