"""Reading and writing a long file while the part between them is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

_Item = TypeVar("_Item")


def one_ahead(items: Iterator[_Item]) -> Iterator[_Item]:
    """The same items, the next one made by a thread. What making it raises is raised in its place."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


@contextmanager
def one_behind(write: Callable[[_Item], None]) -> Iterator[Callable[[_Item], None]]:
    """`write` in a thread, one item at a time; all is written at the end of the block.

    What writing an item raises is raised with the next one, or at the end.
    """
    pending: list[Future[None]] = []

    def later(item: _Item) -> None:
        if pending:
            pending.pop().result()
        pending.append(thread.submit(write, item))

    with ThreadPoolExecutor(1) as thread:
        yield later
        if pending:
            pending.pop().result()
