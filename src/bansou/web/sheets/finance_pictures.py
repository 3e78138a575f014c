"""The radar of one year, and the trend of each indicator over the years."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bansou.domain.locaben import Assessment, Indicator, IndicatorResult, shown
from bansou.ui.pictures.radar import Axis, Radar
from bansou.ui.pictures.trend import Column, Compared, Trend
from bansou.ui.pictures.value_range import Tick, ValueRange

from .account_fields import year_name

MOST_PERIODS = 5
# The median lies between the cuts of two and three points in every edition we accept (domain page §2.1).
_MEDIAN_POINTS = 3
_SCALES = {"%": Fraction(100), "千円": Fraction(1, 1000)}


def in_shown_unit(indicator: Indicator, value: Fraction | Decimal | None) -> float | None:
    """What is drawn: percent, 千円, 倍, か月."""
    if value is None:
        return None
    return float(Fraction(value) * _SCALES.get(indicator.unit, Fraction(1)))


def radar_of(assessment: Assessment) -> Radar:
    axes = [
        Axis(
            indicator.label,
            result.points,
            shown="算出不可" if result.points is None else str(result.points),
            compared=_MEDIAN_POINTS,
        )
        for indicator, result in assessment.results.items()
    ]
    return Radar(axes=axes, title="6つの指標の点数", compared_name="業種の中央値")


def trends_of(assessments: Sequence[Assessment]) -> list[tuple[Indicator, Trend]]:
    """One per indicator, for the newest five periods; empty for a single one, which shows no trend."""
    shown = [one for one in assessments if one.fiscal_year_end][-MOST_PERIODS:]
    if len(shown) < 2:
        return []
    return [(indicator, _trend(indicator, shown)) for indicator in Indicator]


def _trend(indicator: Indicator, assessments: Sequence[Assessment]) -> Trend:
    columns = []
    for one in assessments:
        result = one.results[indicator]
        mark = "（参考値）" if result.for_reference else ""
        name = year_name(one.fiscal_year_end) if one.fiscal_year_end else ""
        columns.append(Column(name, in_shown_unit(indicator, result.value), f"{result.shown}{mark}"))
    return Trend(
        columns=columns,
        title=f"{indicator.label}の推移",
        compared=_medians(indicator, assessments),
        compared_name="業種の中央値",
    )


def _medians(indicator: Indicator, assessments: Sequence[Assessment]) -> list[Compared]:
    """One stretch per edition: the line breaks where the edition changes."""
    starts = [
        place
        for place, one in enumerate(assessments)
        if place == 0 or one.edition.code != assessments[place - 1].edition.code
    ]
    stretches = []
    for start, end in zip(starts, [*starts[1:], len(assessments)], strict=True):
        results = [one.results[indicator] for one in assessments[start:end]]
        medians = [in_shown_unit(indicator, result.norm.median) for result in results]
        label = assessments[start].edition.label
        stretches.append(Compared(label, start, medians, [result.median_shown for result in results]))
    return stretches


def range_of(before: IndicatorResult, after: IndicatorResult, title: str) -> ValueRange:
    """One indicator before and after a change, between the cuts of its points."""
    indicator, norm = before.indicator, before.norm
    cuts = sorted(norm.cuts)
    zones = [f"{points}点" for points in range(1, 6)]
    return ValueRange(
        before=in_shown_unit(indicator, before.value),
        after=in_shown_unit(indicator, after.value),
        before_shown=before.shown,
        after_shown=after.shown,
        title=title,
        median=Tick(in_shown_unit(indicator, norm.median) or 0.0, "中央値", before.median_shown),
        cuts=[Tick(in_shown_unit(indicator, cut) or 0.0, shown=shown(indicator, cut)) for cut in cuts],
        zones=zones[::-1] if indicator.lower_is_better else zones,
    )
