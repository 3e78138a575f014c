"""Bytes of a Japanese office's file → text: UTF-8, UTF-16, CP932."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters, and the private characters Python's cp932 makes of bytes no Windows writes.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\uf8f0-\uf8f3]")
_UTF8_MULTIBYTE = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_NULS_THAT_MEAN_UTF16 = 0.05
_FEWEST_NULS = 4


class UndecodableText(ValueError):
    """The bytes are no text in any encoding we read; ``line`` (from 1) is where reading stopped, if known."""

    def __init__(self, line: int | None = None) -> None:
        super().__init__(f"not text, line {line}")
        self.line = line


def decode(content: bytes) -> str:
    """Text of ``content`` without a byte-order mark, line ends as they were.

    Order (our rule): byte-order mark, UTF-16 without one (seen by its zero bytes), UTF-8, CP932. A file
    that is plainly UTF-8 with a few broken bytes is refused rather than read as CP932 nonsense.
    Raises ``UndecodableText``.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding)
    failure = UndecodableText()
    for encoding in _candidates(content):
        try:
            return _strictly(content, encoding)
        except UndecodableText as error:
            failure = error
    raise failure


def _candidates(content: bytes) -> list[str]:
    wide = _utf16_without_bom(content)
    narrow = ["utf-8"] if _looks_like_utf8(content) else ["utf-8", "cp932"]
    return [wide, *narrow] if wide else narrow


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="ignore")
        raise UndecodableText(_line_at(before, len(before))) from None
    strange = _NOT_TEXT.search(text)
    if strange is not None:
        raise UndecodableText(_line_at(text, strange.start()))
    return text


def _line_at(text: str, position: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:position])) + 1


def _utf16_without_bom(content: bytes) -> str | None:
    if len(content) % 2 or not content:
        return None
    low, high = content[0::2].count(0), content[1::2].count(0)
    if max(low, high) < max(_FEWEST_NULS, _NULS_THAT_MEAN_UTF16 * len(content)) or min(low, high) * 4 > max(
        low, high
    ):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _looks_like_utf8(content: bytes) -> bool:
    """Most bytes beyond ASCII stand in well-formed Japanese UTF-8 triples."""
    beyond_ascii = sum(1 for byte in content if byte >= 0x80)
    in_triples = 3 * len(_UTF8_MULTIBYTE.findall(content))
    return beyond_ascii > 0 and in_triples > 0.8 * beyond_ascii
