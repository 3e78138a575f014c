"""A few segments, as many filled as there are points."""

from .svg import EDGE, OWN, RULE_SOFT, plain

WIDTH, HEIGHT, GAP = 323, 8, 3


def point_bar_svg(points: int | None, *, label: str, total: int = 5, missing: str = "点数なし") -> str:
    """320 × 8 px, stretches to any width. None draws dashed outlines, and `missing` is said instead."""
    said = missing if points is None else f"{total}点のうち{points}点"
    step, high = WIDTH / total, HEIGHT - 1
    segments = "".join(
        f'<rect x="{step * number + 0.5:.1f}" y="0.5" width="{step - GAP - 1:.1f}" height="{high}" rx="2"'
        f" {_look(number, points)}/>"
        for number in range(total)
    )
    return (
        f'<svg class="point-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH - GAP} {HEIGHT}"'
        f' width="{WIDTH - GAP}" height="{HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{plain(label)}：{plain(said)}">{segments}</svg>'
    )


def _look(number: int, points: int | None) -> str:
    if points is None:
        return f'fill="none" stroke="{EDGE}" stroke-width="1" stroke-dasharray="3 3"'
    colour = OWN if number < points else RULE_SOFT
    return f'fill="{colour}" stroke="{colour}" stroke-width="1"'
