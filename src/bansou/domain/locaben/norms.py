"""Norms: median and four cuts per industry × size × indicator, in editions that never change."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import INDUSTRIES
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.shared import Refusal

NORM_COLUMNS = (
    "edition", "industry_code", "industry_major", "industry_minor", "size", "indicator",
    "median", "cut_iv", "cut_iii", "cut_ii", "cut_i",
)  # fmt: skip

NormKey = tuple[str, BusinessSize, Indicator]


@dataclass(frozen=True)
class Norm:
    """中央値 and the cuts ⅳ ⅲ ⅱ ⅰ from worst to best, in the units of ``Indicator``."""

    median: Decimal
    cut_iv: Decimal
    cut_iii: Decimal
    cut_ii: Decimal
    cut_i: Decimal

    @property
    def cuts(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """From worst to best."""
        return self.cut_iv, self.cut_iii, self.cut_ii, self.cut_i

    @cached_property
    def _exact_cuts(self) -> tuple[Fraction, ...]:
        return tuple(Fraction(cut) for cut in self.cuts)

    def points(self, value: Fraction, indicator: Indicator) -> int:
        """1 to 5 for the unrounded value. A value equal to a cut gets the better point (our rule)."""
        if indicator.lower_is_better:
            return 1 + sum(value <= cut for cut in self._exact_cuts)
        return 1 + sum(value >= cut for cut in self._exact_cuts)


@dataclass(frozen=True)
class Edition:
    """Where norms come from; printed with every score.

    Only an ``official`` edition may be called ロカベンの業種基準値. ``dated`` is what is known of its date in
    words (「2022年度」), ``provenance`` how far the figures have been checked.
    """

    code: str
    label: str
    source: str
    dated: str
    official: bool
    provenance: str = ""

    @property
    def norms_name(self) -> str:
        """What pages and papers call the norms: never METI's name for somebody's own figures."""
        kind = (
            "ロカベンの業種基準値"
            if self.official
            else "独自に用意した基準値（ロカベンの公式基準ではありません）"
        )
        return f"{kind}・{self.label}"

    @property
    def caution(self) -> str:
        """What stands beside every score by somebody's own norms; "" for an official edition."""
        return "" if self.official else "独自の基準値による結果です。ローカルベンチマークの点数ではありません"


class Norms:
    """One edition: its norms by industry, size and indicator. Read-only."""

    def __init__(self, edition: Edition, by_key: Mapping[NormKey, Norm]) -> None:
        self.edition = edition
        self._by_key = MappingProxyType(dict(by_key))

    def norm(self, industry_code: str, size: BusinessSize, indicator: Indicator) -> Norm:
        """Raises Refusal ``unknown_industry`` or ``norms_missing``."""
        found = self._by_key.get((industry_code, size, indicator))
        if found is not None:
            return found
        if industry_code not in INDUSTRIES:
            raise Refusal("unknown_industry", "業種を一覧から選んでください。", "industry_code")
        raise Refusal(
            "norms_missing",
            f"「{self.edition.label}」の基準値に、{INDUSTRIES[industry_code].label}・{size.label}の"
            f"{indicator.label}がありません。別の版を選んでください。",
            "industry_code",
        )

    @cached_property
    def covered(self) -> frozenset[tuple[str, BusinessSize]]:
        """Industries and sizes with all six indicators."""
        firms = {(code, size) for code, size, _ in self._by_key}
        return frozenset(
            (code, size)
            for code, size in firms
            if all((code, size, one) in self._by_key for one in Indicator)
        )

    def __iter__(self) -> Iterator[tuple[NormKey, Norm]]:
        return iter(self._by_key.items())

    def __len__(self) -> int:
        return len(self._by_key)

    def as_rows(self) -> list[dict[str, str]]:
        """Rows in the layout of our norm files (``NORM_COLUMNS``), as ``read_norms`` takes them."""
        return [self._as_row(key, norm) for key, norm in self]

    def _as_row(self, key: NormKey, norm: Norm) -> dict[str, str]:
        code, size, indicator = key
        industry = INDUSTRIES[code]
        names = (self.edition.code, code, industry.major_label, industry.label, size.value, indicator.value)
        numbers = (format(number, "f") for number in (norm.median, *norm.cuts))
        return dict(zip(NORM_COLUMNS, (*names, *numbers), strict=True))


@cache
def shipped_norms(code: str = "2022") -> Norms:
    """The norms of an edition that ships with us. Raises Refusal ``unknown_edition``."""
    edition = next((one for one in shipped_editions() if one.code == code), None)
    if edition is None:
        raise Refusal(
            "unknown_edition", f"「{code}」という版の基準値はありません。版を選び直してください。", "edition"
        )
    lines = _shipped(f"{code}.csv").splitlines()
    return Norms(edition, dict(_entries(csv.DictReader(lines))))


@cache
def shipped_editions() -> tuple[Edition, ...]:
    """The editions that ship with us, newest first."""
    names = sorted(page.name for page in files(__package__).joinpath("editions").iterdir())
    pages = [tomllib.loads(_shipped(name)) for name in names if name.endswith(".toml")]
    return tuple(Edition(**page) for page in reversed(pages))


def _shipped(name: str) -> str:
    return files(__package__).joinpath("editions", name).read_text(encoding="utf-8")


def _entries(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[NormKey, Norm]]:
    for row in rows:
        key = row["industry_code"], BusinessSize(row["size"]), Indicator(row["indicator"])
        yield key, Norm(*(Decimal(row[column]) for column in NORM_COLUMNS[6:]))
