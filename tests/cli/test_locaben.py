"""`bansou locaben score`: the contract of its columns, its cells and its exit status."""

import csv
import subprocess
import sys
import unicodedata
from decimal import Decimal, localcontext

import pytest

from bansou.domain.locaben import BusinessSize, Figures, Indicator, assess, shipped_norms
from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS
from tests.support.firms import OUTPUT, PLAIN, as_csv


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
