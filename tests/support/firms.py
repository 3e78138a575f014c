"""Firms for `bansou locaben score`: one plain row, the agreed columns, and a CSV of variations."""

import csv
import io

from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS

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
