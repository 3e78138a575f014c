"""法人番号: the 13 digits that name one legal person for good."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bansou.domain.shared.refusal import Refusal

_SEPARATORS = re.compile(r"[\s\u2010-\u2015\u2212ー\-]")
_BASE_LENGTH = 12


def check_digit(base: str) -> int:
    """The check digit (1–9) that stands before the 12 digits of ``base``.

    9 − (Σ Pn × Qn mod 9), n counted from the last digit, Qn = 1 for odd n and 2 for even n.
    Source: 法人番号の指定等に関する省令 (財務省令, 検査用数字を算出する算式).
    """
    weighted = sum(int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(base)))
    return 9 - weighted % 9


@dataclass(frozen=True, order=True)
class CorporateNumber:
    """A 法人番号 whose check digit is right. ``value``: 13 ASCII digits."""

    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{13}", self.value) or int(self.value[0]) != check_digit(self.value[1:]):
            raise ValueError("not a corporate number; use CorporateNumber.parse for what people type")

    @classmethod
    def parse(cls, text: str, *, field: str | None = "corporate_number") -> CorporateNumber:
        """Read what a person typed: full width, hyphens and spaces are fine.

        Raises ``Refusal`` saying what is wrong (empty, other characters, number of digits, check digit).
        Never repairs and never guesses a digit.
        """
        digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
        refusal = _what_is_wrong(digits, field)
        if refusal is not None:
            raise refusal
        return cls(digits)

    def __str__(self) -> str:
        return self.value


def _what_is_wrong(digits: str, field: str | None) -> Refusal | None:
    if not digits:
        return Refusal("corporate_number_empty", "法人番号を入力してください。", field)
    strange = next((char for char in digits if not ("0" <= char <= "9")), None)
    if strange is not None:
        shown = f"「{strange}」" if strange.isprintable() else "目に見えない文字"
        return Refusal(
            "corporate_number_characters",
            f"法人番号に数字ではない{shown}が入っています。13桁の数字だけを入力してください。",
            field,
        )
    if len(digits) == _BASE_LENGTH:
        return Refusal(
            "corporate_number_length",
            "法人番号は13桁ですが、12桁しかありません。登記の会社法人等番号(12桁)や個人の番号ではないか、"
            "確かめてください。",
            field,
        )
    if len(digits) != _BASE_LENGTH + 1:
        return Refusal(
            "corporate_number_length", f"法人番号は13桁です。入力された数字は{len(digits)}桁です。", field
        )
    if int(digits[0]) != check_digit(digits[1:]):
        return Refusal(
            "corporate_number_check_digit",
            "法人番号のどこかの数字が違っているようです(先頭の検査用数字と合いません)。もう一度確かめてください。",
            field,
        )
    return None
