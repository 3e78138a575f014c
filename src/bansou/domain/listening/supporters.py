"""A gentle proposal for the screen 「誰が支援者ですか」; a person always decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from bansou.domain.japanese import normalise, search_key
from bansou.domain.listening.transcript import Transcript


class SpeakerSide(StrEnum):
    """On which side of the talk a speaker sits."""

    SUPPORTER = "supporter"
    LEADER = "leader"

    @property
    def label(self) -> str:
        return "支援者" if self is SpeakerSide.SUPPORTER else "経営者"


_IN_BRACKETS = re.compile(r"[(\[【<].*?(?:[)\]】>]|$)|[@/|].*$")
_HONORIFIC = re.compile(r"(?:さん|様|氏|先生|社長|会長|専務|常務|代表|店長|女将|指導員|相談員)$")
_SUPPORTER_WORD = re.compile(
    r"(?:支援者|経営指導員|指導員|相談員|支援員|診断士|税理士|コーディネーター|アドバイザー)$"
)
_LEADER_WORD = re.compile(r"(?:経営者|社長|代表|代表取締役|店主|事業主|事業者|(?<!若)女将|会長)$")


def guess_supporter(
    transcript: Transcript, known_names: Mapping[str, SpeakerSide]
) -> dict[str, SpeakerSide | None]:
    """Speaker → side, or ``None`` where nothing speaks for either.

    ``known_names``: names of accounts and of people of the business, each with its side. Our rule: the full
    name wins; then the family name alone, when all who bear it sit on one side; then the word a speaker
    goes by (経営指導員, 社長). What stands in brackets or after @ is not part of the name. Two speakers of
    one name (小暮社長, 小暮専務) are told apart by such a word only.
    """
    full: dict[str, set[SpeakerSide]] = {}
    family: dict[str, set[SpeakerSide]] = {}
    for name, side in known_names.items():
        if key := _key(name):
            full.setdefault(key, set()).add(side)
        if key := _key(normalise(name).split(" ")[0]):
            family.setdefault(key, set()).add(side)
    bearers = Counter(_key(speaker) for speaker in transcript.speakers)
    sides: dict[str, SpeakerSide | None] = {}
    for speaker in transcript.speakers:
        key = _key(speaker)
        known = (full.get(key) or family.get(key)) if bearers[key] == 1 else None
        sides[speaker] = _side_by_word(speaker) if known is None else _only(known)
    return sides


def _only(sides: set[SpeakerSide]) -> SpeakerSide | None:
    return next(iter(sides)) if len(sides) == 1 else None


def _side_by_word(speaker: str) -> SpeakerSide | None:
    plain = normalise(speaker)
    if _SUPPORTER_WORD.search(plain):
        return SpeakerSide.SUPPORTER
    return SpeakerSide.LEADER if _LEADER_WORD.search(plain) else None


def _key(name: str) -> str:
    plain = _IN_BRACKETS.sub("", normalise(name)).strip()
    return search_key(_HONORIFIC.sub("", plain) or plain)
