"""Measuring and breaking labels without a font at hand: a full-width sign is one em, others about 0.6 em."""

import unicodedata

HALF_WIDTH_EM = 0.6


def width(text: str, size: float) -> float:
    """Estimated width in px at `size` px; on the generous side, so that what is said to fit does fit."""
    return sum(_em(sign) for sign in text) * size


def lines(text: str, room: float, size: float, most: int = 2) -> list[str]:
    """Break into at most `most` lines of `room` px; the last one ends in … when something is left over."""
    found: list[str] = []
    current = ""
    for position, sign in enumerate(text):
        if current and width(current + sign, size) > room:
            if len(found) == most - 1:
                return [*found, _shorten(current, room, size)]
            found.append(current)
            current = ""
            if sign == " ":
                continue
        current += sign
        if position == len(text) - 1:
            found.append(current)
    return found


def _shorten(text: str, room: float, size: float) -> str:
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _em(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else HALF_WIDTH_EM
