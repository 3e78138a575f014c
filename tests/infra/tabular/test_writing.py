from datetime import date

import pytest

from bansou.infra.tabular import write_csv


def cell(value, encoding="utf-8-sig"):
    content = write_csv(["甲", "乙"], [[value, "x"]], encoding=encoding)
    return content.decode(encoding).split("\r\n")[1].removesuffix(",x")


@pytest.mark.parametrize(
    "value", ["=1+1", "@SUM(A1)", "+cmd", "-cmd", "-", "\tx", " =1", "＝1+1", "-1+1", "+81-27-000-1234"]
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(value):
    assert cell(value).strip('"').startswith("'")


@pytest.mark.parametrize("value", ["-5", "+5", "-1,000.5", "-12%", "みなと", "027-000-1234", "a=b", "'x"])
def test_other_text_stays_as_it_is(value):
    assert cell(value).strip('"') == value


def test_values_of_other_kinds():
    assert [cell(value) for value in (None, -5, 0.5, date(2026, 11, 22))] == ["", "-5", "0.5", "2026-11-22"]


def test_headers_are_made_harmless_too():
    assert write_csv(["=x"], []).decode("utf-8-sig") == "'=x\r\n"


def test_utf8_begins_with_a_mark_for_excel_and_cp932_does_not():
    assert write_csv(["甲"], []).startswith(b"\xef\xbb\xbf")
    assert write_csv(["甲"], [], encoding="cp932") == "甲\r\n".encode("cp932")


def test_cp932_loses_no_dash_and_marks_what_it_cannot_write():
    assert cell("10〜20−髙﨑①😀", "cp932") == "10～20－髙﨑①〓"


def test_line_breaks_and_quotes_are_quoted():
    assert write_csv(["a"], [['x"y\nz']]).decode("utf-8-sig") == 'a\r\n"x""y\nz"\r\n'
