"""Cells of an .xlsx whose value a reader of values gives as blank: errors, and formulas never calculated."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.parsers import expat

from bansou.infra.tabular.table import refusal

UNCALCULATED = "(計算されていない式)"
_ERRORS = (
    "#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
)  # fmt: skip
# What stands in a cell instead of a value, and what is to be done about it.
FAULTS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_ERRORS, "表計算ソフトのエラーです。元の式を直してください。"),
        UNCALCULATED: "計算結果のない式です。表計算ソフトで開き、計算させて保存し直してください。",
    }
)

# Most sheets have neither, and need no second look.
_PERHAPS = re.compile(rb"""\st\s*=\s*["']e["']|<(?:[\w.\-]+:)?f[\s/>]""")


def faults_of(content: bytes, sheet_name: str) -> dict[tuple[int, int], str]:
    """(row, column), both from 0 → a key of ``FAULTS``; of content that ``refuse_unsafe_xlsx`` let pass."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = _part_of(archive, sheet_name)
    if part is None or not _PERHAPS.search(part):
        return {}
    search = _Search()
    _parsed(part, search.start, search.end, search.text)
    return search.found


def _part_of(archive: zipfile.ZipFile, sheet_name: str) -> bytes | None:
    """The sheet's XML, found as readers find it: by its name in the workbook, then by the relation named."""
    names = {name.lower(): name for name in archive.namelist()}
    relations = names.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return None
    wanted = [
        _by_local_name(sheet).get("id")
        for sheet in _elements(archive.read(names["xl/workbook.xml"]), "sheet")
        if sheet.get("name") == sheet_name
    ]
    targets = [
        one["Target"]
        for one in _elements(archive.read(relations), "Relationship")
        if "Target" in one and one.get("Id") in wanted
    ]
    place = posixpath.normpath(posixpath.join("/xl", targets[0])).lstrip("/") if targets else ""
    found = names.get(place.lower())
    return None if found is None else archive.read(found)


def _by_local_name(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.rpartition(" ")[2]: value for name, value in attributes.items() if name != "sheetId"}


def _elements(part: bytes, local: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == local:
            found.append(attributes)

    _parsed(part, start)
    return found


def _parsed(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise refusal(
            "table_broken", "Excel ファイルが壊れているようです。Excel で開いて保存し直してください。"
        ) from None


class _Search:
    """One sheet as a reader goes through it: places of cells may be written or follow from the one before."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._row, self._column = 0, -1
        self._kind = ""
        self._has_formula = self._is_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            place = attributes.get("r")
            self._row, self._column = _position(place) if place else (self._row, self._column + 1)
            self._kind, self._value, self._has_formula = attributes.get("t", ""), "", False
        elif local == "f":
            self._has_formula = True
        elif local == "v":
            self._is_value = True
        elif local == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row
            self._column = -1

    def text(self, text: str) -> None:
        if self._is_value:
            self._value += text

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "v":
            self._is_value = False
        elif local == "row":
            self._row += 1
        elif local == "c":
            self._judge()

    def _judge(self) -> None:
        if self._kind == "e" and self._value:
            written = self._value.strip().upper()
            self.found[self._row, self._column] = written if written in FAULTS else "#UNKNOWN!"
        elif self._has_formula and not self._value and self._kind != "str":  # "" is a result in words
            self.found[self._row, self._column] = UNCALCULATED


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1
