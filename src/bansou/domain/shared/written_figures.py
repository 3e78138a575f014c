"""Amounts, headcounts, months and years as Japanese offices write them in lists and forms."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise

from bansou.domain.shared.refusal import Refusal

_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(億|千万|百万|十万|万|千)?")
# 「2千5百万」 counts 万 twenty-five hundred times: the 千 before it belongs to the 万 as well.
_THOUSANDS_OF = re.compile(r"([0-9]+)千([0-9]+)(百|十)?万")
_WORTH = {"億": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "": 1}
_LARGEST_YEN = 10**15
_LARGEST_HEADCOUNT = 1_000_000
_REMARK = re.compile(r"\([^()]*\)$")
_HEADCOUNT = re.compile(r"(?:約|計)?([0-9]+)(?:\.0+)?(?:人|名)?")
_MONTH_NAMED = re.compile(r"(?:.*年)?([0-9]{1,2})月(?:期|末|末日|決算|[0-9]{1,2}日)?")
_MONTH_BARE = re.compile(
    r"([0-9]{1,2})(?:\.0+)?|([0-9]{1,2})[/.-][0-9]{1,2}|[0-9]{4}[/.-]([0-9]{1,2})(?:[/.-].*)?"
)
# First year of each era, less one.
_ERA_BEFORE = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867,
    "R": 2018, "H": 1988, "S": 1925, "T": 1911, "M": 1867,
}  # fmt: skip
_ERA_YEAR = re.compile(rf"({'|'.join(_ERA_BEFORE)})\.?([0-9]{{1,2}}|元)(?:年?|[年./-].*)")
_WESTERN_YEAR = re.compile(r"(?:西暦)?([0-9]{4})(?:\.0+)?(?:年?|[年/.-].*)")


class YenUnit(IntEnum):
    """What a bare number counts."""

    YEN = 1
    THOUSAND = 1_000
    TEN_THOUSAND = 10_000
    MILLION = 1_000_000

    @property
    def label(self) -> str:
        return _UNIT_LABELS[self]

    @classmethod
    def named_in(cls, words: str) -> YenUnit | None:
        """The unit a heading names, 「資本金（千円）」; ``None`` when it names none."""
        plain = _plain(words)
        longest_first = sorted(cls, key=lambda unit: -len(unit.label))
        return next((unit for unit in longest_first if unit.label in plain), None)


_UNIT_LABELS = {
    YenUnit.YEN: "円",
    YenUnit.THOUSAND: "千円",
    YenUnit.TEN_THOUSAND: "万円",
    YenUnit.MILLION: "百万円",
}


def read_yen(text: str, *, unit: YenUnit = YenUnit.YEN, field: str | None = None) -> int:
    """「1,000万円」「1億2000万」「3百万円」→ yen; a number without any unit counts in ``unit``.

    Refuses what is no amount, fractions of a yen and amounts of 1,000兆円 and more.
    """
    plain = re.sub(r"[,、\s]", "", _plain(text)).removeprefix("金").removesuffix("也")
    body = re.sub(r"^[¥\\]", "", plain).removesuffix("円")
    body = _THOUSANDS_OF.sub(_gathered, body)
    parts = _PART.findall(body)
    worths = [_WORTH[word] for _, word in parts]
    if (
        not parts
        or "".join(number + word for number, word in parts) != body
        or any(earlier <= later for earlier, later in pairwise(worths))
    ):
        raise Refusal(
            "amount_unreadable", "金額として読めません。「1000万円」や「1000」のように書いてください。", field
        )
    bare = len(parts) == 1 and not parts[0][1] and body == plain
    amount = sum((Decimal(number) * _WORTH[word] for number, word in parts), Decimal(0)) * (
        unit if bare else 1
    )
    if amount != int(amount) or amount >= _LARGEST_YEN:
        raise Refusal("amount_out_of_range", "金額が大きすぎるか、1円に満たない端数があります。", field)
    return int(amount)


def _gathered(found: re.Match[str]) -> str:
    rest = int(found[2]) * {"百": 100, "十": 10, None: 1}[found[3]]
    # A rest that reaches into the thousands was meant otherwise: left as it is, it is refused.
    return f"{int(found[1]) * 1000 + rest}万" if rest < 1000 else found[0]


def read_headcount(text: str, *, field: str | None = None) -> int:
    """「12」「12人」「約１２名」「12名（うちパート3名）」→ 12."""
    plain = re.sub(r"[,、\s]", "", _plain(text))
    found = _HEADCOUNT.fullmatch(_REMARK.sub("", plain))
    if found is None or int(found[1]) > _LARGEST_HEADCOUNT:
        raise Refusal(
            "headcount_unreadable", "人数として読めません。「12人」や「12」のように書いてください。", field
        )
    return int(found[1])


def read_month(text: str, *, field: str | None = None) -> int:
    """「3月」「３」「3月末」「2026年3月期」「3/31」「2026-03-31」→ 3."""
    plain = re.sub(r"\s", "", _plain(text))
    found = _MONTH_NAMED.fullmatch(plain) or _MONTH_BARE.fullmatch(plain)
    month = int(next(group for group in found.groups() if group)) if found else 0
    if not 1 <= month <= 12:
        raise Refusal("month_unreadable", "月として読めません。「3月」や「3」のように書いてください。", field)
    return month


def read_year(text: str, *, field: str | None = None) -> int:
    """「1970」「1970年4月」「昭和45年」「S45.4.1」「平成元年」→ a western year, 1500 to 2100."""
    plain = re.sub(r"\s", "", _plain(text)).upper()
    western, era = _WESTERN_YEAR.fullmatch(plain), _ERA_YEAR.fullmatch(plain)
    if western is not None:
        year = int(western[1])
    elif era is not None:
        year = _ERA_BEFORE[era[1]] + (1 if era[2] == "元" else int(era[2]))
    else:
        year = 0
    if not 1500 <= year <= 2100:
        raise Refusal(
            "year_unreadable", "年として読めません。「1970年」や「昭和45年」のように書いてください。", field
        )
    return year


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
