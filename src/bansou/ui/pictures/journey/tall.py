"""The journey from top to bottom, for a phone."""

from itertools import pairwise

from bansou.ui.pictures.svg import INK, INK_FAINT, INK_SOFT, MARK_INK, frame, plain
from bansou.ui.pictures.text import lines

from .model import BackArc, Journey, Mark, Point
from .strokes import ADVISER, ADVISER_PALE, LEADER, LEADER_INK, LEADER_PALE, dot, samples, star, thickness

WIDTH, TEXT = 320, 92

Row = Point | Mark | BackArc


def journey_tall_svg(journey: Journey, *, identifier: str = "journey-tall") -> str:
    """320 px wide, from top to bottom; stars and ways back have rows of their own, so nothing overlaps."""
    rows, height = _rows(journey)
    stations = [y for y, row in rows if isinstance(row, Point)]
    now = stations[journey.current] if journey.current >= 0 else 36
    finished = journey.current == len(stations) - 1 and journey.points[-1].state == "past"
    now = height - 12 if finished else now
    body = [
        _dots(28, now, height - 12, LEADER_PALE, 7, 15),
        _dots(64, now, height - 12, ADVISER_PALE, 3, 10),
        _ribbon(journey, 28, stations, now, leader=True),
        _ribbon(journey, 64, stations, now, leader=False),
        _line_name(8, journey.leader_name, LEADER_INK),
        _line_name(TEXT - 28, journey.adviser_name, ADVISER),
        *(_drawn(y, row) for y, row in rows),
    ]
    return frame(journey, "journey-tall", identifier, WIDTH, height, body)


def _line_name(x: int, name: str, colour: str) -> str:
    return f'<text x="{x}" y="14" font-size="13" font-weight="700" fill="{colour}">{plain(name)}</text>'


def _rows(journey: Journey) -> tuple[list[tuple[float, Row]], float]:
    """Everything in walking order with its height, and the height of all."""
    placed: list[tuple[float, int, Row]] = [(index, 0, point) for index, point in enumerate(journey.points)]
    placed += [(mark.at, 1, mark) for mark in journey.marks]
    placed += [(arc.start, 2, arc) for arc in journey.back_arcs]
    rows: list[tuple[float, Row]] = []
    y = 48.0
    for _, _, row in sorted(placed, key=lambda entry: entry[:2]):
        rows.append((y, row))
        y += _height(row)
    return rows, y


def _height(row: Row) -> float:
    if isinstance(row, Point):
        has_sublabel = bool(row.sublabel) or row.state == "current"
        return 30 + 20 * len(lines(row.label, WIDTH - TEXT, 15)) + (18 if has_sublabel else 0)
    return 22 + 20 * len(lines(row.label, WIDTH - TEXT, 13))


def _drawn(y: float, row: Row) -> str:
    if isinstance(row, Point):
        return _point(row, y)
    if isinstance(row, Mark):
        return star(28, y) + _text(row.label, y + 5, 13, MARK_INK)
    arrow = f"M80 {y + 6:.1f}c6-2 6-12-4-12m3.5-3.5l-4 3.5 4 3.5"
    path = f'<path d="{arrow}" fill="none" stroke="{INK_FAINT}" stroke-width="1.5" stroke-linecap="round"/>'
    return path + _text(row.label, y + 5, 13, INK_SOFT)


def _point(point: Point, y: float) -> str:
    bold = point.state == "current"
    colour = INK_FAINT if point.state == "future" else INK
    text = _text(point.label, y + 5, 15, colour, bold=bold)
    below = "いま" if bold and not point.sublabel else point.sublabel
    offset = 5 + 20 * len(lines(point.label, WIDTH - TEXT, 15))
    shown = lines(below, WIDTH - TEXT, 13, most=1)
    under = _text(shown[0], y + offset, 13, INK if bold else INK_FAINT, bold=bold) if shown else ""
    return dot(point, 46, y) + text + under


def _text(text: str, y: float, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return "".join(
        f'<text x="{TEXT}" y="{y + 20 * number:.1f}" font-size="{size}" fill="{colour}"{weight}>'
        f"{plain(line)}</text>"
        for number, line in enumerate(lines(text, WIDTH - TEXT, size))
    )


def _dots(x: float, begin: float, end: float, colour: str, size: float, rhythm: int) -> str:
    return (
        f'<path d="M{x} {begin:.1f}V{end:.1f}" fill="none" stroke="{colour}" stroke-width="{size}"'
        f' stroke-linecap="round" stroke-dasharray="0 {rhythm}"/>'
    )


def _ribbon(journey: Journey, x: float, stations: list[float], now: float, *, leader: bool) -> str:
    begin = 28.0
    if now <= begin or journey.current < 0:
        return ""
    edge = []
    for y in samples(begin, now):
        half = thickness(journey, _position(y, stations), leader=leader) / 2
        edge.append((y, half))
    left = [f"{x - half:.2f} {y:.1f}" for y, half in edge]
    right = [f"{x + half:.2f} {y:.1f}" for y, half in reversed(edge)]
    caps = "".join(f'<circle cx="{x}" cy="{y:.1f}" r="{half:.2f}"/>' for y, half in (edge[0], edge[-1]))
    return f'<g fill="{LEADER if leader else ADVISER}"><path d="M{"L".join(left + right)}Z"/>{caps}</g>'


def _position(y: float, stations: list[float]) -> float:
    """Which position on the way (in stations) a height stands for."""
    for index, (upper, lower) in enumerate(pairwise(stations)):
        if y <= lower:
            return index + max(y - upper, 0) / (lower - upper)
    return len(stations) - 1
