"""One firm, one fiscal year: six values, points, total and grade, exact to the last digit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from bansou.domain.locaben.display import shown
from bansou.domain.locaben.figures import FIGURE_LABELS, Figures
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.norms import Edition, Norm, Norms
from bansou.domain.locaben.notes import Note
from bansou.domain.method.sizes import BusinessSize

_GRADES = ((24, "A"), (18, "B"), (12, "C"), (6, "D"))
_MONTHS_MATTER = frozenset(
    {Indicator.SALES_GROWTH, Indicator.OPERATING_MARGIN, Indicator.WORKING_CAPITAL_MONTHS}
)
_ORDER = {note: place for place, note in enumerate(Note)}

# Why a value is missing, in the few words a card has room for.
_BRIEF_REASONS = {
    Note.EBITDA_NOT_POSITIVE: "EBITDA≦0",
    Note.NO_PREVIOUS_SALES: "前期の売上高がありません",
    Note.SALES_NOT_POSITIVE: "売上高がゼロ以下です",
    Note.NO_TOTAL_ASSETS: "総資産がありません",
    Note.EMPLOYEES_NEGATIVE: "従業員数がマイナスです",
}


@dataclass(frozen=True)
class IndicatorResult:
    """``value`` is exact and unrounded, in the units of ``Indicator``; ``None``: not computable.

    ``points`` may exist without a value (EBITDA ≤ 0 with net debt: 1 point, our rule). ``for_reference``: the
    fiscal period, or for the growth of sales the one before it, is not twelve months.
    """

    indicator: Indicator
    value: Fraction | None
    points: int | None
    norm: Norm
    notes: tuple[Note, ...] = ()
    for_reference: bool = False

    @property
    def shown(self) -> str:
        """「+6.2%」「実質無借金（−0.8倍）」「算出不可（EBITDA≦0）」: never empty."""
        if self.value is None:
            return f"算出不可（{self._brief_reason}）"
        text = shown(self.indicator, self.value)
        return f"実質無借金（{text}）" if Note.NET_CASH in self.notes else text

    @property
    def median_shown(self) -> str:
        """The 業種基準値 (median) beside the value."""
        return shown(self.indicator, self.norm.median)

    @property
    def _brief_reason(self) -> str:
        blank = [FIGURE_LABELS[note.blank_figure] for note in self.notes if note.blank_figure]
        if blank:
            return f"{blank[0]}{'など' if len(blank) > 1 else ''}が未入力です"
        return next(_BRIEF_REASONS[note] for note in self.notes if note in _BRIEF_REASONS)


@dataclass(frozen=True)
class Assessment:
    """The six results with what must be printed beside them: edition, industry, size, fiscal period."""

    edition: Edition
    industry_code: str
    size: BusinessSize
    fiscal_year_end: date | None
    results: Mapping[Indicator, IndicatorResult]
    notes: tuple[Note, ...]

    @property
    def is_official(self) -> bool:
        """False when the norms are somebody's own: such a score is no ロカベン score."""
        return self.edition.official

    @property
    def total(self) -> int | None:
        """6 to 30, or ``None`` unless all six have a point."""
        return None if self.lacking else self.partial_total

    @property
    def partial_total(self) -> int:
        """The sum of the points there are; shown as 参考 when ``total`` is ``None``."""
        return sum(result.points or 0 for result in self.results.values())

    @property
    def lacking(self) -> tuple[Indicator, ...]:
        """The indicators without a point."""
        return tuple(one for one, result in self.results.items() if result.points is None)

    @property
    def grade(self) -> str | None:
        """「A」 to 「D」 of the total; ``None`` without a total."""
        return None if self.total is None else grade_of(self.total)

    @property
    def official_grade(self) -> str | None:
        """総合評価 as pages and papers print it: somebody's own norms lead to none."""
        return self.grade if self.is_official else None


def grade_of(total: int) -> str:
    """A from 24, B from 18, C from 12, else D (B/C border confirmed, the others one source)."""
    if not 6 <= total <= 30:
        raise ValueError("a total lies between 6 and 30")
    return next(grade for least, grade in _GRADES if total >= least)


def assess(
    figures: Figures,
    *,
    norms: Norms,
    industry_code: str,
    size: BusinessSize,
    size_proposed: bool = False,
) -> Assessment:
    """The result of one fiscal year by the norms given; there is no score without norms.

    Official or own norms are told apart by ``norms.edition``. ``size_proposed``: nobody has confirmed the
    size. Raises Refusal when the norms lack the industry.
    """
    results = {}
    for indicator, measure in _MEASURES.items():
        outcome = measure(figures)
        norm = norms.norm(industry_code, size, indicator)
        results[indicator] = _result(indicator, outcome, norm, figures)
    notes = {note for result in results.values() for note in result.notes}
    if size_proposed:
        notes.add(Note.SIZE_PROPOSED)
    if figures.net_assets is not None and figures.net_assets < 0:
        notes.add(Note.INSOLVENT)
    if figures.unofficial_aid:
        notes.add(Note.UNOFFICIAL_AID)
    return Assessment(
        edition=norms.edition,
        industry_code=industry_code,
        size=size,
        fiscal_year_end=figures.fiscal_year_end,
        results=MappingProxyType(results),
        notes=_ordered(notes),
    )


@dataclass(frozen=True)
class _Outcome:
    """A value or none, with notes. ``points`` only where a special case decides instead of the cuts."""

    value: Fraction | None
    notes: tuple[Note, ...] = ()
    points: int | None = None


def _result(indicator: Indicator, outcome: _Outcome, norm: Norm, figures: Figures) -> IndicatorResult:
    points = outcome.points
    if points is None and outcome.value is not None:
        points = norm.points(outcome.value, indicator)
    odd_period = figures.months != 12 and indicator in _MONTHS_MATTER
    odd_before = figures.previous_months != 12 and indicator is Indicator.SALES_GROWTH
    for_reference = odd_period or odd_before
    notes = {*outcome.notes, *((Note.PERIOD_NOT_TWELVE_MONTHS,) if for_reference else ())}
    return IndicatorResult(indicator, outcome.value, points, norm, _ordered(notes), for_reference)


def _ordered(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=_ORDER.__getitem__))


def _blanks(figures: Figures, *keys: str) -> tuple[Note, ...]:
    return tuple(Note.missing(key) for key in keys if getattr(figures, key) is None)


def _sum(figures: Figures, *keys: str) -> Fraction:
    return sum((Fraction(getattr(figures, key) or 0) for key in keys), Fraction(0))


def _sales_growth(figures: Figures) -> _Outcome:
    blanks = _blanks(figures, "sales", "previous_sales")
    if figures.previous_sales is not None and figures.previous_sales <= 0:
        blanks += (Note.NO_PREVIOUS_SALES,)
    if blanks:
        return _Outcome(None, blanks)
    return _Outcome(_sum(figures, "sales") / _sum(figures, "previous_sales") - 1)


def _per_sales(figures: Figures, amount: Callable[[], Fraction], *keys: str) -> _Outcome:
    blanks = _blanks(figures, "sales", *keys)
    if figures.sales is not None and figures.sales <= 0:
        blanks += (Note.SALES_NOT_POSITIVE,)
    if blanks:
        return _Outcome(None, blanks)
    return _Outcome(amount() / _sum(figures, "sales"))


def _operating_margin(figures: Figures) -> _Outcome:
    return _per_sales(figures, lambda: _sum(figures, "operating_profit"), "operating_profit")


def _labor_productivity(figures: Figures) -> _Outcome:
    blanks = _blanks(figures, "operating_profit", "employees")
    if figures.employees is not None and figures.employees < 0:
        blanks += (Note.EMPLOYEES_NEGATIVE,)
    if blanks:
        return _Outcome(None, blanks)
    heads, profit = _sum(figures, "employees"), _sum(figures, "operating_profit")
    if heads == 0:
        return _Outcome(profit, (Note.EMPLOYEES_ZERO_AS_ONE,))
    return _Outcome(profit / heads)


def _ebitda_debt_multiple(figures: Figures) -> _Outcome:
    blanks = _blanks(figures, "borrowings", "cash", "operating_profit", "depreciation")
    if blanks:
        return _Outcome(None, blanks)
    other_debt = _sum(figures, *figures.counted_debt)
    net_debt = _sum(figures, "borrowings") + other_debt - _sum(figures, "cash")
    ebitda = _sum(figures, "operating_profit", "depreciation")
    counted = (Note.OTHER_DEBT_COUNTED,) if other_debt else ()
    if ebitda <= 0:
        return _Outcome(None, (Note.EBITDA_NOT_POSITIVE, *counted), 1 if net_debt > 0 else None)
    if net_debt <= 0:
        return _Outcome(net_debt / ebitda, (Note.NET_CASH, *counted), 5)
    return _Outcome(net_debt / ebitda, counted)


_RECEIVABLES = ("notes_receivable", "accounts_receivable")
_PAYABLES = ("notes_payable", "accounts_payable")


def _working_capital_months(figures: Figures) -> _Outcome:
    def twelve_times_working_capital() -> Fraction:
        bound = _sum(figures, *_RECEIVABLES, "electronic_receivables", "inventory")
        return 12 * (bound - _sum(figures, *_PAYABLES, "electronic_payables"))

    return _per_sales(figures, twelve_times_working_capital, *_RECEIVABLES, "inventory", *_PAYABLES)


def _equity_ratio(figures: Figures) -> _Outcome:
    notes = _blanks(figures, "net_assets", "total_assets")
    if figures.total_assets is not None and figures.total_assets <= 0:
        notes += (Note.NO_TOTAL_ASSETS,)
    insolvent = (Note.INSOLVENT,) if (figures.net_assets or 0) < 0 else ()
    if notes:
        return _Outcome(None, notes + insolvent)
    return _Outcome(_sum(figures, "net_assets") / _sum(figures, "total_assets"), insolvent)


_MEASURES: Mapping[Indicator, Callable[[Figures], _Outcome]] = MappingProxyType(
    {
        Indicator.SALES_GROWTH: _sales_growth,
        Indicator.OPERATING_MARGIN: _operating_margin,
        Indicator.LABOR_PRODUCTIVITY: _labor_productivity,
        Indicator.EBITDA_DEBT_MULTIPLE: _ebitda_debt_multiple,
        Indicator.WORKING_CAPITAL_MONTHS: _working_capital_months,
        Indicator.EQUITY_RATIO: _equity_ratio,
    }
)
