"""One series over one to eight periods, with what it is compared with and what happened on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from bansou.ui.pictures.svg import MISSING, Number

MOST = 8


@dataclass(frozen=True)
class Column:
    """One period. `shown` is the value as it is to be read ("+6.2%"); None is a gap that `shown` explains."""

    label: str
    value: Number | None
    shown: str = ""

    @property
    def words(self) -> str:
        return self.shown or (MISSING if self.value is None else f"{float(self.value):g}")


@dataclass(frozen=True)
class Compared:
    """A stretch of the comparison line, from column `start` on; the line breaks between two stretches.

    `values` and `shown` go with the columns `start`, `start` + 1, …; `label` says where they come from.
    """

    label: str
    start: int
    values: Sequence[Number | None]
    shown: Sequence[str] = ()

    def words(self, place: int) -> str:
        """The value at `place` (counted from `start`) as it is to be read."""
        if place < len(self.shown):
            return self.shown[place]
        value = self.values[place]
        return MISSING if value is None else f"{float(value):g}"


@dataclass(frozen=True)
class Event:
    """Something that happened in the period of column `at`."""

    at: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Trend:
    """What is drawn. `compared_name` names the comparison line ("業種の中央値")."""

    columns: Sequence[Column]
    title: str
    own_name: str = "自社"
    compared: Sequence[Compared] = ()
    compared_name: str = "くらべる線"
    events: Sequence[Event] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MOST:
            raise ValueError(f"a trend has 1 to {MOST} columns, not {len(self.columns)}")
        covered = [stretch.start + n for stretch in self.compared for n in range(len(stretch.values))]
        if len(covered) != len(set(covered)):
            raise ValueError("two stretches of the comparison cover the same column")
        for at in [*covered, *(event.at for event in self.events)]:
            if not 0 <= at < len(self.columns):
                raise ValueError(f"there is no column {at}")

    @property
    def description(self) -> str:
        words = [
            f"{row[0]}は"
            + "、".join(f"{name}{cell}" for name, cell in zip(self.head[1:], row[1:], strict=True) if cell)
            for row in self.rows
        ]
        return "。".join(words) + "。"

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and highest value to be shown; zero is always between them, and they differ."""
        own = [column.value for column in self.columns]
        compared = [value for stretch in self.compared for value in stretch.values]
        known = [0.0, *(float(value) for value in (*own, *compared) if value is not None)]
        low, high = min(known), max(known)
        return (low, high) if high > low else (0.0, 1.0)

    @property
    def head(self) -> tuple[str, ...]:
        compared = (self.compared_name, "くらべる元") if self.compared else ()
        return ("時期", self.own_name, *compared, *(("できごと",) if self.events else ()))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [self._row(index, column) for index, column in enumerate(self.columns)]

    def _row(self, index: int, column: Column) -> tuple[str, ...]:
        row = [column.label, column.words]
        if self.compared:
            row += self._compared_at(index)
        if self.events:
            row.append("、".join(event.label for event in self.events if event.at == index))
        return tuple(row)

    def _compared_at(self, index: int) -> tuple[str, str]:
        for stretch in self.compared:
            place = index - stretch.start
            if 0 <= place < len(stretch.values):
                return stretch.words(place), stretch.label
        return "", ""
