"""The same fictional firm as three programs export it: the figures must come out the same."""

import json
from datetime import date
from pathlib import Path

import pytest

from bansou.domain.japanese import decode
from bansou.domain.locaben.accounting import (
    Mapping,
    Vendor,
    apply,
    read_statement,
    suggest_mapping,
)
from bansou.infra.tabular import read_table

FIXTURES = Path(__file__).parents[3] / "fixtures" / "accounting"
YAYOI = "yayoi_minato_seiki_cp932.csv"
FREEE = ("freee_minato_seiki_balance.csv", "freee_minato_seiki_income.csv")
MONEY_FORWARD = (
    "moneyforward_minato_seiki_balance.csv",
    "moneyforward_minato_seiki_income_by_month_cp932.csv",
)
FIGURES = {
    "sales": 186_200_000,
    "operating_profit": 5_200_000,
    "depreciation": 1_100_000,
    "cash": 28_287_000,
    "notes_receivable": 3_200_000,
    "accounts_receivable": 24_560_000,
    "electronic_receivables": 1_800_000,
    "inventory": 10_200_000,
    "notes_payable": 5_400_000,
    "accounts_payable": 12_300_000,
    "electronic_payables": 900_000,
    "borrowings": 58_000_000,
    "bonds": None,
    "lease_obligations": 1_500_000,
    "officer_loans": 5_000_000,
    "total_liabilities": 88_000_000,
    "net_assets": 36_000_000,
    "total_assets": 124_000_000,
}
# The export of 弥生会計 holds the 製造原価報告書 as well, with a 減価償却費 of its own.
WITH_MANUFACTURING = FIGURES | {"depreciation": 4_500_000}


def statement_of(name, content=None):
    table = read_table(content or (FIXTURES / name).read_bytes(), name)
    return read_statement(
        [table.headers, *(row.cells for row in table.rows)],
        line_numbers=[1, *(row.line for row in table.rows)],
    )


def applied(name):
    statement = statement_of(name)
    kept = json.loads(json.dumps(suggest_mapping(statement).as_json()))
    return apply(statement, Mapping.from_json(kept))


def test_yayoi():
    outcome = applied(YAYOI)
    assert outcome.figures == WITH_MANUFACTURING
    assert outcome.doubts == (
        "「減価償却費」が2行あり、足し合わせました：79行目（1,100,000円）、93行目（3,400,000円）",
    )


@pytest.mark.parametrize("names", [FREEE, MONEY_FORWARD])
def test_freee_and_money_forward_come_in_two_files(names):
    figures = dict.fromkeys(FIGURES)
    for name in names:
        found = {key: amount for key, amount in applied(name).figures.items() if amount is not None}
        assert all(figures[key] in (None, amount) for key, amount in found.items())
        figures |= found
    assert figures == FIGURES


@pytest.mark.parametrize(
    ("name", "vendor", "header_line", "span"),
    [
        (YAYOI, Vendor.YAYOI, 6, (date(2025, 4, 1), date(2026, 3, 31))),
        (FREEE[0], Vendor.FREEE, 2, (date(2025, 4, 1), date(2026, 3, 31))),
        (FREEE[1], Vendor.FREEE, 2, (date(2025, 4, 1), date(2026, 3, 31))),
        (MONEY_FORWARD[0], Vendor.MONEY_FORWARD, 1, None),
        (MONEY_FORWARD[1], Vendor.MONEY_FORWARD, 1, None),
    ],
)
def test_what_the_file_says_of_itself(name, vendor, header_line, span):
    statement = statement_of(name)
    assert (statement.vendor, statement.header_line, statement.span) == (vendor, header_line, span)


@pytest.mark.parametrize("name", [YAYOI, *FREEE, *MONEY_FORWARD])
def test_no_row_is_lost_and_none_is_used_twice(name):
    statement, outcome = statement_of(name), applied(name)
    used, unused = [each.line for each in outcome.used], [each.line for each in outcome.unused]
    assert sorted(used + unused) == sorted(line.line for line in statement.lines)
    rows = [line for line in decode((FIXTURES / name).read_bytes()).splitlines() if line.strip(',"')]
    assert len(statement.lines) + len(statement.others) == len(rows)


def test_a_customer_named_like_an_account_is_not_that_account():
    """freee lists customers below 売掛金; one of ours is called 現金."""
    lines = {each.line: each for each in applied(FREEE[0]).unused}
    assert lines[18].name == "現金"
    assert applied(FREEE[0]).figures["cash"] == FIGURES["cash"]


def test_the_signature_is_of_the_layout_only():
    text = decode((FIXTURES / YAYOI).read_bytes())
    other = text.replace("みなと精機", "大塚豆腐店").replace("186200000", "1").replace("令和07年", "令和06年")
    rows = [[cell.strip('"') for cell in line.split(",")] for line in other.splitlines()]
    assert read_statement(rows).signature == statement_of(YAYOI).signature
    signatures = {statement_of(name).signature for name in (YAYOI, *FREEE, *MONEY_FORWARD)}
    assert len(signatures) == 5


def test_yayoi_writes_tabs_as_well():
    content = decode((FIXTURES / YAYOI).read_bytes()).replace('","', '"\t"').encode("cp932")
    tabbed = statement_of(YAYOI, content)
    assert tabbed.lines == statement_of(YAYOI).lines
    assert tabbed.signature == statement_of(YAYOI).signature
