"""The six indicators of ローカルベンチマーク: names, formulas in words, direction, unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bansou.domain.method.labelled import LabelledEnum


@dataclass(frozen=True, kw_only=True)
class _Facts:
    sign: str
    category: str
    unit: str
    lower_is_better: bool
    formula: str


def _facts(sign: str, category: str, unit: str, formula: str, *, lower_is_better: bool = False) -> _Facts:
    return _Facts(sign=sign, category=category, unit=unit, formula=formula, lower_is_better=lower_is_better)


class Indicator(LabelledEnum):
    """The six, in METI's order. Values are fractions (①②⑥), 円 per head (③), 倍 (④), か月 (⑤)."""

    SALES_GROWTH = "sales_growth", "売上増加率"
    OPERATING_MARGIN = "operating_margin", "営業利益率"
    LABOR_PRODUCTIVITY = "labor_productivity", "労働生産性"
    EBITDA_DEBT_MULTIPLE = "ebitda_debt_multiple", "EBITDA有利子負債倍率"
    WORKING_CAPITAL_MONTHS = "working_capital_months", "営業運転資本回転期間"
    EQUITY_RATIO = "equity_ratio", "自己資本比率"

    @classmethod
    def of_label(cls, label: str) -> Self | None:
        """The indicator of an official label or of its alias 売上高増加率; ``None`` for other words."""
        return next((one for one in cls if label in (one.label, _ALIASES.get(one.value))), None)

    @property
    def sign(self) -> str:
        """ "①" to "⑥"."""
        return _FACTS[self].sign

    @property
    def category(self) -> str:
        """What the indicator stands for: 売上持続性, 収益性, …"""
        return _FACTS[self].category

    @property
    def unit(self) -> str:
        """The unit it is shown in: "%", "千円", "倍" or "か月"."""
        return _FACTS[self].unit

    @property
    def lower_is_better(self) -> bool:
        """True for ④ and ⑤ only."""
        return _FACTS[self].lower_is_better

    @property
    def formula(self) -> str:
        """The formula in the words of the accounts."""
        return _FACTS[self].formula


_ALIASES = {"sales_growth": "売上高増加率"}

_FACTS = {
    Indicator.SALES_GROWTH: _facts("①", "売上持続性", "%", "売上高（当期）÷ 売上高（前期）− 1"),
    Indicator.OPERATING_MARGIN: _facts("②", "収益性", "%", "営業利益 ÷ 売上高"),
    Indicator.LABOR_PRODUCTIVITY: _facts("③", "生産性", "千円", "営業利益 ÷ 従業員数（正社員）"),
    Indicator.EBITDA_DEBT_MULTIPLE: _facts(
        "④", "健全性", "倍", "（借入金 − 現金・預金）÷（営業利益 + 減価償却費）", lower_is_better=True
    ),
    Indicator.WORKING_CAPITAL_MONTHS: _facts(
        "⑤",
        "効率性",
        "か月",
        "（売上債権 + 棚卸資産 − 買入債務）÷ 月商（売上高 ÷ 12）",
        lower_is_better=True,
    ),
    Indicator.EQUITY_RATIO: _facts("⑥", "安全性", "%", "純資産 ÷ 総資産（負債・純資産合計）"),
}
