"""What pages hand to components. Tags accept these or plain mappings with the same keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Link:
    """A way to somewhere. `current` marks the place the reader is at; `count` is shown beside the label."""

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None
    post: bool = False


@dataclass(frozen=True)
class StepItem:
    """One station of a step list. `state` is "past", "current" or "future"."""

    label: str
    number: int | str = ""
    state: str = "future"
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Definition:
    term: str
    value: Any = ""


Item = TypeVar("Item", Link, StepItem, Definition)


def as_items(kind: type[Item], given: Iterable[Item | Mapping[str, Any] | tuple[Any, ...]]) -> list[Item]:
    """Accept items, mappings or tuples; an unknown key is a TypeError, so that typing slips surface."""
    return [_as_item(kind, entry) for entry in given]


def _as_item(kind: type[Item], entry: Item | Mapping[str, Any] | tuple[Any, ...]) -> Item:
    if isinstance(entry, kind):
        return entry
    if isinstance(entry, Mapping):
        return kind(**entry)
    return kind(*entry)  # type: ignore[misc]
