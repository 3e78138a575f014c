"""Measuring and breaking labels without a font at hand; widths are those of BIZ UDPGothic, rounded up."""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from string import ascii_uppercase

FULL_EM, HALF_EM = 1.0, 0.77
SIGN_EM = (
    dict.fromkeys(ascii_uppercase + "+<=>$−", 0.9)
    | dict.fromkeys(" !'\"()*,-./:;[]`{|}Ifijlrt", 0.6)
    | dict.fromkeys("#%&@MWmw", 1.0)
)
# Signs that never begin or never end a line.
NOT_FIRST = frozenset(
    "、。，．・：；？！」』）】〕〉》”’ゝゞ々ー〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%％…"
)
NOT_LAST = frozenset("「『（【〔〈《“‘([{¥￥")
# What stays together: a run of letters and digits with its signs, a number with what it counts; every other
# sign stands alone.
COUNTED = "(?:(?<=[0-9])(?:[千万億]円|か月|ヶ月|[\u4e00-\u9fff]))?"
PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,'%+\-/_@]*" + COUNTED + r"|\s+|.", re.DOTALL)
# Ends of a line, and how many em of unevenness a better one is worth: after a pause, after a particle,
# between two scripts, between the pairs that long words of kanji are made of; anywhere else, and never.
PAUSES, SPACES, PARTICLES = "・、。」）", " 　", "のをへにがは"
AFTER_PAUSE, AFTER_SPACE, AFTER_PARTICLE, BETWEEN_SCRIPTS, BETWEEN_PAIRS, ANYWHERE, NEVER = (
    0,
    1,
    2,
    2,
    2.5,
    9,
    99,
)
ONE_MORE_LINE = 2.5
EVEN_LINES, LONELY_EM = 3, 2.5


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
    if most <= 3 and (parted := _parted(text, room, size, most)):
        return parted
    end = next((n for n in range(1, len(text)) if width(text[: n + 1], size) > room), len(text))
    return [text[:end].strip(), *lines(text[end:].strip(), room, size, most - 1)]


def paragraph(text: str, room: float, size: float, most: int) -> list[str]:
    """Break running text into at most `most` lines; typed line ends are kept, … says that more was written.

    Lines neither begin with 、 or 」 nor end with 「, and words of Latin letters and numbers stay whole when
    they fit into a line at all.
    """
    typed = [line.strip() for line in text.splitlines() if line.strip()]
    broken = [line for words in typed for line in _broken(words, room, size)]
    if len(broken) <= most:
        return [line for words in typed for line in _evened(words, room, size)]
    return [*broken[: most - 1], _shorten(broken[most - 1], room, size)] if most > 0 else []


def _evened(text: str, room: float, size: float) -> list[str]:
    """Few lines, or a last line of next to nothing, are made about equally long."""
    found = _broken(text, room, size)
    if 1 < len(found) <= EVEN_LINES and (parted := _parted(text, room, size, len(found))):
        return parted
    if len(found) == 1 or (len(found) > EVEN_LINES and width(found[-1], 1) > LONELY_EM):
        return found
    narrower = room
    while narrower > room * 0.6:
        narrower -= size / 2
        tried = _broken(text, narrower, size)
        if len(tried) > len(found):
            break
        found = tried
    return found


def _broken(text: str, room: float, size: float) -> list[str]:
    found, line = [], ""
    for piece in _pieces(text, room, size):
        if not line or width(line + piece.rstrip(), size) <= room:
            line += piece
            continue
        line, carried = _carried(line, piece, room / size)
        found.append(line.rstrip())
        line = (carried + piece).lstrip()
    return [*found, line.rstrip()] if line.strip() else found


def _pieces(text: str, room: float, size: float) -> list[str]:
    """The pieces of a line; those wider than the room are taken apart sign by sign."""
    whole = PIECES.findall(text)
    return [part for piece in whole for part in ([piece] if width(piece, size) <= room else piece)]


def _carried(line: str, following: str, room: float) -> tuple[str, str]:
    """Part a line before what must not end it and before what a following 、 needs in front of it."""
    cut = len(line)
    while cut > 1 and (line[cut - 1] in NOT_LAST or (line + following)[cut] in NOT_FIRST):
        cut -= 1
    return (line[:cut], line[cut:]) if cut > 1 and width(line[cut:] + following, 1) <= room else (line, "")


def _parted(text: str, room: float, size: float, most: int) -> list[str]:
    """The most even lines that fit and end well, in as few lines as that takes; nothing when none fit."""
    if width(text, size) > most * room:
        return []
    reach = [0.0, *accumulate(_em(sign) for sign in text)]
    inside = {place for run in PIECES.finditer(text) for place in range(run.start() + 1, run.end())}
    poor = {end: NEVER if end in inside else _poorness(text, end) for end in range(1, len(text))}
    best, least = [], float("inf")
    for count in range(2, most + 1):
        even = reach[-1] / count
        for ends in combinations(poor, count - 1):
            wide = [reach[end] - reach[start] for start, end in pairwise((0, *ends, len(text)))]
            if max(wide) * size > room:
                continue
            cost = sum(abs(each - even) for each in wide) + sum(poor[end] for end in ends)
            cost += ONE_MORE_LINE * (count - 2)
            if cost > least:
                continue
            parts = [text[start:end].strip() for start, end in pairwise((0, *ends, len(text)))]
            if all(parts):
                best, least = parts, cost
    return best


def _poorness(text: str, end: int) -> float:
    """What ending a line before `text[end]` costs."""
    last, following = text[end - 1], text[end]
    if following in NOT_FIRST or last in NOT_LAST:
        return NEVER
    if last in PAUSES:
        return AFTER_PAUSE
    if last in SPACES:
        return AFTER_SPACE
    if last in PARTICLES:
        return AFTER_PARTICLE
    if _script(last) != _script(following):
        return ANYWHERE if _script(following) == "kana" else BETWEEN_SCRIPTS
    return BETWEEN_PAIRS if _script(last) == "kanji" and _is_between_pairs(text, end) else ANYWHERE


def _script(sign: str) -> str:
    if "\u3040" <= sign <= "\u309f":
        return "kana"
    if "\u30a0" <= sign <= "\u30ff":
        return "katakana"
    if "\u4e00" <= sign <= "\u9fff":
        return "kanji"
    return "letters" if sign.isalnum() else "signs"


def _is_between_pairs(text: str, end: int) -> bool:
    run = 0
    while run < end and _script(text[end - 1 - run]) == "kanji":
        run += 1
    alone = end + 1 >= len(text) or _script(text[end + 1]) != "kanji"
    return run % 2 == 0 and not alone


def _shorten(text: str, room: float, size: float) -> str:
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


@lru_cache(maxsize=8192)
def _em(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0
    full = FULL_EM if unicodedata.east_asian_width(sign) in "WFA" else HALF_EM
    return SIGN_EM.get(sign, full)
