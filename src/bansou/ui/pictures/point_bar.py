"""A few segments, as many filled as there are points."""

from .svg import OWN, RULE_SOFT, plain

WIDTH, HEIGHT, GAP = 323, 8, 3


def point_bar_svg(points: int | None, *, label: str, total: int = 5, missing: str = "点数なし") -> str:
    """320 × 8 px, stretches to any width. None draws no filled segment, and `missing` is said instead."""
    said = missing if points is None else f"{total}点のうち{points}点"
    step = WIDTH / total
    segments = "".join(
        f'<rect x="{step * number:.1f}" y="0" width="{step - GAP:.1f}" height="{HEIGHT}" rx="2"'
        f' fill="{OWN if number < (points or 0) else RULE_SOFT}"/>'
        for number in range(total)
    )
    return (
        f'<svg class="point-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH - GAP} {HEIGHT}"'
        f' width="{WIDTH - GAP}" height="{HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{plain(label)}：{plain(said)}">{segments}</svg>'
    )
