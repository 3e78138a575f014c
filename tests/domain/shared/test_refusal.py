import contextlib
import copy
import pickle
from dataclasses import FrozenInstanceError

import pytest

from bansou.domain.shared import Refusal, Refusals


def test_a_refusal_is_a_value():
    one = Refusal("too_short", "短すぎます。", "name")
    same = Refusal(code="too_short", message="短すぎます。", field="name")
    assert one == same
    assert len({one, same}) == 1
    assert one != Refusal("too_short", "短すぎます。")
    assert pickle.loads(pickle.dumps(same)) == same == copy.copy(same)  # noqa: S301
    assert "too_short" in repr(one)


def test_a_refusal_is_an_exception_that_shows_its_sentence():
    with pytest.raises(Refusal) as caught:
        raise Refusal("too_short", "短すぎます。")
    assert str(caught.value) == "短すぎます。"


def test_a_refusal_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Refusal("a", "b").message = "c"


def test_a_refusal_passes_through_context_managers():
    @contextlib.contextmanager
    def room():
        yield

    with pytest.raises(Refusal, match="だめです"), room():
        raise Refusal("no", "だめです。")


def test_refusals_keep_order_and_group_by_field():
    name, whole, name_again = Refusal("a", "甲", "name"), Refusal("b", "乙"), Refusal("c", "丙", "name")
    refusals = Refusals([name, whole, name_again])
    assert list(refusals) == [name, whole, name_again]
    assert refusals.by_field() == {"name": (name, name_again), None: (whole,)}
    assert str(refusals) == "甲\n乙\n丙"


def test_refusals_are_never_empty():
    with pytest.raises(ValueError, match="at least one"):
        Refusals([])
