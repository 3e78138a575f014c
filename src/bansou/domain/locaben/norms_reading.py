"""Norms from rows: checked line by line, and refused with the line when a figure cannot be meant so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from bansou.domain.japanese import search_key
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import INDUSTRIES
from bansou.domain.locaben.norms import NORM_COLUMNS, Edition, Norm, NormKey, Norms
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.shared import Refusal, Refusals

_NUMBERS = NORM_COLUMNS[6:]
_COLUMN_LABELS = dict(zip(_NUMBERS, ("中央値", "ⅳ", "ⅲ", "ⅱ", "ⅰ"), strict=True))
# 「1e-999999999」 is a number to Decimal and a gigabyte to Fraction.
_EXPONENTS = (-40, 20)
_NEEDED = ("industry_code", "size", "indicator", *_NUMBERS)

# Our rule: how far the cuts ⅳ and ⅰ lie apart tells the unit. In the edition of 2022 the distances are
# ① 0.16–0.61, ② 0.07–0.34, ③ 1.6–14.7 million 円, ④ 13–140, ⑤ 1.0–8.2 and ⑥ 0.29–1.4: the windows leave
# room around them and exclude the same figures taken for % (× 100), for fractions of % (÷ 100), 千円 or days.
_DISTANCES = {
    Indicator.SALES_GROWTH: (Decimal("0.02"), Decimal(3), "割合（5%なら0.05）"),
    Indicator.OPERATING_MARGIN: (Decimal("0.01"), Decimal("1.5"), "割合（5%なら0.05）"),
    Indicator.LABOR_PRODUCTIVITY: (Decimal(100_000), Decimal(1_000_000_000), "円（千円ではなく）"),
    Indicator.EBITDA_DEBT_MULTIPLE: (Decimal(1), Decimal(1000), "倍"),
    Indicator.WORKING_CAPITAL_MONTHS: (Decimal("0.1"), Decimal(25), "か月（日数ではなく）"),
    Indicator.EQUITY_RATIO: (Decimal("0.05"), Decimal(6), "割合（5%なら0.05）"),
}


@dataclass(frozen=True)
class NormLine:
    """One row of a table of norms in our column names, with the number of its line for messages."""

    number: int
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        return (self.texts.get(column) or "").strip()

    def refusal(self, code: str, message: str) -> Refusal:
        return Refusal(code, f"{self.number}行目：{message}")


def read_norms(rows: Iterable[Mapping[str, str]], edition: Edition) -> Norms:
    """Norms in our CSV layout (``NORM_COLUMNS``), the heading being line 1.

    Checked: known industry, size and indicator; one row each; cuts strictly in order; median between ⅲ and ⅱ;
    ④ ⅰ positive; figures of the unit we keep (ratios as fractions, ③ in 円); six indicators for each
    industry × size; and all 27 industries in both sizes when the edition is official. Raises Refusals.
    """
    return norms_of_lines([NormLine(number, row) for number, row in enumerate(rows, start=2)], edition)


def norms_of_lines(lines: Sequence[NormLine], edition: Edition) -> Norms:
    """The same for rows of any file, already in our column names and units. Raises Refusals."""
    if not lines:
        raise Refusals([Refusal("no_norms", "基準値の行がありません。")])
    if lacking := [name for name in _NEEDED if name not in lines[0].texts]:
        raise Refusals([Refusal("columns_missing", f"次の列がありません：{'、'.join(lacking)}")])
    by_key: dict[NormKey, Norm] = {}
    refusals: list[Refusal] = []
    for line in lines:
        try:
            key, norm = _entry(line, edition)
            if key in by_key:
                raise line.refusal("duplicate", "同じ業種・規模・指標の行がもう一つあります。")
            by_key[key] = norm
        except Refusal as refused:
            refusals.append(refused)
    # What is incomplete because a line was refused would only repeat that refusal.
    refusals = refusals or _gaps(by_key, edition)
    if refusals:
        raise Refusals(refusals)
    return Norms(edition, by_key)


def _entry(line: NormLine, edition: Edition) -> tuple[NormKey, Norm]:
    named = line.text("edition")
    if named and named != edition.code:
        raise line.refusal(
            "other_edition", f"版が「{named}」です。「{edition.code}」の行だけを入れてください。"
        )
    key = _industry(line), _size(line), _indicator(line)
    norm = Norm(*(_number(line, column) for column in _NUMBERS))
    _check(line, norm, key[2])
    return key, norm


def _industry(line: NormLine) -> str:
    industry = INDUSTRIES.get(line.text("industry_code"))
    if industry is None:
        raise line.refusal(
            "unknown_industry", f"業種「{line.text('industry_code')}」はロカベンの小分類にありません。"
        )
    named = line.text("industry_minor")
    if named and search_key(named) != search_key(industry.label):
        raise line.refusal(
            "industry_mismatch",
            f"業種コード{industry.code}は「{industry.label}」ですが、「{named}」と書かれています。",
        )
    return industry.code


def _size(line: NormLine) -> BusinessSize:
    try:
        return BusinessSize(line.text("size"))
    except ValueError:
        raise line.refusal(
            "unknown_size", f"規模「{line.text('size')}」を読めません。medium か small です。"
        ) from None


def _indicator(line: NormLine) -> Indicator:
    try:
        return Indicator(line.text("indicator"))
    except ValueError:
        raise line.refusal("unknown_indicator", f"指標「{line.text('indicator')}」を読めません。") from None


def _number(line: NormLine, column: str) -> Decimal:
    try:
        number = Decimal(line.text(column))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not _EXPONENTS[0] <= int(number.as_tuple().exponent) <= _EXPONENTS[1]:
        raise line.refusal(
            "not_a_number", f"{_COLUMN_LABELS[column]}の「{line.text(column)}」を数として読めません。"
        )
    return number


def _check(line: NormLine, norm: Norm, indicator: Indicator) -> None:
    falling = indicator.lower_is_better
    direction = "小さく" if falling else "大きく"
    if not all(worse > better if falling else worse < better for worse, better in pairwise(norm.cuts)):
        raise line.refusal(
            "cuts_not_in_order", f"{indicator.label}の区切りは、ⅳからⅰへ順に{direction}なる必要があります。"
        )
    if not min(norm.cut_iii, norm.cut_ii) < norm.median < max(norm.cut_iii, norm.cut_ii):
        raise line.refusal("median_outside", f"{indicator.label}の中央値が、ⅲとⅱの間にありません。")
    least, most, unit = _DISTANCES[indicator]
    if not least <= abs(norm.cut_i - norm.cut_iv) <= most:
        raise line.refusal("unit_doubtful", f"{indicator.label}の値の単位が違うようです。単位は{unit}です。")
    if indicator is Indicator.EBITDA_DEBT_MULTIPLE and norm.cut_i <= 0:
        raise line.refusal("multiple_not_positive", f"{indicator.label}のⅰがゼロ以下です。")


def _gaps(by_key: Mapping[NormKey, Norm], edition: Edition) -> list[Refusal]:
    firms = {(code, size) for code, size, _ in by_key}
    if edition.official:
        firms = {(code, size) for code in INDUSTRIES for size in BusinessSize}
    return [
        Refusal("incomplete", f"{INDUSTRIES[code].label}・{size.label}に、{'、'.join(lacking)}がありません。")
        for code, size in sorted(firms)
        if (lacking := [one.label for one in Indicator if (code, size, one) not in by_key])
    ]
