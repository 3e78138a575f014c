"""Where the headings of an exported statement are, and what its columns hold.

What the programs write was learnt from public code that reads their exports (no file of a firm was used):
- 弥生会計 marks each row in its first cell ([表題行] [区分行] [明細行] [合計行]), then 部門, for one month
  the 月度, [貸借対照表] or [損益計算書], 科目, 前期繰越, 借方, 貸方, 残高, 構成比;
- freee会計 puts each level of the accounts into a column of its own, then 期首, 借方金額, 貸方金額, 期末,
  構成比, under a title 「試算表：…」;
- マネーフォワード keeps the first column for headings and totals, then 勘定科目, 補助科目, amounts or months.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bansou.domain.locaben.accounting.statement import AmountColumn, ColumnRole, Vendor
from bansou.domain.locaben.written_periods import read_period_label

Rows = Sequence[Sequence[str]]

_HEADER_WITHIN = 60
_TAG = re.compile(r"\[[^\]]+\]")
_YAYOI_TAGS = {"[表題行]", "[区分行]", "[明細行]", "[合計行]"}
_ACCOUNT_HEADINGS = (
    "勘定科目",
    "勘定科目名",
    "科目",
    "科目名",
    "科目名称",
    "勘定科目/補助科目",
    "項目",
    "項目名",
)
_SUB_HEADINGS = ("補助科目", "補助科目名", "補助", "取引先", "内訳")
_PASSED_HEADINGS = (
    "部門",
    "月度",
    "科目コード",
    "勘定科目コード",
    "補助コード",
    "補助科目コード",
    "コード",
    "帳票",
    "分類",
    "区分",
)
_MONTH = re.compile(
    r"(?:(?:[0-9]{4}|[rh]\.?[0-9]{1,2}|令和[0-9]{1,2})[年/.-])?(?:1[0-2]|0?[1-9])月?(?:度|分)?"
)
# Without its heading row: 前期繰越, 借方, 貸方, 残高; the names before them are mark, 部門, sheet, 科目.
_YAYOI_ORDER = (ColumnRole.OPENING, ColumnRole.DEBIT, ColumnRole.CREDIT, ColumnRole.CLOSING)
_YAYOI_NAMES = 3
_BARE_NUMBER = re.compile(r"[0-9.]+")
_ROLES: tuple[tuple[ColumnRole, re.Pattern[str]], ...] = (
    (
        ColumnRole.UNNAMED,
        re.compile(r".*(?:比率?|率|%|差額|増減|予算|達成|消費税額?|半期|上期|下期|四半期|コード)$"),
    ),
    (ColumnRole.DEBIT_BALANCE, re.compile(r"(?:借方残高|残高借方|残高\(借方\))")),
    (ColumnRole.CREDIT_BALANCE, re.compile(r"(?:貸方残高|残高貸方|残高\(貸方\))")),
    (ColumnRole.DEBIT, re.compile(r"(?:期間|当月|当期|月間|累計)?借方(?:金額|合計|発生(?:額|高)?|計)?")),
    (ColumnRole.CREDIT, re.compile(r"(?:期間|当月|当期|月間|累計)?貸方(?:金額|合計|発生(?:額|高)?|計)?")),
    (
        ColumnRole.OPENING,
        re.compile(r"(?:前.*(?:繰越|残高|期|年度?|金額|末|実績)|期首.*|繰越.*|開始残高|1月1日.*)(?:\(.*\))?"),
    ),
    (ColumnRole.ADJUSTMENT, re.compile(r"決算(?:整理)?(?:仕訳)?(?:月|分)?")),
    (ColumnRole.TOTAL, re.compile(r"(?:期間|年間|通期|月次)?(?:合計|累計|年計)")),
    (
        ColumnRole.CLOSING,
        re.compile(
            r"(?:期末.*|(?:当期?|当月|期間|本年|今期|翌期繰越|月末)?残高(?:\(.*\))?|当期(?:末|金額|実績)?|今期|"
            r"金額(?:\(円\))?|決算額|当年度?|12月31日.*)"
        ),
    ),
)


@dataclass(frozen=True)
class Layout:
    """``names``: columns that may hold the account, the first choice last; ``passed``: held by neither."""

    vendor: Vendor
    header: int | None
    columns: tuple[AmountColumn, ...]
    names: tuple[int, ...]
    sub: int | None
    department: int | None
    month: int | None
    tagged: bool
    signature: str


def find_layout(rows: Rows) -> Layout:
    """Reads the first rows for headings; without any, the columns that hold amounts are used as they are."""
    header = max(range(min(len(rows), _HEADER_WITHIN)), key=lambda at: (_score(rows[at]), -at), default=None)
    if header is None or _score(rows[header]) < 2:
        return _without_headings(rows)
    heads = [squeezed(cell) for cell in rows[header]]
    tagged = any(row and row[0].strip() in _YAYOI_TAGS for row in rows)
    columns = amount_columns(rows[header])
    amounts = {column.index for column in columns}
    sub = next((at for at, head in enumerate(heads) if head in _SUB_HEADINGS), None)
    named = [at for at, head in enumerate(heads) if head in _ACCOUNT_HEADINGS]
    department = heads.index("部門") if "部門" in heads else None
    month = heads.index("月度") if "月度" in heads else None
    first_amount = min(amounts)
    passed = {sub, department, month, *(at for at, head in enumerate(heads) if head in _PASSED_HEADINGS)}
    if tagged:
        passed.add(0)
    free = [
        at for at in range(first_amount) if at not in passed and at not in named and not _is_role(heads[at])
    ]
    vendor = _vendor(rows, heads, tagged)
    return Layout(
        vendor=vendor,
        header=header,
        columns=columns,
        names=tuple([*free, *named] if named else free) or (0,),
        sub=sub,
        department=department,
        month=month,
        tagged=tagged,
        signature=_signature(vendor, heads, columns),
    )


def amount_columns(cells: Sequence[str]) -> tuple[AmountColumn, ...]:
    """The columns of a heading row whose headings say that amounts stand below."""
    found: list[AmountColumn] = []
    seen: dict[str, int] = {}
    for at, cell in enumerate(cells):
        role = _role(squeezed(cell))
        if role is None or role is ColumnRole.UNNAMED:
            continue
        name = cell.strip()
        seen[name] = seen.get(name, 0) + 1
        found.append(AmountColumn(name if seen[name] == 1 else f"{name}({seen[name]})", role, at))
    return tuple(_years_are_not_months(found))


def _years_are_not_months(columns: list[AmountColumn]) -> list[AmountColumn]:
    """「2025/3」「2026/3」 side by side are closing months of years, not months of one year."""
    ends = [read_period_label(column.name) for column in columns if column.role is ColumnRole.MONTH]
    months = {label.end.month for label in ends if label is not None and label.end is not None}
    if len(ends) < 2 or len(months) != 1:
        return columns
    return [
        replace(column, role=ColumnRole.CLOSING) if column.role is ColumnRole.MONTH else column
        for column in columns
    ]


def is_heading_row(cells: Sequence[str]) -> bool:
    """True for the heading of a second table further down."""
    return _score(cells) >= 2 and any(squeezed(cell) in _ACCOUNT_HEADINGS for cell in cells)


def squeezed(cell: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).lower().replace("[", "").replace("]", "")


def looks_like_amount(cell: str) -> bool:
    plain = re.sub(r"[\s,¥\\円人名()△▲+\-−－‐―]", "", unicodedata.normalize("NFKC", cell))
    return bool(plain) and _BARE_NUMBER.fullmatch(plain) is not None


def _is_role(head: str) -> bool:
    return _role(head) is not None


def _role(head: str) -> ColumnRole | None:
    if not head or head in _PASSED_HEADINGS:
        return None
    if _MONTH.fullmatch(head) and not head.isdigit():
        return ColumnRole.MONTH
    role = next((role for role, pattern in _ROLES if pattern.fullmatch(head)), None)
    if role is None and (label := read_period_label(head)) is not None:
        return ColumnRole.OPENING if (label.relative or 0) < 0 else ColumnRole.CLOSING
    return role


def _score(cells: Sequence[str]) -> int:
    heads = [squeezed(cell) for cell in cells]
    roles = sum(1 for head in heads if (role := _role(head)) is not None and role is not ColumnRole.UNNAMED)
    if not roles or any(looks_like_amount(cell) and _role(squeezed(cell)) is None for cell in cells):
        return 0
    return roles + 2 * any(head in _ACCOUNT_HEADINGS for head in heads)


def _without_headings(rows: Rows) -> Layout:
    width = max((len(row) for row in rows), default=0)
    columns = []
    for at in range(width):
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        if cells and sum(map(looks_like_amount, cells)) * 2 > len(cells):
            columns.append(AmountColumn(f"{at + 1}列目", ColumnRole.UNNAMED, at))
    tagged = any(row and row[0].strip() in _YAYOI_TAGS for row in rows)
    if tagged and len(columns) >= len(_YAYOI_ORDER):
        columns = [replace(column, role=role) for column, role in zip(columns, _YAYOI_ORDER, strict=False)]
    first = columns[0].index if columns else width
    return Layout(
        vendor=Vendor.YAYOI if tagged else Vendor.UNKNOWN,
        header=None,
        columns=tuple(columns),
        names=tuple(range(1 if tagged else 0, first)) or (0,),
        sub=None,
        department=1 if tagged and first > _YAYOI_NAMES else None,
        month=None,
        tagged=tagged,
        signature=_digest(["none", str(tagged), *(column.name for column in columns)]),
    )


def _vendor(rows: Rows, heads: Sequence[str], tagged: bool) -> Vendor:
    if tagged:
        return Vendor.YAYOI
    titles = "".join(cell for row in rows[:_HEADER_WITHIN] for cell in row if cell.startswith("試算表"))
    if (
        "試算表：" in titles
        or "試算表:" in titles
        or "推移表：" in titles
        or ("期首" in heads and "期末" in heads)
    ):
        return Vendor.FREEE
    if (
        "補助科目" in heads
        and ("勘定科目" in heads)
        and heads.index("補助科目") == heads.index("勘定科目") + 1
    ):
        return Vendor.MONEY_FORWARD
    return Vendor.UNKNOWN


def _signature(vendor: Vendor, heads: Sequence[str], columns: Sequence[AmountColumn]) -> str:
    """Months, years and the depth of freee's levels vary from file to file and do not count."""
    roles = {column.index: column.role for column in columns}
    words: list[str] = []
    for at, head in enumerate(heads):
        word = "月" if roles.get(at) is ColumnRole.MONTH else re.sub(r"[0-9]+", "#", head)
        if not (words and word == words[-1] and word in ("", "月")):
            words.append(word)
    while words and not words[-1]:
        words.pop()
    return _digest([vendor.value, *words])


def _digest(words: Sequence[str]) -> str:
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]
