"""What each lever of もし、こうなったら does to the figures: changes in whole 円 (our rule)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from bansou.domain.locaben.figures import Figures
from bansou.domain.shared.written_figures import YenUnit

WORKING_DAYS = 240

_RECEIVABLES = ("accounts_receivable", "electronic_receivables", "notes_receivable")
_PAYABLES = ("accounts_payable", "electronic_payables", "notes_payable")

Deltas = dict[str, int]


def _price(figures: Figures, change: int, assumed: int) -> Deltas:
    sales = _percent(known(figures, "sales"), change)
    tied = {name: _percent(known(figures, name), change) for name in _RECEIVABLES}
    return {"sales": sales, **_earned(figures, sales, tied, {})}


def _volume(figures: Figures, change: int, assumed: int) -> Deltas:
    sales = _percent(known(figures, "sales"), change)
    tied = {name: _percent(known(figures, name), change) for name in (*_RECEIVABLES, "inventory")}
    owed = {name: _percent(known(figures, name), change) for name in _PAYABLES}
    return {"sales": sales, **_earned(figures, _percent(Fraction(sales), assumed), tied, owed)}


def _cost(figures: Figures, change: int, assumed: int) -> Deltas:
    return _earned(figures, -_percent(costs(figures), change), {}, {})


def _people(figures: Figures, change: int, assumed: int) -> Deltas:
    return {"employees": change, **_earned(figures, -change * assumed * YenUnit.TEN_THOUSAND, {}, {})}


def _idle_time(figures: Figures, change: int, assumed: int) -> Deltas:
    return _earned(figures, rounded(hours_a_year(figures, change) * assumed), {}, {})


def _inventory(figures: Figures, change: int, assumed: int) -> Deltas:
    freed = _percent(known(figures, "inventory"), change)
    return _only_known(figures, {"inventory": -freed, "cash": freed})


def _collection(figures: Figures, change: int, assumed: int) -> Deltas:
    freed = rest = min(rounded(day_of_sales(figures) * change), int(receivables(figures)))
    deltas: Deltas = {}
    for name in _RECEIVABLES:
        deltas[name] = -min(rest, int(max(known(figures, name), Fraction(0))))
        rest += deltas[name]
    return _only_known(figures, {**deltas, "cash": freed - rest})


def _repayment(figures: Figures, change: int, assumed: int) -> Deltas:
    repaid = -_percent(known(figures, "borrowings"), change)
    names = ("cash", "borrowings", "total_assets", "total_liabilities")
    return _only_known(figures, dict.fromkeys(names, repaid))


EFFECTS: Mapping[str, Callable[[Figures, int, int], Deltas]] = MappingProxyType(
    {
        "price": _price,
        "volume": _volume,
        "costs": _cost,
        "people": _people,
        "idle_time": _idle_time,
        "inventory": _inventory,
        "collection": _collection,
        "repayment": _repayment,
    }
)


def _earned(figures: Figures, profit: int, tied: Deltas, owed: Deltas) -> Deltas:
    """Profit becomes equity and, less what is `tied` up in receivables and stock, cash; `owed` adds to it."""
    tied, owed = _only_known(figures, tied), _only_known(figures, owed)
    payables = sum(owed.values())
    moved = {
        "operating_profit": profit,
        "cash": profit - sum(tied.values()) + payables,
        "net_assets": profit,
        "total_assets": profit + payables,
        "total_liabilities": payables,
    }
    return {**tied, **owed, **_only_known(figures, moved)}


def _only_known(figures: Figures, deltas: Deltas) -> Deltas:
    return {name: delta for name, delta in deltas.items() if getattr(figures, name) is not None}


def known(figures: Figures, name: str) -> Fraction:
    return Fraction(getattr(figures, name) or 0)


def costs(figures: Figures) -> Fraction:
    return known(figures, "sales") - known(figures, "operating_profit") - known(figures, "depreciation")


def receivables(figures: Figures) -> Fraction:
    return sum((max(known(figures, name), Fraction(0)) for name in _RECEIVABLES), Fraction(0))


def day_of_sales(figures: Figures) -> Fraction:
    return known(figures, "sales") / 12 / 30


def hours_a_year(figures: Figures, minutes: int) -> Fraction:
    return known(figures, "employees") * minutes * WORKING_DAYS / 60


def _percent(amount: Fraction, percent: int) -> int:
    return rounded(amount * percent / 100)


def rounded(amount: Fraction) -> int:
    """Half away from zero, as everywhere in a sheet."""
    whole = int(abs(amount) + Fraction(1, 2))
    return whole if amount >= 0 else -whole
