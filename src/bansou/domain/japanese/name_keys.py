"""Keys under which two spellings of one business meet. Keys are compared, never shown."""

from __future__ import annotations

import re

from bansou.domain.japanese.text import fold, normalise, search_key, settle

_FULL_FORMS = (
    "特定非営利活動法人|社会保険労務士法人|公益社団法人|公益財団法人|一般社団法人|一般財団法人|特定目的会社|"
    "有限責任事業組合|社会福祉法人|司法書士法人|行政書士法人|農事組合法人|土地家屋調査士法人|特許業務法人|弁護士法人|"
    "税理士法人|NPO法人|医療法人社団|医療法人財団|医療法人|学校法人|宗教法人|監査法人|社団法人|財団法人|"
    "株式会社|有限会社|合同会社|合資会社|合名会社|相互会社"
)
_BANK_FORMS = "カ|ユ|ド|シ|メ|シヤ|ザイ|イ|フク"
_SHORT_FORMS = f"株|有|同|資|名|社|財|一社|一財|公社|公財|医|福|社福|学|宗|特非|NPO|農|相|{_BANK_FORMS}"
_BRACKETED = re.compile(rf"[(\[〔【{{<](?:{fold(_SHORT_FORMS)}|{fold(_FULL_FORMS)})[)\]〕】}}>]")
_WRITTEN_OUT = re.compile(fold(_FULL_FORMS))
# Bank transfer kana: 「カ)ミナトセイキ」「ミナトセイキ(カ」.
_BANK_START = re.compile(rf"^(?:{_BANK_FORMS})\)")
_BANK_END = re.compile(rf"\((?:{_BANK_FORMS})$")

_READINGS = (
    "トクテイヒエイリカツドウホウジン|コウエキシヤダンホウジン|コウエキザイダンホウジン|イツパンシヤダンホウジン|"
    "イツパンザイダンホウジン|シヤカイフクシホウジン|イリヨウホウジンシヤダン|イリヨウホウジンザイダン|イリヨウホウジン|"
    "ガツコウホウジン|シユウキヨウホウジン|ゼイリシホウジン|ノウジクミアイホウジン|エヌピーオーホウジン|シヤダンホウジン|"
    "ザイダンホウジン|カブシキ[ガカ]イシヤ|ユ[ウー]ゲン[ガカ]イシヤ|ゴ[ウー]ド[ウー][ガカ]イシヤ|"
    "ゴ[ウー]シ[ガカ]イシヤ|ゴ[ウー]メイ[ガカ]イシヤ"
)
_READING_AT_EDGE = re.compile(f"^(?:{_READINGS})|(?:{_READINGS})$")
_FULL_SIZE = str.maketrans("ァィゥェォッャュョヮヰヱヲヂヅ", "アイウエオツヤユヨワイエオジズ")

_PHONE_TAIL = re.compile(r"[/、,;]|内線|ext|#|x")
_COUNTRY = re.compile(r"^\+?81(?:\(0\))?0?")


def business_name_key(name: str) -> str:
    """㈱みなと精機 = みなと精機 株式会社 = ミナト精機（株）; 髙橋 = 高橋; A-1 = Ａ１.

    Folded, legal-form words dropped before and after the name, then only letters and digits kept.
    A name that is nothing but a legal form or signs keeps its search key. Idempotent; ``""`` only for blanks.
    """
    return settle(_business_name_key_once, name)


def _business_name_key_once(name: str) -> str:
    folded = _without_legal_form(search_key(name))
    return _letters_and_digits(folded) or search_key(name)


def _without_legal_form(folded: str) -> str:
    for pattern in (_BRACKETED, _BANK_START, _BANK_END, _WRITTEN_OUT):
        folded = pattern.sub("", folded)
    return folded


def kana_key(kana: str) -> str:
    """みなとせいき = ﾐﾅﾄｾｲｷ = カ)ミナトセイキ = ミナトセイキ カブシキガイシャ; キャノン = キヤノン.

    As ``business_name_key``, with small kana made full size and ヂヅヰヱヲ as they sound. Idempotent.
    """
    return settle(_kana_key_once, kana)


def _kana_key_once(kana: str) -> str:
    folded = _without_legal_form(search_key(kana))
    full_size = _letters_and_digits(folded).translate(_FULL_SIZE)
    return _READING_AT_EDGE.sub("", full_size) or full_size or search_key(kana)


def phone_key(phone: str) -> str:
    """Digits of the first number in ``phone``; +81 becomes 0; ``""`` when there is none.

    A tail after 「/」「内線」 and the like is dropped. Nine or ten digits without a leading 0 get it back:
    spreadsheets eat it. Idempotent.
    """
    first = _PHONE_TAIL.split(normalise(phone), maxsplit=1)[0]
    compact = re.sub(r"[^0-9+()]", "", first)
    digits = re.sub(r"[^0-9]", "", _COUNTRY.sub("0", compact) if compact.startswith("+") else compact)
    if len(digits) in (9, 10) and not digits.startswith("0"):
        return f"0{digits}"
    return digits


def _letters_and_digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == "ー")
