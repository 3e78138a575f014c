"""A small trend line without axes."""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 96, 26, 4


def sparkline_svg(values: Sequence[float | None], *, label: str) -> str:
    """96 × 26 px. `label` is the text alternative and should name first and last value; None is a gap."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    span = (high - low) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    commands, last, pen_down = [], None, False
    for index, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        share = (value - low) / span if high > low else 0.5
        last = (MARGIN + index * step, HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN))
        commands.append(f"{'L' if pen_down else 'M'}{last[0]:.1f} {last[1]:.1f}")
        pen_down = True
    dot = f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3" fill="#0017c1"/>' if last else ""
    return (
        f'<svg class="sparkline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(label)}">'
        f'<path d="{"".join(commands)}" fill="none" stroke="#0017c1" stroke-width="2"'
        f' stroke-linecap="round" stroke-linejoin="round"/>{dot}</svg>'
    )
