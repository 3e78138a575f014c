"""The six figures of the newest filled year in words for the 経営者: a start for a talk, never a mark."""

from dataclasses import dataclass
from typing import Any

from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.reading import assessments_of, newest_with_figures, years_of
from bansou.domain.locaben import INDUSTRIES, Assessment, IndicatorResult
from bansou.domain.locaben.words import CardWords, card_words
from bansou.ui.pictures.radar import Axis, Radar

# The points of the median: it lies in the middle band by the rule of points.
_MEDIAN_POINTS = 3


@dataclass(frozen=True)
class Figure:
    result: IndicatorResult
    words: CardWords


def figures_in_words(sheet: LocalBenchmark) -> dict[str, Any] | None:
    """None as long as there are no figures, or no norms to read them with."""
    years = years_of(sheet)
    assessments, place = assessments_of(sheet, years), newest_with_figures(years)
    if not assessments or place is None:
        return None
    newest = assessments[place]
    results = list(newest.results.values())
    return {
        "newest": newest,
        "industry": INDUSTRIES[newest.industry_code].label,
        "picture": _picture(newest),
        "cards": [Figure(result, card_words(result)) for result in results],
        "notes": newest.notes,
    }


def _picture(assessment: Assessment) -> Radar:
    axes = [
        Axis(
            indicator.label,
            result.points,
            "点なし" if result.points is None else str(result.points),
            compared=_MEDIAN_POINTS,
        )
        for indicator, result in assessment.results.items()
    ]
    return Radar(
        axes=axes,
        title="6つの数字の形",
        compared_name="同じ業種の真ん中",
        note="実線が自社、破線が同じ業種・規模の会社の真ん中です。外側ほど点が高くなります。",
    )
