"""A telephone number of Japan as a person wrote it, made tidy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bansou.domain.shared.refusal import Refusal

_DASHES = re.compile(r"[\u2010-\u2015\u2212ー]")
_COUNTRY = re.compile(r"^\+81[- ]?(?:\(0\)|0)?[- ]?")


@dataclass(frozen=True)
class PhoneNumber:
    """``value``: ASCII digits starting with 0, with the hyphens the person put (none are invented)."""

    value: str

    @classmethod
    def parse(cls, text: str, *, field: str | None = "phone") -> PhoneNumber:
        """Accepts full width, brackets, spaces, dash variants, +81; raises ``Refusal`` for the rest."""
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
        plain = _COUNTRY.sub("0", plain)
        plain = re.sub(r"[()\s]+", "-", plain).strip("-")
        plain = re.sub(r"-{2,}", "-", plain)
        digits = plain.replace("-", "")
        if not re.fullmatch(r"[0-9]+", digits):
            raise Refusal(
                "phone_characters",
                "電話番号には数字とハイフンだけを入力してください。内線などは備考に書いてください。",
                field,
            )
        if not digits.startswith("0") or len(digits) not in (10, 11):
            raise Refusal(
                "phone_length",
                "電話番号は市外局番から、0で始まる10桁か11桁で入力してください。",
                field,
            )
        return cls(plain)

    @property
    def digits(self) -> str:
        return self.value.replace("-", "")

    def __str__(self) -> str:
        return self.value
