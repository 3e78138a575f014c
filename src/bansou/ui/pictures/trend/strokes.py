"""Signs that columns and rows share."""

from bansou.ui.pictures.svg import INK_FAINT, MARK, MARK_EDGE, MARK_INK, OWN, PAPER, legend, stroke, written

from .model import Trend


def bar(x: float, y: float, wide: float, high: float) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="2" fill="{OWN}"/>'


def compared_line(path: str, *, halo: bool = True) -> str:
    """Dashed; `halo` is white around it: it shows the line before a bar, and would hide a very short one."""
    line = stroke(path, colour=INK_FAINT, weight=2, dash="4.5 3.5")
    return stroke(path, colour=PAPER, weight=4.5) + line if halo else line


def mark(x: float, y: float, number: int) -> str:
    """A numbered spot; what happened stands beside or below."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{MARK}" stroke="{MARK_EDGE}" stroke-width="1"/>'
        + written(str(number), x, y + 4.5, 12, colour=MARK_INK, anchor="middle", bold=True)
    )


def names(trend: Trend, wide: float, y: float) -> tuple[str, float]:
    """The legend; nothing when there is nothing to tell apart."""
    if not trend.compared:
        return "", y
    compared = trend.compared_name
    if len(trend.compared) == 1 and trend.compared[0].label:
        compared += f"（{trend.compared[0].label}）"
    entries = [(bar(-10, -6, 20, 12), trend.own_name), (compared_line("M-13 0H13"), compared)]
    return legend(entries, wide, y)
