"""Many firms at once say exactly what `assess` says of each."""

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bansou.domain.locaben import (
    INDUSTRIES,
    BusinessSize,
    Figures,
    Indicator,
    assess,
    propose_firm_size,
    shipped_norms,
)
from bansou.domain.locaben.many import AMOUNT_COLUMNS, FIGURE_COLUMNS, OUTPUT_COLUMNS, score
from bansou.domain.shared import Refusal

NORMS = shipped_norms()
PLAIN = {
    "firm_id": "F1", "industry_code": "0304", "size": "medium", "sales": 120_000, "previous_sales": 113_000,
    "operating_profit": 5_200, "depreciation": 3_000, "employees": 9, "cash": 20_000, "notes_receivable": 0,
    "accounts_receivable": 15_000, "inventory": 8_000, "borrowings": 60_000, "notes_payable": 1_000,
    "accounts_payable": 9_000, "net_assets": 30_000, "total_assets": 110_000,
}  # fmt: skip


def frame(*rows):
    """Firms with amounts in 千円 as written, `Decimal` or int; what is not said is as in PLAIN."""
    columns = (*PLAIN, "capital")
    numbers = {*FIGURE_COLUMNS, "capital"}
    filled = [PLAIN | {"capital": None} | row for row in rows]
    return pl.DataFrame(
        {
            name: pl.Series(
                [None if row[name] is None else float(row[name]) for row in filled]
                if name in numbers
                else [row[name] for row in filled],
                dtype=pl.Float64 if name in numbers else pl.String,
            )
            for name in columns
        }
    )


def one(**changes):
    return score(frame(changes), NORMS).row(0, named=True)


def expected(row):
    """The row `assess` gives, from exact numbers that never were floats."""
    row = PLAIN | {"capital": None} | row
    amounts = {name: None if row[name] is None else Decimal(row[name]) * 1000 for name in AMOUNT_COLUMNS}
    heads = row["employees"]
    proposed = row["size"] == "auto"
    size = (
        propose_firm_size(
            industry_code=row["industry_code"],
            employees=heads,
            capital_yen=None if row["capital"] is None else row["capital"] * 1000,
        ).size
        if proposed
        else BusinessSize(row["size"])
    )
    done = assess(
        Figures(**amounts, employees=heads),
        norms=NORMS,
        industry_code=row["industry_code"],
        size=size,
        size_proposed=proposed,
    )
    values = {}
    for indicator, found in done.results.items():
        scale = 1000 if indicator is Indicator.LABOR_PRODUCTIVITY else 1
        values[indicator.value] = None if found.value is None else float(found.value / scale)
    return {
        "firm_id": row["firm_id"],
        "edition": "2022",
        "industry_code": row["industry_code"],
        "size": size.value,
        **values,
        **{f"{indicator.value}_points": found.points for indicator, found in done.results.items()},
        "total": done.total,
        "grade": done.grade,
        "notes": ";".join(note.code for note in done.notes),
    }


def bits(row):
    """Floats compared to the last bit, and -0.0 told from 0.0."""
    return {name: value.hex() if isinstance(value, float) else value for name, value in row.items()}


# 千円 down to the yen; the everyday sizes, the odd ones, blanks, and finer than a yen.
AMOUNTS = st.one_of(
    st.sampled_from([None, 0, 1, -1, Decimal("0.001"), Decimal("-0.001"), Decimal("0.0004")]),
    st.integers(-300_000, 300_000),
    st.decimals(-(10**6), 10**6, places=3),
    st.integers(-(10**15), 10**15).map(lambda yen: Decimal(yen).scaleb(-3)),
    st.decimals(-(10**4), 10**4, places=5),
)
HEADS = st.one_of(st.none(), st.sampled_from([0, 1, 5, 6, 20, 21]), st.integers(0, 10**6))
FIRMS = st.fixed_dictionaries(
    {
        "industry_code": st.sampled_from(sorted(INDUSTRIES)),
        "size": st.sampled_from(["medium", "small", "auto"]),
        "employees": HEADS,
        "capital": st.sampled_from([0, 9_999, 10_000, 10_001]),
        **dict.fromkeys(AMOUNT_COLUMNS, AMOUNTS),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FIRMS, min_size=1, max_size=12))
@example([dict.fromkeys((*AMOUNT_COLUMNS, "employees"), 0)])
@example([dict.fromkeys((*AMOUNT_COLUMNS, "employees"))])
def test_both_paths_give_identical_rows(firms):
    scored = score(frame(*firms), NORMS)
    assert scored.columns == list(OUTPUT_COLUMNS)
    assert [bits(row) for row in scored.iter_rows(named=True)] == [bits(expected(firm)) for firm in firms]


def on_the_cut(indicator, cut):
    """Figures in 千円 whose value is exactly `cut`."""
    top, bottom = (Decimal(part) for part in Fraction(cut).as_integer_ratio())
    return {
        Indicator.SALES_GROWTH: {"previous_sales": bottom, "sales": top + bottom},
        Indicator.OPERATING_MARGIN: {"operating_profit": top, "sales": bottom},
        Indicator.LABOR_PRODUCTIVITY: {"operating_profit": top / 1000, "employees": int(bottom)},
        Indicator.EBITDA_DEBT_MULTIPLE: {
            "borrowings": top, "cash": 0, "operating_profit": bottom, "depreciation": 0
        },
        Indicator.WORKING_CAPITAL_MONTHS: {
            "accounts_receivable": top, "sales": 12 * bottom,
            "notes_receivable": 0, "inventory": 0, "notes_payable": 0, "accounts_payable": 0,
        },
        Indicator.EQUITY_RATIO: {"net_assets": top, "total_assets": bottom},
    }[indicator]  # fmt: skip


@pytest.mark.parametrize("indicator", Indicator)
@pytest.mark.parametrize("size", BusinessSize)
def test_a_value_on_a_cut_has_the_better_point_and_a_hair_beside_it_is_told_apart(indicator, size):
    firms = []
    for code in sorted(INDUSTRIES)[::7]:
        for cut in NORMS.norm(code, size, indicator).cuts:
            exact = on_the_cut(indicator, cut)
            key = next(iter(exact))
            for hair in (Decimal("-0.001"), 0, Decimal("0.001")):
                moved = exact | {key: exact[key] + hair}
                firms.append({"industry_code": code, "size": size.value, **moved})
    scored = score(frame(*firms), NORMS)
    assert [bits(row) for row in scored.iter_rows(named=True)] == [bits(expected(firm)) for firm in firms]
    points = scored[f"{indicator.value}_points"].to_list()[1::3]
    assert points[:4] == [2, 3, 4, 5]


def test_what_thousands_of_yen_blur_is_whole_yen_again():
    # 0.1 + 0.2 in a spreadsheet's cell is meant as 0.3.
    blurred, meant = one(operating_profit=0.1 + 0.2), one(operating_profit=0.3)
    assert bits(blurred) == bits(meant)
    assert meant["labor_productivity"] == float(Fraction(300, 9_000))


def test_amounts_finer_than_a_yen_are_computed_as_they_stand():
    assert one(net_assets=Decimal("0.0001"), total_assets=1)["equity_ratio"] == 0.0001


def test_a_zero_is_never_negative():
    row = one(operating_profit=-0.0, net_assets=-0.0)
    assert str(row["operating_margin"]) == str(row["equity_ratio"]) == "0.0"


def test_special_cases_of_ebitda():
    cash_rich = one(cash=70_000)
    assert (cash_rich["ebitda_debt_multiple_points"], cash_rich["notes"]) == (5, "net_cash")
    assert cash_rich["ebitda_debt_multiple"] < 0
    hopeless = one(operating_profit=-4_000)
    assert (hopeless["ebitda_debt_multiple"], hopeless["ebitda_debt_multiple_points"]) == (None, 1)
    assert hopeless["notes"] == "ebitda_not_positive"
    assert hopeless["total"] is not None
    unclear = one(operating_profit=-4_000, cash=70_000)
    assert (unclear["ebitda_debt_multiple"], unclear["ebitda_debt_multiple_points"]) == (None, None)
    assert (unclear["total"], unclear["grade"]) == (None, None)


def test_a_blank_is_never_a_zero():
    row = one(inventory=None)
    assert (row["working_capital_months"], row["total"], row["notes"]) == (None, None, "missing_inventory")
    assert one(inventory=0)["working_capital_months"] is not None


@pytest.mark.parametrize(
    ("code", "employees", "capital", "size"),
    [
        ("0304", 20, None, "small"), ("0304", 21, None, "medium"), ("0501", 5, None, "small"),
        ("0501", 6, None, "medium"), ("0404", 6, None, "medium"), ("0601", 6, None, "medium"),
        ("1001", 6, None, "medium"), ("1301", 6, None, "small"), ("0304", None, 10_000, "small"),
        ("0304", None, 10_001, "medium"), ("0304", 21, 1, "medium"),
    ],
)  # fmt: skip
def test_the_size_is_proposed_and_said_to_be(code, employees, capital, size):
    row = one(industry_code=code, size="auto", employees=employees, capital=capital)
    assert row["size"] == size
    assert "size_proposed" in row["notes"].split(";")


def test_a_size_of_which_nothing_is_known_is_medium_and_said_to_be():
    row = one(size="auto", employees=None)
    assert (row["size"], row["notes"]) == ("medium", "size_proposed;size_assumed_medium;missing_employees")
    finer = one(size="auto", employees=None, cash=Decimal("0.123456789"))  # through `assess`
    assert (finer["size"], finer["notes"]) == (row["size"], row["notes"])


def test_what_cannot_be_scored_is_refused_and_an_empty_table_is_not():
    with pytest.raises(Refusal, match="業種"):
        one(industry_code="9999")
    with pytest.raises(ValueError, match="unknown size"):
        one(size="huge")
    assert score(frame(PLAIN).clear(), NORMS).shape == (0, len(OUTPUT_COLUMNS))
