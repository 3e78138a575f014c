"""Many firms at once: the rules of ``assess`` over whole columns (polars), with identical results.

Every value is one division of two whole numbers that floats hold exactly, so it is the float nearest to the
exact value; and since rounding to the nearest float never swaps two numbers, comparing such a value with the
nearest float of a cut says the same as comparing the exact ones, unless the two floats are equal. Rows where
they are, and rows whose figures floats cannot hold exactly, go through ``assess``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_

import polars as pl

from bansou.domain.locaben.assessment import grade_of
from bansou.domain.locaben.exact_rows import (
    AMOUNT_COLUMNS,
    FINEST,
    LARGEST_AMOUNT,
    LARGEST_HEADCOUNT,
    NOTHING,
    ROUNDING,
    WHOLE_YEN,
    WRITTEN,
    exact_row,
)
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import propose_firm_size
from bansou.domain.locaben.norms import Norms
from bansou.domain.locaben.notes import Note
from bansou.domain.method.sizes import BusinessSize

AUTO = "auto"
FIGURE_COLUMNS = (*AMOUNT_COLUMNS, "employees")
POINTS_COLUMNS = tuple(f"{indicator.value}_points" for indicator in Indicator)
OUTPUT_COLUMNS = (
    "firm_id", "edition", "industry_code", "size", *(indicator.value for indicator in Indicator),
    *POINTS_COLUMNS, "total", "grade", "notes",
)  # fmt: skip

# Where the proposal of `propose_firm_size` changes its mind.
_HEADCOUNT_TRIED = 100
_SMALL_CAPITAL_THOUSANDS = 10_000


def score(firms: pl.DataFrame, norms: Norms) -> pl.DataFrame:
    """One row per firm, in their order.

    In: ``firm_id``, ``industry_code`` (four digits), ``size`` (medium, small, auto), ``FIGURE_COLUMNS`` as
    finite numbers (amounts in 千円, null = not known), for ``auto`` perhaps ``capital`` (千円), and perhaps
    ``WRITTEN`` (see ``exact_rows``). ``auto`` without headcount and capital is medium, and said to be.
    Out: ``OUTPUT_COLUMNS``: values as fractions, 千円, 倍, か月, unrounded; ``notes`` are codes in the order
    of ``Note``, joined by ``;``.
    Raises Refusal for an industry the norms lack, ValueError for an unknown size.
    """
    cuts = _cuts_of(norms)
    result, exact, tied = _scored(firms, norms, cuts, WHOLE_YEN)
    unsure = tied
    if not exact.all():
        inexact = (~exact).arg_true()
        finer, exact_now, tied_now = _scored(firms[inexact], norms, cuts, FINEST)
        result = _with_rows(result, inexact, finer)
        unsure = tied.scatter(inexact, tied_now | ~exact_now)
    if WRITTEN in firms.columns:
        unsure |= firms[WRITTEN].is_not_null()
    return _looked_at_again(result, firms, unsure.arg_true(), norms) if unsure.any() else result


def _scored(
    firms: pl.DataFrame, norms: Norms, cuts: _Cuts, fineness: int
) -> tuple[pl.DataFrame, pl.Series, pl.Series]:
    """The output; which rows whole numbers of 1/``fineness`` yen hold; which have a value like a cut."""
    prepared = _prepared(firms, cuts, fineness)
    _refuse_unknown(prepared, norms)
    measured = prepared.lazy().with_columns(**_measures(fineness)).with_columns(**cuts.columns())
    scored = measured.select(
        "firm_id",
        pl.lit(norms.edition.code).alias("edition"),
        "industry_code",
        "size",
        "_exact",
        *_values(),
        **_points(),
        _notes=_note_bits(),
        _tied=reduce(or_, _ties()).fill_null(False),
    ).with_columns(total=pl.sum_horizontal(POINTS_COLUMNS, ignore_nulls=False))
    result = scored.with_columns(grade=_grades()).collect()
    output = result.with_columns(notes=_as_codes(result["_notes"])).select(*OUTPUT_COLUMNS)
    return output, result["_exact"], result["_tied"]


def _with_rows(result: pl.DataFrame, places: pl.Series, rows: pl.DataFrame) -> pl.DataFrame:
    return result.with_columns(result[name].scatter(places, rows[name]) for name in OUTPUT_COLUMNS[4:])


def _looked_at_again(
    result: pl.DataFrame, firms: pl.DataFrame, unsure: pl.Series, norms: Norms
) -> pl.DataFrame:
    optional = [name for name in ("capital", WRITTEN) if name in firms.columns]
    chosen = firms.select("industry_code", pl.col("size").alias("asked"), *FIGURE_COLUMNS, *optional)[unsure]
    rows = [
        exact_row(
            norms,
            firm,
            BusinessSize(size),
            size_proposed=firm["asked"] == AUTO,
            size_assumed=firm["asked"] == AUTO and firm["employees"] is None and firm.get("capital") is None,
        )
        for firm, size in zip(chosen.iter_rows(named=True), result["size"][unsure], strict=True)
    ]
    schema = {name: result.schema[name] for name in OUTPUT_COLUMNS[4:]}
    return _with_rows(result, unsure, pl.DataFrame(rows, schema=schema, orient="row"))


# --- norms ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Cuts:
    """Columns with a row for each industry and size, in which a firm finds its own.

    ``first_row``: industry code → its row for medium firms, the one for small firms follows; ``most_heads``:
    employees up to which a firm is proposed as small; ``by_indicator``: four cuts, from worst to best.
    """

    first_row: Mapping[str, int]
    most_heads: pl.Series
    by_indicator: Mapping[Indicator, tuple[pl.Series, ...]]

    def columns(self) -> dict[str, pl.Expr]:
        return {
            f"_{indicator.value}_{place}": pl.lit(series).gather(pl.col("_norm"))
            for indicator, four in self.by_indicator.items()
            for place, series in enumerate(four)
        }


@lru_cache(maxsize=8)
def _cuts_of(norms: Norms) -> _Cuts:
    rows = norms.as_rows()
    by_key = {(row["industry_code"], row["size"], row["indicator"]): row for row in rows}
    sizes = (BusinessSize.MEDIUM.value, BusinessSize.SMALL.value)
    codes = [
        code
        for code in dict.fromkeys(row["industry_code"] for row in rows)
        if all((code, size, indicator.value) in by_key for size in sizes for indicator in Indicator)
    ]
    return _Cuts(
        {code: 2 * place for place, code in enumerate(codes)},
        pl.Series([_most_heads(code) for code in codes for _ in sizes], dtype=pl.Float64),
        {
            indicator: tuple(
                pl.Series(
                    [float(by_key[code, size, indicator.value][cut]) for code in codes for size in sizes],
                    dtype=pl.Float64,
                )
                for cut in ("cut_iv", "cut_iii", "cut_ii", "cut_i")
            )
            for indicator in Indicator
        },
    )


def _most_heads(industry_code: str) -> int:
    """Asked, so that the rule stands in one place."""
    proposed = (
        propose_firm_size(industry_code=industry_code, employees=heads, capital_yen=None).size
        for heads in range(_HEADCOUNT_TRIED)
    )
    return sum(size is BusinessSize.SMALL for size in proposed) - 1


def covered_industries(norms: Norms) -> frozenset[str]:
    """The industry codes these norms can score, both sizes and all six indicators."""
    return frozenset(_cuts_of(norms).first_row)


# --- from 千円 to whole yen, and the size -----------------------------------------------------------------


def _prepared(firms: pl.DataFrame, cuts: _Cuts, fineness: int) -> pl.DataFrame:
    """Amounts in 1/``fineness`` yen, size resolved; ``_norm``: row of the cuts; ``_exact``: all are whole."""
    capital = pl.col("capital").cast(pl.Float64) if "capital" in firms.columns else pl.lit(None, pl.Float64)
    # Adding zero makes a plain zero of -0.0.
    yen = {name: pl.col(name).cast(pl.Float64) * (1000.0 * fineness) + 0.0 for name in AMOUNT_COLUMNS}
    heads = pl.col("employees").cast(pl.Float64)
    is_exact = [_is_whole(amount) & (amount.abs() <= LARGEST_AMOUNT) for amount in yen.values()]
    is_exact.append(_is_whole(heads) & (heads.abs() <= LARGEST_HEADCOUNT))
    small = (
        pl.when(~pl.col("_proposed"))
        .then(pl.col("_size") == BusinessSize.SMALL.value)
        .when(pl.col("employees").is_not_null())
        .then(pl.col("employees") <= pl.lit(cuts.most_heads).gather(pl.col("_first_row")))
        .otherwise((pl.col("_capital") <= _SMALL_CAPITAL_THOUSANDS).fill_null(False))
    )
    return (
        firms.lazy()
        .select(
            "firm_id",
            "industry_code",
            pl.col("size").alias("_size"),
            employees=pl.when(_is_whole(heads)).then(heads.round() + 0.0).otherwise(heads),
            _capital=capital,
            _proposed=pl.col("size") == AUTO,
            _assumed=(pl.col("size") == AUTO) & heads.is_null() & capital.is_null(),
            _exact=reduce(and_, (exact.fill_null(True) for exact in is_exact)),
            _first_row=pl.col("industry_code").replace_strict(
                cuts.first_row, default=None, return_dtype=pl.UInt32
            ),
            **{name: amount.round() + 0.0 for name, amount in yen.items()},
        )
        .with_columns(_small=small)
        .with_columns(
            size=pl.when("_small")
            .then(pl.lit(BusinessSize.SMALL.value))
            .otherwise(pl.lit(BusinessSize.MEDIUM.value)),
            _norm=pl.col("_first_row") + pl.col("_small").cast(pl.UInt32),
        )
        .collect()
    )


def _is_whole(number: pl.Expr) -> pl.Expr:
    return (number - number.round()).abs() <= number.abs() * ROUNDING + NOTHING


def _refuse_unknown(prepared: pl.DataFrame, norms: Norms) -> None:
    sizes = set(prepared["_size"].unique()) - {*(size.value for size in BusinessSize), AUTO}
    if sizes:
        raise ValueError(f"unknown size: {sizes}")
    if not prepared["_norm"].null_count():
        return
    code = prepared.filter(pl.col("_first_row").is_null())["industry_code"][0]
    for size in BusinessSize:
        for indicator in Indicator:
            norms.norm(str(code), size, indicator)


# --- values and points ------------------------------------------------------------------------------------


def _measures(fineness: int) -> dict[str, pl.Expr]:
    """Numerators and denominators that several expressions share; heads in 1/``fineness`` as amounts are."""
    col = pl.col
    bound = col("notes_receivable") + col("accounts_receivable") + col("inventory")
    return {
        "_net_debt": col("borrowings") - col("cash"),
        "_ebitda": col("operating_profit") + col("depreciation"),
        "_year_capital": 12.0 * (bound - col("notes_payable") - col("accounts_payable")),
        "_heads": fineness
        * pl.when(col("employees") == 0).then(1.0).when(col("employees") > 0).then("employees"),
        "_sales": pl.when(col("sales") > 0).then("sales"),
    }


def _compared() -> dict[Indicator, pl.Expr]:
    """What is compared with the cuts, in the units of ``Indicator``."""
    col = pl.col
    return {
        Indicator.SALES_GROWTH: pl.when(col("previous_sales") > 0).then(
            (col("sales") - col("previous_sales")) / col("previous_sales")
        ),
        Indicator.OPERATING_MARGIN: col("operating_profit") / col("_sales"),
        Indicator.LABOR_PRODUCTIVITY: col("operating_profit") / col("_heads"),
        Indicator.EBITDA_DEBT_MULTIPLE: pl.when(col("_ebitda") > 0).then(col("_net_debt") / col("_ebitda")),
        Indicator.WORKING_CAPITAL_MONTHS: col("_year_capital") / col("_sales"),
        Indicator.EQUITY_RATIO: pl.when(col("total_assets") > 0).then(
            col("net_assets") / col("total_assets")
        ),
    }


def _values() -> list[pl.Expr]:
    """As they are written: 労働生産性 in 千円, by a division of its own so that it is rounded once."""
    in_thousands = pl.col("operating_profit") / (pl.col("_heads") * 1000.0)
    compared = _compared() | {Indicator.LABOR_PRODUCTIVITY: in_thousands}
    return [value.alias(indicator.value) for indicator, value in compared.items()]


def _cut_columns(indicator: Indicator) -> list[pl.Expr]:
    return [pl.col(f"_{indicator.value}_{place}") for place in range(4)]


def _points() -> dict[str, pl.Expr]:
    points = {}
    for indicator, value in _compared().items():
        reached = [
            (value <= cut if indicator.lower_is_better else value >= cut).cast(pl.UInt8)
            for cut in _cut_columns(indicator)
        ]
        points[f"{indicator.value}_points"] = sum(reached, pl.lit(1, pl.UInt8))
    name = f"{Indicator.EBITDA_DEBT_MULTIPLE.value}_points"
    # Our rules: no net debt is the best there is; net debt that no EBITDA can repay is the worst.
    is_net_cash, is_hopeless = _is_net_cash(), (pl.col("_ebitda") <= 0) & (pl.col("_net_debt") > 0)
    points[name] = (
        pl.when(is_net_cash)
        .then(pl.lit(5, pl.UInt8))
        .when(is_hopeless)
        .then(pl.lit(1, pl.UInt8))
        .otherwise(points[name])
    )
    return points


def _is_net_cash() -> pl.Expr:
    return (pl.col("_ebitda") > 0) & (pl.col("_net_debt") <= 0)


def _ties() -> list[pl.Expr]:
    return [value == cut for indicator, value in _compared().items() for cut in _cut_columns(indicator)]


def _grades() -> pl.Expr:
    by_total = pl.Series([None if total < 6 else grade_of(total) for total in range(31)], dtype=pl.String)
    return pl.lit(by_total).gather(pl.col("total"))


# --- notes ------------------------------------------------------------------------------------------------

_PLACES = {note: place for place, note in enumerate(Note)}


def _note_bits() -> pl.Expr:
    """One bit for each note, as text is slow to join a million times."""
    col = pl.col
    said = {
        Note.NET_CASH: _is_net_cash(),
        Note.EBITDA_NOT_POSITIVE: (col("_ebitda") <= 0) & col("_net_debt").is_not_null(),
        Note.NO_PREVIOUS_SALES: ~(col("previous_sales") > 0).fill_null(False),
        Note.EMPLOYEES_ZERO_AS_ONE: (col("employees") == 0) & col("operating_profit").is_not_null(),
        Note.INSOLVENT: col("net_assets") < 0,
        Note.SALES_NOT_POSITIVE: col("sales") <= 0,
        Note.NO_TOTAL_ASSETS: col("total_assets") <= 0,
        Note.EMPLOYEES_NEGATIVE: col("employees") < 0,
        Note.SIZE_PROPOSED: col("_proposed"),
        Note.SIZE_ASSUMED_MEDIUM: col("_assumed"),
    }
    said |= {Note.missing(key): col(key).is_null() for key in FIGURE_COLUMNS if key != "previous_sales"}
    bits = (
        condition.fill_null(False).cast(pl.UInt64) * (1 << _PLACES[note]) for note, condition in said.items()
    )
    return reduce(or_, bits)


def _as_codes(bits: pl.Series) -> pl.Series:
    seen_once = bits.unique().to_list() or [0]
    codes = {
        seen: ";".join(note.code for note, place in _PLACES.items() if seen >> place & 1)
        for seen in seen_once
    }
    return bits.replace_strict(codes, return_dtype=pl.String)
