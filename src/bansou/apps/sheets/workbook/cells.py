"""The cells of an .xlsx by the names our own file gives them. Nothing is executed, followed or guessed."""

import io
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from bansou.domain.shared import Refusal
from bansou.infra.tabular import STRINGS_PART, refuse_unsafe_xlsx

from .look import unescaped

MOST_ROWS, MOST_COLUMNS = 2_000, 100
_MOST_BYTES = 30 * 1024 * 1024
_PLACE = re.compile(r"(?:\$?'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_BROKEN = (
    InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError,
    OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"「{self.sheet}」の{get_column_letter(self.column)}{self.row}"

    def moved(self, *, row: int | None = None, column: int | None = None) -> "Place":
        return Place(self.sheet, row or self.row, column or self.column)


@dataclass(frozen=True)
class Content:
    """A cell's value as saved; `number_format` tells dates and percents; `is_formula`: it was worked out."""

    value: Any = None
    number_format: str = "General"
    is_formula: bool = False

    @property
    def is_blank(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class NamedCells:
    """The named places of a workbook and what stands in them.

    Raises Refusal for a file that is unsafe, broken or no workbook.
    """

    def __init__(self, content: bytes) -> None:
        refuse_unsafe_xlsx(content, _MOST_BYTES)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what openpyxl leaves out (drawings, rules) we do not read
                self._read(content)
        except _BROKEN as error:
            raise Refusal(
                "table_broken",
                "Excel ファイルが壊れているようです。Excel で開いて .xlsx で保存し直してください。",
                "file",
            ) from error

    def _read(self, content: bytes) -> None:
        values = _opened(content, data_only=True)
        self.constants: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        for name, defined in values.defined_names.items():
            words = str(defined.attr_text or "").strip()
            found = _PLACE.fullmatch(words)
            if found is None:
                self.constants[name] = words.strip('"')
                continue
            title = (found[1] or found[2] or "").replace("''", "'").removeprefix("$")
            self.places[name] = Place(title, int(found[4]), column_index_from_string(found[3]))
        titles = {place.sheet for place in self.places.values()} & set(values.sheetnames)
        self.titles = list(values.sheetnames)
        self.has_macros = _has_macros(content)
        self._contents = {title: _contents(values, title) for title in titles}
        formulas = _opened(content, data_only=False)
        for title in titles:
            for cell, content_there in _contents(formulas, title).items():
                if content_there.is_formula:
                    saved = self._contents[title].get(cell, Content())
                    self._contents[title][cell] = Content(saved.value, saved.number_format, True)

    def at(self, place: Place) -> Content:
        return self._contents.get(place.sheet, {}).get((place.row, place.column), Content())

    def columns_in(self, rows: Iterable[Place], first: int) -> list[int]:
        """Columns from `first` on where one of these rows says something."""
        wanted = {(place.sheet, place.row) for place in rows}
        return sorted(
            {
                column
                for sheet in {sheet for sheet, _row in wanted}
                for (row, column), content in self._contents.get(sheet, {}).items()
                if (sheet, row) in wanted and column >= first and (not content.is_blank or content.is_formula)
            }
        )


def _opened(content: bytes, *, data_only: bool) -> Any:
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    reader.read_strings = partial(_read_strings, reader)
    reader.read()
    return reader.wb


def _read_strings(reader: Any) -> None:
    """Shared strings with their escapes, each undone once: openpyxl would drop them.

    Only from the part whose strings `refuse_unsafe_xlsx` has measured.
    """
    types = reader.package.find(SHARED_STRINGS)
    reader.shared_strings = []
    if types is None:
        return
    if types.PartName.lower() != f"/{STRINGS_PART}".lower():
        raise InvalidFileException(types.PartName)
    with reader.archive.open(types.PartName[1:]) as part:
        for _event, node in iterparse(part):
            if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                reader.shared_strings.append(_Plain(unescaped(Text.from_tree(node).content)))
                node.clear()


def _contents(workbook: Any, title: str) -> dict[tuple[int, int], Content]:
    found = {}
    for row in workbook[title].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        for cell in row:
            if cell.value is not None:
                value = _unescaped_once(cell.value)
                found[cell.row, cell.column] = Content(value, cell.number_format, cell.data_type == "f")
    return found


class _Plain(str):
    """A shared string without escapes; all cells that refer to it hold this one."""

    __slots__ = ()


def _unescaped_once(value: Any) -> Any:
    return unescaped(value) if isinstance(value, str) and not isinstance(value, _Plain) else value


def _has_macros(content: bytes) -> bool:
    return b"vbaProject.bin" in content
