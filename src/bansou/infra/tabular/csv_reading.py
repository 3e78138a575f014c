"""CSV as Japanese offices write it: three encodings, three separators."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from bansou.domain.japanese import UndecodableText, decode
from bansou.infra.tabular.table import Table, refusal, to_table

_SEPARATORS = (",", "\t", ";")
_SAMPLE_LINES = 30
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml|<table)", re.IGNORECASE)


def read_csv(content: bytes, max_rows: int) -> Table:
    """Raises ``Refusal`` naming the line for broken bytes and for a quotation mark that never closes."""
    try:
        text = decode(content)
    except UndecodableText as error:
        where = f"{error.line}行目に" if error.line else ""
        raise refusal(
            "table_not_text",
            f"{where}文字として読めないところがあります。CSV か .xlsx で保存し直してください。",
        ) from None
    if _HTML.match(text):
        raise refusal(
            "table_wrong_kind", "これはウェブページ(HTML)か XML です。CSV か .xlsx で保存し直してください。"
        )
    return to_table(_records(text, _separator(text)), max_rows)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    # newline="" leaves line ends inside quotation marks alone and splits only at CR, LF and CRLF.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken(line, reader.line_num, str(error)) from None
        yield line, cells


def _broken(first: int, last: int, reason: str) -> Exception:
    if "field larger" in reason:
        return refusal(
            "table_broken", f'{first}行目のセルが長すぎます。引用符(")の閉じ忘れがないか確かめてください。'
        )
    if "end of data" in reason:
        return refusal("table_broken", f'{first}行目で始まった引用符(")が閉じられていません。')
    return refusal("table_broken", f'{last}行目の引用符(")の使い方が正しくないため、読み取れません。')


def _separator(text: str) -> str:
    """The separator under which most of the first lines are as wide as the first; the comma in doubt."""
    sample = list(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: list[str], separator: str) -> tuple[int, int]:
    try:
        widths = [len(record) for record in csv.reader(sample, delimiter=separator) if any(record)]
    except csv.Error:
        return 0, 0
    if not widths or widths[0] < 2:
        return 0, 0
    return widths.count(widths[0]), widths[0]
