"""Small norms with round cuts, and a firm whose six values are easy to see."""

from dataclasses import replace
from decimal import Decimal

from bansou.domain.locaben import INDUSTRIES, BusinessSize, Edition, Figures, Indicator, Norm, Norms

EDITION = Edition(
    code="test", label="試験用", source="出典：試験用の数字", dated="2030年度", official=False, provenance=""
)

# 中央値, ⅳ, ⅲ, ⅱ, ⅰ
ROUND_NORMS = {
    Indicator.SALES_GROWTH: ("0.025", "-0.1", "0", "0.05", "0.1"),
    Indicator.OPERATING_MARGIN: ("0.02", "-0.05", "0", "0.03", "0.08"),
    Indicator.LABOR_PRODUCTIVITY: ("400000", "-500000", "0", "500000", "1500000"),
    Indicator.EBITDA_DEBT_MULTIPLE: ("6", "20", "10", "5", "1"),
    Indicator.WORKING_CAPITAL_MONTHS: ("1.5", "4", "2", "1", "-0.5"),
    Indicator.EQUITY_RATIO: ("0.2", "-0.2", "0.1", "0.3", "0.6"),
}


def round_norm(indicator: Indicator) -> Norm:
    return Norm(*map(Decimal, ROUND_NORMS[indicator]))


def norms_for_tests(edition: Edition = EDITION, industries: tuple[str, ...] = ("0304",)) -> Norms:
    """Both sizes of each industry with the same round cuts; ``tuple(INDUSTRIES)`` for all."""
    return Norms(
        edition,
        {
            (code, size, indicator): round_norm(indicator)
            for code in industries
            for size in BusinessSize
            for indicator in Indicator
        },
    )


def official_norms_for_tests() -> Norms:
    return norms_for_tests(replace(EDITION, official=True), tuple(INDUSTRIES))


def firm(**changes: object) -> Figures:
    """+5 %, 3 %, 60万円, 5倍, 1か月, 30 %: each exactly on ⅱ but ③; ``changes`` replace figures."""
    figures = Figures(
        sales=105_000_000,
        previous_sales=100_000_000,
        operating_profit=3_150_000,
        depreciation=850_000,
        employees=5,
        cash=4_000_000,
        notes_receivable=1_000_000,
        accounts_receivable=9_000_000,
        inventory=2_750_000,
        borrowings=24_000_000,
        notes_payable=1_500_000,
        accounts_payable=2_500_000,
        net_assets=12_000_000,
        total_assets=40_000_000,
    )
    return replace(figures, **changes)
