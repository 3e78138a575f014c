"""`bansou locaben score`: a table of firms in, their values, points and grades out. Needs no Django."""

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from bansou.cli.streams import say
from bansou.domain.locaben import Edition, Norms, read_norms_workbook, shipped_editions, shipped_norms
from bansou.domain.locaben.many import FIGURE_COLUMNS, covered_industries, score
from bansou.domain.locaben.written_firms import (
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
    read_firms,
    without_blank_rows,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.tabular import read_cells, write_csv
from bansou.infra.tabular.long_table import FAULTS, LINE, SURPLUS, LongTable, open_long_table
from bansou.infra.tabular.long_writing import long_writer, replaced
from bansou.infra.tabular.overlap import one_ahead, one_behind

_ROW = "·row"
_LONGEST_SHOWN = 60
_UNPRINTABLE = r"[\p{C}\p{Z}&&[^ ]]"
_BAD_HEADERS = ("行", "データ行", "firm_id", "列", "値", "理由")
_WHOLE_ROW = "(行全体)"

# What a spreadsheet takes for a formula, and such of it as cannot do anything: -001, +81-3, @shop, =A1.
_STARTS_FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"
_HARMLESS = r"^[=+\-@＝＋－＠][\w.\-/ ]*$"


def run(given: argparse.Namespace) -> int:
    """0: every row was scored; 2: refused, or rows with cells that cannot be read were left out."""
    try:
        outcome = _score_file(given)
    except Refusal as refusal:
        say(refusal.message)
    except Refusals as refusals:
        say(str(refusals))
    except OSError as error:
        say(f"ファイルを読み書きできません: {error.filename}（{error.strerror}）")
    except KeyboardInterrupt:
        say("中止しました。何も書き出していません。")
    else:
        with suppress(KeyboardInterrupt):  # all is written: only the telling is cut short
            outcome.tell()
        return outcome.ended
    return 2


@dataclass(frozen=True)
class _Outcome:
    """What is said once every file is in its place."""

    bad: "_BadCells"
    guarded: int
    done: str

    @property
    def ended(self) -> int:
        return 2 if self.bad.cells else 0

    def tell(self) -> None:
        if self.guarded:
            say(
                f"表計算ソフトで開くと動くおそれのある firm_id が{self.guarded:,}件あり、"
                "先頭に ' を付けて書きました。"
            )
        say(self.done, sys.stdout)
        self.bad.tell()


def _score_file(given: argparse.Namespace) -> _Outcome:
    errors = given.output.with_name(f"{given.output.name}.errors.csv")
    _refuse_overwriting(given.input, given.output, errors)
    norms = _norms(given.norms, given.edition)
    with ExitStack() as files:
        writer = files.enter_context(long_writer(given.output, _no_results(norms)))
        bad = files.enter_context(_BadCells(errors))
        write = files.enter_context(one_behind(writer.add))
        table = open_long_table(given.input)
        scored = unsafe = 0
        for firms in _good_firms(table, norms, bad):
            results = score(firms, norms)
            scored += results.height
            if given.output.suffix.lower() == ".csv":
                results, changed = _without_formulas(results)
                unsafe += changed
            write(results)
    name = norms.edition.norms_name
    done = f"{scored:,}件を採点し、{given.output} に書き出しました。基準値：{name}"
    return _Outcome(bad, unsafe, done)


def _refuse_overwriting(source: Path, target: Path, errors: Path) -> None:
    same = [path for path in (target, errors) if path.exists() and source.exists() and source.samefile(path)]
    if same:
        raise Refusal(
            "same_file", f"読むファイルと書くファイルが同じです: {same[0]}。別の名前を指定してください。"
        )
    if target.is_dir():
        raise Refusal("output_is_folder", f"{target} はフォルダーです。ファイルの名前を指定してください。")


# --- norms ------------------------------------------------------------------------------------------------


def _norms(path: Path | None, code: str | None) -> Norms:
    if path is not None:
        return _own_norms(path, code)
    known = {edition.code: edition for edition in shipped_editions()}
    if code is not None and code not in known:
        names = "、".join(f"{one.code}（{one.label}）" for one in known.values())
        raise Refusal("unknown_edition", f"「{code}」という版の基準値はありません。使える版: {names}")
    return shipped_norms(code) if code else shipped_norms()


def _own_norms(path: Path, code: str | None) -> Norms:
    """Never official: only what ships with us is called ロカベンの業種基準値."""
    sheets = [sheet.rows for sheet in read_cells(path.read_bytes(), path.name)]
    code = code or _named_edition(sheets) or path.stem
    if code in {edition.code for edition in shipped_editions()}:
        raise Refusal(
            "edition_taken",
            f"版の名前「{code}」は、公式の基準値のものです。用意した表の edition を別の名前にしてください。",
        )
    edition = Edition(code=code, label=code, source=path.name, dated="", official=False)
    return read_norms_workbook(sheets, edition)


def _named_edition(sheets: list[list[list[str]]]) -> str | None:
    rows = sheets[0][:2] if sheets else []
    return next((below for name, below in zip(*rows, strict=False) if name == "edition"), None) or None


def _no_results(norms: Norms) -> pl.DataFrame:
    texts = dict.fromkeys(("firm_id", "industry_code", "size"), pl.String)
    return score(pl.DataFrame(schema={**texts, **dict.fromkeys(FIGURE_COLUMNS, pl.Float64)}), norms)


# --- firms ------------------------------------------------------------------------------------------------


def _good_firms(table: LongTable, norms: Norms, bad: "_BadCells") -> Iterator[pl.DataFrame]:
    """The firms of which every cell can be read; the cells of the others go to `bad`."""
    columns = _columns(table.headers)
    industries = covered_industries(norms)
    rows = 0
    for frame in one_ahead(table.frames(columns)):
        cells = without_blank_rows(frame, columns).with_columns(
            pl.int_range(rows + 1, rows + 1 + pl.len(), dtype=pl.Int64).alias(_ROW)
        )
        rows += cells.height
        read = read_firms(cells, industries=industries, faults=FAULTS, keeps_digits=table.keeps_digits)
        found = pl.concat([_too_long(cells), read.bad])
        if found.is_empty():
            yield read.firms
        else:
            bad.add(found, cells)
            left_out = pl.int_range(pl.len(), dtype=pl.UInt32).is_in(found["place"].unique().implode())
            yield read.firms.filter(~left_out)


def _columns(headers: Sequence[str]) -> dict[str, int]:
    """Where the columns stand. Raises Refusal naming those that are missing or stand twice."""
    names = [unicodedata.normalize("NFKC", header).strip().lower() for header in headers]
    wanted = (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS)
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    if missing:
        raise Refusal("columns_missing", f"必要な列がありません: {'、'.join(missing)}")
    twice = [name for name in wanted if names.count(name) > 1]
    if twice:
        raise Refusal("columns_twice", f"同じ名前の列が二つ以上あります: {'、'.join(twice)}")
    return {name: names.index(name) for name in wanted if name in names}


def _too_long(cells: pl.DataFrame) -> pl.DataFrame:
    places = cells[SURPLUS].arg_true().cast(pl.UInt32)
    return pl.DataFrame({"place": places}).with_columns(
        column=pl.lit(_WHOLE_ROW),
        value=pl.lit(""),
        reason=pl.lit('見出しより列の多い行です。カンマを含む値は引用符(")で囲んでください。'),
    )


def _without_formulas(results: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """An apostrophe before a firm_id that would run in a spreadsheet; any other stays as it is.

    Who joins the results to a table of their own needs the very same firm_id: -001 and +81-3 stay.
    """
    firm_id = pl.col("firm_id")
    runs = firm_id.str.contains(_STARTS_FORMULA) & ~firm_id.str.contains(_HARMLESS)
    changed = results.select(runs.sum()).item()
    if not changed:
        return results, 0
    guarded = pl.when(runs).then(pl.concat_str(pl.lit("'"), firm_id)).otherwise(firm_id)
    return results.with_columns(firm_id=guarded), changed


# --- what could not be read -------------------------------------------------------------------------------


class _BadCells(AbstractContextManager["_BadCells"]):
    """All of them, in a file that exists only when there are any, and told when all is written.

    A file in that place which is no such list is somebody's, and stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self._stream: BinaryIO | None = None
        self._lines: list[pl.Series] = []
        self._obstacle = ""
        self.cells = self._rows = 0

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        try:
            self._files.__exit__(kind, error, trace)
            if kind is None and not self.cells and _is_ours(self._path):
                # A list of an earlier run would speak of another file.
                self._path.unlink()
        except OSError as obstacle:
            self._obstacle = f"を片づけられませんでした（{obstacle.strerror}）"

    def add(self, found: pl.DataFrame, cells: pl.DataFrame) -> None:
        """`found`: place, column, value, reason; `cells`: the rows the places count."""
        whole = found.with_columns(cells.select(LINE, _ROW, "firm_id")[found["place"]])
        rows = whole.sort("place", maintain_order=True).select(
            LINE, _ROW, pl.col("firm_id").cast(pl.String), "column", "value", "reason"
        )
        self._rows += found["place"].n_unique()
        self._lines.append(_told(rows))
        try:
            self._write(rows)
        except OSError as obstacle:
            self._obstacle = f"を書けませんでした（{obstacle.strerror}）"
            with suppress(OSError):  # half a list is none
                self._files.__exit__(type(obstacle), obstacle, obstacle.__traceback__)
        self.cells += rows.height

    def _write(self, rows: pl.DataFrame) -> None:
        if self._obstacle:
            return
        content = write_csv(_BAD_HEADERS, rows.iter_rows())
        if self._stream is not None:
            self._stream.write(content.partition(b"\r\n")[2])
            return
        if self._path.is_dir():
            self._obstacle = "は、同じ名前のフォルダーがあるので書いていません"
        elif self._path.exists() and not _is_ours(self._path):
            self._obstacle = "は、同じ名前の別のファイルがあるので書いていません"
        else:
            self._stream = self._files.enter_context(replaced(self._path))
            self._stream.write(content)

    def tell(self) -> None:
        """Every one of them, how many there were, and where the list is."""
        for lines in self._lines:
            say("\n".join(lines))
        if self.cells:
            kept = "" if self._obstacle else f"すべての一覧: {self._path}"
            say(f"読めない値が{self.cells:,}か所あり、その{self._rows:,}行は除きました。{kept}")
        if self._obstacle:
            say(f"読めない値の一覧 {self._path} {self._obstacle}。")


def _is_ours(path: Path) -> bool:
    """Whether a file begins as our lists do."""
    heading = write_csv(_BAD_HEADERS, ())
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(heading)) == heading


def _told(rows: pl.DataFrame) -> pl.Series:
    """Each cell in a line: short, and without characters a terminal would obey."""
    value = pl.col("value")
    plain = value.str.head(_LONGEST_SHOWN).str.replace_all(_UNPRINTABLE, "\ufffd")
    ending = pl.when(value.str.len_chars() > _LONGEST_SHOWN).then(pl.lit("…")).otherwise(pl.lit(""))
    line = pl.format("{}行目（データ{}行目） {}「{}{}」: {}", LINE, _ROW, "column", plain, ending, "reason")
    return rows.select(line).to_series()
