"""One firm of a table through ``assess``: for the few rows in which floats cannot be sure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bansou.domain.locaben.assessment import assess
from bansou.domain.locaben.figures import Figures, is_of_amount_size
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.norms import Norms
from bansou.domain.locaben.notes import Note
from bansou.domain.method.sizes import BusinessSize

AMOUNT_COLUMNS = (
    "sales", "previous_sales", "operating_profit", "depreciation", "cash", "notes_receivable",
    "accounts_receivable", "inventory", "borrowings", "notes_payable", "accounts_payable", "net_assets",
    "total_assets",
)  # fmt: skip

# Amounts are counted in yen and, where there is less than a yen, in ten-thousandths of one.
WHOLE_YEN, FINEST = 1, 10_000
# Up to here twelve times a sum of five is still a whole number that a float holds exactly, and so are heads
# times 1,000 times ``FINEST``.
LARGEST_AMOUNT = 2.0**47
LARGEST_HEADCOUNT = 2.0**29
# The rounding of floats misses whole numbers by at most this much of themselves, and what 0.1 + 0.2 - 0.3
# leaves is nothing.
ROUNDING, NOTHING = 2.0**-50, 1e-12
# Of a row with more digits than floats hold: its figures as they were written, ``key=number`` and spaces.
WRITTEN = "written"


def exact_row(
    norms: Norms, firm: Mapping[str, Any], size: BusinessSize, *, size_proposed: bool, size_assumed: bool
) -> tuple[float | int | str | None, ...]:
    """Six values as they are written, six points, total, grade, codes of the notes joined by ``;``.

    ``firm``: ``industry_code``, figures as numbers (amounts in 千円), and perhaps ``WRITTEN``, which goes
    before them. Each value is rounded once, to the nearest float. A size proposed from nothing is
    ``size_assumed``.
    """
    written = _as_written(firm.get(WRITTEN))
    amounts: dict[str, Any] = {
        name: _in_yen(written[name]) if name in written else _exact_yen(firm[name]) for name in AMOUNT_COLUMNS
    }
    employees = (
        _or_nothing(written["employees"]) if "employees" in written else _exact_heads(firm["employees"])
    )
    figures = Figures(**amounts, employees=employees)
    done = assess(
        figures, norms=norms, industry_code=firm["industry_code"], size=size, size_proposed=size_proposed
    )
    values: list[float | None] = []
    for indicator, found in done.results.items():
        scale = 1000 if indicator is Indicator.LABOR_PRODUCTIVITY else 1
        values.append(None if found.value is None else float(found.value / scale))
    points = (found.points for found in done.results.values())
    said = {*done.notes, Note.SIZE_ASSUMED_MEDIUM} if size_assumed else {*done.notes}
    return *values, *points, done.total, done.grade, ";".join(note.code for note in Note if note in said)


def _as_written(written: str | None) -> dict[str, Decimal]:
    pairs = (pair.split("=") for pair in (written or "").split())
    return {key: Decimal(number) for key, number in pairs}


def _in_yen(thousands: Decimal) -> Decimal:
    """Times a thousand by its exponent, as a multiplication would round to 28 digits."""
    sign, digits, exponent = thousands.as_tuple()
    return _or_nothing(Decimal((sign, digits, int(exponent) + 3)))


def _or_nothing(number: Decimal) -> Decimal:
    """Too large are refused before; what is too small to reckon with is nothing."""
    return number if is_of_amount_size(number) else Decimal()


def _exact_yen(thousands: float | int | None) -> int | Decimal | None:
    """What the float was written as: 1.1 千円 are 1,100 yen, though no float is 1.1."""
    if thousands is None:
        return None
    for fineness in (WHOLE_YEN, FINEST):
        amount = float(thousands) * (1000.0 * fineness)
        if abs(amount) <= LARGEST_AMOUNT and _is_whole(amount):
            whole = round(amount)
            return whole if fineness == WHOLE_YEN else Decimal(whole) / FINEST
    return Decimal(repr(float(thousands))) * 1000


def _exact_heads(heads: float | int | None) -> int | Decimal | None:
    if heads is None:
        return None
    return round(heads) if _is_whole(float(heads)) else Decimal(repr(float(heads)))


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) <= abs(number) * ROUNDING + NOTHING
