"""Norms from sheets as people have them: tables are recognised by their headings, or refused.

Written without METI's workbook, which we do not have: what is here recognises the labels of the tool (業種,
規模, the six indicators, 中央値, ⅳ ⅲ ⅱ ⅰ) wherever they stand, and says so when it does not find them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bansou.domain.japanese import search_key
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import INDUSTRIES
from bansou.domain.locaben.norms import NORM_COLUMNS, Edition, Norms
from bansou.domain.locaben.norms_reading import NormLine, norms_of_lines
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.shared import Refusal, Refusals

Rows = Sequence[Sequence[str]]

_HEADINGS_WITHIN = 40
_NUMBERS = NORM_COLUMNS[6:]
_OWN_HEADINGS = frozenset(NORM_COLUMNS) - {"edition", "industry_major", "industry_minor"}
_CODE, _NAME, _MAJOR, _SIZE, _INDICATOR, _UNIT = "code", "name", "major", "size", "indicator", "unit"
_HEADINGS = {
    "業種コード": _CODE, "小分類コード": _CODE, "コード": _CODE,
    "業種": _NAME, "業種名": _NAME, "小分類": _NAME, "業種小分類": _NAME, "業種(小分類)": _NAME,
    "大分類": _MAJOR, "業種大分類": _MAJOR, "業種(大分類)": _MAJOR,
    "規模": _SIZE, "事業規模": _SIZE, "企業規模": _SIZE, "事業者規模": _SIZE, "規模区分": _SIZE,
    "指標": _INDICATOR, "指標名": _INDICATOR, "財務指標": _INDICATOR,
    "単位": _UNIT,
    "中央値": "median", "業種基準値": "median", "業種基準値(中央値)": "median",
}  # fmt: skip
_CUT = re.compile(r"(?:区切り|境界|境界値|基準)?(iv|iii|ii|i)")
_WITH_UNIT = re.compile(r"(?P<label>.+?)(?:\((?P<unit>[^()]*)\))?")
_CODE_IN_CELL = re.compile(r"([0-9]{3,4})(?:\.0)?(.*)")
_NUMBER = re.compile(
    r"(?P<sign>[△▲\-−－‐]?)(?P<digits>[0-9][0-9,]*(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,2})?)(?P<percent>%?)"
)
_RATIOS = frozenset({Indicator.SALES_GROWTH, Indicator.OPERATING_MARGIN, Indicator.EQUITY_RATIO})
_MONTHS = Indicator.WORKING_CAPITAL_MONTHS
_PERCENT = Decimal("0.01")
_FACTORS: Mapping[str, tuple[Decimal, frozenset[Indicator]]] = {
    "%": (_PERCENT, _RATIOS),
    "割合": (Decimal(1), _RATIOS),
    "円": (Decimal(1), frozenset({Indicator.LABOR_PRODUCTIVITY})),
    "円/人": (Decimal(1), frozenset({Indicator.LABOR_PRODUCTIVITY})),
    "千円": (Decimal(1000), frozenset({Indicator.LABOR_PRODUCTIVITY})),
    "千円/人": (Decimal(1000), frozenset({Indicator.LABOR_PRODUCTIVITY})),
    "倍": (Decimal(1), frozenset({Indicator.EBITDA_DEBT_MULTIPLE})),
    **{word: (Decimal(1), frozenset({_MONTHS})) for word in ("か月", "ヶ月", "ケ月", "カ月", "ヵ月", "月")},
}


def read_norms_table(rows: Rows, edition: Edition) -> Norms:
    """Norms from the cells of one sheet, as text; captions above and notes below are passed over.

    Recognised by their headings: (a) our CSV; (b) one row per industry × size × indicator under Japanese
    headings; (c) one row per industry × size, the indicators side by side, 中央値 and ⅳ…ⅰ in the row below
    their names. A unit is taken from the heading 「労働生産性（千円）」, a column 単位 or the % of a cell;
    without one ratios must be fractions and ③ 円. A unit that cannot be right is refused, never guessed.
    Raises Refusals; what is recognised is then checked as in ``read_norms``.
    """
    for layout in (_own, _long, _wide):
        for place in range(min(len(rows), _HEADINGS_WITHIN)):
            lines = layout(rows, place)
            if lines is not None:
                return norms_of_lines(lines, edition)
    raise Refusals(
        [
            Refusal(
                "table_not_recognised",
                "基準値の表として読めませんでした。業種・規模・指標の名前と、中央値・ⅳ・ⅲ・ⅱ・ⅰの見出しのある表を"
                "選んでください。",
            )
        ]
    )


def read_norms_workbook(sheets: Sequence[Rows], edition: Edition) -> Norms:
    """Norms from the first sheet of a workbook that holds a table of norms; METI's has several sheets.

    Raises Refusals: of that sheet, or that no sheet was recognised.
    """
    unknown = Refusals([Refusal("table_not_recognised", "ファイルに表がありません。")])
    for rows in sheets:
        try:
            return read_norms_table(rows, edition)
        except Refusals as refused:
            if any(refusal.code != "table_not_recognised" for refusal in refused):
                raise
            unknown = refused
    raise unknown


def _plain(cell: str) -> str:
    """Without blanks, in NFKC and small letters: ⅳ becomes iv, ％ becomes %."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).lower()


def _role(cell: str) -> str | None:
    """What a heading names: a column of ours, or code, name, size, …"""
    plain = _plain(cell)
    if cut := _CUT.fullmatch(plain):
        return f"cut_{cut[1]}"
    return _HEADINGS.get(plain)


def _roles(row: Sequence[str]) -> dict[str, int]:
    """Column of each role; the first one of several."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if role := _role(cell):
            found.setdefault(role, column)
    return found


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


# (a) our own layout


def _own(rows: Rows, place: int) -> list[NormLine] | None:
    heads = [cell.strip().removeprefix("\ufeff") for cell in rows[place]]
    if not set(heads) >= _OWN_HEADINGS:
        return None
    below = enumerate(rows[place + 1 :], start=place + 2)
    return [
        NormLine(number, {head: _cell(row, column) for column, head in enumerate(heads)})
        for number, row in below
        if any(cell.strip() for cell in row)
    ]


# (b) one row per industry, size and indicator


def _long(rows: Rows, place: int) -> list[NormLine] | None:
    columns = _roles(rows[place])
    if not columns.keys() >= {_SIZE, _INDICATOR, *_NUMBERS} or not _names_industry(columns):
        return None
    lines = []
    for number, row, firm in _firms(rows, place + 1, columns, [columns[name] for name in _NUMBERS]):
        indicator, unit = _indicator_and_unit(_cell(row, columns[_INDICATOR]))
        unit = unit or _plain(_cell(row, columns.get(_UNIT)))
        cells = [_cell(row, columns[name]) for name in _NUMBERS]
        lines.append(_line(number, firm, indicator, unit, cells))
    return lines


# (c) one row per industry and size


@dataclass(frozen=True)
class _Block:
    """The five columns of one indicator."""

    indicator: Indicator
    unit: str
    columns: tuple[int, ...]


def _wide(rows: Rows, place: int) -> list[NormLine] | None:
    if place + 1 >= len(rows):
        return None
    blocks = _blocks(rows[place], rows[place + 1])
    columns = {**_roles(rows[place + 1]), **_roles(rows[place])}
    if {block.indicator for block in blocks} != set(Indicator) or _SIZE not in columns:
        return None
    if not _names_industry(columns):
        return None
    values = [column for block in blocks for column in block.columns]
    return [
        _line(number, firm, block.indicator, block.unit, [_cell(row, column) for column in block.columns])
        for number, row, firm in _firms(rows, place + 2, columns, values)
        for block in blocks
    ]


def _blocks(upper: Sequence[str], lower: Sequence[str]) -> list[_Block]:
    named = [(column, *_indicator_and_unit(cell)) for column, cell in enumerate(upper)]
    starts = [(column, indicator, unit) for column, indicator, unit in named if indicator is not None]
    ends = [column for column, _, _ in starts[1:]] + [len(lower)]
    blocks = []
    for (column, indicator, unit), end in zip(starts, ends, strict=False):
        parts = {name: column + place for name, place in _roles(lower[column:end]).items()}
        if parts.keys() >= set(_NUMBERS):
            blocks.append(_Block(indicator, unit, tuple(parts[name] for name in _NUMBERS)))
    return blocks


# Rows, firms, cells


def _names_industry(columns: Mapping[str, int]) -> bool:
    return _CODE in columns or _NAME in columns


@dataclass(frozen=True)
class _Firm:
    """Industry and size as written; a blank cell under a merged one takes what stands above it."""

    code: str = ""
    name: str = ""
    major: str = ""
    size: str = ""


def _firms(
    rows: Rows, start: int, columns: Mapping[str, int], values: Sequence[int]
) -> Iterator[tuple[int, Sequence[str], _Firm]]:
    above = _Firm()
    for number, row in enumerate(rows[start:], start=start + 1):
        if not any(_cell(row, column) for column in values):
            continue
        code, name = _cell(row, columns.get(_CODE)), _cell(row, columns.get(_NAME))
        if not code and not name:
            code, name = above.code, above.name
        above = _Firm(
            code=code,
            name=name,
            major=_cell(row, columns.get(_MAJOR)) or above.major,
            size=_cell(row, columns.get(_SIZE)) or above.size,
        )
        yield number, row, above


def _line(number: int, firm: _Firm, indicator: Indicator | None, unit: str, cells: Sequence[str]) -> NormLine:
    """In our columns and units. What cannot be read stays as written and is refused with its line."""
    code, label = _industry(firm)
    written = _values(indicator, unit, cells) if indicator else list(cells)
    texts = {"industry_code": code, "industry_minor": label, "size": _size(firm.size)}
    texts |= {"indicator": indicator.value if indicator else ""}
    return NormLine(number, texts | dict(zip(_NUMBERS, written, strict=True)))


def _industry(firm: _Firm) -> tuple[str, str]:
    """(code, name to be compared); the cell may hold 「304」, 「0304 金属製品製造業」 or the name alone."""
    found = _CODE_IN_CELL.fullmatch(unicodedata.normalize("NFKC", firm.code or firm.name).strip())
    if found:
        return found[1].zfill(4), _official(found[2].strip(" :.") or (firm.name if firm.code else ""))
    name = search_key(_official(firm.name))
    code = next((one.code for one in INDUSTRIES.values() if search_key(one.label) == name), firm.name)
    return code, ""


def _official(name: str) -> str:
    """The tool writes 保険衛生; who writes 保健衛生 means the same."""
    return name.replace("保健衛生", "保険衛生")


def _size(text: str) -> str:
    plain = _plain(text)
    return next((size.value for size in BusinessSize if plain.startswith((size.label[:3], size.value))), text)


def _indicator_and_unit(cell: str) -> tuple[Indicator | None, str]:
    plain = re.sub(r"^[①-⑥]", "", re.sub(r"\s", "", cell))
    found = _WITH_UNIT.fullmatch(re.sub(r"^[1-6][.:]?", "", _plain(plain)))
    if found is None:
        return None, ""
    label = found["label"].replace("ebitda", "EBITDA")
    return Indicator.of_label(label), found["unit"] or ""


def _values(indicator: Indicator, unit: str, cells: Sequence[str]) -> list[str]:
    """Five numbers in our unit, or the cells with what is wrong, so that the check names them."""
    numbers = [_NUMBER.fullmatch(_unbracketed(cell)) for cell in cells]
    if any(number is None for number in numbers):
        return list(cells)
    marked = {bool(number["percent"]) for number in numbers if number}
    factor, fits = _FACTORS.get(unit, (Decimal(1), frozenset() if unit else frozenset(Indicator)))
    if indicator not in fits or marked == {True, False} or (True in marked and indicator not in _RATIOS):
        return [f"{cell}{unit}" for cell in cells]
    if True in marked:
        factor = _PERCENT
    return [format(_decimal(number) * factor, "f") for number in numbers if number]


def _unbracketed(cell: str) -> str:
    plain = _plain(cell)
    return f"-{plain[1:-1]}" if plain.startswith("(") and plain.endswith(")") else plain


def _decimal(number: re.Match[str]) -> Decimal:
    value = Decimal(number["digits"].replace(",", ""))
    return -value if number["sign"] else value
