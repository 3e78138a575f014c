"""What the name of an account says: which figure it belongs to, and in which way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Literal

from bansou.domain.japanese import normalise
from bansou.domain.locaben.content_files import read_content

Kind = Literal["stock", "flow"]

_NUMBERED = re.compile(
    r"^(?:[ivx]+(?=[^a-z])|\(?[0-9]{1,2}\)|[0-9]{1,2}[.、)]|[一二三四五六七八九十]+[.、])[.、\s]*"
)
_CIRCLED = re.compile("^[①-⑳㉑-㉟㊱-㊿Σ∑＊*※◎○●■□◆]+")
_ENCLOSED = re.compile(r"^[【\[(〔〈<「『《≪](.+)[】\])〕〉>」』》≫]$")
# Remarks on sign or unit; 「(割引)」「(製造)」 say what the account is and stay.
_REMARK = re.compile(
    r"\((?:[^()]*[△▲][^()]*|単位[^()]*|(?:千|百万|万)?円|人|名|損失は?|税[込抜]|期末|内訳)\)"
)
_JOINTS = re.compile(r"[\s・･·‧、,/／&]|および|及び|並びに|ならびに|または|又は|もしくは|若しくは|の部")
# 「（うち減価償却費）」 below 販管費: a detail of another line, and often the only place it is printed.
_OF_WHICH = re.compile(r"\(?(?:うち|内)\)?(?=減価償却)")
_OFFICERS = ("役員", "社長", "代表者", "株主", "取締役")


class Role(StrEnum):
    """How a line enters its figure."""

    WHOLE = "whole"
    PART = "part"
    MERGED = "merged"
    OF_WHICH = "of_which"


class Sign(StrEnum):
    """``LESS``: taken off whichever sign it is printed with (営業損失, 売上値引)."""

    PLUS = "+"
    MINUS = "-"
    LESS = "less"


@dataclass(frozen=True)
class Place:
    """Where a line belongs. ``rank``: lower is preferred among whole lines of one figure.

    ``on_credit_side``: software that prints credit balances negative prints this line negative.
    """

    key: str
    role: Role
    sign: Sign
    on_credit_side: bool
    rank: int = 0


def label_key(name: str) -> str:
    """One spelling for the ways an account is printed: 「【現金及び預金】」 = 「Σ 現金・預金」 = 現金預金."""
    text = _ENCLOSED.sub(r"\1", normalise(_CIRCLED.sub("", name.strip())))
    text = _NUMBERED.sub("", text)
    text = _JOINTS.sub("", _REMARK.sub("", text))
    inner = _ENCLOSED.sub(r"\1", text)
    return inner.replace("1年以内", "1年内").replace("予定の", "予定")


def place_of(name: str) -> Place | None:
    """The figure a line belongs to; ``None`` for lines that enter none, known or not."""
    key = label_key(name)
    if within := _OF_WHICH.match(key):
        inner = place_of(key[within.end() :]) or place_of(key[within.end() :].rstrip(")"))
        return replace(inner, role=Role.OF_WHICH) if inner is not None else None
    if not key or reason_left_out(name) is not None:
        return None
    exact = _places().get(key)
    if exact is not None:
        return exact
    if key.endswith("借入金") and any(word in key for word in _OFFICERS):
        return Place("officer_loans", Role.PART, Sign.PLUS, True)
    return next((place for end, place in _endings() if key.endswith(end) and key != end), None)


def reason_left_out(name: str) -> str | None:
    """Why a known line is never used, as a sentence; ``None`` when the name is not on that list."""
    key = label_key(name)
    if key.startswith(("うち", "(うち")) and not _OF_WHICH.match(key):
        return "内訳の行なので足しません。"
    for containing, but_not, reason in _left_out():
        if any(word in key for word in containing) and not any(word in key for word in but_not):
            return reason
    return None


def kind_of(key: str) -> Kind:
    """Whether a figure is a balance at the end of the year or a sum over the year."""
    kind: Kind = "flow" if _figures()[key]["kind"] == "flow" else "stock"
    return kind


def is_total(name: str) -> bool:
    """「…合計」「…計」 and the like: sums of other lines, not accounts of their own."""
    key = label_key(name)
    return bool(re.search(r"(?:合計|小計|総計|[^会統設累推]計)$", key)) or key in ("計", "総資産")


@cache
def _figures() -> dict[str, dict[str, object]]:
    figures: dict[str, dict[str, object]] = read_content("account_names")["figures"]
    return figures


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for key, words in _figures().items():
        credit = words["side"] == "credit"
        for rank, name in enumerate(_names(words, "whole")):
            found[label_key(name)] = Place(key, Role.WHOLE, _sign_of(name), credit, rank)
        for name in _names(words, "parts"):
            found.setdefault(label_key(name), Place(key, Role.PART, Sign.PLUS, credit))
        for name in _names(words, "minus"):
            found[label_key(name)] = Place(key, Role.PART, Sign.LESS, False)
        for name in _names(words, "merged"):
            found[label_key(name)] = Place(key, Role.MERGED, Sign.PLUS, credit)
    for rank, name in enumerate(read_content("account_names")["right_hand_total"]["names"]):
        found[label_key(name)] = Place("total_assets", Role.WHOLE, Sign.PLUS, True, 100 + rank)
    return found


def _names(words: dict[str, object], part: str) -> list[str]:
    names = words.get(part, [])
    return [str(name) for name in names] if isinstance(names, list) else []


def _sign_of(name: str) -> Sign:
    return Sign.LESS if "損失" in name and "利益" not in name else Sign.PLUS


@cache
def _endings() -> tuple[tuple[str, Place], ...]:
    return tuple(
        (label_key(end), Place(key, Role.PART, Sign.PLUS, words["side"] == "credit"))
        for key, words in _figures().items()
        for end in _names(words, "endings")
    )


@cache
def _left_out() -> tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]:
    return tuple(
        (
            tuple(label_key(word) for word in (*entry["containing"], *entry.get("also", ()))),
            tuple(label_key(word) for word in entry.get("but_not", ())),
            str(entry["reason"]),
        )
        for entry in read_content("account_names")["left_out"]
    )
