"""Colours, thickness and the signs both drawings share."""

from bansou.ui.pictures.svg import INK, MARK, MARK_EDGE

from .model import Journey, Point

LEADER, LEADER_PALE, LEADER_INK = "#e25100", "#ffc199", "#8b3200"
ADVISER, ADVISER_PALE = "#0017c1", "#9db7f9"
RULE = "#d8d8d4"
SAMPLES = 96


def samples(begin: float, end: float) -> list[float]:
    return [begin + (end - begin) * index / SAMPLES for index in range(SAMPLES + 1)]


def thickness(journey: Journey, position: float, *, leader: bool) -> float:
    """Stroke in px: 2.5 to 12 by weight; 6 and 4 where nothing is known."""
    if not journey.weights:
        return 6 if leader else 4
    known = sorted(journey.weights, key=lambda weight: weight.at)
    before = max((w for w in known if w.at <= position), key=lambda w: w.at, default=known[0])
    after = min((w for w in known if w.at > position), key=lambda w: w.at, default=known[-1])
    span = after.at - before.at
    share = (position - before.at) / span if span > 0 else 0
    eased = share * share * (3 - 2 * share)
    first, second = (before.leader, after.leader) if leader else (before.adviser, after.adviser)
    value = min(max(first + (second - first) * eased, 0), 1)
    return 2.5 + 9.5 * value


def dot(point: Point, x: float, y: float) -> str:
    if point.state == "current":
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="{INK}"/>'
        )
    if point.state == "past":
        tick = f"M{x - 4:.1f} {y + 0.3:.1f}l3 3 5.2-6"
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9.5" fill="#ffffff" stroke="{INK}" stroke-width="2.25"/>'
            f'<path d="{tick}" fill="none" stroke="{INK}" stroke-width="1.8" stroke-linecap="round"/>'
        )
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8.5" fill="#ffffff" stroke="#949494" stroke-width="2"'
        ' stroke-dasharray="3 3"/>'
    )


def star(x: float, y: float) -> str:
    shape = "l3.8 7.6 8.4 1.2-6.1 5.9 1.5 8.4-7.6-4-7.6 4 1.5-8.4-6.1-5.9 8.4-1.2z"
    return (
        f'<path d="M{x:.1f} {y - 12.5:.1f}{shape}" fill="{MARK}" stroke="{MARK_EDGE}" stroke-width="1.25"'
        ' stroke-linejoin="round"/>'
    )
