"""The figures of one fiscal year that the six indicators are made of, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Amount = int | Decimal

# Beyond it Decimal stays small, but exact fractions would fill the memory.
_LARGEST_POWER = 30

COUNTABLE_DEBT = ("bonds", "lease_obligations", "officer_loans")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One fiscal year. Amounts in 円, exact; ``None`` means blank, which is never zero.

    The fourteen first figures make the indicators. The extras add to their neighbours when given; a blank
    extra adds nothing. ``counted_debt`` names which of 社債, リース債務, 役員借入金 count as 借入金
    (our rule: none by default); ``previous_months`` is the length of the year before;
    ``unofficial_aid``: the figures come from our aid for sole proprietors, which is no rule of METI's.

    Raises TypeError for inexact numbers (float) and ValueError for NaN,
    infinity, months below 1 and unknown names in ``counted_debt``.
    """

    fiscal_year_end: date | None = None
    months: int = 12
    previous_months: int = 12
    sales: Amount | None = None
    previous_sales: Amount | None = None
    operating_profit: Amount | None = None
    depreciation: Amount | None = None
    employees: Amount | None = None
    cash: Amount | None = None
    notes_receivable: Amount | None = None
    accounts_receivable: Amount | None = None
    inventory: Amount | None = None
    borrowings: Amount | None = None
    notes_payable: Amount | None = None
    accounts_payable: Amount | None = None
    net_assets: Amount | None = None
    total_assets: Amount | None = None
    electronic_receivables: Amount | None = None
    electronic_payables: Amount | None = None
    bonds: Amount | None = None
    lease_obligations: Amount | None = None
    officer_loans: Amount | None = None
    total_liabilities: Amount | None = None
    counted_debt: frozenset[str] = frozenset()
    unofficial_aid: bool = False

    def __post_init__(self) -> None:
        for field in FIGURE_FIELDS:
            _require_exact(field.key, getattr(self, field.key))
        if min(self.months, self.previous_months) < 1:
            raise ValueError("a fiscal period has at least one month")
        if unknown := self.counted_debt - frozenset(COUNTABLE_DEBT):
            raise ValueError(f"not a debt that can be counted: {', '.join(sorted(unknown))}")


def _require_exact(key: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{key} must be an int or a Decimal")
    if isinstance(value, Decimal) and not is_of_amount_size(value):
        raise ValueError(f"{key} must be finite and of a size that amounts have")


def is_of_amount_size(value: Decimal) -> bool:
    """Finite, and neither so large nor so small that it is exact arithmetic that suffers."""
    return value.is_finite() and abs(value.adjusted()) <= _LARGEST_POWER


@dataclass(frozen=True)
class FigureField:
    """One line of the input page. ``required``: one of the fourteen; ``is_amount``: 円, else heads."""

    key: str
    label: str
    help: str
    group: str
    required: bool = True
    is_amount: bool = True


_RESULTS, _ASSETS, _DEBTS, _TOTALS = "損益と人", "資産", "負債", "純資産と合計"

FIGURE_FIELDS: tuple[FigureField, ...] = (
    FigureField(
        "sales", "売上高", "損益計算書の売上高です。売上値引や返品を引いたあとの額を入れます。", _RESULTS
    ),
    FigureField("previous_sales", "前期売上高", "ひとつ前の決算期の売上高です。", _RESULTS),
    FigureField(
        "operating_profit",
        "営業利益",
        "損益計算書の営業利益です。赤字はマイナスで入れます。経常利益や税引前利益ではありません。",
        _RESULTS,
    ),
    FigureField(
        "depreciation",
        "減価償却費",
        "販売費及び一般管理費と製造原価の両方にある減価償却費の合計です。",
        _RESULTS,
    ),
    FigureField(
        "employees",
        "従業員数（正社員）",
        "正社員の人数です。使用人兼務役員は数え、そのほかの役員、パート、派遣、契約社員は数えません。",
        _RESULTS,
        is_amount=False,
    ),
    FigureField("cash", "現金・預金", "期末の現金と預金の合計です。定期預金も含めます。", _ASSETS),
    FigureField(
        "notes_receivable", "受取手形", "期末の受取手形です。割引・裏書した手形は足しません。", _ASSETS
    ),
    FigureField(
        "accounts_receivable", "売掛金", "期末の売掛金です。完成工事未収入金などもここに入れます。", _ASSETS
    ),
    FigureField(
        "electronic_receivables",
        "電子記録債権",
        "電子記録債権があるときに入れます。売上債権に加えます。",
        _ASSETS,
        required=False,
    ),
    FigureField("inventory", "棚卸資産", "期末の商品、製品、仕掛品、原材料、貯蔵品の合計です。", _ASSETS),
    FigureField(
        "notes_payable", "支払手形", "期末の支払手形です。設備の購入で振り出した手形は除きます。", _DEBTS
    ),
    FigureField("accounts_payable", "買掛金", "期末の買掛金です。未払金や未払費用は含めません。", _DEBTS),
    FigureField(
        "electronic_payables",
        "電子記録債務",
        "電子記録債務があるときに入れます。買入債務に加えます。",
        _DEBTS,
        required=False,
    ),
    FigureField(
        "borrowings",
        "借入金",
        "短期借入金と長期借入金の合計です。1年内に返す長期借入金も含めます。",
        _DEBTS,
    ),
    FigureField(
        "bonds", "社債", "社債があるときに入れます。選んだときだけ借入金に加えます。", _DEBTS, required=False
    ),
    FigureField(
        "lease_obligations",
        "リース債務",
        "リース債務があるときに入れます。選んだときだけ借入金に加えます。",
        _DEBTS,
        required=False,
    ),
    FigureField(
        "officer_loans",
        "役員借入金",
        "経営者や役員からの借入です。借入金とは分けて入れます。選んだときだけ借入金に加えます。",
        _DEBTS,
        required=False,
    ),
    FigureField(
        "total_liabilities",
        "負債合計",
        "入れると、純資産との合計が総資産に合うかを確かめます。",
        _TOTALS,
        required=False,
    ),
    FigureField(
        "net_assets",
        "純資産合計",
        "貸借対照表の純資産の部の合計です。債務超過のときはマイナスで入れます。",
        _TOTALS,
    ),
    FigureField(
        "total_assets",
        "負債・純資産合計",
        "貸借対照表の右側の合計で、総資産（資産合計）と同じ額です。",
        _TOTALS,
    ),
)

FIGURE_LABELS: dict[str, str] = {field.key: field.label for field in FIGURE_FIELDS}
