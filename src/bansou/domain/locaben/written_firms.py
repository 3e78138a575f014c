"""A table of firms as offices write it → the columns ``many.score`` takes, and the cells nobody can read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import partial
from math import isfinite
from types import MappingProxyType

import polars as pl

from bansou.domain.locaben.exact_rows import WRITTEN
from bansou.domain.locaben.many import AUTO, FIGURE_COLUMNS
from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.locaben.written_periods import read_period_label
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

REQUIRED_COLUMNS = (
    "firm_id", "industry_code", "size", "fiscal_year_end", "sales", "previous_sales", "operating_profit",
    "depreciation", "employees", "cash", "notes_receivable", "accounts_receivable", "inventory", "borrowings",
    "notes_payable", "accounts_payable", "net_assets", "total_assets",
)  # fmt: skip
OPTIONAL_COLUMNS = ("capital",)

_TEXTS = ("industry_code", "size", "fiscal_year_end")
# A float holds fifteen digits, and multiplied by a thousand it still holds fourteen.
_SURE_DIGITS = 14
_NEXT_TO_NOTHING = 1e-9
_MOST_DIGITS = Context(prec=100)
# More than the country earns in a thousand years: no amount in 千円, and no headcount either.
_TOO_LARGE = 1e15
_NEVER_NEGATIVE = {"employees": "従業員数がマイナスです。", "capital": "資本金がマイナスです。"}

_SIZES = {
    **{size.value: size.value for size in BusinessSize},
    **{size.label: size.value for size in BusinessSize},
    **{size.label.removesuffix("事業者"): size.value for size in BusinessSize},
    AUTO: AUTO,
}
_SHORT_CODE = re.compile(r"([0-9]{3,4})(?:\.0+)?")
_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+")
_USUAL = r"^[\-△▲−]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?$"
_BRACKETED = re.compile(r"\((.*)\)")
_SIGN = re.compile(r"[+\-−△▲‐–—]\s*")
_NAMED_UNIT = re.compile(r"[^,]*[億万千円]|[^,]*[0-9]{1,3}(?:,[0-9]{3})+[億万千百円]+")
_NAMED_PEOPLE = re.compile(r".*[人名]")
_TIME_OF_DAY = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_BARE_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?(?:\.0+)?")
# Days as a spreadsheet counts them, from 1954 to 2119.
_SPREADSHEET_DAY = re.compile(r"([2-7][0-9]{4})(?:\.0+)?")
_SPREADSHEET_START = date(1899, 12, 30)


@dataclass(frozen=True)
class ReadFirms:
    """``firms``: as many rows as were given, unread cells null.

    ``bad``: ``place`` (row, from 0), ``column``, ``value`` as written, ``reason`` in Japanese; in order.
    """

    firms: pl.DataFrame
    bad: pl.DataFrame


def without_blank_rows(cells: pl.DataFrame, columns: Collection[str]) -> pl.DataFrame:
    """Leaves out the rows in which none of ``columns`` has any content."""
    # A firm has a size: only where it is blank need the other columns be looked at.
    doubtful = cells["size"].cast(pl.String).str.strip_chars().fill_null("") == ""
    if not doubtful.any():
        return cells
    texts = (pl.col(name).cast(pl.String).str.strip_chars().fill_null("") for name in columns)
    blank = pl.all_horizontal(text == "" for text in texts)
    empty = cells.filter(doubtful).select(blank).to_series()
    return cells.filter(~doubtful.scatter(doubtful.arg_true(), empty))


def read_firms(
    cells: pl.DataFrame,
    *,
    industries: Collection[str],
    faults: Mapping[str, str] = MappingProxyType({}),
    keeps_digits: bool = True,
) -> ReadFirms:
    """Read the columns of the table, text or numbers; a blank is null and never zero.

    ``industries``: the codes the norms know. Codes that lost their first zero are mended. Bad: what is no
    number (NaN, infinity and absurd sizes included), no date, an unknown industry or size, a negative
    headcount or capital, and any of ``faults``: what stands in a cell for a value, and the reason.
    ``keeps_digits``: text with more digits than a float holds is meant so, and goes into ``WRITTEN``.
    """
    written = _as_written(cells)
    bad: list[pl.DataFrame] = []
    columns = {"firm_id": written["firm_id"].cast(pl.String).fill_null("")}
    _noted(bad, written, "firm_id", _of_faults(columns["firm_id"], faults))
    columns["industry_code"] = _mapped(written, "industry_code", partial(_industry, industries), bad)
    columns["size"] = _mapped(written, "size", _size, bad)
    _answers(written, "fiscal_year_end", _day, bad)
    columns |= _numbers(written, bad)
    if keeps_digits:
        columns |= _long_numbers(written, columns)
    places = {name: place for place, name in enumerate((*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS))}
    found = pl.concat([_NO_BAD, *bad])
    if found.height:
        of_faults = _of_faults(found["value"], faults)
        found = found.with_columns(
            of_faults.zip_with(of_faults.is_not_null(), found["reason"]).alias("reason")
        )
    order = found["column"].replace_strict(places, return_dtype=pl.Int64).alias("order")
    return ReadFirms(
        pl.DataFrame(columns),
        found.with_columns(order).sort("place", "order", maintain_order=True).drop("order"),
    )


_NO_BAD = pl.DataFrame(
    schema={"place": pl.UInt32, "column": pl.String, "value": pl.String, "reason": pl.String}
)


def _as_written(cells: pl.DataFrame) -> pl.DataFrame:
    """Text where text is meant; numbers stay numbers; what is neither (dates, truth values) becomes text."""
    names = [name for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS) if name in cells.columns]
    return cells.select(
        name if _stays_number(name, cells.schema[name]) else pl.col(name).cast(pl.String) for name in names
    )


def _stays_number(name: str, kind: pl.DataType) -> bool:
    """Decimals have digits that floats lack, and text keeps them."""
    return kind.is_numeric() and not kind.is_decimal() and name not in _TEXTS


def _of_faults(texts: pl.Series, faults: Mapping[str, str]) -> pl.Series:
    return texts.replace_strict(faults, default=None, return_dtype=pl.String)


def _noted(bad: list[pl.DataFrame], written: pl.DataFrame, name: str, reasons: pl.Series) -> None:
    """Keep the cells that have a reason against them."""
    where = reasons.is_not_null().arg_true()
    if len(where):
        bad.append(
            pl.DataFrame(
                {
                    "place": where.cast(pl.UInt32),
                    "column": pl.Series([name]).new_from_index(0, len(where)),
                    "value": written[name].gather(where).cast(pl.String).fill_null(""),
                    "reason": reasons.gather(where),
                }
            )
        )


# --- texts: few kinds of cells, each read once ------------------------------------------------------------

_Read = Callable[[str], str]


def _mapped(written: pl.DataFrame, name: str, read: _Read, bad: list[pl.DataFrame]) -> pl.Series:
    return _looked_up(written[name], _answers(written, name, read, bad))


def _answers(written: pl.DataFrame, name: str, read: _Read, bad: list[pl.DataFrame]) -> dict[str | None, str]:
    answers: dict[str | None, str] = {}
    reasons: dict[str | None, str] = {}
    for text in written[name].unique().to_list():
        try:
            answers[text] = read(text or "")
        except Refusal as refused:
            reasons[text] = refused.message
    if reasons:
        _noted(bad, written, name, _looked_up(written[name], reasons))
    return answers


def _looked_up(texts: pl.Series, answers: dict[str | None, str]) -> pl.Series:
    if not answers:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
    return texts.replace_strict(answers, default=None, return_dtype=pl.String)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _industry(industries: Collection[str], text: str) -> str:
    found = _SHORT_CODE.fullmatch(_plain(text))
    code = found[1].zfill(4) if found else ""
    if code not in industries:
        raise Refusal(
            "industry_unreadable", "業種が空欄です。" if not text else "業種の一覧にないコードです。"
        )
    return code


def _size(text: str) -> str:
    size = _SIZES.get(_plain(text).lower())
    if size is None:
        raise Refusal(
            "size_unreadable",
            "規模が空欄です。medium・small・auto のどれかを書いてください。"
            if not text
            else "規模として読めません。medium・small・auto のどれかを書いてください。",
        )
    return size


def _day(text: str) -> str:
    """The day as ISO writes it; blank stays blank, as no value depends on it."""
    plain = _TIME_OF_DAY.sub("", _plain(text))
    if not plain:
        return ""
    digits, counted = _BARE_DIGITS.fullmatch(plain), _SPREADSHEET_DAY.fullmatch(plain)
    if counted:
        return (_SPREADSHEET_START + timedelta(days=int(counted[1]))).isoformat()
    label = read_period_label("-".join(filter(None, digits.groups())) if digits else plain)
    if label is None or label.end is None:
        raise Refusal("day_unreadable", "決算日として読めません。2026-03-31 のように書いてください。")
    return label.end.isoformat()


# --- numbers: whole columns at once, and what that leaves one by one --------------------------------------


def _numbers(written: pl.DataFrame, bad: list[pl.DataFrame]) -> dict[str, pl.Series]:
    names = [name for name in (*FIGURE_COLUMNS, *OPTIONAL_COLUMNS) if name in written.columns]
    quick = written.select(pl.col(name).cast(pl.Float64, strict=False) for name in names)
    odd = (
        written.select(pl.col(names).name.prefix("·"))
        .hstack(quick)
        .select(_is_odd(name).fill_null(False).alias(name) for name in names)
    )
    return {
        name: _one_by_one(written, name, quick[name], odd[name], bad) if odd[name].any() else quick[name]
        for name in names
    }


def _is_odd(name: str) -> pl.Expr:
    """Not read at once, or not to be believed. NaN counts as greater than any number."""
    number = pl.col(name)
    odd = (number.is_null() & pl.col(f"·{name}").is_not_null()) | (number.abs() >= _TOO_LARGE)
    return odd | (number < 0) if name in _NEVER_NEGATIVE else odd


def _one_by_one(
    written: pl.DataFrame, name: str, quick: pl.Series, odd: pl.Series, bad: list[pl.DataFrame]
) -> pl.Series:
    texts = written[name].cast(pl.String)
    usual = _usually_written(name, texts.set(~odd, None))
    quick, odd = usual.zip_with(usual.is_not_null(), quick), odd & usual.is_null()
    answers: dict[str, float | None] = {}
    reasons: dict[str | None, str] = {}
    for text in texts.filter(odd).unique().to_list():
        try:
            answers[text] = _number(name, text)
        except Refusal as refused:
            reasons[text] = refused.message
    odd_texts = texts.set(~odd, None)
    if reasons:
        _noted(bad, written, name, _looked_up(odd_texts, reasons))
    if not answers:
        return quick.set(odd, None)
    read = odd_texts.replace_strict(answers, default=None, return_dtype=pl.Float64)
    return read.zip_with(odd, quick)


def _usually_written(name: str, texts: pl.Series) -> pl.Series:
    """Numbers with the commas and signs that accounts are full of, all at once; null: written otherwise."""
    plain = pl.col("text").str.strip_chars()
    digits = plain.str.replace(r"^[△▲−]", "-").str.replace_all(",", "", literal=True)
    number = pl.when(plain.str.contains(_USUAL)).then(digits).cast(pl.Float64)
    # What is absurd is left to be named.
    least = 0 if name in _NEVER_NEGATIVE else -_TOO_LARGE
    believed = number.is_between(least, _TOO_LARGE, closed="left" if least == 0 else "none")
    return texts.to_frame("text").select(pl.when(believed).then(number)).to_series()


def _number(name: str, text: str) -> float | None:
    """``None``: nothing but space. Raises Refusal saying what is wrong with the cell."""
    written = _amount(name, text)
    if written is None:
        return None
    amount = float(written)
    if not isfinite(amount):
        raise Refusal("number_not_finite", "数ではありません。")
    if abs(amount) >= _TOO_LARGE:
        raise Refusal("number_too_large", "大きすぎる数です。金額は千円の単位で書いてください。")
    if amount < 0 and name in _NEVER_NEGATIVE:
        raise Refusal("number_negative", _NEVER_NEGATIVE[name])
    return amount


def _amount(name: str, text: str) -> Decimal | None:
    plain = _plain(text)
    if not plain:
        return None
    amount = _decimal(plain)
    return _with_its_unit(name, plain) if amount is None else amount


def _decimal(plain: str) -> Decimal | None:
    """「1,234」「△1,234.5」「(1,234)」 and what Python calls a float; ``None`` for the rest."""
    bracketed = _BRACKETED.fullmatch(plain)
    body = bracketed[1].strip() if bracketed else plain
    sign = _SIGN.match(body)
    if sign:
        body = body[sign.end() :]
    if not _NUMBER.fullmatch(body):
        return _scientific(plain)
    negative = bool(bracketed) or (sign is not None and not sign[0].startswith("+"))
    number = Decimal(body.replace(",", ""))
    return number.copy_negate() if negative and number else number


def _scientific(plain: str) -> Decimal | None:
    if not plain.isascii() or "_" in plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        return None
    # What is nothing or endless as a float may have an exponent beyond all bounds.
    return Decimal(plain) if number and isfinite(number) else Decimal(number)


def _with_its_unit(name: str, plain: str) -> Decimal:
    """「1億2,000万円」 and 「12人」 say themselves what they count."""
    people = name == "employees"
    if (_NAMED_PEOPLE if people else _NAMED_UNIT).fullmatch(plain):
        try:
            read = read_people(plain) if people else read_amount(plain, unit=YenUnit.THOUSAND)
        except Refusal:
            read = None
        if read is not None:
            return Decimal(read) if people else Decimal(read) / YenUnit.THOUSAND
    raise Refusal("number_unreadable", "数として読めません。")


# --- numbers that floats would blur -----------------------------------------------------------------------


def _long_numbers(written: pl.DataFrame, read: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """``WRITTEN``, when any number has more digits than a float surely holds, or is next to nothing."""
    names = [name for name in FIGURE_COLUMNS if written.schema[name] == pl.String]
    # Nearly every cell is short, and that is seen at once.
    is_long = written.select(pl.col(name).str.len_bytes() > _SURE_DIGITS for name in names)
    kept: dict[int, list[str]] = {}
    for name in names:
        number = read[name]
        is_tiny = (number != 0) & (number.abs() < _NEXT_TO_NOTHING)
        places = ((is_long[name] | is_tiny) & number.is_not_null()).arg_true()
        if not len(places):
            continue
        texts = written[name].gather(places)
        sure = (texts.to_frame("text").select(_digits("text") <= _SURE_DIGITS).to_series()) & ~is_tiny.gather(
            places
        )
        for place, text in zip(places.filter(~sure), texts.filter(~sure), strict=True):
            kept.setdefault(place, []).append(f"{name}={_MOST_DIGITS.plus(_amount(name, text) or Decimal())}")
    if not kept:
        return {}
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, written.height)
    return {WRITTEN: nothing.scatter(list(kept), [" ".join(pairs) for pairs in kept.values()])}


def _digits(name: str) -> pl.Expr:
    """How many digits count, from the first that is not 0 to the last."""
    mantissa = pl.col(name).str.replace(r"[eEｅＥ].*$", "")
    digits = mantissa.str.replace_all(r"[^0-9０-９]", "")
    return digits.str.strip_chars("0０").str.len_chars()
