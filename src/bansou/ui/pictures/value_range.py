"""Where one value stands on a scale, and where a change would lead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .svg import (
    EDGE,
    INK_FAINT,
    INK_SOFT,
    OWN,
    PAPER,
    Number,
    frame,
    hatch,
    stroke,
    written,
)
from .text import lines
from .text import width as width_of

# Neighbouring parts of the scale are told apart by their ground, which says nothing of good or bad.
GROUNDS = ("#f2f2f2", "#e6e6e6")


@dataclass(frozen=True)
class Tick:
    """A place on the scale; without a label it is only a line. `shown` is the value as it is to be read."""

    at: Number
    label: str = ""
    shown: str = ""

    @property
    def words(self) -> str:
        return self.shown or f"{float(self.at):g}"


@dataclass(frozen=True, kw_only=True)
class ValueRange:
    """`before` → `after`. `cuts` part the scale into `zones`, named from the lowest value upwards.

    None is said in words (`before_shown`, `after_shown`) and has no place on the scale.
    """

    before: Number | None
    after: Number | None
    before_shown: str
    after_shown: str
    title: str
    before_word: str = "いま"
    after_word: str = "変えたあと"
    median: Tick | None = None
    cuts: Sequence[Tick] = ()
    zones: Sequence[str] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.zones and len(self.zones) != len(self.cuts) + 1:
            raise ValueError(f"{len(self.cuts)} cuts make {len(self.cuts) + 1} zones, not {len(self.zones)}")

    @property
    def description(self) -> str:
        return "".join(f"{term}は{shown}。" for term, shown in self.rows)

    @property
    def head(self) -> tuple[str, ...]:
        return ("項目", "値")

    @property
    def rows(self) -> list[tuple[str, ...]]:
        rows = [(self.before_word, self.before_shown), (self.after_word, self.after_shown)]
        if self.median:
            rows.append((self.median.label, self.median.words))
        for index, cut in enumerate(self.cuts):
            between = f"{self.zones[index]}と{self.zones[index + 1]}の境" if self.zones else "境"
            rows.append((cut.label or between, cut.words))
        return [row for row in rows if row[0] and row[1]]


SIDE, NARROW = 12, 400
WORD, VALUE, SMALL = 12, 15, 12
TRACK, BAND, BAND_HIGH, BELOW = 58, 72, 24, 112
DOT, LANE, APART = 7, 17, 12


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    wide: float

    def x(self, value: Number) -> float:
        return SIDE + (self.wide - 2 * SIDE) * (float(value) - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class _Label:
    """A label above the track: its middle, the place it points to (none for what is not known)."""

    word: str
    shown: str
    size: int
    middle: float
    half: float
    place: float | None


def value_range_svg(picture: ValueRange, *, identifier: str = "range", width: int = 640) -> str:
    """`width` px wide (phone: 320)."""
    scale = _scale(picture, width)
    before, after = _labels(picture, scale)
    ticks, high = _tick_labels(picture, scale)
    body = [
        *_zones(picture, scale),
        *(_median_line(scale.x(picture.median.at)) if picture.median else []),
        *_way(before, after),
        _above(before, INK_SOFT, is_after=False),
        _above(after, OWN, is_after=True),
        *ticks,
    ]
    name = "range-wide" if width > NARROW else "range-tall"
    return frame(picture, name, identifier, width, high, body)


def _scale(picture: ValueRange, wide: float) -> _Scale:
    """From the lowest to the highest of all that is shown, with some air at both ends."""
    ticks = [*([picture.median] if picture.median else []), *picture.cuts]
    known = [float(value) for value in (picture.before, picture.after) if value is not None]
    known += [float(tick.at) for tick in ticks]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    air = (high - low) * 0.1 or 1.0
    return _Scale(low - air, high + air, wide)


def _labels(picture: ValueRange, scale: _Scale) -> tuple[_Label, _Label]:
    """Both labels near their places, pushed apart where they would touch."""
    first = _label(picture.before_word, picture.before_shown, picture.before, scale)
    second = _label(picture.after_word, picture.after_shown, picture.after, scale)
    order = [first, second] if _at(first, scale, 0) <= _at(second, scale, 1) else [second, first]
    left, right = (_at(label, scale, number) for number, label in enumerate(order))
    lacking = order[0].half + APART + order[1].half - (right - left)
    if lacking > 0:
        left, right = left - lacking / 2, right + lacking / 2
        shift = max(order[0].half + 2 - left, 0) or min(scale.wide - order[1].half - 2 - right, 0)
        left, right = left + shift, right + shift
    moved = {id(order[0]): left, id(order[1]): right}
    return replace(first, middle=moved[id(first)]), replace(second, middle=moved[id(second)])


def _label(word: str, shown: str, value: Number | None, scale: _Scale) -> _Label:
    room = (scale.wide - APART) / 2 - 4
    size = next((size for size in (VALUE, 14, 13, 12) if width_of(shown, size) <= room), 12)
    word, shown = "".join(lines(word, room, WORD, 1)), "".join(lines(shown, room, size, 1))
    half = max(width_of(word, WORD), width_of(shown, size)) / 2
    return _Label(word, shown, size, 0, half, None if value is None else scale.x(value))


def _at(label: _Label, scale: _Scale, number: int) -> float:
    """Where a label wants to stand; the unknown one left or right, as it is read."""
    wanted = label.place if label.place is not None else (0 if number == 0 else scale.wide)
    return min(max(wanted, label.half + 2), scale.wide - label.half - 2)


def _above(label: _Label, colour: str, *, is_after: bool) -> str:
    known = label.place is not None
    drawn = [
        written(label.word, label.middle, 14, WORD, colour=INK_FAINT, anchor="middle"),
        written(
            label.shown,
            label.middle,
            33,
            label.size,
            colour=colour if known else INK_FAINT,
            anchor="middle",
            bold=known,
        ),
    ]
    if label.place is None:
        return "".join(drawn)
    foot = min(max(label.place, label.middle - label.half + 6), label.middle + label.half - 6)
    fill = OWN if is_after else PAPER
    return "".join(
        [
            stroke(f"M{foot:.1f} 39L{label.place:.1f} {TRACK - DOT - 1}", colour=EDGE, weight=1),
            stroke(f"M{label.place:.1f} {TRACK + DOT}V{BAND + BAND_HIGH}", colour=colour, weight=1.5),
            *drawn,
            f'<circle cx="{label.place:.1f}" cy="{TRACK}" r="{DOT}" fill="{fill}"'
            f' stroke="{OWN if is_after else INK_SOFT}" stroke-width="2.5"/>',
        ]
    )


def _way(before: _Label, after: _Label) -> list[str]:
    """The arrow from one dot to the other, where there is room between them."""
    if before.place is None or after.place is None:
        return []
    sign = 1 if after.place > before.place else -1
    begin, end = before.place + sign * (DOT + 3), after.place - sign * (DOT + 4)
    if (end - begin) * sign < 8:
        return []
    return [
        stroke(
            f"M{begin:.1f} {TRACK}H{end:.1f}m{-sign * 6} -5l{sign * 6} 5 {-sign * 6} 5",
            colour=OWN,
            weight=2.5,
        )
    ]


def _zones(picture: ValueRange, scale: _Scale) -> list[str]:
    """The parts of the scale between the cuts; a name is left out where it does not fit."""
    if not picture.cuts:
        return [hatch(SIDE, BAND, scale.wide - 2 * SIDE, BAND_HIGH)]
    ends = [SIDE, *sorted(scale.x(cut.at) for cut in picture.cuts), scale.wide - SIDE]
    upright = (picture.before, picture.after, picture.median.at if picture.median else None)
    lines_there = [scale.x(value) for value in upright if value is not None]
    drawn = []
    for number, (left, right) in enumerate(pairwise(ends)):
        drawn.append(
            f'<rect x="{left:.1f}" y="{BAND}" width="{right - left:.1f}" height="{BAND_HIGH}"'
            f' fill="{GROUNDS[number % 2]}"/>'
        )
        name = picture.zones[number] if picture.zones else ""
        middle = _free_middle(left, right, width_of(name, SMALL) / 2 + 2, lines_there)
        if middle is not None:
            drawn.append(written(name, middle, BAND + 16.5, SMALL, colour=INK_SOFT, anchor="middle"))
    cuts = "".join(f"M{x:.1f} {BAND - 4}V{BAND + BAND_HIGH + 4}" for x in ends[1:-1])
    return [*drawn, stroke(cuts, colour=EDGE, weight=1.5)]


def _free_middle(left: float, right: float, half: float, lines_there: Sequence[float]) -> float | None:
    """Where in a zone its name touches no line, nearest to the middle first."""
    room = (right - left) / 2 - half
    for share in (0, 0.3, -0.3, 0.6, -0.6, 1, -1):
        middle = (left + right) / 2 + share * room
        if room >= 0 and all(abs(middle - x) > half + 2 for x in lines_there):
            return middle
    return None


def _median_line(x: float) -> list[str]:
    return [stroke(f"M{x:.1f} {TRACK - 6}V{BAND + BAND_HIGH + 4}", colour=INK_FAINT, weight=2, dash="4 4")]


def _tick_labels(picture: ValueRange, scale: _Scale) -> tuple[list[str], float]:
    """Below the scale, the median first; a label without room of its own is left to the table."""
    lanes: list[list[tuple[float, float]]] = [[], []]
    drawn = []
    for tick in [*([picture.median] if picture.median else []), *picture.cuts]:
        if not tick.label:
            continue
        said = "".join(lines(f"{tick.label} {tick.words}", scale.wide - 4, SMALL, 1))
        half = width_of(said, SMALL) / 2
        middle = min(max(scale.x(tick.at), half + 2), scale.wide - half - 2)
        for number, lane in enumerate(lanes):
            if all(middle + half + 8 <= left or middle - half - 8 >= right for left, right in lane):
                lane.append((middle - half, middle + half))
                y = BELOW + 2 + LANE * number
                drawn.append(written(said, middle, y, SMALL, colour=INK_SOFT, anchor="middle"))
                break
    return drawn, BELOW - 8 + LANE * sum(bool(lane) for lane in lanes)
