"""`bansou locaben score`: the contract of its columns, its exit status, and every odd file it is given."""

import csv
import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from decimal import Decimal, localcontext

import openpyxl
import polars as pl
import pytest

from bansou.cli.main import main
from bansou.domain.locaben import NORM_COLUMNS, BusinessSize, Figures, Indicator, assess, shipped_norms
from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS
from bansou.infra.tabular import long_csv

PLAIN = {
    "firm_id": "F1", "industry_code": "0304", "size": "medium", "fiscal_year_end": "2026-03-31",
    "sales": "120000", "previous_sales": "113000", "operating_profit": "5200", "depreciation": "3000",
    "employees": "9", "cash": "20000", "notes_receivable": "0", "accounts_receivable": "15000",
    "inventory": "8000", "borrowings": "60000", "notes_payable": "1000", "accounts_payable": "9000",
    "net_assets": "30000", "total_assets": "110000",
}  # fmt: skip
OUTPUT = [
    "firm_id", "edition", "industry_code", "size", "sales_growth", "operating_margin", "labor_productivity",
    "ebitda_debt_multiple", "working_capital_months", "equity_ratio", "sales_growth_points",
    "operating_margin_points", "labor_productivity_points", "ebitda_debt_multiple_points",
    "working_capital_months_points", "equity_ratio_points", "total", "grade", "notes",
]  # fmt: skip


def as_csv(*rows, columns=REQUIRED_COLUMNS, **form):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n", **form)
    writer.writeheader()
    writer.writerows(PLAIN | row for row in rows)
    return out.getvalue()


@pytest.fixture
def score(tmp_path, capsys):
    """Score what is given; answers exit status, rows written (None: no file) and what was said on stderr."""

    def act(content, *options, name="firms.csv"):
        given, target = tmp_path / name, tmp_path / "scores.csv"
        given.write_bytes(content if isinstance(content, bytes) else content.encode())
        ended = main(["locaben", "score", str(given), "-o", str(target), *options])
        rows = None
        if target.exists():
            with target.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.DictReader(stream))
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
        return ended, rows, capsys.readouterr().err

    return act


def test_the_columns_are_those_agreed_and_the_values_those_of_one_firm(score):
    ended, rows, said = score(as_csv({}))
    assert (ended, said) == (0, "")
    assert list(rows[0]) == OUTPUT
    yen = {name: int(PLAIN[name]) * 1000 for name in REQUIRED_COLUMNS[4:] if name != "employees"}
    done = assess(
        Figures(**yen, employees=9), norms=shipped_norms(), industry_code="0304", size=BusinessSize.MEDIUM
    )
    for indicator, found in done.results.items():
        scale = 1000 if indicator is Indicator.LABOR_PRODUCTIVITY else 1
        assert float(rows[0][indicator.value]) == float(found.value / scale)
        assert int(rows[0][f"{indicator.value}_points"]) == found.points
    assert (int(rows[0]["total"]), rows[0]["grade"]) == (done.total, done.grade)
    assert (rows[0]["edition"], rows[0]["notes"]) == ("2022", "")


def test_what_cannot_be_computed_is_empty_and_said_in_the_notes(score):
    ended, rows, _ = score(
        as_csv(
            {"previous_sales": ""},
            {"operating_profit": "-9000"},
            {"operating_profit": "-9000", "cash": "99999"},
            {"employees": "0", "net_assets": "-1"},
        )
    )
    assert ended == 0
    assert [row["notes"] for row in rows] == [
        "no_previous_sales", "ebitda_not_positive", "ebitda_not_positive", "employees_zero_as_one;insolvent",
    ]  # fmt: skip
    assert rows[0]["sales_growth"] == ""
    assert [row["ebitda_debt_multiple_points"] for row in rows][1:3] == ["1", ""]
    assert [(row["total"] == "", row["grade"] == "") for row in rows] == [
        (True, True), (False, False), (True, True), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_firm_id_comes_out_as_it_went_in_whatever_the_encoding(score, encoding, line_end):
    text = as_csv({"firm_id": "川辺製作所"}, {"firm_id": "株式会社ヱビス"}).replace("\r\n", line_end)
    ended, rows, _ = score(text.encode(encoding))
    assert ended == 0
    assert [row["firm_id"] for row in rows] == ["川辺製作所", "株式会社ヱビス"]


def test_columns_in_any_order_and_unknown_ones(score):
    columns = ["備考", *reversed(REQUIRED_COLUMNS), "memo"]
    ended, rows, _ = score(as_csv({"備考": "x,y", "memo": 'a"b'}, columns=columns))
    assert (ended, len(rows)) == (0, 1)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(score, separator):
    ended, rows, _ = score(as_csv({}, {}, delimiter=separator))
    assert (ended, len(rows)) == (0, 2)


def test_quoted_cells_with_line_breaks_commas_and_marks(score):
    ids = ["改行\nあり", 'A"B', "x,y", " 空白 ", ""]
    text = as_csv(*({"firm_id": name} for name in ids), quoting=csv.QUOTE_ALL)
    ended, rows, _ = score(text)
    assert (ended, [row["firm_id"] for row in rows]) == (0, ids)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5,200", "5200"), ("５２００", "5200"), ("△1,234", "-1234"), ("▲1234", "-1234"), ("−1,234", "-1234"),
        ("－１，２３４", "-1234"), ("(1,234)", "-1234"), ("（1,234.5）", "-1234.5"), (" 5200 ", "5200"),
        ("+5200", "5200"), ("△ 300", "-300"), ("5.2e3", "5200"), ("52億円", "5200000"), ("0.001", "0.001"),
    ],
)  # fmt: skip
def test_numbers_as_offices_write_them(score, written, meant):
    ended, rows, said = score(as_csv({"operating_profit": written}, {"operating_profit": meant}))
    assert (ended, said) == (0, "")
    assert rows[0] == rows[1]
    assert float(rows[0]["labor_productivity"]) == pytest.approx(float(meant) / 9)


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_a_blank_is_not_known_and_never_zero(score, blank):
    ended, rows, _ = score(as_csv({"inventory": blank}))
    assert (ended, rows[0]["working_capital_months"], rows[0]["notes"]) == (0, "", "missing_inventory")


@pytest.mark.parametrize("code", ["304", "304.0", "0304", "０３０４", " 0304 ", "0304.0"])
def test_industry_codes_that_lost_their_zero(score, code):
    ended, rows, _ = score(as_csv({"industry_code": code}))
    assert (ended, rows[0]["industry_code"]) == (0, "0304")


@pytest.mark.parametrize(
    ("written", "size"), [("小規模事業者", "small"), ("中規模事業者", "medium"), ("SMALL", "small")]
)
def test_sizes_by_their_names(score, written, size):
    assert score(as_csv({"size": written}))[1][0]["size"] == size


def test_a_size_left_to_us(score):
    columns = [*REQUIRED_COLUMNS, "capital"]
    ended, rows, said = score(
        as_csv(
            {"size": "auto"},
            {"size": "auto", "employees": "21"},
            {"size": "auto", "employees": "", "capital": "10,000"},
            {"size": "auto", "employees": "", "capital": ""},
            columns=columns,
        )
    )
    assert (ended, said) == (0, "")
    assert [row["size"] for row in rows] == ["small", "medium", "small", "medium"]
    assert all("size_proposed" in row["notes"] for row in rows)
    # Not small by either, so medium: our rule, and said to be.
    assert ["size_assumed_medium" in row["notes"] for row in rows] == [False, False, False, True]
    ended, rows, _ = score(as_csv({"size": "auto", "employees": ""}))  # no column for capital at all
    assert (ended, rows[0]["notes"]) == (0, "size_proposed;size_assumed_medium;missing_employees")


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("sales", "abc", "数として読めません"), ("sales", "12 34", "数として読めません"),
        ("sales", "1,5", "数として読めません"), ("sales", "#DIV/0!", "エラーです"),
        ("sales", "=1+1", "数として読めません"), ("sales", "1_000", "数として読めません"),
        ("cash", "NaN", "数ではありません"), ("cash", "-inf", "数ではありません"),
        ("cash", "1e308", "大きすぎる"), ("cash", "1e400", "数ではありません"),
        ("employees", "-1", "従業員数がマイナス"), ("employees", "△3", "従業員数がマイナス"),
        ("industry_code", "9999", "一覧にない"), ("industry_code", "", "業種が空欄"),
        ("size", "大企業", "規模として"), ("size", "", "規模が空欄"), ("size", "#REF!", "エラーです"),
        ("fiscal_year_end", "きのう", "決算日として"), ("fiscal_year_end", "2026-02-30", "決算日として"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_listed_and_the_good_rows_are_written(score, tmp_path, column, value, why):
    ended, rows, said = score(as_csv({}, {"firm_id": "F2", column: value}, {"firm_id": "F3"}))
    assert ended == 2
    assert [row["firm_id"] for row in rows] == ["F1", "F3"]
    assert f"3行目（データ2行目） {column}「{value}」: " in said
    assert why in said
    assert "1か所あり、その1行は除きました" in said
    with (tmp_path / "scores.csv.errors.csv").open(encoding="utf-8-sig", newline="") as stream:
        (listed,) = csv.DictReader(stream)
    assert (listed["行"], listed["データ行"], listed["firm_id"], listed["列"]) == ("3", "2", "F2", column)
    assert listed["値"].removeprefix("'") == value


def test_several_bad_cells_of_a_row_and_lines_after_a_quoted_line_break(score):
    ended, rows, said = score(
        as_csv(
            {"firm_id": "二行\nの名前"},
            {"sales": "x", "cash": "y", "size": "z"},
            {"inventory": "NaN"},
        )
    )
    assert (ended, len(rows)) == (2, 1)
    listed = [line.partition("」")[0] for line in said.splitlines()[:4]]
    assert listed == [
        "4行目（データ2行目） size「z", "4行目（データ2行目） sales「x",
        "4行目（データ2行目） cash「y", "5行目（データ3行目） inventory「NaN",
    ]  # fmt: skip
    assert "4か所あり、その2行は除きました" in said


@pytest.mark.parametrize(
    "day",
    [
        "2026/3/31",
        "2026-03-31 00:00:00",
        "20260331",
        "令和8年3月31日",
        "R8.3.31",
        "2026年3月期",
        "46112",
        "",
        "202303",
        "2023-03",
        "2023/3",
        "20230331",
        "202303.0",
    ],
)
def test_days_as_offices_write_them(score, day):
    assert score(as_csv({"fiscal_year_end": day}))[0] == 0


def test_blank_rows_are_passed_over_and_rows_of_another_length_are_not(score):
    head, row, _end = as_csv({}).split("\r\n")
    lines = [head, row, "", "," * 17, row.rpartition(",")[0], row + ",", row + ",多い", row]
    ended, rows, said = score("\r\n".join(lines))
    assert ended == 2
    assert [row["notes"] for row in rows] == ["", "missing_total_assets", "", ""]
    assert "7行目（データ4行目） (行全体)" in said
    assert "見出しより列の多い行" in said


def test_marks_that_do_not_quote_are_read_as_they_stand(score):
    text = as_csv({"firm_id": "A"}, {"firm_id": "B"}).replace("A,", '5" 管,').replace("B,", 'x"y"z,')
    ended, rows, _ = score(text)
    assert (ended, [row["firm_id"] for row in rows]) == (0, ['5" 管', 'x"y"z'])


def test_every_bad_cell_is_told_and_is_in_the_file_however_many(score, tmp_path):
    ended, rows, said = score(as_csv(*({"sales": "x"} for _ in range(1_500))))
    assert (ended, rows) == (2, [])
    assert said.count("sales「x」") == 1_500
    assert (tmp_path / "scores.csv.errors.csv").read_bytes().count(b"\r\n") == 1_501


def test_what_a_terminal_would_obey_is_not_sent_to_it(score, tmp_path):
    _, _, said = score(as_csv({"sales": "\x1b[2J" + "9" * 300}, {"cash": "=cmd()"}))
    assert "\x1b" not in said
    assert "9" * 100 not in said
    assert b"'=cmd()" in (tmp_path / "scores.csv.errors.csv").read_bytes()


def test_a_list_of_bad_cells_of_an_earlier_run_goes(score, tmp_path):
    score(as_csv({"sales": "x"}))
    assert (tmp_path / "scores.csv.errors.csv").exists()
    assert score(as_csv({}))[0] == 0
    assert not (tmp_path / "scores.csv.errors.csv").exists()


def test_what_only_looks_like_our_list_by_its_name_stays(score, tmp_path):
    place = tmp_path / "scores.csv.errors.csv"
    place.write_text("mine")
    assert score(as_csv({}))[::2] == (0, "")
    ended, rows, said = score(as_csv({}, {"sales": "x"}))
    assert (ended, len(rows), place.read_text()) == (2, 1, "mine")
    assert "sales「x」" in said
    assert "同じ名前の別のファイル" in said


def test_a_folder_where_the_list_belongs_keeps_nobody_from_the_good_rows(score, tmp_path):
    (tmp_path / "scores.csv.errors.csv").mkdir()
    assert score(as_csv({}))[::2] == (0, "")
    ended, rows, said = score(as_csv({}, {"sales": "x"}))
    assert (ended, len(rows)) == (2, 1)
    assert "sales「x」" in said
    assert "同じ名前のフォルダー" in said


@pytest.mark.parametrize(
    ("given", "indicator", "points"),
    [
        # One yen of a thousand above the cut; EBITDA just above zero; sales just below; a ratio of one.
        (
            {"industry_code": "0101", "borrowings": "26429912060000.001", "cash": "0", "depreciation": "0",
             "operating_profit": "1000000000000"},
            "ebitda_debt_multiple", "1",
        ),
        (
            {"operating_profit": "-0.3", "depreciation": "0.30000000000000004", "cash": "60000"},
            "ebitda_debt_multiple", "5",
        ),
        ({"sales": "1950000", "previous_sales": "1950000.000000001"}, "sales_growth", None),
        ({"net_assets": "1e-12", "total_assets": "1e-12"}, "equity_ratio", "5"),
        ({"net_assets": "0.000000000001", "total_assets": "0.000000000001"}, "equity_ratio", "5"),
        ({"net_assets": "１.00000000000000001", "total_assets": "1e-25"}, "equity_ratio", "5"),
        ({"net_assets": "1e-300000000", "total_assets": "1.234567890123456789"}, "equity_ratio", None),
    ],
)  # fmt: skip
def test_every_digit_that_was_written_counts(score, given, indicator, points):
    ended, rows, _ = score(as_csv(given))
    full = PLAIN | given
    names = [name for name in REQUIRED_COLUMNS[4:] if name != "employees"]
    with localcontext(prec=60):
        yen = {name: Decimal(unicodedata.normalize("NFKC", full[name])) * 1000 for name in names}
    if yen["net_assets"] < Decimal("1e-9999"):
        yen["net_assets"] = 0
    done = assess(
        Figures(**yen, employees=9),
        norms=shipped_norms(), industry_code=full["industry_code"], size=BusinessSize.MEDIUM,
    )  # fmt: skip
    found = done.results[Indicator(indicator)]
    assert (ended, float(rows[0][indicator])) == (0, float(found.value))
    assert int(rows[0][f"{indicator}_points"]) == found.points
    if points:
        assert rows[0][f"{indicator}_points"] == points
    assert rows[0]["total"] == str(done.total)


def test_an_amount_too_small_to_reckon_with_is_nothing(score):
    ended, rows, _ = score(as_csv({"total_assets": "1e-90"}, {"total_assets": "0"}))
    assert (ended, rows[0]) == (0, rows[1])


# --- whoever listens --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "ended"), [({}, 0), ({"firm_id": "F2", "sales": "x", "cash": "y" * 30_000}, 2)]
)
@pytest.mark.parametrize("ears", ["2>&-", ">&-", ">&- 2>&-", "2>/dev/full", ">/dev/full", "2>&1 >/dev/null"])
def test_files_and_exit_status_are_the_same_whether_anybody_hears(tmp_path, row, ended, ears):
    given, target = tmp_path / "firms.csv", tmp_path / "scores.csv"
    given.write_text(as_csv({}, *([row] * 3)), encoding="utf-8")
    code = "import sys; from bansou.cli.main import main; sys.exit(main())"
    pipe = " | true" if ears.startswith("2>&1") else ""
    done = subprocess.run(  # noqa: S603 - our own words
        [
            "/bin/bash",
            "-c",
            f'set -o pipefail; "$@" {ears}{pipe}',
            "_",
            sys.executable,
            "-c",
            code,
            "locaben",
            "score",
            str(given),
            "-o",
            str(target),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == ended, done.stderr
    assert target.read_bytes().count(b"\n") == (2 if ended else 5)
    assert (tmp_path / "scores.csv.errors.csv").exists() == bool(ended)


@pytest.mark.parametrize(
    ("words", "ended"),
    [(["locaben", "score", "--help"], 0), (["locaben", "score", "{given}", "-o", "{target}"], 2)],
)
def test_a_terminal_without_japanese_is_told_in_numbers(tmp_path, words, ended):
    given, target = tmp_path / "firms.csv", tmp_path / "scores.csv"
    given.write_text(as_csv({}, {"sales": "x"}), encoding="utf-8")
    code = "import sys; from bansou.cli.main import main; sys.exit(main())"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code, *(word.format(given=given, target=target) for word in words)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii:strict", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == ended, done.stderr
    assert b"\\u" in done.stdout
    assert target.exists() == bool(ended)


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
