"""A string enum whose members carry the Japanese label shown to people."""

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """Members are written `NAME = "stored_code", "表示名"`; the code is stored, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, label) in the order of declaration, as forms and model fields expect it."""
        return [(member.value, member.label) for member in cls]
