"""When two businesses may be one: for a warning while typing, never for merging by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bansou.domain.japanese.name_keys import business_name_key, kana_key, phone_key

_SHORTEST_PHONE = 10


class DuplicateReason(StrEnum):
    """Why two businesses look like one, strongest first."""

    CORPORATE_NUMBER = "corporate_number"
    NAME = "name"
    KANA = "kana"
    PHONE = "phone"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DuplicateReason.CORPORATE_NUMBER: "法人番号が同じです",
    DuplicateReason.NAME: "名称が同じです",
    DuplicateReason.KANA: "名称の読みが同じです",
    DuplicateReason.PHONE: "電話番号が同じです",
}


@dataclass(frozen=True)
class DuplicateKeys:
    """What is compared; ``""`` where nothing is known. ``corporate_number``: 13 digits."""

    corporate_number: str = ""
    name_key: str = ""
    kana_key: str = ""
    phone_key: str = ""

    @classmethod
    def of(cls, *, name: str, kana: str = "", phone: str = "", corporate_number: str = "") -> DuplicateKeys:
        """Keys of a business as it is written; ``corporate_number`` already checked."""
        return cls(corporate_number, business_name_key(name), kana_key(kana), phone_key(phone))


def match_reason(a: DuplicateKeys, b: DuplicateKeys) -> DuplicateReason | None:
    """The strongest reason to take ``a`` and ``b`` for one business, or ``None``.

    Our rule: 法人番号, then name, then reading, then telephone (from 10 digits on). Two different 法人番号
    are two legal persons, whatever else they share. What is unknown on either side never matches.
    """
    if a.corporate_number and b.corporate_number:
        same = a.corporate_number == b.corporate_number
        return DuplicateReason.CORPORATE_NUMBER if same else None
    if a.name_key and a.name_key == b.name_key:
        return DuplicateReason.NAME
    if a.kana_key and a.kana_key == b.kana_key:
        return DuplicateReason.KANA
    if len(a.phone_key) >= _SHORTEST_PHONE and a.phone_key == b.phone_key:
        return DuplicateReason.PHONE
    return None
