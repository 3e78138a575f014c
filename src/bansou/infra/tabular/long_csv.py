"""A CSV of any length as frames of text: parsed all at once where that is safe, else record by record."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import polars as pl

from bansou.domain.japanese import UndecodableText, decode
from bansou.infra.tabular.table import refusal

# Columns every frame has beside those asked for: the line the record begins in, and whether it is too long.
LINE, SURPLUS = "·line", "·surplus"

_BLOCK = 24 * 1024 * 1024
_MOST_LINES = 400_000
_FURTHEST_BACK = 1_000
_SEPARATORS = (",", "\t", ";")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FIRST_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class _Block:
    """Records in UTF-8; ``line``: the line of the file the first one begins in, from 1."""

    content: bytes
    line: int


class LongCsv:
    """UTF-8, CP932, or UTF-16 with its mark; comma, tab or semicolon.

    The first record with content gives the headers. Raises ``Refusal`` naming the line: what is no text, no
    table, and a quotation mark that never closes.
    """

    keeps_digits = True

    def __init__(self, path: Path) -> None:
        self._blocks = _Blocks(path)
        first = self._blocks.next()
        if first is None:
            raise _no_table()
        self.headers, self._separator, rest = _without_header(first)
        self._blocks.give_back(rest)

    def frames(self, positions: Mapping[str, int]) -> Iterator[pl.DataFrame]:
        """Frames of the columns asked for (name → place among the headers), as text. Once only."""
        while block := self._blocks.next():
            frame = self._at_once(block, positions)
            yield self._by_record(block, positions) if frame is None else frame

    def _at_once(self, block: _Block, positions: Mapping[str, int]) -> pl.DataFrame | None:
        """None when the content is not plain enough to be sure of every cell and of every line."""
        if not _is_plain(block.content, self._separator.encode()):
            return None
        try:
            frame = pl.read_csv(
                block.content,
                has_header=False,
                separator=self._separator,
                schema={_nth(place): pl.String for place in range(len(self.headers))},
                missing_columns="insert",
                columns=[_nth(place) for place in sorted(set(positions.values()))],
            )
        except pl.exceptions.PolarsError:  # such as a record that is too long
            return None
        if frame.height != _count_lines(block.content):
            return None
        return frame.select(
            *(pl.col(_nth(place)).alias(name) for name, place in positions.items()),
            pl.int_range(block.line, block.line + frame.height, dtype=pl.Int64).alias(LINE),
            pl.lit(False).alias(SURPLUS),
        )

    def _by_record(self, block: _Block, positions: Mapping[str, int]) -> pl.DataFrame:
        lines, records, rest = _records(block, self._separator)
        if rest:
            if not self._blocks.has_more:
                raise refusal("table_broken", f'{rest.line}行目で始まった引用符(")が閉じられていません。')
            self._blocks.give_back(rest, of_longer_record=not records)
        return frame_of_rows(lines, records, positions, width=len(self.headers))


def _nth(place: int) -> str:
    """What polars calls the columns of a table without headers."""
    return f"column_{place + 1}"


def frame_of_rows(
    lines: Sequence[int], records: Sequence[Sequence[str]], positions: Mapping[str, int], *, width: int
) -> pl.DataFrame:
    """Rows as they were read → a frame of text; what is missing at the end of a row is blank."""
    columns: dict[str, pl.Series] = {
        name: pl.Series(
            name, [cells[place] or None if place < len(cells) else None for cells in records], dtype=pl.String
        )
        for name, place in positions.items()
    }
    too_long = [any(cell.strip() for cell in cells[width:]) for cells in records]
    return pl.DataFrame(columns).with_columns(
        pl.Series(LINE, lines, dtype=pl.Int64), pl.Series(SURPLUS, too_long, dtype=pl.Boolean)
    )


# --- from bytes to records --------------------------------------------------------------------------------


class _Blocks:
    """The lines of a file in pieces that fit into memory, each ending where a record seems to end."""

    def __init__(self, path: Path) -> None:
        self._lines = _whole_lines(path)
        self._kept = b""
        self._line = 1
        self._size = _BLOCK

    @property
    def has_more(self) -> bool:
        """Whether anything follows the last block."""
        self._fill(1)
        return bool(self._kept)

    def next(self) -> _Block | None:
        self._fill(self._size)
        if not self._kept:
            return None
        few_lines = self._kept.count(b"\n") <= _MOST_LINES
        is_last = len(self._kept) < self._size and few_lines
        cut = len(self._kept) if is_last else _record_end(self._kept, self._size)
        block = _Block(self._kept[:cut], self._line)
        self._line += block.content.count(b"\n")
        self._kept = self._kept[cut:]
        self._size = _BLOCK
        return block

    def give_back(self, rest: _Block, *, of_longer_record: bool = False) -> None:
        """What is left of the last block comes again before the next, in a longer one if need be."""
        self._kept = rest.content + self._kept
        self._line = rest.line
        self._size = 2 * max(_BLOCK, len(rest.content)) if of_longer_record else _BLOCK

    def _fill(self, size: int) -> None:
        while len(self._kept) < size and (piece := next(self._lines, b"")):
            self._kept += piece


def _whole_lines(path: Path) -> Iterator[bytes]:
    """The file as UTF-8 in pieces that end with a line."""
    reading, line, kept = _Reading(), 1, b""
    for piece in _bytes(path):
        kept += piece
        cut = kept.rfind(b"\n") + 1
        if not cut and len(kept) >= _BLOCK:
            raise refusal(
                "table_broken", f"{line}行目が長すぎます。CSV か .xlsx のファイルをお選びください。"
            )
        if cut:
            yield reading.in_utf8(kept[:cut], line)
            line += kept.count(b"\n", 0, cut)
            kept = kept[cut:]
    if kept:
        yield reading.in_utf8(kept, line)


def _bytes(path: Path) -> Iterator[bytes]:
    """The file without its byte-order mark, line ends as LF or CRLF."""
    with path.open("rb") as stream:
        start = stream.read(3)
        wide = _WIDE.get(start[:2])
        if wide:
            stream.seek(2)
            pieces = _narrowed(iter(lambda: stream.read(_BLOCK), b""), wide)
        else:
            stream.seek(3 if start == codecs.BOM_UTF8 else 0)
            pieces = iter(lambda: stream.read(_BLOCK), b"")
        first = next(pieces, b"")
        # Line ends of an old Macintosh; nothing else has CR and no LF.
        old = b"\r" in first and b"\n" not in first
        for piece in chain((first,), pieces):
            yield piece.replace(b"\r", b"\n") if old else piece


def _narrowed(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    try:
        for text in codecs.iterdecode(pieces, encoding):
            yield text.encode()
    except UnicodeError:
        raise refusal(
            "table_not_text", "文字として読めないところがあります。UTF-8 の CSV で保存し直してください。"
        ) from None


class _Reading:
    """Which encoding the file has turned out to be in."""

    def __init__(self) -> None:
        self._known: str | None = None

    def in_utf8(self, content: bytes, line: int) -> bytes:
        """Raises ``Refusal`` naming the line that is no text."""
        if b"\x00" in content:
            raise _no_text(line + content.count(b"\n", 0, content.index(b"\x00")))
        if content.isascii():
            return content
        try:
            if self._known != "cp932":
                content.decode()
                self._known = "utf-8"
                return content
        except UnicodeDecodeError as error:
            if self._known == "utf-8":
                raise _no_text(line + content.count(b"\n", 0, error.start)) from None
        try:
            text = decode(content)
        except UndecodableText as error:
            raise _no_text(line + (error.line or 1) - 1) from None
        self._known = "cp932"
        return text.encode()


def _no_table() -> Exception:
    return refusal("table_empty", "ファイルが空です。1行目に見出し、2行目から一社ずつの表をお選びください。")


def _no_text(line: int) -> Exception:
    return refusal(
        "table_not_text",
        f"{line}行目に文字として読めないところがあります。"
        "CSV（UTF-8 か Shift_JIS）か .xlsx で保存し直してください。",
    )


def _record_end(content: bytes, size: int) -> int:
    """Where a record seems to end, within one block: after a line end with an even number of marks before it.

    Where none is near, marks stand where they do not quote (5" pipe), and any line end will do: the reader of
    records gives back what it finds unfinished.
    """
    size = min(len(content), size)
    while (lines := content.count(b"\n", 0, size)) > _MOST_LINES:
        size = max(size * _MOST_LINES // (lines + 1), content.find(b"\n") + 1)
    last = end = content.rfind(b"\n", 0, size) + 1 or content.find(b"\n") + 1 or len(content)
    marks = content.count(b'"', 0, end)
    for _ in range(_FURTHEST_BACK):
        if marks % 2 == 0 or not end:
            break
        earlier = content.rfind(b"\n", 0, end - 1) + 1
        marks -= content.count(b'"', earlier, end)
        end = earlier
    return end if end and marks % 2 == 0 else last


def _count_lines(content: bytes) -> int:
    return content.count(b"\n") + (not content.endswith(b"\n"))


def _is_plain(content: bytes, separator: bytes) -> bool:
    """No line ends but LF and CRLF, and every quotation mark opens or closes a whole cell."""
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        return False
    if b'"' not in content:
        return True
    marks = content.count(b'"')
    opening = content.count(separator + b'"') + content.count(b'\n"') + content.startswith(b'"')
    closing = (
        content.count(b'"' + separator)
        + content.count(b'"\n')
        + content.count(b'"\r')
        + content.endswith(b'"')
    )
    return opening == closing and opening + closing == marks


# --- records ----------------------------------------------------------------------------------------------


def _without_header(block: _Block) -> tuple[list[str], str, _Block]:
    """The headers, the separator under which there are most of them, and what follows them."""
    content, line = block.content, block.line
    while (blank := _FIRST_LINE_END.search(content)) and not content[: blank.start()].strip(b" \t,;"):
        content, line = content[blank.end() :], line + 1
    line_end = _FIRST_LINE_END.search(content)
    head = content[: line_end.start()] if line_end else content
    separator = max(_SEPARATORS, key=lambda mark: head.count(mark.encode()))
    lines = io.StringIO(content[: len(head) + 1_000_000].decode(errors="ignore"), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        headers = [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        raise refusal(
            "table_broken", f'{line}行目の見出しを読み取れません。引用符(")を確かめてください。'
        ) from None
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise _no_table()
    used = 0
    for _ in range(reader.line_num):
        ending = _FIRST_LINE_END.search(content, used)
        used = ending.end() if ending else len(content)
    return headers, separator, _Block(content[used:], line + reader.line_num)


def _records(block: _Block, separator: str) -> tuple[list[int], list[list[str]], _Block | None]:
    """Lines and cells of the records, and what is left when the last one is not finished."""
    text = block.content.decode()
    # newline="" leaves line ends inside quotation marks alone.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[int] = []
    records: list[list[str]] = []
    while True:
        began = reader.line_num
        try:
            records.append(next(reader))
        except StopIteration:
            return lines, records, None
        except csv.Error as error:
            if "end of data" not in str(error):
                raise refusal(
                    "table_broken", f'{block.line + began}行目から先で、引用符(")が正しく使われていません。'
                ) from error
            rest = "".join(islice(io.StringIO(text, newline=""), began, None))
            return lines, records, _Block(rest.encode(), block.line + began)
        lines.append(block.line + began)
