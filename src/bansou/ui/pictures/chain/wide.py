"""The chain from left to right."""

from dataclasses import dataclass

from bansou.ui.pictures.svg import INK_FAINT, INK_SOFT, WARM_INK, arrow_right, frame, written, written_lines
from bansou.ui.pictures.text import lines, paragraph

from .frames import Frame, group_frame, own_frame
from .model import Chain, Group, Party

BROAD_GAP, NARROW_GAP, WIDEST, OWN_SHARE = 128, 56, 236, 1.25
REASON, WORD, LINE, MOST_LINES = 13, 12, 17, 3
# Below this width the columns need the room more than the arrows do.
ROOMY = 1000


@dataclass(frozen=True)
class _Arrow:
    """Between two columns; with the reasons of somebody who stands alone in a column."""

    ours: list[str]
    theirs: list[str]

    @property
    def has_words(self) -> bool:
        return bool(self.ours or self.theirs)

    @property
    def gap(self) -> float:
        return BROAD_GAP if self.has_words else NARROW_GAP

    @property
    def reach(self) -> float:
        """Room above and below the arrow."""
        return 32 + LINE * max(len(self.ours), len(self.theirs)) if self.has_words else 10


def chain_svg(chain: Chain, *, identifier: str = "chain", width: int = 1120) -> str:
    """`width` px wide (paper: 760). A reason stands at the arrow when it is short and the only one."""
    before = [group for group in chain.before if group.written]
    after = [group for group in chain.after if group.written]
    arrows = [_arrow(group, width) for group in (*before, *after)]
    count = len(before) + len(after) + OWN_SHARE
    wide = min((width - 8 - sum(arrow.gap for arrow in arrows)) / count, WIDEST)
    frames = [
        *(_frame(chain, group, wide, arrow) for group, arrow in zip(before, arrows, strict=False)),
        own_frame(chain, wide * OWN_SHARE),
        *(
            _frame(chain, group, wide, arrow)
            for group, arrow in zip(after, arrows[len(before) :], strict=True)
        ),
    ]
    high = max(*(frame.high for frame in frames), *(2 * arrow.reach for arrow in arrows), 0)
    x = (width - sum(each.wide for each in frames) - sum(arrow.gap for arrow in arrows)) / 2
    body = []
    for number, each in enumerate(frames):
        if number:
            body.append(_drawn_arrow(chain, arrows[number - 1], x, high / 2 + 4))
            x += arrows[number - 1].gap
        body.append(each.drawn(x, (high - each.high) / 2 + 4))
        x += each.wide
    return frame(chain, "chain-wide", identifier, width, high + 8, body)


def _arrow(group: Group, wide: int) -> _Arrow:
    alone = group.written[0] if len(group.written) == 1 and wide >= ROOMY else Party("")
    ours, theirs = (
        paragraph(reason, BROAD_GAP - 10, REASON, MOST_LINES + 1) for reason in (alone.ours, alone.theirs)
    )
    return _Arrow(ours, theirs) if max(len(ours), len(theirs)) <= MOST_LINES else _Arrow([], [])


def _frame(chain: Chain, group: Group, wide: float, arrow: _Arrow) -> Frame:
    return group_frame(chain, group, wide, with_reasons=not arrow.has_words)


def _drawn_arrow(chain: Chain, arrow: _Arrow, x: float, y: float) -> str:
    middle, drawn = x + arrow.gap / 2, [arrow_right(x + 6, x + arrow.gap - 6, y)]
    if arrow.ours:
        drawn += _above(_word(chain.ours_word), arrow.ours, middle, y)
    if arrow.theirs:
        drawn += _below(_word(chain.theirs_word), arrow.theirs, middle, y)
    return "".join(drawn)


def _word(word: str) -> str:
    return "".join(lines(word, BROAD_GAP - 10, WORD, 1))


def _above(word: str, reason: list[str], x: float, y: float) -> list[str]:
    top = y - 14 - LINE * (len(reason) - 1)
    return [
        written(word, x, top - LINE, WORD, colour=INK_FAINT, anchor="middle"),
        written_lines(reason, x, top, REASON, step=LINE, colour=INK_SOFT, anchor="middle"),
    ]


def _below(word: str, reason: list[str], x: float, y: float) -> list[str]:
    return [
        written(word, x, y + 23, WORD, colour=INK_FAINT, anchor="middle"),
        written_lines(reason, x, y + 23 + LINE, REASON, step=LINE, colour=WARM_INK, anchor="middle"),
    ]
