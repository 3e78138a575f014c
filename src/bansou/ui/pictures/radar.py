"""A radar of three to eight axes: one's own shape, one to compare with, and optionally an earlier one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import (
    INK_FAINT,
    MISSING,
    OWN,
    OWN_PALE,
    PAPER,
    RULE,
    Number,
    frame,
    legend,
    stroke,
    written_lines,
)
from .text import NOT_FIRST, NOT_LAST, lines

FEWEST, MOST = 3, 8
# An axis that leans less than this is labelled above or below its end, the others beside it.
UPRIGHT = 0.2


@dataclass(frozen=True)
class Axis:
    """One axis. None is a gap: the line breaks there, and `shown` says why ("算出不可").

    `shown` stands beside the label and defaults to the value itself.
    """

    label: str
    value: Number | None
    shown: str = ""
    compared: Number | None = None
    earlier: Number | None = None

    @property
    def words(self) -> str:
        return self.shown or _number(self.value)


@dataclass(frozen=True, kw_only=True)
class Radar:
    """What is drawn. A shape whose name is empty is neither drawn nor listed."""

    axes: Sequence[Axis]
    title: str
    own_name: str = "自社"
    compared_name: str = ""
    earlier_name: str = ""
    maximum: int = 5
    note: str = ""

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.axes) <= MOST:
            raise ValueError(f"a radar has {FEWEST} to {MOST} axes, not {len(self.axes)}")

    @property
    def description(self) -> str:
        return "".join(
            f"{row[0]}は"
            + "、".join(f"{name}{shown}" for name, shown in zip(self.head[1:], row[1:], strict=True))
            + "。"
            for row in self.rows
        )

    @property
    def head(self) -> tuple[str, ...]:
        return ("項目", self.own_name, *filter(None, (self.compared_name, self.earlier_name)))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [self._row(axis) for axis in self.axes]

    def _row(self, axis: Axis) -> tuple[str, ...]:
        row = [axis.label, axis.words]
        if self.compared_name:
            row.append(_number(axis.compared))
        if self.earlier_name:
            row.append(_number(axis.earlier))
        return tuple(row)


def _number(value: Number | None) -> str:
    return MISSING if value is None else f"{float(value):g}"


WIDTH, MARGIN, GAP = 320, 4, 8
NAME, LINE, VALUE = 13, 16, 15
RADII = range(104, 64, -4)


@dataclass(frozen=True)
class _Label:
    """A label that found its place: `x`, `top` relative to the centre."""

    words: list[str]
    shown: list[str]
    x: float
    top: float
    anchor: str

    @property
    def high(self) -> float:
        return _high(self.words, self.shown)

    @property
    def cost(self) -> float:
        """How much a larger web is worth less than this label in full and in few lines."""
        cut = sum(line.endswith("…") for line in (*self.words, *self.shown))
        poor = sum(line[-1] in NOT_LAST for line in (*self.words, *self.shown))
        poor += sum(line[0] in NOT_FIRST or len(line) == 1 for line in (*self.words[1:], *self.shown[1:]))
        return 100 * cut + 12 * poor + 3 * (len(self.words) + len(self.shown))


def radar_svg(radar: Radar, *, identifier: str = "radar") -> str:
    """320 px wide, for a card on a desk, a phone and paper alike."""
    radius, labels = _placed(radar)
    middle = WIDTH / 2, MARGIN + max(radius + 8, *(-label.top for label in labels))
    low = middle[1] + max(radius + 8, *(label.top + label.high for label in labels))
    names, end = _legend(radar, low + 8)
    corners = _Corners(middle, radius, len(radar.axes), radar.maximum)
    body = [
        *_web(radar, corners),
        *_shapes(radar, corners),
        *(_written_label(label, axis, middle) for label, axis in zip(labels, radar.axes, strict=True)),
        names,
    ]
    return frame(radar, "radar", identifier, WIDTH, end, body)


@dataclass(frozen=True)
class _Corners:
    """Where a value stands on the paper."""

    middle: tuple[float, float]
    radius: float
    count: int
    maximum: int

    def at(self, index: int, value: Number) -> tuple[float, float]:
        share = min(max(float(value) / self.maximum, 0), 1)
        across, down = _direction(index, self.count)
        return self.middle[0] + across * self.radius * share, self.middle[1] + down * self.radius * share

    def path(self, values: Sequence[Number | None]) -> str:
        """Along the known values all round; the pen is lifted at a gap."""
        if None not in values:
            return (
                "M"
                + "L".join(_pair(self.at(n, value)) for n, value in enumerate(values) if value is not None)
                + "Z"
            )
        return "".join(f"M{_pair(first)}L{_pair(second)}" for first, second in self.sides(values))

    def sides(self, values: Sequence[Number | None]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """The places of neighbours that are both known."""
        places = [None if value is None else self.at(n, value) for n, value in enumerate(values)]
        pairs = zip(places, [*places[1:], places[0]], strict=True)
        return [(first, second) for first, second in pairs if first and second]


def _direction(index: int, count: int) -> tuple[float, float]:
    turn = 2 * math.pi * index / count - math.pi / 2
    return math.cos(turn), math.sin(turn)


def _pair(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f} {place[1]:.1f}"


def _placed(radar: Radar) -> tuple[float, list[_Label]]:
    """The web and its labels: as large as labels in full, in few lines, leave room for."""
    tried = [
        (radius, [_label(axis, index, len(radar.axes), radius) for index, axis in enumerate(radar.axes)])
        for radius in RADII
    ]
    return min(tried, key=lambda pair: sum(label.cost for label in pair[1]) - pair[0])


def _label(axis: Axis, index: int, count: int, radius: float) -> _Label:
    across, down = _direction(index, count)
    if abs(across) < UPRIGHT:
        # With many axes the neighbours stand at the same height; the words keep to their own side of them.
        room = 2 * radius * math.sin(2 * math.pi / count) if count > 6 else WIDTH - 2 * MARGIN
        words, shown = lines(axis.label, room, NAME), _shown(axis, room)
        top = -radius - GAP - _high(words, shown) if down < 0 else radius + GAP
        return _Label(words, shown, 0, top, "middle")
    x = across * radius + math.copysign(GAP, across)
    room = WIDTH / 2 - MARGIN - abs(x)
    words, shown = lines(axis.label, room, NAME, 3 if count <= 6 else 2), _shown(axis, room)
    high = _high(words, shown)
    return _Label(words, shown, x, down * (radius + high * 0.35) - high / 2, "start" if across > 0 else "end")


def _shown(axis: Axis, room: float) -> list[str]:
    return lines(axis.words, room, _value_size(axis), 1 if axis.value is not None else 2)


def _high(words: Sequence[str], shown: Sequence[str]) -> float:
    return LINE * (len(words) + len(shown)) + 2


def _value_size(axis: Axis) -> int:
    return NAME if axis.value is None else VALUE


def _web(radar: Radar, corners: _Corners) -> list[str]:
    rings = [
        stroke(
            corners.path([ring] * corners.count),
            colour=RULE,
            weight=1.25 if ring == radar.maximum else 1,
            dash="" if ring == radar.maximum else "2 4",
        )
        for ring in range(1, radar.maximum + 1)
    ]
    spokes = [
        stroke(
            f"M{_pair(corners.middle)}L{_pair(corners.at(index, radar.maximum))}",
            colour=RULE,
            weight=1,
            dash="2 4" if axis.value is None else "",
        )
        for index, axis in enumerate(radar.axes)
    ]
    return rings + spokes


def _shapes(radar: Radar, corners: _Corners) -> list[str]:
    own = [axis.value for axis in radar.axes]
    wedges = "".join(
        f"M{_pair(corners.middle)}L{_pair(first)}L{_pair(second)}Z" for first, second in corners.sides(own)
    )
    drawn = [f'<path d="{wedges}" fill="{OWN}" fill-opacity="0.12"/>'] if wedges else []
    if radar.compared_name:
        drawn += _outline([axis.compared for axis in radar.axes], corners, INK_FAINT, 2, "5 4")
    if radar.earlier_name:
        drawn += _outline([axis.earlier for axis in radar.axes], corners, OWN_PALE, 2, "")
    drawn += _outline(own, corners, OWN, 3, "")
    drawn += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{OWN}" stroke="{PAPER}" stroke-width="1.5"/>'
        for index, value in enumerate(own)
        if value is not None
        for x, y in [corners.at(index, value)]
    ]
    return drawn


def _outline(
    values: Sequence[Number | None], corners: _Corners, colour: str, weight: float, dash: str
) -> list[str]:
    path = corners.path(values)
    return [stroke(path, colour=colour, weight=weight, dash=dash)] if path else []


def _written_label(label: _Label, axis: Axis, middle: tuple[float, float]) -> str:
    x, top = middle[0] + label.x, middle[1] + label.top
    known = axis.value is not None
    value = top + LINE * len(label.words) + NAME + (1 if known else -1)
    return written_lines(
        label.words, x, top + NAME - 1, NAME, step=LINE, anchor=label.anchor
    ) + written_lines(
        label.shown,
        x,
        value,
        _value_size(axis),
        step=LINE,
        colour=OWN if known else INK_FAINT,
        anchor=label.anchor,
        bold=known,
    )


def _legend(radar: Radar, y: float) -> tuple[str, float]:
    entries = [(stroke("M-13 0H13", colour=OWN, weight=3) + f'<circle r="4" fill="{OWN}"/>', radar.own_name)]
    if radar.compared_name:
        entries.append((stroke("M-13 0H13", colour=INK_FAINT, weight=2, dash="5 4"), radar.compared_name))
    if radar.earlier_name:
        entries.append((stroke("M-13 0H13", colour=OWN_PALE, weight=2), radar.earlier_name))
    return legend(entries, WIDTH, y)
