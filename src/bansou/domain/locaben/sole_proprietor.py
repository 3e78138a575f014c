"""青色申告決算書 → figures, each with the terms it is made of (domain page §5.1). Unofficial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bansou.domain.locaben.content_files import read_content
from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.shared import Refusal

_TRANSFER_PARTS = ("family_wages", "bad_debt_provision")


@dataclass(frozen=True)
class FormItem:
    """One line to copy from the form. ``number``: 「㉝」, empty for lines the form does not number.
    ``part``: "income", "balance" (期末の欄) or "cost" (製造原価の計算)."""

    key: str
    number: str
    label: str
    part: str

    @property
    def shown(self) -> str:
        return f"{self.number} {self.label}".strip()


@dataclass(frozen=True)
class Form:
    """The form of the tax years from ``first_tax_year`` until the next one."""

    code: str
    label: str
    first_tax_year: int
    items: tuple[FormItem, ...]

    def item(self, key: str) -> FormItem:
        """``KeyError`` for a line this form does not have."""
        return {item.key: item for item in self.items}[key]


@dataclass(frozen=True)
class Term:
    """``sign``: 「＋」 or 「−」; ``amount``: 円 as copied from the form, ``None`` for a blank line."""

    sign: str
    item: FormItem
    amount: int | None


@dataclass(frozen=True)
class Derived:
    """A figure: the sum of its terms, or ``None`` while a needed line (``missing``) is blank."""

    key: str
    label: str
    terms: tuple[Term, ...]
    value: int | None
    missing: tuple[FormItem, ...]
    source: str

    @property
    def formula(self) -> str:
        """「㉝ 差引金額 ＋ ㉒ 利子割引料 − ㊷ 繰入額等の計」."""
        words = " ".join(f"{term.sign} {term.item.shown}" for term in self.terms)
        return words.removeprefix("＋ ")


@dataclass(frozen=True)
class SoleProprietorFigures:
    """Always shown with ``mark``. ``derived`` in the order of the form; ``notes``: sentences."""

    tax_year: int
    form: Form
    mark: str
    notice: str
    derived: tuple[Derived, ...]
    notes: tuple[str, ...]

    def figures(self) -> dict[str, int | None]:
        """円 per figure key; headcount and 前期売上高 are not on the form."""
        return {each.key: each.value for each in self.derived}


def form_for(tax_year: int) -> Form:
    """The form of a tax year (2026 = 令和8年分). Raises ``Refusal`` for years before the oldest we know."""
    fitting = [form for form in forms() if form.first_tax_year <= tax_year]
    if not fitting:
        oldest = min(form.first_tax_year for form in forms())
        raise Refusal(
            "tax_year_unknown",
            f"{oldest}年分より前の青色申告決算書の様式は登録されていません。金額を直接入れてください。",
            "tax_year",
        )
    return max(fitting, key=lambda form: form.first_tax_year)


@cache
def forms() -> tuple[Form, ...]:
    """All forms we know, oldest first."""
    page = read_content("sole_proprietor")
    found = [
        Form(
            code=str(form["code"]),
            label=str(form["label"]),
            first_tax_year=int(form["first_tax_year"]),
            items=tuple(
                FormItem(item["key"], form["numbers"].get(item["key"], ""), item["label"], item["part"])
                for item in page["items"]
            ),
        )
        for form in page["forms"]
    ]
    return tuple(sorted(found, key=lambda form: form.first_tax_year))


def derive(tax_year: int, entries: Mapping[str, int | None]) -> SoleProprietorFigures:
    """``entries``: item key → whole yen or ``None`` (blank). Unknown keys raise ``KeyError``."""
    form = form_for(tax_year)
    for key in entries:
        form.item(key)
    notes: list[str] = []
    amounts = _with_transfers(form, entries, notes)
    page = read_content("sole_proprietor")
    derived = tuple(_derived(form, figure, amounts) for figure in page["figures"])
    for each in derived:
        notes += _notes_on(each)
    return SoleProprietorFigures(tax_year, form, page["mark"], page["notice"], derived, tuple(notes))


def _with_transfers(form: Form, entries: Mapping[str, int | None], notes: list[str]) -> dict[str, int | None]:
    """㊷ is the sum of ㊳, ㊴ and what stands below them: copied if given, else added up from the two."""
    amounts = dict(entries)
    parts = [amount for key in _TRANSFER_PARTS if (amount := entries.get(key)) is not None]
    total, item = entries.get("transfers"), form.item("transfers")
    names = "と".join(form.item(key).shown for key in _TRANSFER_PARTS)
    if total is None and parts:
        amounts["transfers"] = sum(parts)
        notes.append(f"{item.shown}が空欄なので、{names}を足しました。")
    elif total is not None and sum(parts) > total:
        notes.append(f"{names}の合計（{sum(parts):,}円）が{item.shown}（{total:,}円）を上回っています。")
    return amounts


def _derived(form: Form, figure: Mapping[str, Any], amounts: Mapping[str, int | None]) -> Derived:
    signs = [("＋", key) for key in figure["plus"]] + [("−", key) for key in figure.get("minus", ())]
    terms = tuple(Term(sign, form.item(key), amounts.get(key)) for sign, key in signs)
    missing = tuple(form.item(key) for key in figure.get("needs", ()) if amounts.get(key) is None)
    known = [term for term in terms if term.amount is not None]
    value = sum(-(term.amount or 0) if term.sign == "−" else (term.amount or 0) for term in known)
    return Derived(
        key=str(figure["key"]),
        label=FIGURE_LABELS[figure["key"]],
        terms=terms,
        value=None if missing or not known else value,
        missing=missing,
        source=str(figure.get("source", "")),
    )


def _notes_on(each: Derived) -> list[str]:
    if each.missing and any(term.amount is not None for term in each.terms):
        needed = "、".join(item.shown for item in each.missing)
        return [f"{each.label}は、{needed}が空欄なので計算していません。該当がなければ0を入れてください。"]
    if each.value is not None and (blank := [term.item.label for term in each.terms if term.amount is None]):
        return [f"{each.label}は、空欄の{'、'.join(blank)}を除いて足しました。"]
    return []
