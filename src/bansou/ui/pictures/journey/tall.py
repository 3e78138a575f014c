"""The journey from top to bottom, for a phone."""

from html import escape

from bansou.ui.pictures.text import lines

from .model import BackArc, Journey, Mark, Point
from .strokes import (
    ADVISER,
    ADVISER_PALE,
    INK,
    INK_FAINT,
    INK_SOFT,
    LEADER,
    LEADER_INK,
    LEADER_PALE,
    STAR_INK,
    dot,
    frame,
    samples,
    star,
    thickness,
)

WIDTH, TEXT = 320, 92


def journey_tall_svg(journey: Journey, *, identifier: str = "journey-tall") -> str:
    """320 px wide, from top to bottom; stars and ways back stand in their own rows, so nothing can overlap."""
    rows, height = _tall_rows(journey)
    stations = [y for kind, y, _ in rows if kind == "point"]
    now = stations[journey.current] if journey.current >= 0 else 36
    finished = journey.current == len(stations) - 1 and journey.points[-1].state == "past"
    now = height - 12 if finished else now
    body = [
        _tall_dots(28, now, height - 12, LEADER_PALE, 7, 15),
        _tall_dots(64, now, height - 12, ADVISER_PALE, 3, 10),
        _tall_ribbon(journey, 28, stations, now, leader=True),
        _tall_ribbon(journey, 64, stations, now, leader=False),
        f'<text x="8" y="14" font-size="13" font-weight="700" fill="{LEADER_INK}">{escape(journey.leader_name)}</text>',
        f'<text x="{TEXT - 28}" y="14" font-size="13" font-weight="700" fill="{ADVISER}">'
        f"{escape(journey.adviser_name)}</text>",
        *(_tall_row(kind, y, thing) for kind, y, thing in rows),
    ]
    return frame(journey, identifier, WIDTH, height, "journey-tall", body)


def _tall_rows(journey: Journey) -> tuple[list[tuple[str, float, object]], float]:
    """Everything in walking order with its height; each row knows how many text lines it needs."""
    things: list[tuple[float, int, str, object]] = [(i, 0, "point", p) for i, p in enumerate(journey.points)]
    things += [(mark.at, 1, "mark", mark) for mark in journey.marks]
    things += [(arc.start, 2, "arc", arc) for arc in journey.back_arcs]
    rows, y = [], 48.0
    for _, _, kind, thing in sorted(things, key=lambda entry: entry[:2]):
        rows.append((kind, y, thing))
        y += _tall_height(kind, thing)
    return rows, y


def _tall_height(kind: str, thing: object) -> float:
    label_lines = len(lines(thing.label, WIDTH - TEXT, 15 if kind == "point" else 13))  # type: ignore[attr-defined]
    has_sublabel = kind == "point" and bool(thing.sublabel or thing.state == "current")  # type: ignore[attr-defined]
    return 30 + 20 * label_lines + (18 if has_sublabel else 0) - (8 if kind != "point" else 0)


def _tall_row(kind: str, y: float, thing: object) -> str:
    if isinstance(thing, Point):
        return _tall_point(thing, y)
    label = thing.label  # type: ignore[attr-defined]
    if kind == "mark":
        return star(28, y) + _tall_text(label, y + 5, 13, STAR_INK)
    arrow = f"M80 {y + 6:.1f}C86 {y + 4:.1f} 86 {y - 6:.1f} 76 {y - 6:.1f}M79.5 {y - 9.5:.1f}L75.5 {y - 6:.1f}L79.5 {y - 2.5:.1f}"
    path = f'<path d="{arrow}" fill="none" stroke="{INK_FAINT}" stroke-width="1.5" stroke-linecap="round"/>'
    return path + _tall_text(label, y + 5, 13, INK_SOFT)


def _tall_point(point: Point, y: float) -> str:
    bold = point.state == "current"
    colour = INK_FAINT if point.state == "future" else INK
    text = _tall_text(point.label, y + 5, 15, colour, bold=bold)
    below = "いま" if bold and not point.sublabel else point.sublabel
    offset = 5 + 20 * len(lines(point.label, WIDTH - TEXT, 15))
    shown = lines(below, WIDTH - TEXT, 13, most=1)
    under = _tall_text(shown[0], y + offset, 13, INK if bold else INK_FAINT, bold=bold) if shown else ""
    return dot(point, 46, y) + text + under


def _tall_text(text: str, y: float, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return "".join(
        f'<text x="{TEXT}" y="{y + 20 * number:.1f}" font-size="{size}" fill="{colour}"{weight}>{escape(line)}</text>'
        for number, line in enumerate(lines(text, WIDTH - TEXT, size))
    )


def _tall_dots(x: float, begin: float, end: float, colour: str, size: float, rhythm: int) -> str:
    return (
        f'<path d="M{x} {begin:.1f}V{end:.1f}" fill="none" stroke="{colour}" stroke-width="{size}"'
        f' stroke-linecap="round" stroke-dasharray="0 {rhythm}"/>'
    )


def _tall_ribbon(journey: Journey, x: float, stations: list[float], now: float, *, leader: bool) -> str:
    begin = 28.0
    if now <= begin or journey.current < 0:
        return ""
    edge = []
    for y in samples(begin, now):
        half = thickness(journey, _tall_position(y, stations), leader=leader) / 2
        edge.append((y, half))
    left = [f"{x - half:.2f} {y:.1f}" for y, half in edge]
    right = [f"{x + half:.2f} {y:.1f}" for y, half in reversed(edge)]
    caps = "".join(f'<circle cx="{x}" cy="{y:.1f}" r="{half:.2f}"/>' for y, half in (edge[0], edge[-1]))
    return f'<g fill="{LEADER if leader else ADVISER}"><path d="M{"L".join(left + right)}Z"/>{caps}</g>'


def _tall_position(y: float, stations: list[float]) -> float:
    """Which position on the way (in stations) a height stands for."""
    for index, (upper, lower) in enumerate(zip(stations, stations[1:], strict=False)):
        if y <= lower:
            return index + max(y - upper, 0) / (lower - upper)
    return len(stations) - 1
