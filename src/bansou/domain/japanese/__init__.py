"""One place for the handling of Japanese text: comparison keys, decoding, duplicates."""

from bansou.domain.japanese.decoding import UndecodableText, decode
from bansou.domain.japanese.duplicates import DuplicateKeys, DuplicateReason, match_reason
from bansou.domain.japanese.name_keys import business_name_key, kana_key, phone_key
from bansou.domain.japanese.quoting import span_of
from bansou.domain.japanese.text import as_hiragana, fold, normalise, search_key, search_words

__all__ = [
    "DuplicateKeys",
    "DuplicateReason",
    "UndecodableText",
    "as_hiragana",
    "business_name_key",
    "decode",
    "fold",
    "kana_key",
    "match_reason",
    "normalise",
    "phone_key",
    "search_key",
    "search_words",
    "span_of",
]
