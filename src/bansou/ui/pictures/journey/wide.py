"""The journey from left to right, for a desk and for paper."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bansou.ui.pictures.svg import INK, INK_FAINT, INK_SOFT, MARK_EDGE, MARK_INK, frame, plain
from bansou.ui.pictures.text import lines, width

from .model import Journey, Point
from .strokes import (
    ADVISER,
    ADVISER_PALE,
    LEADER,
    LEADER_INK,
    LEADER_PALE,
    RULE,
    dot,
    samples,
    star,
    thickness,
)

WIDTH, SIDE = 1120, 84
LANE_HEIGHT, RISE = 24, 58
ARC_OFFSET, STAR_ROOM = 8, 25


@dataclass
class _Lanes:
    """Rows above the lines; a label takes the lowest row in which it touches no other."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, left: float, right: float) -> int:
        for number, lane in enumerate(self.taken):
            if all(right <= other_left or left >= other_right for other_left, other_right in lane):
                lane.append((left, right))
                return number
        self.taken.append([(left, right)])
        return len(self.taken) - 1


@dataclass(frozen=True)
class _Above:
    """A label above the lines, already placed."""

    lane: int
    centre: float
    text: str
    start: float
    end: float
    is_arc: bool


def journey_svg(journey: Journey, *, identifier: str = "journey") -> str:
    """1120 px wide; grows upwards with the number of label rows. `identifier` must be unique in the page."""
    above, lane_count = _placed(journey)
    top = 30 + lane_count * LANE_HEIGHT
    step = _step(journey)
    last = len(journey.points) - 1
    label_y = top + RISE + 78
    height = label_y + 42
    body = [
        *_stems(journey, top, step, label_y),
        *_line_pair(journey, top, step, last),
        *(_arc_path(item, top, step, last) for item in above if item.is_arc),
        *(_star_with_stem(item, top, last) for item in above if not item.is_arc),
        *_stations(journey, top, step, label_y),
        *(_lane_label(item, top) for item in above),
        *_line_names(journey, top),
    ]
    return frame(journey, "journey-wide", identifier, WIDTH, height, body)


def _step(journey: Journey) -> float:
    return (WIDTH - 2 * SIDE) / max(len(journey.points) - 1, 1)


def _x(position: float, step: float) -> float:
    return SIDE + position * step


def _middle(x: float, top: float) -> float:
    """Height of the path between the two lines: a calm rise from left to right."""
    share = min(max((x - SIDE) / (WIDTH - 2 * SIDE), 0), 1)
    eased = share * share * (3 - 2 * share)
    return top + RISE + 16 - RISE * (0.35 * share + 0.65 * eased)


def _gap(x: float) -> float:
    """Half the distance between the lines; they leave each other room as the way goes on."""
    share = min(max((x - SIDE) / (WIDTH - 2 * SIDE), 0), 1)
    return 19 + 5 * share


def _leader_y(x: float, top: float) -> float:
    return _middle(x, top) - _gap(x)


def _adviser_y(x: float, top: float) -> float:
    return _middle(x, top) + _gap(x)


def _placed(journey: Journey) -> tuple[list[_Above], int]:
    lanes, step, placed = _Lanes(), _step(journey), []
    arcs = sorted(journey.back_arcs, key=lambda arc: abs(arc.start - arc.end))
    for arc in arcs:
        # Beside the station, not on it: another arc may leave from where this one ends.
        begin, end = _x(arc.start, step) - ARC_OFFSET, _x(arc.end, step) + ARC_OFFSET
        placed.append(_above(lanes, arc.label, begin, end, is_arc=True))
    for x, label in _apart([(_x(mark.at, step), mark.label) for mark in journey.marks]):
        placed.append(_above(lanes, label, x, x, is_arc=False))
    return placed, len(lanes.taken)


def _apart(stars: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Push stars that would cover each other to the right, and all back when they leave the picture."""
    moved: list[tuple[float, str]] = []
    for x, label in sorted(stars):
        moved.append((max(x, moved[-1][0] + STAR_ROOM) if moved else x, label))
    excess = max(moved[-1][0] - (WIDTH - SIDE), 0) if moved else 0
    return [(x - excess, label) for x, label in moved]


def _above(lanes: _Lanes, label: str, start: float, end: float, *, is_arc: bool) -> _Above:
    text = lines(label, 420, 13, most=1)[0] if label else ""
    half = width(text, 13) / 2 + 6
    centre = min(max((start + end) / 2, half), WIDTH - half)
    left, right = min(start, end, centre - half), max(start, end, centre + half)
    return _Above(lanes.place(left - 4, right + 4), centre, text, start, end, is_arc)


def _lane_y(lane: int, top: float) -> float:
    return top - 22 - lane * LANE_HEIGHT


def _line_pair(journey: Journey, top: float, step: float, last: int) -> list[str]:
    begin, end = SIDE - 30, _x(last, step) + 30
    now = _x(journey.current, step) if journey.current >= 0 else begin
    now = end if journey.current == last and journey.points[last].state == "past" else now
    drawn = [
        _dotted(now, end, top, _leader_y, LEADER_PALE, 7, 15),
        _dotted(now, end, top, _adviser_y, ADVISER_PALE, 3, 10),
    ]
    if now > begin:
        drawn.append(_ribbon(journey, begin, now, top, step, leader=True))
        drawn.append(_ribbon(journey, begin, now, top, step, leader=False))
    return drawn


def _dotted(
    begin: float,
    end: float,
    top: float,
    height: Callable[[float, float], float],
    colour: str,
    size: float,
    rhythm: int,
) -> str:
    if end - begin < 1:
        return ""
    path = "L".join(f"{x:.1f} {height(x, top):.1f}" for x in samples(begin, end))
    return (
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{size}" stroke-linecap="round"'
        f' stroke-dasharray="0 {rhythm}"/>'
    )


def _ribbon(journey: Journey, begin: float, end: float, top: float, step: float, *, leader: bool) -> str:
    """A line of changing thickness is a filled shape; round caps are circles."""
    height = _leader_y if leader else _adviser_y
    colour = LEADER if leader else ADVISER
    edge = [
        (x, height(x, top), thickness(journey, (x - SIDE) / step, leader=leader) / 2)
        for x in samples(begin, end)
    ]
    upper = [f"{x:.1f} {y - half:.2f}" for x, y, half in edge]
    lower = [f"{x:.1f} {y + half:.2f}" for x, y, half in reversed(edge)]
    caps = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.2f}"/>' for x, y, half in (edge[0], edge[-1])
    )
    return f'<g fill="{colour}"><path d="M{"L".join(upper + lower)}Z"/>{caps}</g>'


def _stems(journey: Journey, top: float, step: float, label_y: float) -> list[str]:
    found = []
    for index, _ in enumerate(journey.points):
        x = _x(index, step)
        start = _adviser_y(x, top) + 10
        found.append(
            f'<path d="M{x:.1f} {start:.1f}V{label_y - 22:.1f}" stroke="{RULE}" stroke-width="1.5"/>'
        )
    return found


def _stations(journey: Journey, top: float, step: float, label_y: float) -> list[str]:
    found = []
    for index, point in enumerate(journey.points):
        x = _x(index, step)
        found.append(dot(point, x, _middle(x, top)))
        found.extend(_station_words(point, x, label_y, step))
    return found


def _station_words(point: Point, x: float, y: float, step: float) -> list[str]:
    weight = ' font-weight="700"' if point.state == "current" else ""
    colour = INK_FAINT if point.state == "future" else INK
    room = min(step - 8, 2 * SIDE - 8) if step else 300
    shown = lines(point.label, room, 14)
    words = [
        f'<text x="{x:.1f}" y="{y + 18 * number:.1f}" font-size="14" text-anchor="middle" fill="{colour}"'
        f"{weight}>{plain(line)}</text>"
        for number, line in enumerate(shown)
    ]
    below = "いま" if point.state == "current" and not point.sublabel else point.sublabel
    for line in lines(below, room, 12, most=1):
        words.append(
            f'<text x="{x:.1f}" y="{y + 18 * max(len(shown), 1):.1f}" font-size="12" text-anchor="middle"'
            f' fill="{INK if weight else INK_FAINT}"{weight}>{plain(line)}</text>'
        )
    return words


def _arc_path(item: _Above, top: float, step: float, last: int) -> str:
    """Up from the later station, along under the label, down with an arrow head onto the earlier one."""
    run = _lane_y(item.lane, top) + 9
    turn = min(14, abs(item.start - item.end) / 2)
    direction = -1 if item.end < item.start else 1
    up, down = _leader_y(item.start, top) - 11, _leader_y(item.end, top) - 12
    side = direction * turn
    path = (
        f"M{item.start:.1f} {up:.1f}V{run + turn:.1f}q0 {-turn:.1f} {side:.1f} {-turn:.1f}"
        f"H{item.end - side:.1f}q{side:.1f} 0 {side:.1f} {turn:.1f}V{down:.1f}"
    )
    head = "m-5-7l5 7 5-7"
    return (
        f'<path d="{path}{head}" fill="none" stroke="{INK_FAINT}" stroke-width="1.5" stroke-linecap="round"'
        ' stroke-linejoin="round"/>'
    )


def _star_with_stem(item: _Above, top: float, last: int) -> str:
    y = _leader_y(item.start, top)
    begin = _lane_y(item.lane, top) + 6
    stem = f'<path d="M{item.start:.1f} {begin:.1f}V{y - 13:.1f}" stroke="{MARK_EDGE}" stroke-width="1"/>'
    return stem + star(item.start, y)


def _lane_label(item: _Above, top: float) -> str:
    """White around the letters keeps them readable where a leg passes behind."""
    colour = INK_SOFT if item.is_arc else MARK_INK
    return (
        f'<text x="{item.centre:.1f}" y="{_lane_y(item.lane, top) + 2:.1f}" font-size="13"'
        f' text-anchor="middle" fill="{colour}" stroke="#ffffff" stroke-width="5"'
        ' stroke-linejoin="round" paint-order="stroke">'
        f"{plain(item.text)}</text>"
    )


def _line_names(journey: Journey, top: float) -> list[str]:
    x = SIDE - 34
    named = (
        (journey.leader_name, LEADER_INK, _leader_y(x, top) - 13),
        (journey.adviser_name, ADVISER, _adviser_y(x, top) + 20),
    )
    return [
        f'<text x="{x}" y="{y:.1f}" font-size="13" font-weight="700" fill="{colour}">'
        f"{plain(''.join(lines(name, 130, 13, most=1)))}</text>"
        for name, colour, y in named
    ]
