"""What stands in the frames of a chain: words broken for one width, ready to be put anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from bansou.ui.pictures.svg import (
    INK,
    INK_FAINT,
    INK_SOFT,
    OWN,
    OWN_GROUND,
    PAPER,
    RULE,
    WARM_INK,
    box,
    stroke,
    written,
)
from bansou.ui.pictures.text import lines, paragraph, width

from .model import Chain, Group, Party

PADDING, RULE_GAP = 14, 10
MOST_REASON, MOST_STRENGTH = 4, 5


@dataclass(frozen=True)
class Line:
    """One line of a frame; `right` stands at the other end of it."""

    words: str
    size: int = 14
    colour: str = INK
    bold: bool = False
    centred: bool = False
    right: str = ""
    above: float = 0
    ruled: bool = False

    @property
    def high(self) -> float:
        return self.above + round(self.size * 1.42)


@dataclass(frozen=True)
class Frame:
    """A box with lines, and perhaps a smaller frame at its foot."""

    wide: float
    lines: Sequence[Line]
    inner: "Frame | None" = None
    is_own: bool = False
    has_edge: bool = True

    @property
    def high(self) -> float:
        inner = self.inner.high + 4 if self.inner else 0
        return 2 * PADDING - 4 + sum(line.high for line in self.lines) + inner

    def drawn(self, x: float, y: float) -> str:
        edge, weight = (OWN, 2.5) if self.is_own else (INK, 1.5)
        fill = OWN_GROUND if self.is_own else PAPER
        parts = [
            box(x, y, self.wide, self.high, fill=fill, edge=edge if self.has_edge else RULE, weight=weight)
        ]
        down = y + PADDING - 2
        for line in self.lines:
            down += line.high
            parts.append(self._line(line, x, down))
        if self.inner:
            parts.append(self.inner.drawn(x + 8, y + self.high - self.inner.high - 8))
        return "".join(parts)

    def _line(self, line: Line, x: float, y: float) -> str:
        left, right, base = x + PADDING, x + self.wide - PADDING, y - line.size * 0.28
        start, anchor = (x + self.wide / 2, "middle") if line.centred else (left, "start")
        rule = y - line.high + (line.above - RULE_GAP) + 4
        return "".join(
            [
                stroke(f"M{left:.1f} {rule:.1f}H{right:.1f}", colour=RULE, weight=1) if line.ruled else "",
                written(
                    line.words, start, base, line.size, colour=line.colour, anchor=anchor, bold=line.bold
                ),
                written(line.right, right, base, line.size, colour=INK_SOFT, anchor="end"),
            ]
        )


def group_frame(chain: Chain, group: Group, wide: float, *, with_reasons: bool = True) -> Frame:
    """A column: its label, then everybody in it; one who stands alone without reasons is centred."""
    room, parties = wide - 2 * PADDING, group.written
    plain = len(parties) == 1 and not (
        with_reasons and (parties[0].ours.strip() or parties[0].theirs.strip())
    )
    found = centred(lines(group.label.strip(), room, 16), 16, bold=True)
    for number, party in enumerate(parties):
        if plain:
            found += centred(lines(party.name.strip(), room, 14, 3), 14) + centred(
                lines(party.share, room, 14), 14
            )
        else:
            found += _party(chain, party, room, is_first=number == 0)
    return Frame(wide, found)


def own_frame(chain: Chain, wide: float) -> Frame:
    room = wide - 2 * PADDING
    found = centred(lines(chain.own_name.strip(), room, 18, 3), 18, bold=True)
    beside = chain.beside if chain.beside and chain.beside.written else None
    is_plain = bool(beside) and _is_plain(beside)
    if beside and is_plain:
        party = beside.written[0]
        said = f"{beside.label}：{' '.join(filter(None, (party.name.strip(), party.share.strip())))}"
        found += centred(lines(said, room, 14), 14)
    found += centred(paragraph(chain.own_strength, room, 14, MOST_STRENGTH), 14, colour=WARM_INK, above=2)
    if beside and not is_plain:
        inner = group_frame(chain, beside, wide - 16)
        return Frame(wide, found, Frame(inner.wide, inner.lines, has_edge=False), is_own=True)
    return Frame(wide, found, is_own=True)


def _is_plain(group: Group | None) -> bool:
    parties = group.written if group else []
    return len(parties) == 1 and not (parties[0].ours.strip() or parties[0].theirs.strip())


def centred(
    words: Sequence[str], size: int, *, colour: str = INK, bold: bool = False, above: float = 0
) -> list[Line]:
    return [
        Line(line, size, colour, bold, centred=True, above=above if number == 0 else 0)
        for number, line in enumerate(words)
    ]


def _party(chain: Chain, party: Party, room: float, *, is_first: bool) -> list[Line]:
    share = "".join(lines(party.share.strip(), room * 0.4, 14, 1))
    names = lines(party.name.strip(), room - (width(share, 14) + 8 if share else 0), 14) or [""]
    above = 4 if is_first else RULE_GAP + 6
    found = [
        Line(
            name,
            bold=True,
            right=share if number == 0 else "",
            above=above if number == 0 else 0,
            ruled=number == 0 and not is_first,
        )
        for number, name in enumerate(names)
    ]
    for word, reason, colour in (
        (chain.ours_word, party.ours, INK_SOFT),
        (chain.theirs_word, party.theirs, WARM_INK),
    ):
        found += reason_lines(word, reason, room, colour)
    return found


def reason_lines(word: str, reason: str, room: float, colour: str, most: int = MOST_REASON) -> list[Line]:
    """The kind of reason in small letters, and the reason below it."""
    shown = paragraph(reason, room, 13, most)
    if not shown:
        return []
    head = Line("".join(lines(word, room, 12, 1)), 12, INK_FAINT, above=2)
    return [head, *(Line(line, 13, colour) for line in shown)]
