"""Tables of any length, written frame by frame: there in whole at the end, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import polars as pl

from bansou.infra.tabular.table import refusal
from bansou.infra.tabular.writing import write_xlsx

_MOST_SHEET_ROWS = 1_048_575
ENDINGS = (".csv", ".xlsx", ".parquet")


class LongWriter(Protocol):
    def add(self, frame: pl.DataFrame) -> None:
        """Append rows. Every frame has the same columns. Raises ``Refusal`` when the kind of file is full."""


@contextmanager
def long_writer(path: Path, empty: pl.DataFrame) -> Iterator[LongWriter]:
    """Write CSV (UTF-8, LF), xlsx or Parquet as the ending says; ``empty`` has the columns and no rows.

    The file takes its place only when the block ends without an exception. Other endings are a ``Refusal``.
    """
    kinds: dict[str, type[_Csv | _Collected]] = {".csv": _Csv, ".xlsx": _Sheet, ".parquet": _Parquet}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise refusal(
            "table_wrong_ending", f"書き出せるのは {'・'.join(ENDINGS)} です（指定: {path.name}）。"
        )
    with replaced(path) as stream:
        writer = kind(stream, empty)
        yield writer
        writer.finish()


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """A new file beside ``path`` that takes its place at the end, and is gone when anything goes wrong."""
    place = path.resolve()
    unfinished = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


class _Csv:
    def __init__(self, stream: BinaryIO, empty: pl.DataFrame) -> None:
        self._stream = stream
        self._write(empty, header=True)

    def add(self, frame: pl.DataFrame) -> None:
        self._write(frame, header=False)

    def _write(self, frame: pl.DataFrame, *, header: bool) -> None:
        frame.write_csv(self._stream, include_header=header)

    def finish(self) -> None:
        pass


class _Collected:
    """Kept in memory until the end."""

    def __init__(self, stream: BinaryIO, empty: pl.DataFrame) -> None:
        self._stream, self._frames = stream, [empty]
        self._height = 0

    def add(self, frame: pl.DataFrame) -> None:
        self._frames.append(frame)
        self._height += frame.height

    def finish(self) -> None:
        raise NotImplementedError


class _Parquet(_Collected):
    def finish(self) -> None:
        pl.concat(self._frames).write_parquet(self._stream)


class _Sheet(_Collected):
    def add(self, frame: pl.DataFrame) -> None:
        super().add(frame)
        if self._height > _MOST_SHEET_ROWS:
            raise refusal(
                "table_too_long",
                f"Excel には{_MOST_SHEET_ROWS:,}行までしか書けません。.csv か .parquet にしてください。",
            )

    def finish(self) -> None:
        rows = (row for frame in self._frames for row in frame.iter_rows())
        self._stream.write(write_xlsx(self._frames[0].columns, rows))
