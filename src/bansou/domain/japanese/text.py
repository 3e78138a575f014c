"""The one place where text is made comparable: width, case, dashes, spaces, kana."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import jaconv

from bansou.domain.japanese.kanji_variants import TO_EVERYDAY_FORM

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_WAVES = re.compile("[\u301c\u223c\u223e\u3030]")
_DASHES = "\\-\u00ad\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63"
_DASH = re.compile(f"[{_DASHES}]")
_DASHES_AFTER_KANA = re.compile(f"(?<=[\u3041-\u3096\u30a1-\u30faー])[{_DASHES}]+")
_LONG_VOWEL_AFTER_ASCII = re.compile(r"(?:(?<=[0-9a-z\-])|^)ー+")
_SPACES = re.compile(r"\s+")
_SEARCH_NOISE = re.compile(r"[\s・･·‧]+")
_ROUNDS = 8


def settle(step: Callable[[str], str], text: str) -> str:
    """Apply ``step`` until nothing changes, so that a key of a key is the same key."""
    for _ in range(_ROUNDS):
        changed = step(text)
        if changed == text:
            break
        text = changed
    return text


def normalise(text: str) -> str:
    """One spelling for what readers take as the same text; kanji and kana stay as they are.

    NFKC (half-width kana and full-width Latin become ordinary), lower case, wave dashes ``~``, invisible
    characters dropped, white space to single blanks. A dash after kana is the long-vowel mark ``ー``
    (コンピュ−タ); a long-vowel mark after Latin letters or digits is ``-`` (０２７ー１２３). Idempotent.
    """
    return settle(_normalise_once, text)


def _normalise_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    text = _WAVES.sub("~", text)
    text = _DASHES_AFTER_KANA.sub(lambda run: "ー" * len(run.group()), text)
    text = _DASH.sub("-", text)
    text = _LONG_VOWEL_AFTER_ASCII.sub(lambda run: "-" * len(run.group()), text)
    return _SPACES.sub(" ", text).strip()


def as_hiragana(text: str) -> str:
    """A reading as it is shown and kept: ﾐﾅﾄ = ミナト = みなと; Latin letters keep their case. Idempotent."""
    return str(jaconv.kata2hira(unicodedata.normalize("NFKC", text))).strip()


def fold(text: str) -> str:
    """``normalise`` plus hiragana → katakana, variant kanji → everyday kanji, ヶ → ケ. For keys."""
    katakana = str(jaconv.hira2kata(normalise(text)))
    return katakana.translate(TO_EVERYDAY_FORM).translate({ord("ヶ"): "ケ", ord("ヵ"): "カ"})


def search_key(text: str) -> str:
    """Key for "contains" search: ``search_key(word) in search_key(text)``.

    Folded as in ``fold``; spaces and 中黒 vanish, repeated ー become one. A query of several words
    is for ``search_words``. Idempotent.
    """
    return settle(_search_key_once, text)


def search_words(text: str) -> list[str]:
    """The keys of the words of a query, which blanks of any width part; what leaves no key is no word."""
    return [key for word in normalise(text).split() if (key := search_key(word))]


def _search_key_once(text: str) -> str:
    return re.sub("ー{2,}", "ー", _SEARCH_NOISE.sub("", fold(text)))
