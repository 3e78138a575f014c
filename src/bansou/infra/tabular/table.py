"""A table as a person sees it: headers and rows that know their line in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from bansou.domain.shared import Refusal


@dataclass(frozen=True)
class Row:
    """``line``: the line of the CSV file (where the record begins) or the row number of Excel, from 1.

    ``cells`` are stripped and at least as many as the headers; more mean that the row is too long.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """``headers`` as written, without empty ones at the end; ``rows`` without blank ones."""

    headers: list[str]
    rows: list[Row]


def refusal(code: str, message: str) -> Refusal:
    return Refusal(code, message, "file")


def too_long(max_rows: int) -> Refusal:
    return refusal(
        "table_too_long", f"一度に読み込めるのは{max_rows:,}行までです。ファイルを分けてください。"
    )


def to_table(records: Iterable[tuple[int, list[str]]], max_rows: int) -> Table:
    """The first record that is not blank gives the headers. Raises ``Refusal`` when empty or too long."""
    filled = (
        (line, trimmed) for line, cells in records if (trimmed := _trimmed([cell.strip() for cell in cells]))
    )
    head = next(filled, None)
    if head is None:
        raise refusal(
            "table_empty", "ファイルが空です。1行目に見出し、2行目からデータのある表をお選びください。"
        )
    headers = head[1]
    rows = [
        Row(line, cells + [""] * (len(headers) - len(cells))) for line, cells in islice(filled, max_rows + 1)
    ]
    if len(rows) > max_rows:
        raise too_long(max_rows)
    return Table(headers, rows)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
