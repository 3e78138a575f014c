"""Measuring and breaking labels without a font at hand: a full-width sign is one em, others about 0.6 em."""

import unicodedata

HALF_WIDTH_EM = 0.6
# Ends of a line in the order of preference, and how many em of unevenness another end is worth.
GOOD_ENDS = (("・、 ", 0), ("のをへにがは", 2))
POOR_END = 6


def width(text: str, size: float) -> float:
    """Estimated width in px at `size` px; on the generous side, so that what is said to fit does fit."""
    return sum(_em(sign) for sign in text) * size


def lines(text: str, room: float, size: float, most: int = 2) -> list[str]:
    """Break into at most `most` lines of `room` px; the last one ends in … when something is left over."""
    if not text:
        return []
    if width(text, size) <= room:
        return [text]
    if most == 1:
        return [_shorten(text, room, size)]
    if most == 2 and (halves := _halves(text, room, size)):
        return halves
    end = next((n for n in range(1, len(text)) if width(text[: n + 1], size) > room), len(text))
    return [text[:end].strip(), *lines(text[end:].strip(), room, size, most - 1)]


def _halves(text: str, room: float, size: float) -> list[str]:
    """The most even pair of lines that fit and end well; nothing when no pair fits."""
    best, least = [], float("inf")
    for end in range(1, len(text)):
        first, second = text[:end].strip(), text[end:].strip()
        cost = abs(width(first, 1) - width(second, 1)) + _poorness(text[end - 1])
        if cost < least and max(width(first, size), width(second, size)) <= room:
            best, least = [first, second], cost
    return best


def _poorness(sign: str) -> int:
    return next((cost for signs, cost in GOOD_ENDS if sign in signs), POOR_END)


def _shorten(text: str, room: float, size: float) -> str:
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def _em(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else HALF_WIDTH_EM
