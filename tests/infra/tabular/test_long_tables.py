"""Tables of any length: right lines however the file is cut, and files that are there in whole or not."""

import random
from contextlib import suppress

import polars as pl
import pytest

from bansou.domain.shared import Refusal
from bansou.infra.tabular import long_csv, long_writing
from bansou.infra.tabular.long_table import LINE, SURPLUS, open_long_table
from bansou.infra.tabular.long_writing import long_writer


def rows_of(path, *names):
    table = open_long_table(path)
    places = {name: table.headers.index(name) for name in names}
    frames = list(table.frames(places))
    whole = pl.concat(frames) if frames else pl.DataFrame(schema=[*names, LINE, SURPLUS])
    return whole.select(*names, LINE, SURPLUS).rows()


def test_every_row_knows_its_line_whatever_the_cells_hold(tmp_path, monkeypatch):
    dice = random.Random(7)
    cells = ["", "1", "x y", '"a,b"', '"two\nlines"', '"say ""no"""', 'half " mark', "漢字"]
    lines, expected, line = ["a,b,c"], [], 2
    for number in range(400):
        first, second = dice.choice(cells), dice.choice(cells)
        lines.append(f"{number},{first},{second}")
        plain = second[1:-1].replace('""', '"') if second[:1] == '"' else second
        expected.append((str(number), plain or None, line, False))
        line += 1 + first.count("\n") + second.count("\n")
    path = tmp_path / "t.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    for block in (60, 1_000, 10**7):
        monkeypatch.setattr(long_csv, "_BLOCK", block)
        assert rows_of(path, "a", "c") == expected


def test_short_rows_are_filled_up_and_long_ones_are_marked(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1\n2,3,,\n4,5,6\n")
    assert rows_of(path, "a", "b") == [
        ("1", None, 2, False), ("2", "3", 3, False), ("4", "5", 4, True),
    ]  # fmt: skip


def test_a_mark_that_never_closes_is_named_by_its_line(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n3,4\n" + '5,"6\n' + "7,8\n" * 50)
    monkeypatch.setattr(long_csv, "_BLOCK", 40)
    with pytest.raises(Refusal, match="4行目"):
        rows_of(path, "a")


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "x" * 500)
    monkeypatch.setattr(long_csv, "_BLOCK", 100)
    with pytest.raises(Refusal, match="2行目が長すぎます"):
        rows_of(path, "a")


FRAME = pl.DataFrame({"a": ["x", None], "b": [0.1, 2.0]})


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_a_file_is_there_in_whole_or_not_at_all(tmp_path, ending):
    path = tmp_path / f"t.{ending}"
    with suppress(KeyboardInterrupt), long_writer(path, FRAME.clear()) as writer:
        writer.add(FRAME)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    with long_writer(path, FRAME.clear()) as writer:
        writer.add(FRAME)
        writer.add(FRAME)
        assert not path.exists()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert [row[0] for row in rows_of(path, "a", "b")] == ["x", None] * 2


def test_a_workbook_holds_only_so_many_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(long_writing, "_MOST_SHEET_ROWS", 3)
    path = tmp_path / "t.xlsx"
    with suppress(Refusal), long_writer(path, FRAME.clear()) as writer:
        writer.add(FRAME)
        with pytest.raises(Refusal, match="3行まで") as refused:
            writer.add(FRAME)
        raise refused.value
    assert list(tmp_path.iterdir()) == []
