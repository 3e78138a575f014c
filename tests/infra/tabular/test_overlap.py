"""Work in threads keeps its order, and what goes wrong in them is not lost."""

import pytest

from bansou.infra.tabular.overlap import one_ahead, one_behind


def broken_after(count):
    yield from range(count)
    raise ValueError("broken")


def test_items_come_in_order_and_what_breaks_is_raised_where_it_breaks():
    assert list(one_ahead(iter(range(50)))) == list(range(50))
    assert list(one_ahead(iter([]))) == []
    coming = one_ahead(broken_after(2))
    assert [next(coming), next(coming)] == [0, 1]
    with pytest.raises(ValueError, match="broken"):
        next(coming)


def test_everything_is_written_in_order_and_a_failure_is_not_lost():
    written = []
    with one_behind(written.append) as write:
        for item in range(50):
            write(item)
    assert written == list(range(50))

    def full(item):
        raise OSError("full")

    for times in (1, 3):
        with pytest.raises(OSError, match="full"), one_behind(full) as write:
            [write(item) for item in range(times)]
