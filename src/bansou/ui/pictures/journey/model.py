"""The signature picture: two lines walk side by side past a row of stations.

The warm line is the one who is accompanied, the blue one the companion. Behind the current station the
lines are solid and as thick as their weight at that time; ahead they are dotted. Stars mark moments on the
warm line, arcs mark the way back to an earlier station. `wide` and `tall` draw what is described here: pure
text in, SVG text out, every label escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

STATE_WORDS = {"past": "済み", "current": "いま", "future": "これから"}


@dataclass(frozen=True)
class Point:
    """A station; `state` is "past", "current" or "future"."""

    label: str
    sublabel: str = ""
    state: str = "future"


@dataclass(frozen=True)
class Weight:
    """How much each line carries at a position; shares between 0 and 1."""

    at: float
    leader: float
    adviser: float


@dataclass(frozen=True)
class Mark:
    """A moment on the warm line. `at` counts stations from 0; 2.5 lies between the third and the fourth."""

    at: float
    label: str


@dataclass(frozen=True)
class BackArc:
    """A way back from one position to an earlier one."""

    start: float
    end: float
    label: str


@dataclass(frozen=True)
class Journey:
    """What is drawn. Without weights both lines keep one thickness; then `note` says nothing of thickness."""

    points: Sequence[Point]
    title: str = "歩みの図"
    weights: Sequence[Weight] | None = None
    marks: Sequence[Mark] = ()
    back_arcs: Sequence[BackArc] = ()
    leader_name: str = "経営者"
    adviser_name: str = "支援者"
    note: str = ""

    def __post_init__(self) -> None:
        if not self.points:
            raise ValueError("a journey needs at least one station")

    @property
    def current(self) -> int:
        """Index of the current station; the last past one when none is current; -1 before the start."""
        states = [point.state for point in self.points]
        if "current" in states:
            return states.index("current")
        return max((index for index, state in enumerate(states) if state == "past"), default=-1)

    @property
    def description(self) -> str:
        """The picture in one paragraph, for those who do not see it."""
        said = "、".join(f"{point.label}({STATE_WORDS[point.state]})" for point in self.points)
        moments = "".join(f"{mark.label}。" for mark in self.marks)
        returns = "".join(f"{arc.label}。" for arc in self.back_arcs)
        return f"{said}。{moments}{returns}"

    @property
    def head(self) -> tuple[str, str, str]:
        return ("段階", "時期", "状態")

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Station, when, and its state in words; the same facts as a table."""
        return [(point.label, point.sublabel, STATE_WORDS[point.state]) for point in self.points]
