"""`bansou locaben score`: every kind of file it is given, and what it refuses as a whole."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

from bansou.cli.main import main
from bansou.domain.locaben import NORM_COLUMNS, shipped_norms
from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS
from bansou.infra.tabular import long_csv
from tests.support.firms import OUTPUT, PLAIN, as_csv

# --- what is refused as a whole ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空です"), (b"\xef\xbb\xbf", "空です"), (b"\r\n \r\n,,,\r\n", "空です"),
        (bytes(range(256)) * 20, "文字として"), (b"%PDF-1.7 ...", "PDF"), (b"\xd0\xcf\x11\xe0 x", "古い形式"),
        (b"PK\x03\x04 broken", "壊れている"), (b"PAR1 broken PAR1", "壊れている"),
        (b"firm_id,size\n", "industry_code"), (b"a" * 100, "必要な列がありません"),
        (as_csv({}).encode() + b'"F2,', "引用符"),
        (as_csv({}).encode() + b"\xff\xfe\xfd,1", "3行目に文字として"),
        (as_csv({"firm_id": "漢字" * 20}).encode() + "漢字".encode("cp932"), "3行目に文字として"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_and_nothing_is_written(score, content, why):
    ended, rows, said = score(content)
    assert (ended, rows) == (2, None)
    assert why in said


@pytest.mark.parametrize("column", REQUIRED_COLUMNS)
def test_a_missing_column_is_named(score, column):
    ended, rows, said = score(as_csv({}, columns=[name for name in REQUIRED_COLUMNS if name != column]))
    assert (ended, rows) == (2, None)
    assert f"必要な列がありません: {column}\n" == said


def test_a_column_that_stands_twice_is_named(score):
    text = as_csv({}).replace("total_assets", "Sales")
    ended, rows, said = score(text.replace("110000", "110000,1").replace("Sales", "Sales,total_assets"))
    assert (ended, rows) == (2, None)
    assert "二つ以上あります: sales" in said


def test_an_old_result_stays_when_the_new_one_fails(score, tmp_path):
    (tmp_path / "scores.csv").write_text("old")
    text = as_csv({}) + '"F2,'
    (tmp_path / "firms.csv").write_text(text)
    assert main(["locaben", "score", str(tmp_path / "firms.csv"), "-o", str(tmp_path / "scores.csv")]) == 2
    assert (tmp_path / "scores.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["firms.csv", "scores.csv"]


def test_a_table_without_firms_has_no_scores(score):
    assert score(as_csv())[:2] == (0, [])


def test_unknown_editions_endings_and_places_are_refused(score, tmp_path, capsys):
    ended, rows, said = score(as_csv({}), "--edition", "1999")
    assert (ended, rows) == (2, None)
    assert "使える版: 2022（2022年度版）" in said
    firms = str(tmp_path / "firms.csv")
    for target, why in [
        ("firms.csv", "同じ"), ("scores.txt", "書き出せるのは"), ("", "フォルダー"),
        ("none/scores.csv", "読み書き"),
    ]:  # fmt: skip
        assert main(["locaben", "score", firms, "-o", str(tmp_path / target)]) == 2
        assert why in capsys.readouterr().err
    assert main(["locaben", "score", str(tmp_path / "no.csv"), "-o", str(tmp_path / "o.csv")]) == 2
    assert "no.csv" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["firms.csv"]


# --- other kinds of files ---------------------------------------------------------------------------------


def as_xlsx(*rows):
    book = openpyxl.Workbook()
    book.active.append(list(REQUIRED_COLUMNS))
    for row in rows:
        book.active.append([*row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_xlsx_with_numbers_as_numbers(score):
    row = [PLAIN[name] if place < 4 else float(PLAIN[name]) for place, name in enumerate(REQUIRED_COLUMNS)]
    short = [*row]
    short[1] = 304
    bad = [*row]
    bad[4] = "約百万"
    ended, rows, said = score(as_xlsx(row, short, bad), name="firms.xlsx")
    assert ended == 2
    assert rows[0] == rows[1] == score(as_csv({}))[1][0]
    assert "4行目（データ3行目） sales「約百万」" in said


def sheet_xml(content, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return out.getvalue()


def test_errors_and_formulas_never_calculated_in_a_workbook_are_bad_cells(score):
    row = [PLAIN[name] if place < 4 else float(PLAIN[name]) for place, name in enumerate(REQUIRED_COLUMNS)]
    rows = [[*row] for _ in range(6)]
    rows[1][4], rows[2][0], rows[3][9], rows[4] = "#DIV/0!", "#N/A", "=1+1", ["#REF!"] * 18
    content = sheet_xml(
        as_xlsx(*rows),
        # F7: a formula whose result of an earlier time was an error.
        lambda part: part.replace(
            b'<c r="F7" t="n"><v>113000</v></c>', b'<c r="F7" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        ),
    )
    ended, written, said = score(content, name="firms.xlsx")
    assert (ended, len(written)) == (2, 1)
    lines = said.splitlines()
    assert lines[:3] == [
        "3行目（データ2行目） sales「#DIV/0!」: 表計算ソフトのエラーです。元の式を直してください。",
        "4行目（データ3行目） firm_id「#N/A」: 表計算ソフトのエラーです。元の式を直してください。",
        "5行目（データ4行目） cash「(計算されていない式)」: "
        "計算結果のない式です。表計算ソフトで開き、計算させて保存し直してください。",
    ]
    assert sum(line.startswith("6行目") for line in lines) == 18
    assert lines[21].startswith("7行目（データ6行目） previous_sales「#DIV/0!」")


def test_errors_beside_the_table_and_results_in_words_are_no_bad_cells(score):
    row = [PLAIN[name] if place < 4 else float(PLAIN[name]) for place, name in enumerate(REQUIRED_COLUMNS)]
    content = sheet_xml(
        as_xlsx([*row, "#REF!"], row),
        lambda part: part.replace(
            b'<c r="F3" t="n"><v>113000</v></c>', b'<c r="F3" t="str"><f>A1</f><v></v></c>'
        ),
    )
    ended, written, said = score(content, name="firms.xlsx")
    assert (ended, said, [one["notes"] for one in written]) == (0, "", ["", "no_previous_sales"])


def test_an_xlsx_that_unpacks_without_end_is_refused(score):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    ended, rows, said = score(out.getvalue(), name="firms.xlsx")
    assert (ended, rows) == (2, None)
    assert "大きすぎ" in said


def test_parquet_keeps_its_numbers_and_lists_what_is_none(score, tmp_path):
    plain = {name: [value] * 3 for name, value in PLAIN.items()}
    numbers = {name: [float(value)] * 3 for name, value in PLAIN.items() if value.isdigit()}
    frame = pl.DataFrame(
        plain | numbers | {"industry_code": [304] * 3, "sales": [120_000.0, None, float("nan")]}
    )
    frame.write_parquet(tmp_path / "made.parquet")
    ended, rows, said = score((tmp_path / "made.parquet").read_bytes(), name="firms.parquet")
    assert ended == 2
    assert rows[0] == score(as_csv({}))[1][0]
    assert (len(rows), rows[1]["notes"]) == (2, "missing_sales")
    assert "4行目（データ3行目） sales「NaN」" in said


def test_parquet_with_dates_and_truths_where_numbers_belong(score, tmp_path):
    plain = {name: [value] for name, value in PLAIN.items()}
    frame = pl.DataFrame(plain).with_columns(
        pl.col("fiscal_year_end").str.to_date(), cash=pl.lit(True), sales=pl.lit(Decimal("120000.0"))
    )
    frame.write_parquet(tmp_path / "made.parquet")
    ended, rows, said = score((tmp_path / "made.parquet").read_bytes(), name="firms.parquet")
    assert (ended, rows) == (2, [])
    assert said.count("行目") == 2
    assert "cash「true」" in said
    frame.with_columns(sales=pl.lit([1])).write_parquet(tmp_path / "made.parquet")
    ended, rows, said = score((tmp_path / "made.parquet").read_bytes(), name="firms.parquet")
    assert (ended, "列「sales」" in said) == (2, True)


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "csv"])
def test_results_in_every_kind_of_file(tmp_path, ending):
    given, target = tmp_path / "firms.csv", tmp_path / f"scores.{ending}"
    given.write_text(as_csv({"firm_id": "001"}, {"previous_sales": ""}), encoding="utf-8")
    assert main(["locaben", "score", str(given), "-o", str(target)]) == 0
    if ending == "xlsx":
        header, *rows = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    else:
        frame = pl.read_parquet(target) if ending == "parquet" else pl.read_csv(target, infer_schema=False)
        header, rows = frame.columns, frame.rows()
    assert list(header) == OUTPUT
    assert rows[0][:4] == ("001", "2022", "0304", "medium")
    # A workbook keeps sixteen digits.
    assert float(rows[0][4]) == pytest.approx(7000 / 113000, rel=1e-15 if ending == "xlsx" else 0, abs=0)
    assert rows[1][4] is None


@pytest.mark.parametrize("firm_id", ["-001", "+81-3-1234", "@shop", "=A1", "001", "1e5", "A 1"])
def test_a_firm_id_that_does_nothing_stays_as_it_is(score, firm_id):
    ended, rows, said = score(as_csv({"firm_id": firm_id}))
    assert (ended, rows[0]["firm_id"], said) == (0, firm_id, "")


@pytest.mark.parametrize(
    "firm_id", ["=HYPERLINK(1)", "@SUM(1)", "+1|x", "-2+3+cmd|' /C calc'!A0", "\t=1(", "＝1+1（"]
)
def test_a_firm_id_that_would_run_gets_an_apostrophe_and_a_word(score, firm_id):
    ended, rows, said = score(as_csv({"firm_id": firm_id}))
    assert (ended, rows[0]["firm_id"]) == (0, f"'{firm_id}")
    assert "firm_id が1件" in said


# --- norms of one's own -----------------------------------------------------------------------------------


def own_norms(edition):
    rows = [row | {"edition": edition} for row in shipped_norms().as_rows() if row["industry_code"] == "0304"]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, NORM_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_own_norms_score_the_industries_they_have_and_are_never_the_official_ones(score, tmp_path, capsys):
    norms = tmp_path / "own.csv"
    norms.write_text(own_norms("our-2025"), encoding="utf-8")
    ended, rows, said = score(as_csv({}, {"industry_code": "0501"}), "--norms", str(norms))
    assert (ended, [row["edition"] for row in rows]) == (2, ["our-2025"])
    assert "industry_code「0501」" in said
    norms.write_text(own_norms("2022"), encoding="utf-8")
    ended, _, said = score(as_csv({}), "--norms", str(norms))
    assert (ended, "公式" in said) == (2, True)
    norms.write_text("a,b\n1,2\n", encoding="utf-8")
    ended, _, said = score(as_csv({}), "--norms", str(norms))
    assert (ended, "基準値の表" in said) == (2, True)


# --- files of any length ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("block", "lines"), [(1_000, 400_000), (24_000_000, 7)])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_file_in_many_blocks_is_read_like_one(score, monkeypatch, block, lines, quoting):
    firms = [{"firm_id": f"F{number}\n改行" if number % 7 == 0 else f"F{number}"} for number in range(60)]
    firms[41]["sales"] = "x"
    text = as_csv(*firms, quoting=quoting)
    whole = score(text)
    monkeypatch.setattr(long_csv, "_BLOCK", block)
    monkeypatch.setattr(long_csv, "_MOST_LINES", lines)
    assert score(text) == whole
    assert "49行目（データ42行目）" in whole[2]
    assert len(whole[1]) == 59


def test_scoring_needs_no_django(tmp_path):
    given = tmp_path / "firms.csv"
    given.write_text(as_csv({}), encoding="utf-8")
    arguments = json.dumps(["locaben", "score", str(given), "-o", str(tmp_path / "o.csv")])
    code = (
        "import sys; from bansou.cli.main import main;"
        f"assert main({arguments}) == 0; assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr
