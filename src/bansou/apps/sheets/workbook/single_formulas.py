"""Formulas that stand once in the file: the newest year, the norms of industry and size, the radar."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from bansou.domain.locaben import Indicator

from .content import WorkbookContent
from .formulas import DECIMALS, Formula, rounded
from .places import FINANCE, NORM_HEAD_ROW, NORMS, RADAR_COLUMN, Finance


def newest_formulas(content: WorkbookContent, at: Finance, columns: Sequence[Formula]) -> Iterator[Formula]:
    """The newest year, wherever its column stands; the unit; the norms of the chosen industry and size."""
    months = at.across(at.working["month_end"])
    newest = len(content.years) or None
    by_cell = {(formula.row, formula.column): formula.value for formula in columns}
    place = f"$B${at.newest_place}"
    yield Formula(
        at.newest_place, 2, f'=IF(COUNT({months})=0,"",MATCH(MAX({months}),{months},0))', newest or ""
    )
    yield Formula(at.unit_place, 2, f'=IF({at.unit}="円",1,1000)', int(content.unit))

    yield _newest_heading(content, at, place)

    def of_newest(row: int, column: int, source: int) -> Formula:
        text = f'=IF(ISNUMBER({place}),INDEX({at.across(source)},{place}),"")'
        return Formula(row, column, text, by_cell[source, newest + 2] if newest else "")

    for indicator in Indicator:
        row, norm = at.newest(indicator), _norm(content, indicator)
        yield of_newest(row, 2, at.shown(indicator))
        thousand = "/1000" if indicator is Indicator.LABOR_PRODUCTIVITY else ""
        cell, decimals = f"$C${at.norm(indicator)}", DECIMALS[indicator]
        median = Fraction(norm[0]) / (1000 if thousand else 1) if norm else None
        yield Formula(
            row,
            3,
            f'=IF(ISNUMBER({cell}),ROUND({cell}{thousand},{decimals}),"―")',
            "―" if median is None else rounded(median, decimals),
        )
        yield of_newest(row, 4, at.points(indicator))
        yield from _norm_formulas(content, at, indicator)
    yield of_newest(at.newest_total, 4, at.total)
    yield of_newest(at.newest_grade, 4, at.grade)
    yield of_newest(at.newest_partial, 4, at.partial)


def _newest_heading(content: WorkbookContent, at: Finance, place: str) -> Formula:
    day = f"INDEX({at.across(at.year_end)},{place})"
    words = "いちばん新しい期の結果"
    text = f'=IF(ISNUMBER({place}),"{words}（"&YEAR({day})&"年"&MONTH({day})&"月期）","{words}")'
    newest = content.years[-1].fiscal_year_end if content.years else None
    return Formula(
        at.newest_row, 1, text, f"{words}（{newest.year}年{newest.month}月期）" if newest else words
    )


def radar_formulas(content: WorkbookContent, at: Finance) -> Iterator[Formula]:
    """Beside the norms: what the radar draws. #N/A leaves a gap where 0 would be drawn as a point."""
    for place, indicator in enumerate(Indicator):
        own = f"'{FINANCE}'!$D${at.newest(indicator)}"
        norm = f"'{FINANCE}'!$C${at.norm(indicator)}"
        points = content.assessments[-1].results[indicator].points if content.years else None
        drawn = points if content.is_scored and points is not None else "#N/A"
        row = NORM_HEAD_ROW + 1 + place
        yield Formula(row, RADAR_COLUMN + 1, f"=IF(ISNUMBER({own}),{own},NA())", drawn)
        # The median lies between ⅲ and ⅱ, so a median firm has 3 points.
        median = 3 if content.is_scored else "#N/A"
        yield Formula(row, RADAR_COLUMN + 2, f"=IF(ISNUMBER({norm}),3,NA())", median)


def _norm(content: WorkbookContent, indicator: Indicator) -> tuple[Decimal, ...] | None:
    if not content.is_scored or content.norms is None or content.size is None:
        return None
    norm = content.norms.norm(content.industry_code, content.size, indicator)
    return (norm.median, *norm.cuts)


def _norm_formulas(content: WorkbookContent, at: Finance, indicator: Indicator) -> Iterator[Formula]:
    size = f'IF({at.size}="中規模事業者","medium",IF({at.size}="小規模事業者","small",""))'
    key = f'LEFT({at.industry},4)&"_"&{size}&"_{indicator.value}"'
    numbers = _norm(content, indicator)
    for place in range(5):
        column = f"'{NORMS}'!${'GHIJK'[place]}$5:${'GHIJK'[place]}$2000"
        text = f"=IFERROR(INDEX({column},MATCH({key},'{NORMS}'!$A$5:$A$2000,0)),\"\")"
        yield Formula(at.norm(indicator), 3 + place, text, float(numbers[place]) if numbers else "")
