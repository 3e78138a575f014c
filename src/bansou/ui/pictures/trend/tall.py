"""Rows from top to bottom, the oldest period first."""

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

from .model import Trend
from .strokes import bar, compared_line, mark, names

WIDTH, SIDE, BAR, GAP_WIDE, SHORT = 320, 4, 12, 48, 16
VALUE, LABEL, LINE = 15, 13, 17


def trend_tall_svg(trend: Trend, *, identifier: str = "trend-tall") -> str:
    """320 px wide, one row for each period."""
    y, body = 4.0, []
    starts = {stretch.start: stretch.label for stretch in trend.compared} if len(trend.compared) > 1 else {}
    for index in range(len(trend.columns)):
        if index in starts:
            body.append(_heading(starts[index], y))
            y += 24
        drawn, y = _row(trend, index, y)
        body.append(drawn)
    legend, y = names(trend, WIDTH, y)
    return frame(trend, "trend-tall", identifier, WIDTH, y, [*body, legend])


def _x(trend: Trend, value: float) -> float:
    low, high = trend.bounds
    return SIDE + (WIDTH - 2 * SIDE) * (value - low) / (high - low)


def _heading(label: str, y: float) -> str:
    shown = "".join(lines(label, WIDTH - 2 * SIDE, 12, most=1))
    rule = f"M{SIDE + width(shown, 12) + 8:.1f} {y + 10:.1f}H{WIDTH - SIDE}"
    ruled = stroke(rule, colour=RULE, weight=1.5, dash="2 4") if width(shown, 12) < WIDTH - 40 else ""
    return written(shown, SIDE, y + 14, 12, colour=INK_SOFT) + ruled


def _row(trend: Trend, index: int, y: float) -> tuple[str, float]:
    column = trend.columns[index]
    known = column.value is not None
    size = VALUE if known else LABEL
    value = "".join(lines(column.words, WIDTH * 0.58, size, most=1))
    label = "".join(lines(column.label, WIDTH - 2 * SIDE - 10 - width(value, size), LABEL, most=1))
    top = y + 24
    drawn = [
        written(label, SIDE, y + 16, LABEL, colour=INK_SOFT),
        written(
            value, WIDTH - SIDE, y + 16, size, colour=INK if known else INK_FAINT, anchor="end", bold=known
        ),
        _bar(trend, index, top),
        stroke(f"M{_x(trend, 0):.1f} {top - 3:.1f}v{BAR + 6}", colour=INK_FAINT, weight=1),
        *_compared(trend, index, top),
    ]
    events, end = _events(trend, index, top + BAR + 6)
    return "".join([*drawn, events]), end + 6


def _bar(trend: Trend, index: int, top: float) -> str:
    value, zero = trend.columns[index].value, _x(trend, 0)
    if value is None:
        left = zero if zero + GAP_WIDE <= WIDTH - SIDE else zero - GAP_WIDE
        return hatch(left, top, GAP_WIDE, BAR)
    end = _x(trend, float(value))
    return bar(min(zero, end), top, max(abs(end - zero), 2), BAR)


def _compared(trend: Trend, index: int, top: float) -> list[str]:
    own = trend.columns[index].value
    reach = 0 if own is None else abs(_x(trend, float(own)) - _x(trend, 0))
    values = [
        stretch.values[index - stretch.start]
        for stretch in trend.compared
        if 0 <= index - stretch.start < len(stretch.values)
    ]
    return [
        compared_line(f"M{_x(trend, float(value)):.1f} {top - 4:.1f}v{BAR + 8}", halo=reach > SHORT)
        for value in values
        if value is not None
    ]


def _events(trend: Trend, index: int, y: float) -> tuple[str, float]:
    drawn = []
    for number, event in enumerate(trend.events, start=1):
        if event.at != index:
            continue
        shown = paragraph(event.label, WIDTH - 2 * SIDE - 26, LABEL, 2)
        drawn.append(mark(SIDE + 10, y + 10, number))
        drawn.append(written_lines(shown, SIDE + 26, y + 14.5, LABEL, step=LINE, colour=MARK_INK))
        y += 6 + LINE * max(len(shown), 1)
    return "".join(drawn), y
