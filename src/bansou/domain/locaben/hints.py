"""What looks odd in typed figures. Every hint is a question to look again, never a refusal (page §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise

from bansou.domain.locaben.figures import FIGURE_FIELDS, FIGURE_LABELS, Amount, Figures
from bansou.domain.locaben.years import month_of

# Typed in 円 where 千円 was meant, or the other way round: our rule, page §5.
_SLIP = 1000
# Our rule: staff that more than doubles or halves, and by five people or more.
_HEADS_FACTOR, _HEADS_AT_LEAST = 2, 5
_NEVER_BELOW_ZERO = (
    "sales",
    "previous_sales",
    "depreciation",
    "employees",
    "cash",
    "notes_receivable",
    "accounts_receivable",
    "electronic_receivables",
    "inventory",
    "borrowings",
    "notes_payable",
    "accounts_payable",
    "electronic_payables",
    "bonds",
    "lease_obligations",
    "officer_loans",
    "total_liabilities",
    "total_assets",
)
_AMOUNTS = tuple(
    field.key for field in FIGURE_FIELDS if field.is_amount and field.key not in ("previous_sales",)
)


@dataclass(frozen=True)
class Hint:
    """``fiscal_year_end``: of the year it speaks of (``None``: not given yet); ``key``: the figure or
    ``"months"``, ``"fiscal_year_end"``."""

    fiscal_year_end: date | None
    key: str
    sentence: str


def plausibility_hints(years: Sequence[Figures]) -> list[Hint]:
    """Hints for each year by itself, then between years, oldest first. Amounts in 円."""
    dated = sorted((year for year in years if year.fiscal_year_end), key=_end)
    hints = [hint for year in _oldest_first(years) for check in _ALONE for hint in check(year)]
    hints += _duplicates(dated)
    single = [next(iter(same)) for _, same in groupby(dated, key=_end)]
    for before, after in pairwise(single):
        hints += [hint for check in _BETWEEN for hint in check(before, after)]
    return hints


def _end(year: Figures) -> date:
    return year.fiscal_year_end or date.max


def _oldest_first(years: Sequence[Figures]) -> list[Figures]:
    return sorted(years, key=_end)


def _label(year: Figures) -> str:
    end = year.fiscal_year_end
    return f"{end.year}年{end.month}月期" if end else "決算期が未入力の期"


def _yen(amount: Amount | Fraction) -> str:
    whole = int(amount)
    shown = f"{abs(whole):,}" if whole == amount else f"{abs(Decimal(str(float(amount)))):,}"
    return f"{'△' if amount < 0 else ''}{shown}円"


def _hint(year: Figures, key: str, sentence: str) -> Hint:
    return Hint(year.fiscal_year_end, key, sentence)


def _balance(year: Figures) -> Iterator[Hint]:
    if year.net_assets is None or year.total_liabilities is None or year.total_assets is None:
        return
    gap = Fraction(year.net_assets) + Fraction(year.total_liabilities) - Fraction(year.total_assets)
    if gap:
        yield _hint(
            year,
            "total_assets",
            f"{_label(year)}：純資産と負債の合計が総資産と{_yen(abs(gap))}違います。どれかの写し違いがないか見てください。",
        )


def _profit_above_sales(year: Figures) -> Iterator[Hint]:
    if year.sales is not None and year.operating_profit is not None and year.operating_profit > year.sales:
        yield _hint(
            year,
            "operating_profit",
            f"{_label(year)}：営業利益（{_yen(year.operating_profit)}）が売上高（{_yen(year.sales)}）を上回っています。"
            "欄や単位が入れ替わっていないか見てください。",
        )


def _below_zero(year: Figures) -> Iterator[Hint]:
    for key in _NEVER_BELOW_ZERO:
        amount = getattr(year, key)
        if amount is not None and amount < 0:
            label = FIGURE_LABELS[key]
            yield _hint(year, key, f"{_label(year)}：{label}がマイナスです。符号が合っているか見てください。")


def _parts_above_whole(year: Figures) -> Iterator[Hint]:
    keys = ("cash", "notes_receivable", "accounts_receivable", "electronic_receivables", "inventory")
    parts = [Fraction(amount) for key in keys if (amount := getattr(year, key)) is not None]
    if year.total_assets is not None and parts and sum(parts) > Fraction(year.total_assets):
        yield _hint(
            year,
            "total_assets",
            f"{_label(year)}：現金・預金、売上債権、棚卸資産の合計（{_yen(sum(parts, Fraction(0)))}）が"
            f"総資産（{_yen(year.total_assets)}）を上回っています。単位か欄の違いがないか見てください。",
        )


def _equity_above_assets(year: Figures) -> Iterator[Hint]:
    if year.net_assets is not None and year.total_assets is not None and year.net_assets > year.total_assets:
        yield _hint(
            year,
            "net_assets",
            f"{_label(year)}：純資産（{_yen(year.net_assets)}）が総資産（{_yen(year.total_assets)}）を上回っています。",
        )


def _months(year: Figures) -> Iterator[Hint]:
    if year.months != 12:
        yield _hint(
            year,
            "months",
            f"{_label(year)}は{year.months}か月の期です。年換算はしないので、売上増加率などは参考値として見てください。",
        )


def _duplicates(dated: Sequence[Figures]) -> list[Hint]:
    return [
        Hint(
            end,
            "fiscal_year_end",
            f"{end.year}年{end.month}月期が{count}つあります。決算年月を見直してください。",
        )
        for end, same in groupby(dated, key=_end)
        if (count := len(list(same))) > 1
    ]


def _gap(before: Figures, after: Figures) -> Iterator[Hint]:
    distance = month_of(_end(after)) - month_of(_end(before))
    if distance != after.months:
        between = "間が空いています" if distance > after.months else "期間が重なっています"
        yield _hint(
            after,
            "fiscal_year_end",
            f"{_label(before)}と{_label(after)}のあいだが{distance}か月で、{between}。"
            "抜けている期や、変則の決算がないか見てください。",
        )


def _slips(before: Figures, after: Figures) -> Iterator[Hint]:
    """A thousandfold step in most figures at once, or in a single one."""
    found = [key for key in _AMOUNTS if _ratio_is_a_slip(getattr(before, key), getattr(after, key))]
    compared = [
        key
        for key in _AMOUNTS
        if getattr(before, key) not in (None, 0) and getattr(after, key) not in (None, 0)
    ]
    if len(found) > 2 and len(found) * 2 > len(compared):
        yield _hint(
            after,
            found[0],
            f"{_label(after)}：{len(found)}つの金額が前の期と1,000倍以上違います。"
            "円と千円を取り違えていないか見てください。",
        )
        return
    for key in found:
        old, new = getattr(before, key), getattr(after, key)
        step = "1,000倍以上" if abs(new) > abs(old) else "1,000分の1以下"
        yield _hint(
            after,
            key,
            f"{_label(after)}：{FIGURE_LABELS[key]}が前の期の{step}です（{_yen(old)}→{_yen(new)}）。"
            "円と千円を取り違えていないか見てください。",
        )


def _ratio_is_a_slip(old: Amount | None, new: Amount | None) -> bool:
    if not old or not new:
        return False
    small, large = sorted((abs(Fraction(old)), abs(Fraction(new))))
    return large >= small * _SLIP


def _heads(before: Figures, after: Figures) -> Iterator[Hint]:
    old, new = before.employees, after.employees
    if old is None or new is None or old < 0 or new < 0:
        return
    small, large = sorted((Fraction(old), Fraction(new)))
    if large - small >= _HEADS_AT_LEAST and large > small * _HEADS_FACTOR:
        yield _hint(
            after,
            "employees",
            f"{_label(after)}：従業員数が前の期から大きく変わっています（{old}人→{new}人）。"
            "どちらも正社員だけの人数か見てください。",
        )


def _previous_sales(before: Figures, after: Figures) -> Iterator[Hint]:
    distance = month_of(_end(after)) - month_of(_end(before))
    if distance != after.months or before.sales is None or after.previous_sales is None:
        return
    if before.sales != after.previous_sales:
        yield _hint(
            after,
            "previous_sales",
            f"{_label(after)}の前期売上高（{_yen(after.previous_sales)}）が、{_label(before)}の売上高"
            f"（{_yen(before.sales)}）と違います。",
        )


_ALONE: tuple[Callable[[Figures], Iterator[Hint]], ...] = (
    _months,
    _below_zero,
    _profit_above_sales,
    _balance,
    _equity_above_assets,
    _parts_above_whole,
)
_BETWEEN: tuple[Callable[[Figures, Figures], Iterator[Hint]], ...] = (_gap, _slips, _heads, _previous_sales)
