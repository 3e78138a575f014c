"""What every drawing shares: colours, words, the frame with its text alternative.

Pictures use presentation attributes only (a style attribute would break the content security policy), no
element outside `svg title desc g path circle rect polygon text`, and no `id` besides those of the frame.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Protocol

from .text import lines, width

Number = float | Decimal | Fraction

OWN, OWN_PALE, OWN_GROUND = "#0017c1", "#9db7f9", "#e8f1fe"
WARM, WARM_INK, WARM_GROUND = "#e25100", "#8b3200", "#fff6ee"
INK, INK_SOFT, INK_FAINT, EDGE, RULE, RULE_SOFT = (
    "#1a1a1a",
    "#4d4d4d",
    "#666666",
    "#949494",
    "#cccccc",
    "#e6e6e6",
)
PAPER, MARK, MARK_EDGE, MARK_INK = "#ffffff", "#ffc700", "#806300", "#604b00"
FONT = "BIZ UDPGothic, Noto Sans JP, Hiragino Sans, sans-serif"
MISSING = "—"
LEGEND_LEAD = 34

# What XML 1.0 has no sign for; it would make the whole drawing unreadable.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Described(Protocol):
    """A picture that can also be read: a name, one paragraph, and a table of the same facts."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def head(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...


def plain(words: str) -> str:
    """Escaped, and without the signs XML cannot hold."""
    return escape(_NOT_XML.sub("", words))


def frame(
    picture: Described, name: str, identifier: str, wide: float, high: float, body: Iterable[str]
) -> str:
    """The `svg` element, `wide` × `high` px, class `name`; `identifier` must be unique in the page."""
    label = escape(identifier)
    return (
        f'<svg class="{name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}"'
        f' width="{wide:.0f}" height="{high:.0f}" role="img"'
        f' aria-labelledby="{label}-title {label}-desc" font-family="{FONT}">'
        f'<title id="{label}-title">{plain(picture.title)}</title>'
        f'<desc id="{label}-desc">{plain(picture.description)}</desc>{"".join(body)}</svg>'
    )


def written(
    words: str,
    x: float,
    y: float,
    size: float = 14,
    *,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text with its baseline at `y`; anchor: start, middle, end."""
    if not words:
        return ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{anchored}{weight}>'
        f"{plain(words)}</text>"
    )


def written_lines(
    words: Sequence[str],
    x: float,
    y: float,
    size: float = 14,
    *,
    step: float,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Lines below each other, `step` px apart, the first baseline at `y`."""
    return "".join(
        written(line, x, y + step * number, size, colour=colour, anchor=anchor, bold=bold)
        for number, line in enumerate(words)
    )


def box(
    x: float, y: float, wide: float, high: float, *, fill: str = PAPER, edge: str = INK, weight: float = 1.5
) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="10" fill="{fill}"'
        f' stroke="{edge}" stroke-width="{weight:g}"/>'
    )


def stroke(path: str, *, colour: str = INK, weight: float = 2, dash: str = "", fill: str = "none") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="{fill}" stroke="{colour}" stroke-width="{weight:g}" stroke-linecap="round"'
        f' stroke-linejoin="round"{dashed}/>'
    )


def arrow_right(begin: float, end: float, y: float) -> str:
    return stroke(f"M{begin:.1f} {y:.1f}H{end:.1f}m-8-7l8 7-8 7", weight=2.5)


def arrow_down(x: float, begin: float, end: float) -> str:
    return stroke(f"M{x:.1f} {begin:.1f}V{end:.1f}m-7-8l7 8 7-8", weight=2.5)


def hatch(x: float, y: float, wide: float, high: float) -> str:
    """A dashed frame with slanted lines: nothing is known here."""
    rise, reach = 7.0, wide + high
    strokes = []
    for number in range(1, int(reach / rise) + 1):
        run = number * rise
        left, bottom = (x, y + run) if run <= high else (x + run - high, y + high)
        right, top = (x + run, y) if run <= wide else (x + wide, y + run - wide)
        strokes.append(f"M{left:.1f} {bottom:.1f}L{right:.1f} {top:.1f}")
    return (
        f'<path d="{"".join(strokes)}" fill="none" stroke="{RULE_SOFT}" stroke-width="1.5"/>'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="2" fill="none"'
        f' stroke="{EDGE}" stroke-width="1" stroke-dasharray="3 3"/>'
    )


def legend(entries: Sequence[tuple[str, str]], wide: float, y: float) -> tuple[str, float]:
    """Samples with their names in centred rows from `y` on; entries are (svg of a 26 px sample, name).

    A sample is drawn around (0, 0). Returns the drawing and where it ends.
    """
    rows: list[list[tuple[str, str, float]]] = [[]]
    for sample, name in entries:
        shown = "".join(lines(name, wide - LEGEND_LEAD - 8, 13, most=1))
        room = LEGEND_LEAD + width(shown, 13) + 18
        if rows[-1] and sum(taken for _, _, taken in rows[-1]) + room > wide:
            rows.append([])
        rows[-1].append((sample, shown, room))
    drawn = []
    for number, row in enumerate(rows):
        x = (wide - sum(taken for _, _, taken in row) + 18) / 2
        line = y + 16 + 22 * number
        for sample, name, taken in row:
            drawn.append(f'<g transform="translate({x + 13:.1f} {line - 4.5:.1f})">{sample}</g>')
            drawn.append(written(name, x + LEGEND_LEAD, line, 13, colour=INK_SOFT))
            x += taken
    return "".join(drawn), y + 22 * len(rows) + 4
