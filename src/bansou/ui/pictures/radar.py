"""A radar of three to eight axes: one's own shape, one to compare with, and optionally an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import MISSING, Number, frame

FEWEST, MOST = 3, 8


@dataclass(frozen=True)
class Axis:
    """One axis. None is a gap: the line breaks there, and `shown` says why ("算出不可").

    `shown` stands beside the label and defaults to the value itself.
    """

    label: str
    value: Number | None
    shown: str = ""
    compared: Number | None = None
    earlier: Number | None = None

    @property
    def words(self) -> str:
        return self.shown or _number(self.value)


@dataclass(frozen=True, kw_only=True)
class Radar:
    """What is drawn. A shape whose name is empty is neither drawn nor listed."""

    axes: Sequence[Axis]
    title: str
    own_name: str = "自社"
    compared_name: str = ""
    earlier_name: str = ""
    maximum: int = 5
    note: str = ""

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.axes) <= MOST:
            raise ValueError(f"a radar has {FEWEST} to {MOST} axes, not {len(self.axes)}")

    @property
    def description(self) -> str:
        return "".join(
            f"{row[0]}は"
            + "、".join(f"{name}{shown}" for name, shown in zip(self.head[1:], row[1:], strict=True))
            + "。"
            for row in self.rows
        )

    @property
    def head(self) -> tuple[str, ...]:
        return ("項目", self.own_name, *filter(None, (self.compared_name, self.earlier_name)))

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [self._row(axis) for axis in self.axes]

    def _row(self, axis: Axis) -> tuple[str, ...]:
        row = [axis.label, axis.words]
        if self.compared_name:
            row.append(_number(axis.compared))
        if self.earlier_name:
            row.append(_number(axis.earlier))
        return tuple(row)


def _number(value: Number | None) -> str:
    return MISSING if value is None else f"{float(value):g}"


def radar_svg(radar: Radar, *, identifier: str = "radar") -> str:
    """320 px wide, for a card on a desk, a phone and paper alike."""
    return frame(radar, "radar", identifier, 320, 300, [])
