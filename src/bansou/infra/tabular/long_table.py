"""Tables of any length, read in frames whose rows know their line in the file: CSV, xlsx and Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import polars as pl

from bansou.infra.tabular import MAX_BYTES, read_cells, read_table, refuse_other_kinds
from bansou.infra.tabular.long_csv import LINE, SURPLUS, LongCsv, frame_of_rows
from bansou.infra.tabular.table import Table, refusal, to_table
from bansou.infra.tabular.xlsx_faults import FAULTS, faults_of

__all__ = ["FAULTS", "LINE", "SURPLUS", "LongTable", "open_long_table"]

_ROWS_AT_A_TIME = 200_000
_MOST_SHEET_ROWS = 1_048_576


class LongTable(Protocol):
    """``headers`` as written. ``keeps_digits``: a number has the digits a person wrote, however many.

    A workbook does not: it holds floats, and 0.30000000000000004 in it is what it made of 0.1 + 0.2.
    """

    headers: list[str]
    keeps_digits: bool

    def frames(self, positions: Mapping[str, int]) -> Iterator[pl.DataFrame]:
        """The columns asked for (name → place among the headers); once.

        With ``LINE``, the line of the file or row of the sheet, and ``SURPLUS``, true where a row has more
        cells than there are headers. Raises ``Refusal`` (field ``"file"``) for content that cannot be read.
        """


def open_long_table(path: Path) -> LongTable:
    """The content decides what it is, not the name. Raises ``Refusal`` and OSError."""
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PAR1"):
        return _Parquet(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _Sheet(path)
    refuse_other_kinds(head)
    return LongCsv(path)


class _Sheet:
    """Excel's limits keep it small enough to be read at once. Errors stand in their cells (``FAULTS``)."""

    keeps_digits = False

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > MAX_BYTES:
            raise refusal("table_too_large", "Excel ファイルは50MBまで読み込めます。CSV にしてください。")
        self._table = _with_faults(path.read_bytes(), path.name)
        self.headers = self._table.headers

    def frames(self, positions: Mapping[str, int]) -> Iterator[pl.DataFrame]:
        rows = self._table.rows
        for start in range(0, len(rows), _ROWS_AT_A_TIME):
            part = rows[start : start + _ROWS_AT_A_TIME]
            yield frame_of_rows(
                [row.line for row in part],
                [row.cells for row in part],
                positions,
                width=len(self.headers),
            )


def _with_faults(content: bytes, name: str) -> Table:
    """The first visible sheet with content, as ``read_table`` has it, errors in their cells."""
    if not content.startswith(b"PK\x03\x04"):
        return read_table(content, name, max_rows=_MOST_SHEET_ROWS)
    sheets = read_cells(content, name, max_rows=_MOST_SHEET_ROWS)
    sheet = next((sheet for sheet in sheets if sheet.is_visible and sheet.has_content), None)
    if sheet is None or not any(cell.strip() for row in sheet.rows for cell in row):
        return to_table([], _MOST_SHEET_ROWS)
    rows = sheet.rows
    head = next(place for place, cells in enumerate(rows) if any(cell.strip() for cell in cells))
    width = max(place for place, cell in enumerate(rows[head], 1) if cell.strip())
    for (row, column), fault in faults_of(content, sheet.name).items():
        if row > head and column < width:
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = fault
    return to_table(enumerate(rows, 1), _MOST_SHEET_ROWS)


class _Parquet:
    """Numbers stay numbers. Lines are counted as if the headers stood in line 1."""

    keeps_digits = True

    def __init__(self, path: Path) -> None:
        with _readable():
            self._scan = pl.scan_parquet(path, glob=False)
            self._schema = self._scan.collect_schema()
            self._height = int(self._scan.select(pl.len()).collect().item())
        self.headers = self._schema.names()

    def frames(self, positions: Mapping[str, int]) -> Iterator[pl.DataFrame]:
        for place in positions.values():
            self._refuse_strange(self.headers[place])
        chosen = [pl.col(self.headers[place]).alias(name) for name, place in positions.items()]
        for start in range(0, self._height, _ROWS_AT_A_TIME):
            with _readable():
                frame = self._scan.slice(start, _ROWS_AT_A_TIME).select(chosen).collect()
            yield frame.with_columns(
                pl.int_range(start + 2, start + 2 + frame.height, dtype=pl.Int64).alias(LINE),
                pl.lit(False).alias(SURPLUS),
            )

    def _refuse_strange(self, header: str) -> None:
        kind = self._schema[header]
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raise refusal("table_wrong_kind", f"列「{header}」の中身が、文字でも数でもありません。")


class _readable:  # noqa: N801 - read as a word in a with statement
    """What polars says of a broken file, panics included, is a refusal."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise refusal("table_broken", "Parquet ファイルが壊れているか、読めない形です。") from error
