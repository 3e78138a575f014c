"""What an .xlsx asks of its reader, weighed before one opens it: size, reach of the cells, and their text.

The part that reads cells aborts the whole process when memory runs out, so nothing may be left to it. Every
part is parsed as XML here, by the same names and places, and where readers could differ the file is refused.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from bansou.domain.shared import Refusal
from bansou.infra.tabular.table import refusal

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_CELLS = 4_000_000
# Excel's own limit for a cell, each letter written as _xHHHH_ at worst (ECMA-376, 22.4.2.4).
MAX_LETTERS = 7 * 32_767
# A shared string is stored once and copied for every cell that refers to it.
MAX_COPIED_LETTERS = 64 * 1024 * 1024
STRINGS_PART = "xl/sharedStrings.xml"

_RATIO_MATTERS_FROM = 20 * 1024 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_INDEX = re.compile(r"\s*\+?([0-9]{1,9})\s*")
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ENCODINGS = (None, "utf-8", "us-ascii")
_XML_ENDINGS = (".xml", ".rels")
# The reader tries these when a workbook is not to its liking; their cells are not weighed here.
_OF_OTHER_KINDS = {"xl/workbook.bin", "content.xml"}
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


def refuse_unsafe_xlsx(content: bytes, most_bytes: int = MAX_UNPACKED_BYTES) -> None:
    """Raises ``Refusal`` for what is broken, no workbook, or made to exhaust or to trick a reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive.infolist(), most_bytes)
            _refuse_other_books(archive.namelist())
            _refuse_parts(archive)
    except _BROKEN_ZIP:
        raise unreadable() from None


def rewritten(content: bytes) -> bytes:
    """The XML parts that were weighed, in an archive of our own.

    A doctored directory shows one reader of archives other parts than the next. For content that has passed
    ``refuse_unsafe_xlsx``.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            if _plain_name(entry.filename).endswith(_XML_ENDINGS):
                new.writestr(entry.filename, old.read(entry))
    return out.getvalue()


def unreadable() -> Refusal:
    return refusal(
        "table_broken", "Excel ファイルが壊れているようです。Excel で開いて .xlsx で保存し直してください。"
    )


def _too_large(words: str) -> Refusal:
    return refusal("table_too_large", words)


def _refuse_bomb(entries: list[zipfile.ZipInfo], most_bytes: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    absurd = unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > most_bytes or absurd:
        raise _too_large("Excel ファイルの中身が大きすぎて開けません。")


def _refuse_other_books(names: list[str]) -> None:
    plain = {_plain_name(name) for name in names}
    if "xl/workbook.xml" not in names or plain & _OF_OTHER_KINDS:
        raise refusal(
            "table_wrong_kind",
            "このファイルは Excel の表(.xlsx)ではありません。CSV か .xlsx をお選びください。",
        )
    if len(plain) != len(names):  # one reader would take the first, another the last
        raise unreadable()


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lower()


def _refuse_parts(archive: zipfile.ZipFile) -> None:
    """Reading every part to its end also proves the sizes the directory claims."""
    shared: list[int] = []
    cells = copied = 0
    strings = STRINGS_PART.lower()
    for entry in sorted(archive.infolist(), key=lambda entry: _plain_name(entry.filename) != strings):
        name = _plain_name(entry.filename)
        found = _surveyed(archive.read(entry), name, shared)
        if found is None:
            continue
        if name == strings:
            shared = found.strings
        cells += found.width * found.height
        copied += found.copied
        if cells > MAX_CELLS:
            raise _too_large(
                f"表が大きすぎます({found.height:,}行×{found.width:,}列)。"
                "離れたところにあるセルや余分な列を消してください。",
            )
        if copied > MAX_COPIED_LETTERS:
            raise _too_large("表の文字が多すぎます。長い文章の入ったセルを減らしてください。")


def _surveyed(part: bytes, name: str, shared: list[int]) -> _Survey | None:
    """None for what is no XML: pictures, printer settings, drawings of the old kind.

    No spreadsheet program writes a DOCTYPE; with one come entities that grow or reach outside.
    """
    if part[:2] in _UTF16_STARTS or b"<!DOCTYPE" in part:
        raise unreadable()
    survey = _Survey(len(part), shared)
    try:
        survey.parser.Parse(part, True)
    except expat.ExpatError:
        # Readers of sheets are more forgiving than XML is.
        if name.endswith(_XML_ENDINGS) or b"sheetData" in part:
            raise unreadable() from None
        return None
    return survey


class _Survey:
    """One part as a reader goes through it; names count without their namespace, as they do for the reader.

    ``width`` and ``height``: columns and rows up to the last cell with content. ``strings``: letters of each
    shared string. ``copied``: letters that come from shared strings, by ``shared``, their lengths.
    """

    def __init__(self, size: int, shared: list[int]) -> None:
        self.width = self.height = self.copied = 0
        self.strings: list[int] = []
        self._size, self._shared = size, shared
        self._row, self._column = 1, 0
        self._place = (0, 0)  # of the cell that is open
        self._is_cell = self._is_shared = False
        self._index: list[str] | None = None
        self._string = ""  # how the shared string that is open is called
        self._string_names: set[str] = set()
        self._letters = 0  # since the last cell or shared string ended
        # Readers go by the bytes, whatever encoding a part declares.
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.StartCdataSectionHandler = self._between
        parser.ProcessingInstructionHandler = self._between

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding and encoding.lower()) not in _ENCODINGS:
            raise unreadable()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if self._is_cell or self._string:
            self._start_inside(local)
        elif local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row
        elif local == "si":
            self._start_string(name)
        elif local == "sst" and _number(attributes.get("uniqueCount", "0")) > self._size:
            raise unreadable()  # the reader makes room for as many as are announced

    def _start_string(self, name: str) -> None:
        """Some readers count those of every namespace, others those of one."""
        self._string_names.add(name)
        if len(self._string_names) > 1:
            raise unreadable()
        self._string = name

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        column, row = _position(place) if place is not None else (self._column + 1, self._row)
        self._place, self._column = (column, row), column
        self._is_cell, self._is_shared = True, attributes.get("t") == "s"

    def _start_inside(self, local: str) -> None:
        """A cell that has nothing inside is a format without a value."""
        if local in ("c", "si", "sst"):
            raise unreadable()  # readers would not agree on what stands inside which
        if self._string:
            return
        column, row = self._place
        if column > self.width:
            self.width = column
        if row > self.height:
            self.height = row
        if local == "v" and self._is_shared:
            self._index = []

    def _end(self, name: str) -> None:
        local = _local(name)
        if local == "v" and self._index is not None:
            self._copy("".join(self._index))
        elif local == "c":
            self._is_cell = False
            self._measured()
        elif local == "row":
            self._row, self._column = self._row + 1, 0
        elif local == "si":
            self._string = ""
            self.strings.append(self._measured())

    def _copy(self, written: str) -> None:
        self._index = None
        index = _INDEX.fullmatch(written)
        if index is not None and int(index[1]) < len(self._shared):
            self.copied += self._shared[int(index[1])]

    def _measured(self) -> int:
        if self._letters > MAX_LETTERS:
            raise _too_large("1つのセルの文字が多すぎます。Excel のセルに入るのは32,767文字までです。")
        letters, self._letters = self._letters, 0
        return letters

    def _text(self, text: str) -> None:
        self._letters += len(text)
        if self._index is not None:
            self._index.append(text)

    def _between(self, *_words: Any) -> None:
        """One reader joins what stands around a comment, another drops it."""
        if self._index is not None:
            raise unreadable()


@lru_cache(256)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise unreadable()
    return _column(match[1]), int(match[2])


@lru_cache(1_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 10):
        raise unreadable()
    return int(written)
