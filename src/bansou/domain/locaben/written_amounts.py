"""Amounts and headcounts as accounts write them: △1,234, (1,234), 1,234-, and a dash for nothing."""

from __future__ import annotations

import re
import unicodedata

from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit, read_headcount, read_yen

# Everything people type or software prints for a minus; ー is what a Japanese keyboard gives first.
_DASHES = r"\-‐‑‒–—―−─━ー"
_NOTHING = re.compile(rf"[{_DASHES}]*")
_MINUS = re.compile(rf"[△▲{_DASHES}]")
_LEADING_SIGN = re.compile(rf"([¥\\]?)([+△▲{_DASHES}])")
_TRAILING_MINUS = re.compile(rf"(.*[0-9円])[{_DASHES}]")
_BRACKETED = re.compile(r"([¥\\]?)\((.+)\)(円?)")


def read_amount(text: str, *, unit: YenUnit = YenUnit.YEN, field: str | None = None) -> int | None:
    """A cell of the accounts → whole yen; blank or a dash alone → ``None`` (never zero), 「0」→ 0.

    Negative: △1,234, ▲1,234, -1,234 (any dash), (1,234), 1,234-. A number that names no unit counts in
    ``unit``; 「1,234.5」 in 千円 is 1,234,500. Raises ``Refusal`` for what is no amount, for a remainder
    below one yen and for 1,000兆円 and more.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if _NOTHING.fullmatch(plain):
        return None
    negative, body = _sign_and_body(plain)
    try:
        amount = read_yen(body, unit=unit)
    except Refusal as refused:
        raise _in_words(refused, text.strip(), "." in body, field) from None
    return -amount if negative else amount


def _sign_and_body(plain: str) -> tuple[bool, str]:
    """Brackets and signs may come together, 「(△1,234)」: that is one minus, not two."""
    negative = False
    bracketed = _BRACKETED.fullmatch(plain)
    if bracketed is not None:
        negative, plain = True, "".join(bracketed.groups())
    signed = _LEADING_SIGN.match(plain)
    if signed is not None:
        negative = negative or _MINUS.match(signed[2]) is not None
        plain = signed[1] + plain[signed.end() :]
        bracketed = _BRACKETED.fullmatch(plain)
        return negative, "".join(bracketed.groups()) if bracketed else plain
    trailing = _TRAILING_MINUS.fullmatch(plain)
    return (True, trailing[1]) if trailing else (negative, plain)


def _in_words(refused: Refusal, written: str, has_point: bool, field: str | None) -> Refusal:
    if refused.code == "amount_out_of_range":
        if has_point:
            return Refusal(
                "amount_below_one_yen",
                f"「{written}」には1円に満たない端数があります。円の単位までで書いてください。",
                field,
            )
        return Refusal("amount_out_of_range", f"「{written}」は金額として大きすぎます。", field)
    return Refusal(
        "amount_unreadable",
        f"「{written}」を金額として読めません。「1,234」や「△1,234」のように書いてください。",
        field,
    )


def read_people(text: str, *, field: str | None = None) -> int | None:
    """「12」「12人」「約１２名」→ 12; blank or a dash alone → ``None``. Raises ``Refusal``."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if _NOTHING.fullmatch(plain):
        return None
    return read_headcount(plain, field=field)
