"""Where one value stands on a scale, and where a change would lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import Number, frame

NARROW = 400


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


def value_range_svg(picture: ValueRange, *, identifier: str = "range", width: int = 640) -> str:
    """`width` px wide (phone: 320)."""
    name = "range-wide" if width > NARROW else "range-tall"
    return frame(picture, name, identifier, width, 120, [])
