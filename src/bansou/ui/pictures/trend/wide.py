"""Columns from left to right."""

from dataclasses import dataclass

from bansou.ui.pictures.svg import (
    INK,
    INK_FAINT,
    INK_SOFT,
    MARK_INK,
    RULE,
    frame,
    hatch,
    stroke,
    written,
    written_lines,
)
from bansou.ui.pictures.text import lines, paragraph, width

from .model import Compared, Trend
from .strokes import bar, compared_line, mark, names

WIDTH, SIDE, PLOT = 640, 8, 150
WIDEST_SLOT, WIDEST_BAR, GAP_HIGH = 132, 52, 40
VALUE, SMALLER, VALUE_LINE, LABEL, LABEL_LINE, SHORT = 15, (13, 12, 11), 18, 13, 17, 8
STRETCH_ROW, MARK_ROW = 24, 26


@dataclass(frozen=True)
class _Plot:
    """Where columns and values stand on the paper."""

    trend: Trend
    top: float

    @property
    def slot(self) -> float:
        return min((WIDTH - 2 * SIDE) / len(self.trend.columns), WIDEST_SLOT)

    @property
    def left(self) -> float:
        return (WIDTH - self.slot * len(self.trend.columns)) / 2

    @property
    def thickness(self) -> float:
        return min(self.slot * 0.5, WIDEST_BAR)

    def x(self, index: float) -> float:
        """The middle of a column."""
        return self.left + self.slot * (index + 0.5)

    def y(self, value: float) -> float:
        low, high = self.trend.bounds
        return self.top + PLOT * (high - value) / (high - low)


def trend_svg(trend: Trend, *, identifier: str = "trend") -> str:
    """640 px wide."""
    tallest = max(len(_value_words(trend, index)[0]) for index in range(len(trend.columns))) * VALUE_LINE + 8
    has_stretches = len(trend.compared) > 1
    plot = _Plot(trend, tallest + (STRETCH_ROW if has_stretches else 0))
    below = plot.top + PLOT + (tallest if trend.bounds[0] < 0 else 6)
    labels, below = _column_labels(plot, below)
    marks, below = _marks(plot, below)
    listed, below = _listed(trend, below)
    legend, below = names(trend, WIDTH, below + 6)
    body = [
        *(_stretches(plot) if has_stretches else []),
        *(_bar(plot, index) for index in range(len(trend.columns))),
        stroke(f"M{SIDE} {plot.y(0):.1f}H{WIDTH - SIDE}", colour=INK_FAINT, weight=1),
        *(
            compared_line(path, halo=_shortest(plot) > SHORT)
            for stretch in trend.compared
            for path in _paths(plot, stretch)
        ),
        *(_value(plot, index) for index in range(len(trend.columns))),
        labels,
        marks,
        listed,
        legend,
    ]
    return frame(trend, "trend-wide", identifier, WIDTH, below, body)


def _value_words(trend: Trend, index: int) -> tuple[list[str], float]:
    """The value in lines and their size: smaller letters before a second line, for numbers read as one."""
    column, room = trend.columns[index], _Plot(trend, 0).slot - 6
    if column.value is None:
        return lines(column.words, room, SMALLER[0], 3), SMALLER[0]
    size = next((size for size in (VALUE, *SMALLER) if width(column.words, size) <= room), SMALLER[0])
    return lines(column.words, room, size), size


def _grows_down(plot: _Plot, index: int) -> bool:
    """Whether a column hangs from the zero line; a gap does so only where there is no room above."""
    value = plot.trend.columns[index].value
    return value < 0 if value is not None else plot.y(0) - plot.top < GAP_HIGH


def _bar(plot: _Plot, index: int) -> str:
    value = plot.trend.columns[index].value
    left, zero = plot.x(index) - plot.thickness / 2, plot.y(0)
    if value is None:
        top = zero if _grows_down(plot, index) else zero - GAP_HIGH
        return hatch(left, top, plot.thickness, GAP_HIGH)
    end = plot.y(float(value))
    return bar(left, min(zero, end), plot.thickness, max(abs(end - zero), 2))


def _value(plot: _Plot, index: int) -> str:
    """The value at the end of its column; white around the letters keeps a line behind them away."""
    column, (shown, size) = plot.trend.columns[index], _value_words(plot.trend, index)
    down = _grows_down(plot, index)
    reach = GAP_HIGH if column.value is None else abs(plot.y(float(column.value)) - plot.y(0))
    end = plot.y(0) + reach if down else plot.y(0) - reach
    first = end + VALUE + 4 if down else end - 7 - VALUE_LINE * (len(shown) - 1)
    known = column.value is not None
    return '<g stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">' + (
        written_lines(
            shown,
            plot.x(index),
            first,
            size,
            step=VALUE_LINE,
            colour=INK if known else INK_FAINT,
            anchor="middle",
            bold=known,
        )
        + "</g>"
    )


def _shortest(plot: _Plot) -> float:
    known = [float(column.value) for column in plot.trend.columns if column.value is not None]
    return min((abs(plot.y(value) - plot.y(0)) for value in known), default=PLOT)


def _paths(plot: _Plot, stretch: Compared) -> list[str]:
    """The line over the width of its columns; the pen is lifted where a value is missing."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(stretch.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((stretch.start + place, plot.y(float(value))))
    return [_path(plot, run) for run in runs if run]


def _path(plot: _Plot, run: list[tuple[int, float]]) -> str:
    reach = plot.slot / 2 - 5
    (first, begin), (last, end) = run[0], run[-1]
    through = "".join(f"L{plot.x(index):.1f} {y:.1f}" for index, y in run)
    return f"M{plot.x(first) - reach:.1f} {begin:.1f}{through}L{plot.x(last) + reach:.1f} {end:.1f}"


def _stretches(plot: _Plot) -> list[str]:
    """Over each stretch its name, and a line where the next one begins."""
    drawn = []
    for stretch in plot.trend.compared:
        middle = plot.x(stretch.start + (len(stretch.values) - 1) / 2)
        room = plot.slot * len(stretch.values) - 8
        shown = "".join(lines(stretch.label, room, 12, most=1))
        drawn.append(written(shown, middle, 14, 12, colour=INK_SOFT, anchor="middle"))
        if stretch.start > 0:
            x = plot.x(stretch.start - 0.5)
            drawn.append(stroke(f"M{x:.1f} 4V{plot.top + PLOT:.1f}", colour=RULE, weight=1.5, dash="2 4"))
    return drawn


def _column_labels(plot: _Plot, y: float) -> tuple[str, float]:
    shown = [lines(column.label, plot.slot - 4, LABEL) for column in plot.trend.columns]
    drawn = [
        written_lines(words, plot.x(index), y + 14, LABEL, step=LABEL_LINE, colour=INK_SOFT, anchor="middle")
        for index, words in enumerate(shown)
    ]
    return "".join(drawn), y + 8 + LABEL_LINE * max(1, *map(len, shown), 1)


def _marks(plot: _Plot, y: float) -> tuple[str, float]:
    """Numbered spots under their columns, beside each other."""
    events = plot.trend.events
    if not events:
        return "", y
    drawn = []
    for number, event in enumerate(events, start=1):
        same = [index for index, other in enumerate(events, start=1) if other.at == event.at]
        step = min(22, (plot.slot - 20) / max(len(same) - 1, 1))
        shift = (same.index(number) - (len(same) - 1) / 2) * step
        drawn.append(mark(plot.x(event.at) + shift, y + 12, number))
    return "".join(drawn), y + MARK_ROW


def _listed(trend: Trend, y: float) -> tuple[str, float]:
    drawn = []
    for number, event in enumerate(trend.events, start=1):
        shown = paragraph(event.label, WIDTH - 2 * SIDE - 26, LABEL, 2)
        drawn.append(mark(SIDE + 10, y + 13, number))
        drawn.append(written_lines(shown, SIDE + 26, y + 17.5, LABEL, step=LABEL_LINE, colour=MARK_INK))
        y += 8 + LABEL_LINE * max(len(shown), 1)
    return "".join(drawn), y
