"""伴走の軌跡: the picture of one engagement, drawn from its moves and from promises that were kept."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from bansou.apps.dialogues.models import PromiseSide
from bansou.apps.engagements.models import Engagement
from bansou.domain.method import Step
from bansou.ui.pictures.journey import BackArc, Journey, Point, Weight

from .history import Line, Source

FEWEST_KEPT = 3
_ARCS = 3
_REASON_LENGTH = 16

_WITH_WEIGHTS = (
    f"線の太さ＝そのステップの対話で交わして果たされた約束のうち、事業者側（橙）と支援者側（青）が果たした割合。"
    f"{FEWEST_KEPT}件に満たないステップは、前後の太さをつないでいます。"
)
_EVEN = (
    f"線の太さは、まだ一定です。一つのステップで果たされた約束が{FEWEST_KEPT}件になると、"
    "どちらが動いたかを太さで表します。"
)
_EVEN_FOR_COLLEAGUES = "線の太さは一定です（約束の記録は、伴走チームだけが見られます）。"


def journey_of(engagement: Engagement, course: Sequence[Line], *, on_team: bool) -> Journey:
    """The picture as it stands; steps never reached carry no date, and nothing is guessed."""
    moves = [line for line in course if line.source is Source.MOVE and line.engagement == engagement.pk]
    kept = [line for line in course if line.source is Source.KEPT and line.engagement == engagement.pk]
    weights = weights_of(kept)
    note = (_WITH_WEIGHTS if weights else _EVEN) if on_team else _EVEN_FOR_COLLEAGUES
    return Journey(
        title="伴走の軌跡",
        points=_points(engagement, moves),
        back_arcs=[_arc(move) for move in moves if _goes_back(move)][-_ARCS:],
        weights=weights or None,
        note=note,
    )


def weights_of(kept: Sequence[Line]) -> list[Weight]:
    """Shares of the two sides per step; a step with fewer than `FEWEST_KEPT` kept promises says nothing."""
    counts: dict[Step, dict[str, int]] = defaultdict(lambda: dict.fromkeys(PromiseSide.values, 0))
    for line in kept:
        counts[Step(line.after)][line.before] += line.number
    weights = []
    for step, sides in sorted(counts.items(), key=lambda item: item[0].number):
        total = sum(sides.values())
        if total >= FEWEST_KEPT:
            firm = sides[PromiseSide.FIRM] / total
            weights.append(Weight(at=step.number - 1, leader=firm, adviser=1 - firm))
    return weights


def _points(engagement: Engagement, moves: Sequence[Line]) -> list[Point]:
    arrivals = _arrivals(engagement, moves)
    now = engagement.step_now
    points = []
    shown_year = None
    for step in Step:
        state = "current" if step is now else "past" if step.number < now.number else "future"
        days = arrivals.get(step, [])
        sublabel = ""
        if days:
            day = days[-1] if step is now else days[0]
            month = _month(day, with_year=day.year != shown_year)
            shown_year = day.year
            sublabel = {
                "current": f"いま・{month}から" if engagement.is_open else f"{month}から",
                "future": f"{month}に一度",
            }.get(state, month)
        points.append(Point(f"{step.mark} {step.short_label}", sublabel, state))
    return points


def _arrivals(engagement: Engagement, moves: Sequence[Line]) -> dict[Step, list[date]]:
    """Days on which each step was reached; the beginning counts from the start of the engagement."""
    arrivals: dict[Step, list[date]] = defaultdict(list)
    for move in moves:
        arrivals[Step(move.after)].append(move.day if move.before else engagement.started_on)
    return arrivals


def _goes_back(move: Line) -> bool:
    return bool(move.before) and Step(move.after).number < Step(move.before).number


def _arc(move: Line) -> BackArc:
    target = Step(move.after)
    reason = "".join(move.words.split())
    short = reason if len(reason) <= _REASON_LENGTH else f"{reason[: _REASON_LENGTH - 1]}…"
    label = f"{_month(move.day, with_year=True)} いったん{target.mark}へ（{short.rstrip('。')}）"
    return BackArc(start=Step(move.before).number - 1, end=target.number - 1, label=label)


def _month(day: date, *, with_year: bool) -> str:
    return f"{day.year}年{day.month}月" if with_year else f"{day.month}月"
