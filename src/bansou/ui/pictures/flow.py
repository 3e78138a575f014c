"""Named steps one after the other, each with what is done and what makes it special."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import (
    EDGE,
    INK_FAINT,
    INK_SOFT,
    WARM,
    WARM_GROUND,
    WARM_INK,
    arrow_down,
    arrow_right,
    box,
    frame,
    stroke,
    written,
    written_lines,
)
from .text import lines, paragraph

MOST = 6


@dataclass(frozen=True)
class Step:
    """One step; `highlight` wears the warm colour. A step without any words is left out."""

    name: str
    text: str = ""
    highlight: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.text.strip() or self.highlight.strip())


@dataclass(frozen=True, kw_only=True)
class Flow:
    steps: Sequence[Step]
    title: str
    name_word: str = "段階"
    text_word: str = "内容"
    highlight_word: str = "ここが違う"
    empty_words: str = "まだ書かれていません"
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.written) > MOST:
            raise ValueError(f"a flow has at most {MOST} steps, not {len(self.written)}")

    @property
    def written(self) -> list[Step]:
        """The steps that have words, in order."""
        return [step for step in self.steps if not step.is_empty]

    @property
    def description(self) -> str:
        return "".join(f"{'、'.join(filter(None, row))}。" for row in self.rows) or f"{self.empty_words}。"

    @property
    def head(self) -> tuple[str, ...]:
        return (self.name_word, self.text_word, self.highlight_word)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [(step.name, step.text, step.highlight) for step in self.written]


PADDING = 14
NAME, NAME_LINE, TEXT, LINE, SMALL = 16, 22, 14, 20, 12
NARROWEST, WIDEST, ARROW, DROP = 168, 340, 34, 40
MOST_TEXT, MOST_HIGHLIGHT = 7, 5


@dataclass(frozen=True)
class _Card:
    """The words of a step, broken for a box of one width."""

    name: list[str]
    text: list[str]
    highlight: list[str]

    @property
    def highlight_high(self) -> float:
        return 12 + SMALL + 6 + LINE * len(self.highlight) + 4 if self.highlight else 0

    @property
    def high(self) -> float:
        words = NAME_LINE * len(self.name) + LINE * len(self.text) + (4 if self.name and self.text else 0)
        return 2 * PADDING + words + (self.highlight_high + (8 if words else 0) if self.highlight else 0)


def flow_svg(flow: Flow, *, identifier: str = "flow", width: int = 1120) -> str:
    """Steps from left to right, `width` px wide; rows of fewer steps when there is no room (paper: 760)."""
    steps = flow.written
    if not steps:
        return frame(flow, "flow-wide", identifier, width, 72, _nothing(flow, width))
    most = max(int((width - 4 + ARROW) / (NARROWEST + ARROW)), 1)
    in_row = math.ceil(len(steps) / math.ceil(len(steps) / most))
    wide = min((width - 4 + ARROW) / in_row - ARROW, WIDEST)
    left = (width - in_row * (wide + ARROW) + ARROW) / 2
    y, body = 2.0, []
    for first in range(0, len(steps), in_row):
        cards = [_card(step, wide) for step in steps[first : first + in_row]]
        high = max(card.high for card in cards)
        if first:
            body.append(_to_next_row(left + wide / 2, left + (in_row - 0.5) * (wide + ARROW) - ARROW / 2, y))
            y += DROP
        for number, card in enumerate(cards):
            x = left + number * (wide + ARROW)
            body.append(_drawn(flow, card, x, y, wide, high))
            if number:
                body.append(arrow_right(x - ARROW + 5, x - 5, y + high / 2))
        y += high
    return frame(flow, "flow-wide", identifier, width, y + 2, body)


def flow_tall_svg(flow: Flow, *, identifier: str = "flow-tall") -> str:
    """Steps from top to bottom, 320 px wide."""
    wide, steps = 320, flow.written
    if not steps:
        return frame(flow, "flow-tall", identifier, wide, 72, _nothing(flow, wide))
    y, body = 2.0, []
    for number, step in enumerate(steps):
        card = _card(step, wide - 4)
        if number:
            body.append(arrow_down(wide / 2, y + 5, y + ARROW - 5))
            y += ARROW
        body.append(_drawn(flow, card, 2, y, wide - 4, card.high))
        y += card.high
    return frame(flow, "flow-tall", identifier, wide, y + 2, body)


def _card(step: Step, wide: float) -> _Card:
    room = wide - 2 * PADDING
    return _Card(
        lines(step.name.strip(), room, NAME, 2),
        paragraph(step.text, room, TEXT, MOST_TEXT),
        paragraph(step.highlight, room - 8, TEXT, MOST_HIGHLIGHT),
    )


def _drawn(flow: Flow, card: _Card, x: float, y: float, wide: float, high: float) -> str:
    left, first = x + PADDING, y + PADDING + NAME - 1
    below = first + NAME_LINE * len(card.name) + (2 if card.name else -2)
    drawn = [
        box(x, y, wide, high),
        written_lines(card.name, left, first, NAME, step=NAME_LINE, bold=True),
        written_lines(card.text, left, below, TEXT, step=LINE, colour=INK_SOFT),
    ]
    if card.highlight:
        drawn.append(_highlight(flow, card, x + 7, y + high - card.highlight_high - 7, wide - 14))
    return "".join(drawn)


def _highlight(flow: Flow, card: _Card, x: float, y: float, wide: float) -> str:
    """Warm ground with a warm edge, at the foot of the box."""
    room = wide - PADDING
    word = "".join(lines(flow.highlight_word, room, SMALL, 1))
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{card.highlight_high:.1f}" rx="6"'
        f' fill="{WARM_GROUND}"/>'
        f'<path d="M{x + 1.5:.1f} {y + 4:.1f}v{card.highlight_high - 8:.1f}" stroke="{WARM}" stroke-width="3"'
        ' stroke-linecap="round"/>'
        + written(word, x + 11, y + 10 + SMALL, SMALL, colour=WARM_INK, bold=True)
        + written_lines(card.highlight, x + 11, y + 14 + SMALL + TEXT, TEXT, step=LINE, colour=WARM_INK)
    )


def _to_next_row(first: float, last: float, y: float) -> str:
    """From under the last box of a row to above the first box of the next."""
    turn, middle = 10, y + DROP / 2 - 3
    path = (
        f"M{last:.1f} {y + 4:.1f}V{middle - turn:.1f}q0 {turn} {-turn} {turn}H{first + turn:.1f}"
        f"q{-turn} 0 {-turn} {turn}V{y + DROP - 4:.1f}m-7-8l7 8 7-8"
    )
    return stroke(path, weight=2.5)


def _nothing(flow: Flow, wide: float) -> list[str]:
    said = "".join(lines(flow.empty_words, wide - 2 * PADDING, TEXT, 1))
    return [
        f'<rect x="2" y="2" width="{wide - 4:.0f}" height="68" rx="10" fill="none" stroke="{EDGE}"'
        ' stroke-width="1.5" stroke-dasharray="5 5"/>',
        written(said, wide / 2, 41, TEXT, colour=INK_FAINT, anchor="middle"),
    ]
