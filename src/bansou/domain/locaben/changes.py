"""Marked changes between two fiscal years: a prompt to ask what happened, never a finding.

The thresholds are our rule; the domain page names none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bansou.domain.locaben.display import shown, shown_yen
from bansou.domain.locaben.figures import Amount, Figures
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.years import month_of
from bansou.domain.shared.written_figures import YenUnit

SALES_SHARE = Fraction(10, 100)
PROFIT_SHARE = Fraction(20, 100)
PROFIT_SHARE_OF_SALES = Fraction(1, 100)
HEADCOUNT_SHARE = Fraction(10, 100)
HEADCOUNT_LEAST = 2

MARKED_CHANGE_RULE = (
    "売上高は10%以上、営業利益は黒字になったときか20%以上かつ売上高の1%以上、従業員数は10%以上かつ2人以上"
    "変わったときにお知らせします。12か月の決算どうしだけを比べます（当方の規則）。"
)
"""The thresholds in words, for the page that shows the changes."""

_ASK = "どのようなことがあった一年だったのか、聴いてみませんか。"


@dataclass(frozen=True)
class MarkedChange:
    """`key`: "sales", "operating_profit" (both 円) or "employees" (heads); the ends are closing days."""

    key: str
    from_end: date
    to_end: date
    before: Amount
    after: Amount
    sentence: str


def marked_changes(years: Iterable[Figures], *, unit: YenUnit = YenUnit.THOUSAND) -> list[MarkedChange]:
    """The changes worth asking about, oldest first; amounts in the sentences are in `unit`.

    Compares only fiscal years that end 12 months apart and last 12 months each. A blank is never compared.
    Of several years ending in one month the last given counts.
    """
    by_month = {month_of(end): year for year in years if (end := year.fiscal_year_end) and year.months == 12}
    found: list[MarkedChange] = []
    for month in sorted(by_month):
        if (before := by_month.get(month - 12)) is not None:
            found += _between(before, by_month[month], unit)
    return found


def _between(before: Figures, after: Figures, unit: YenUnit) -> Iterator[MarkedChange]:
    for key, words in (
        ("sales", _sales(before, after, unit)),
        ("operating_profit", _profit(before, after, unit)),
        ("employees", _employees(before, after)),
    ):
        if words and before.fiscal_year_end and after.fiscal_year_end:
            ends = before.fiscal_year_end, after.fiscal_year_end
            yield MarkedChange(key, *ends, getattr(before, key), getattr(after, key), f"{words}{_ASK}")


def _sales(before: Figures, after: Figures, unit: YenUnit) -> str:
    old, new = before.sales, after.sales
    if (
        old is None
        or new is None
        or old <= 0
        or abs(Fraction(new) - Fraction(old)) < SALES_SHARE * Fraction(old)
    ):
        return ""
    return f"売上高が前の期より{_share(old, new)}{_moved(old, new)}（{_amounts(old, new, unit)}）。"


def _profit(before: Figures, after: Figures, unit: YenUnit) -> str:
    old, new = before.operating_profit, after.operating_profit
    if old is None or new is None:
        return ""
    sales = after.sales if after.sales is not None else before.sales
    turned = old < 0 < new
    if not turned and not _is_marked_profit(Fraction(old), Fraction(new), sales):
        return ""
    return f"{_profit_words(old, new)}（{_amounts(old, new, unit)}）。"


def _is_marked_profit(old: Fraction, new: Fraction, sales: Amount | None) -> bool:
    moved = abs(new - old)
    if sales is None or sales <= 0 or moved == 0:
        return False
    return moved >= PROFIT_SHARE * abs(old) and moved >= PROFIT_SHARE_OF_SALES * Fraction(sales)


def _profit_words(old: Amount, new: Amount) -> str:
    if old < 0 < new:
        return "営業利益が赤字から黒字になりました"
    if old > 0 > new:
        return "営業利益が黒字から赤字になりました"
    if old < 0:
        return f"営業段階の赤字が{'小さくなりました' if new > old else '大きくなりました'}"
    if old == 0 or new == 0:
        return f"営業利益が前の期より{_moved(old, new)}"
    return f"営業利益が前の期より{_share(old, new)}{_moved(old, new)}"


def _employees(before: Figures, after: Figures) -> str:
    old, new = before.employees, after.employees
    if old is None or new is None or old < 0 or new < 0:
        return ""
    moved = abs(Decimal(new) - Decimal(old))
    if moved < HEADCOUNT_LEAST or Fraction(moved) < HEADCOUNT_SHARE * Fraction(old):
        return ""
    return f"従業員数（正社員）が前の期より{moved}人{_moved(old, new)}（{old}人 → {new}人）。"


def _share(old: Amount, new: Amount) -> str:
    return shown(Indicator.SALES_GROWTH, abs(Fraction(new) / Fraction(old) - 1)).lstrip("+")


def _moved(old: Amount, new: Amount) -> str:
    return "増えました" if new > old else "減りました"


def _amounts(old: Amount, new: Amount, unit: YenUnit) -> str:
    return f"{shown_yen(old, unit)} → {shown_yen(new, unit)}"
