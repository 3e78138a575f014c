"""Values as people read them: rounded half away from zero, never a negative zero, − as U+2212."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bansou.domain.locaben.indicators import Indicator
from bansou.domain.shared.written_figures import YenUnit

Number = int | Decimal | Fraction

# Factor from the value to the unit shown, and decimals (one source: a printed output of the tool).
_SHOWN: dict[Indicator, tuple[Fraction | int, int]] = {
    Indicator.SALES_GROWTH: (100, 1),
    Indicator.OPERATING_MARGIN: (100, 1),
    Indicator.LABOR_PRODUCTIVITY: (Fraction(1, 1000), 0),
    Indicator.EBITDA_DEBT_MULTIPLE: (1, 1),
    Indicator.WORKING_CAPITAL_MONTHS: (1, 1),
    Indicator.EQUITY_RATIO: (100, 1),
}


def shown(indicator: Indicator, value: Number) -> str:
    """「+6.2%」「612千円」「14.8倍」「−1.2か月」 from a value in the units of ``Indicator``, norms included.

    Only 売上増加率 carries a plus.
    """
    factor, decimals = _SHOWN[indicator]
    number = _rounded(Fraction(value) * factor, decimals, plus=indicator is Indicator.SALES_GROWTH)
    return f"{number}{indicator.unit}"


def shown_yen(amount: int | Decimal | None, unit: YenUnit = YenUnit.THOUSAND) -> str:
    """「48,000千円」 from 円; 「未入力」 for a blank."""
    if amount is None:
        return "未入力"
    return f"{_rounded(Fraction(amount) / unit, 0)}{unit.label}"


def _rounded(value: Fraction, decimals: int, *, plus: bool = False) -> str:
    scale = 10**decimals
    units = int(abs(value) * scale + Fraction(1, 2))
    whole, rest = divmod(units, scale)
    digits = f"{whole:,}.{rest:0{decimals}d}" if decimals else f"{whole:,}"
    if units == 0:
        return digits
    if value < 0:
        return f"−{digits}"
    return f"+{digits}" if plus else digits
