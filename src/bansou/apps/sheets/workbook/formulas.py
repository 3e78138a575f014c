"""The working formulas of 「6つの指標」, each beside the value the domain gives for it.

The values are kept in the file, so that a preview without arithmetic shows them; Excel and LibreOffice work
them out again. Only functions both have since Excel 2010. Sums are taken in whole 円 first, and scores from
unrounded values, as `domain.locaben.assess` does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bansou.domain.locaben import COUNTABLE_DEBT, FIGURE_LABELS, Assessment, Figures, Indicator, Note

from .content import WorkbookContent
from .places import COUNTED, FIRST_YEAR, WORKING, Finance

Value = str | int | float | date | None
NO_POINTS = "―"
MARKS = (
    (Note.NET_CASH, "実質無借金"),
    (Note.EBITDA_NOT_POSITIVE, "EBITDAがゼロ以下"),
    (Note.EMPLOYEES_ZERO_AS_ONE, "正社員0人を1人として計算"),
    (Note.INSOLVENT, "債務超過"),
    (Note.PERIOD_NOT_TWELVE_MONTHS, "12か月でない期か前期（参考値あり）"),
    (Note.OTHER_DEBT_COUNTED, "社債などを借入金に加算"),
    (Note.UNOFFICIAL_AID, "計算補助（非公式）"),
)
_WORKING_CAPITAL = (
    "notes_receivable",
    "accounts_receivable",
    "inventory",
    "notes_payable",
    "accounts_payable",
)
_DEBT = ("operating_profit", "depreciation", "cash", "borrowings")
DECIMALS = {
    Indicator.SALES_GROWTH: 3,
    Indicator.OPERATING_MARGIN: 3,
    Indicator.LABOR_PRODUCTIVITY: 0,
    Indicator.EBITDA_DEBT_MULTIPLE: 1,
    Indicator.WORKING_CAPITAL_MONTHS: 1,
    Indicator.EQUITY_RATIO: 3,
}
# The order in which a missing figure is named first (that of `domain.locaben.notes`).
_NEEDED = {
    Indicator.OPERATING_MARGIN: ("sales", "operating_profit"),
    Indicator.LABOR_PRODUCTIVITY: ("operating_profit", "employees"),
    Indicator.EBITDA_DEBT_MULTIPLE: _DEBT,
    Indicator.WORKING_CAPITAL_MONTHS: ("sales", *_WORKING_CAPITAL),
    Indicator.EQUITY_RATIO: ("net_assets", "total_assets"),
}


@dataclass(frozen=True)
class Formula:
    """A cell that is worked out; `value` is what it comes to now."""

    row: int
    column: int
    text: str
    value: Value


def rounded(value: Fraction, decimals: int) -> float:
    """Half away from zero, never a negative zero."""
    scale = 10**decimals
    number = Decimal(value.numerator * scale) / Decimal(value.denominator)
    return float(number.quantize(Decimal(1), ROUND_HALF_UP) / scale) + 0.0


class YearFormulas:
    """One column. `figures` and `assessment` are None for the column that is still free."""

    def __init__(
        self,
        content: WorkbookContent,
        at: Finance,
        place: int,
        figures: Figures | None,
        found: Assessment | None,
    ) -> None:
        self.content, self.at, self.figures, self.found = content, at, figures, found
        self.column, self.letter = FIRST_YEAR + place, at.letter(place)
        self.inputs = f"{self.letter}${at.year_end}:{self.letter}${at.last_input}"

    def all(self) -> Iterator[Formula]:
        day = f"{self.letter}{self.at.year_end}"
        end = self.figures.fiscal_year_end if self.figures else ""
        yield Formula(self.at.course_head, self.column, f'=IF(ISNUMBER({day}),{day},"")', end)
        yield from self._working()
        for indicator in Indicator:
            yield self._exact(indicator)
            yield self._shown(indicator)
            yield self._points(indicator)
        yield from self._sums()
        yield from self._marks()

    def _cell(self, key: str) -> str:
        return self.at.figure(self.letter, key)

    def _step(self, key: str) -> str:
        return self.at.step(self.letter, key)

    @property
    def _months(self) -> str:
        return f"{self.letter}{self.at.months}"

    def _yen(self, sum_of_cells: str) -> str:
        return f"ROUND(({sum_of_cells})*$B${self.at.unit_place},0)"

    def _when_used(self, row: int, text: str, value: Value) -> Formula:
        empty = self.figures is None
        return Formula(row, self.column, f'=IF(COUNT({self.inputs})=0,"",{text})', "" if empty else value)

    # --- what lies between ----------------------------------------------------------------------------

    def _working(self) -> Iterator[Formula]:
        texts = {
            "month_end": self._month_end(),
            "sales": self._if_number("sales"),
            "previous_sales": self._before("sales", self._if_number("previous_sales")),
            "previous_months": f'IF(COUNT({self.inputs})=0,"",{self._before(None, "12")})',
            "operating_profit": self._if_number("operating_profit"),
            "ebitda": self._if_all(_DEBT[:2], "{operating_profit}+{depreciation}"),
            "net_debt": self._if_all(("borrowings", "cash"), "{borrowings}-{cash}" + self._other_debt()),
            "working_capital": self._if_all(
                _WORKING_CAPITAL,
                "{notes_receivable}+{accounts_receivable}+N({electronic_receivables})+{inventory}"
                "-{notes_payable}-{accounts_payable}-N({electronic_payables})",
            ),
            "heads": f"IF(ISNUMBER({self._cell('employees')}),"
            f'IF({self._cell("employees")}=0,1,{self._cell("employees")}),"")',
            "net_assets": self._if_number("net_assets"),
            "total_assets": self._if_number("total_assets"),
        }
        values = _working_values(self.figures)
        for key, text in texts.items():
            yield Formula(self.at.working[key], self.column, f"={text}", values[key])

    def _month_end(self) -> str:
        day = f"{self.letter}{self.at.year_end}"
        return f'IF(ISNUMBER({day}),EOMONTH({day},0),"")'

    def _before(self, key: str | None, otherwise: str) -> str:
        """What the period that adjoins says of `key` (None: its months), if its sales stand.

        It ended as many months earlier as this one lasts, as in `domain.locaben.years`.
        """
        ends, sales = self.at.across(self.at.working["month_end"]), self.at.across(self.at.working["sales"])
        there = f"MATCH(EOMONTH({self._step('month_end')},-{_or_12(self._months)}),{ends},0)"
        is_known = f'ISNUMBER(IFERROR(INDEX({sales},{there}),""))'
        months = f"INDEX({self.at.across(self.at.months)},{there})"
        found = f"INDEX({sales},{there})" if key else _or_12(months)
        return f"IF({is_known},{found},{otherwise})"

    def _if_number(self, key: str) -> str:
        cell = self._cell(key)
        return f'IF(ISNUMBER({cell}),{self._yen(cell)},"")'

    def _if_all(self, keys: Sequence[str], words: str) -> str:
        cells = {key: self._cell(key) for key in self.at.figures}
        counted = ",".join(cells[key] for key in keys)
        return f'IF(COUNT({counted})={len(keys)},{self._yen(words.format(**cells))},"")'

    def _other_debt(self) -> str:
        return "".join(f'+IF($B${self.at.figures[key]}="{COUNTED}",N({{{key}}}),0)' for key in COUNTABLE_DEBT)

    # --- the six ----------------------------------------------------------------------------------------

    def _exact(self, indicator: Indicator) -> Formula:
        text = _EXACT[indicator](self)
        result = self.found.results[indicator] if self.found else None
        value: Value = None
        if result is not None:
            value = float(result.value) if result.value is not None else result.shown
        return self._when_used(self.at.exact(indicator), text, value)

    def _unless_missing(self, indicator: Indicator, otherwise: str) -> str:
        """`算出不可（売上高などが未入力です）` as long as a figure is missing."""
        keys = _NEEDED[indicator]
        cells = [self._cell(key) for key in keys]
        first = f'"{FIGURE_LABELS[keys[-1]]}"'
        for key, cell in reversed(list(zip(keys[:-1], cells[:-1], strict=True))):
            first = f'IF(ISNUMBER({cell}),{first},"{FIGURE_LABELS[key]}")'
        count = f"COUNT({','.join(cells)})"
        several = f'IF({count}<{len(keys) - 1},"など","")'
        missing = f'"算出不可（"&{first}&{several}&"が未入力です）"'
        return f"IF({count}<{len(keys)},{missing},{otherwise})"

    def sales_growth(self) -> str:
        sales, before = self._step("sales"), self._step("previous_sales")
        return (
            f'IF(NOT(ISNUMBER({sales})),"算出不可（売上高が未入力です）",'
            f'IF(N({before})<=0,"算出不可（前期の売上高がありません）",({sales}-{before})/{before}))'
        )

    def operating_margin(self) -> str:
        sales = self._step("sales")
        inner = f'IF({sales}<=0,"算出不可（売上高がゼロ以下です）",{self._step("operating_profit")}/{sales})'
        return self._unless_missing(Indicator.OPERATING_MARGIN, inner)

    def labor_productivity(self) -> str:
        heads = self._step("heads")
        inner = f'IF({heads}<0,"算出不可（従業員数がマイナスです）",{self._step("operating_profit")}/{heads})'
        return self._unless_missing(Indicator.LABOR_PRODUCTIVITY, inner)

    def ebitda_debt_multiple(self) -> str:
        ebitda = self._step("ebitda")
        inner = f'IF({ebitda}<=0,"算出不可（EBITDA≦0）",{self._step("net_debt")}/{ebitda})'
        return self._unless_missing(Indicator.EBITDA_DEBT_MULTIPLE, inner)

    def working_capital_months(self) -> str:
        sales = self._step("sales")
        inner = (
            f'IF({sales}<=0,"算出不可（売上高がゼロ以下です）",12*{self._step("working_capital")}/{sales})'
        )
        return self._unless_missing(Indicator.WORKING_CAPITAL_MONTHS, inner)

    def equity_ratio(self) -> str:
        total = self._step("total_assets")
        inner = f'IF({total}<=0,"算出不可（総資産がありません）",{self._step("net_assets")}/{total})'
        return self._unless_missing(Indicator.EQUITY_RATIO, inner)

    def _shown(self, indicator: Indicator) -> Formula:
        exact = f"{self.letter}{self.at.exact(indicator)}"
        thousand = "/1000" if indicator is Indicator.LABOR_PRODUCTIVITY else ""
        number = f"ROUND({exact}{thousand},{DECIMALS[indicator]})"
        if indicator is Indicator.EBITDA_DEBT_MULTIPLE:
            words = f'"実質無借金（"&TEXT({number},"0.0;""−""0.0;0.0")&"倍）"'
            number = f"IF({exact}<=0,{words},{number})"
        result = self.found.results[indicator] if self.found else None
        value: Value = None
        if result is not None and (result.value is None or Note.NET_CASH in result.notes):
            value = result.shown
        elif result is not None and result.value is not None:
            value = rounded(result.value / (1000 if thousand else 1), DECIMALS[indicator])
        return self._when_used(self.at.shown(indicator), f"IF(ISNUMBER({exact}),{number},{exact})", value)

    def _points(self, indicator: Indicator) -> Formula:
        at = self.at
        exact, norm = f"{self.letter}{at.exact(indicator)}", at.norm(indicator)
        sign = "<=" if indicator.lower_is_better else ">="
        by_cuts = "1" + "".join(f"+({exact}{sign}${letter}${norm})" for letter in "DEFG")
        without = f'"{NO_POINTS}"'
        if indicator is Indicator.EBITDA_DEBT_MULTIPLE:
            by_cuts = f"IF({exact}<=0,5,{by_cuts})"
            in_debt = (
                f"AND(COUNT({self._step('ebitda')},{self._step('net_debt')})=2,N({self._step('net_debt')})>0)"
            )
            without = f"IF({in_debt},1,{without})"
        text = f'IF(COUNT($D${norm}:$G${norm})<4,"{NO_POINTS}",IF(ISNUMBER({exact}),{by_cuts},{without}))'
        return self._when_used(at.points(indicator), text, self._points_value(indicator))

    def _points_value(self, indicator: Indicator) -> Value:
        points = self.found.results[indicator].points if self.found and self.content.is_scored else None
        return NO_POINTS if points is None else points

    def _sums(self) -> Iterator[Formula]:
        at, six = self.at, list(Indicator)
        points = f"{self.letter}{at.points(six[0])}:{self.letter}{at.points(six[-1])}"
        total = f"{self.letter}{at.total}"
        found = self.found if self.content.is_scored else None
        yield self._when_used(
            at.total,
            f'IF(COUNT({points})=6,SUM({points}),"{NO_POINTS}")',
            found.total if found and found.total is not None else NO_POINTS,
        )
        grade = f'IF({total}>=24,"A",IF({total}>=18,"B",IF({total}>=12,"C","D")))'
        yield self._when_used(
            at.grade,
            f'IF(ISNUMBER({total}),{grade},"{NO_POINTS}")' if self.content.is_official else f'"{NO_POINTS}"',
            (found.official_grade if found else None) or NO_POINTS,
        )
        some = found is not None and found.total is None and len(found.lacking) < 6
        yield self._when_used(
            at.partial,
            f'IF(AND(COUNT({points})>0,COUNT({points})<6),SUM({points}),"")',
            found.partial_total if found and some else "",
        )

    def _marks(self) -> Iterator[Formula]:
        for place, (note, _words) in enumerate(MARKS):
            value = "●" if self.found and note in self.found.notes else ""
            text = f'IF({_MARKS[note](self)},"●","")'
            yield self._when_used(self.at.first_mark + place, text, value)

    def net_cash(self) -> str:
        exact = f"{self.letter}{self.at.exact(Indicator.EBITDA_DEBT_MULTIPLE)}"
        return f"AND(ISNUMBER({exact}),N({exact})<=0)"

    def ebitda_not_positive(self) -> str:
        ebitda, net_debt = self._step("ebitda"), self._step("net_debt")
        return f"AND(COUNT({ebitda},{net_debt})=2,N({ebitda})<=0)"

    def zero_as_one(self) -> str:
        heads, profit = self._cell("employees"), self._step("operating_profit")
        return f"AND(COUNT({heads},{profit})=2,N({heads})=0)"

    def insolvent(self) -> str:
        return f"N({self._step('net_assets')})<0"

    def other_months(self) -> str:
        months, before = self._months, self._step("previous_months")
        return f"OR(AND(ISNUMBER({months}),N({months})<>12),AND(ISNUMBER({before}),N({before})<>12))"

    def unofficial_aid(self) -> str:
        return "TRUE" if self.figures and self.figures.unofficial_aid else "FALSE"

    def other_debt(self) -> str:
        cells = {key: self._cell(key) for key in COUNTABLE_DEBT}
        four = f"COUNT({self._step('ebitda')},{self._step('net_debt')})=2"
        return f"AND({four},(0{self._other_debt().format(**cells)})<>0)"


_EXACT = {
    Indicator.SALES_GROWTH: YearFormulas.sales_growth,
    Indicator.OPERATING_MARGIN: YearFormulas.operating_margin,
    Indicator.LABOR_PRODUCTIVITY: YearFormulas.labor_productivity,
    Indicator.EBITDA_DEBT_MULTIPLE: YearFormulas.ebitda_debt_multiple,
    Indicator.WORKING_CAPITAL_MONTHS: YearFormulas.working_capital_months,
    Indicator.EQUITY_RATIO: YearFormulas.equity_ratio,
}
_MARKS = {
    Note.NET_CASH: YearFormulas.net_cash,
    Note.EBITDA_NOT_POSITIVE: YearFormulas.ebitda_not_positive,
    Note.EMPLOYEES_ZERO_AS_ONE: YearFormulas.zero_as_one,
    Note.INSOLVENT: YearFormulas.insolvent,
    Note.PERIOD_NOT_TWELVE_MONTHS: YearFormulas.other_months,
    Note.OTHER_DEBT_COUNTED: YearFormulas.other_debt,
    Note.UNOFFICIAL_AID: YearFormulas.unofficial_aid,
}


def _or_12(months: str) -> str:
    return f"IF(ISNUMBER({months}),{months},12)"


def _working_values(figures: Figures | None) -> dict[str, Value]:
    if figures is None:
        return dict.fromkeys(WORKING, "")
    counted = {key: getattr(figures, key) or 0 for key in figures.counted_debt}
    extras = {key: getattr(figures, key) or 0 for key in ("electronic_receivables", "electronic_payables")}

    def when_all(keys: Sequence[str], sum_of: str) -> Value:
        amounts = [getattr(figures, key) for key in keys]
        if None in amounts:
            return ""
        signed = [-amount if sign == "-" else amount for sign, amount in zip(sum_of, amounts, strict=True)]
        return int(sum(signed))

    debt = when_all(("borrowings", "cash"), "+-")
    bound = when_all(_WORKING_CAPITAL, "+++--")
    if isinstance(debt, int):
        debt += int(sum(counted.values()))
    if isinstance(bound, int):
        bound += int(extras["electronic_receivables"] - extras["electronic_payables"])
    employees = figures.employees
    return {
        "month_end": _end_of_month(figures.fiscal_year_end),
        "ebitda": when_all(_DEBT[:2], "++"),
        "net_debt": debt,
        "working_capital": bound,
        "previous_months": figures.previous_months,
        "heads": "" if employees is None else int(employees) or 1,
        **{
            key: "" if getattr(figures, key) is None else int(getattr(figures, key))
            for key in ("sales", "previous_sales", "operating_profit", "net_assets", "total_assets")
        },
    }


def _end_of_month(day: date | None) -> Value:
    if day is None:
        return ""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
