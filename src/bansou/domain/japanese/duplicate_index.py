"""Many businesses at once: which of them may be the one at hand, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

from bansou.domain.japanese.duplicates import DuplicateKeys, DuplicateReason, match_reason

Known = TypeVar("Known")


class DuplicateIndex(Generic[Known]):
    """Remembers businesses by their keys; ``find`` answers as ``match_reason`` would over all of them."""

    def __init__(self) -> None:
        self._under: dict[tuple[str, str], list[tuple[DuplicateKeys, Known]]] = defaultdict(list)

    def add(self, keys: DuplicateKeys, known: Known) -> None:
        for place in _places(keys):
            self._under[place].append((keys, known))

    def find(self, keys: DuplicateKeys) -> tuple[DuplicateReason, Known] | None:
        """The strongest reason and the business it speaks of, the one added first; ``None`` without any."""
        for place in _places(keys):
            for other, known in self._under.get(place, ()):
                reason = match_reason(keys, other)
                if reason is not None and reason.value == place[0]:
                    return reason, known
        return None


def _places(keys: DuplicateKeys) -> list[tuple[str, str]]:
    """Where these keys are kept, strongest reason first; unknown ones nowhere."""
    by_reason = {
        DuplicateReason.CORPORATE_NUMBER: keys.corporate_number,
        DuplicateReason.NAME: keys.name_key,
        DuplicateReason.KANA: keys.kana_key,
        DuplicateReason.PHONE: keys.phone_key,
    }
    return [(reason.value, key) for reason, key in by_reason.items() if key]
