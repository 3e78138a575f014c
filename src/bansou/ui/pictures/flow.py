"""Named steps one after the other, each with what is done and what makes it special."""

from collections.abc import Sequence
from dataclasses import dataclass

from .svg import frame

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


def flow_svg(flow: Flow, *, identifier: str = "flow", width: int = 1120) -> str:
    """Steps from left to right, `width` px wide; rows of fewer steps when there is no room (paper: 760)."""
    return frame(flow, "flow-wide", identifier, width, 200, [])


def flow_tall_svg(flow: Flow, *, identifier: str = "flow-tall") -> str:
    """Steps from top to bottom, 320 px wide."""
    return frame(flow, "flow-tall", identifier, 320, 600, [])
