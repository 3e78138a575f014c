"""A whole sheet at one moment: kept as JSON with every save, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bansou.domain.locaben.assessment import Assessment, IndicatorResult
from bansou.domain.locaben.boxes import BOX_BY_KEY, BOXES
from bansou.domain.locaben.display import shown_yen
from bansou.domain.locaben.figures import FIGURE_FIELDS, FIGURE_LABELS, Amount, FigureField, Figures
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import INDUSTRIES
from bansou.domain.locaben.record_json import (
    Json,
    assessment_as_json,
    assessment_from_json,
    figures_as_json,
    figures_from_json,
    list_of,
    mapping_of,
    word_of,
    words_of,
)
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.shared.written_figures import YenUnit

BLANK = "空欄"
SIDES: Mapping[str, str] = {"supporter": "支援者", "firm": "経営者"}
DIFFERENT_BASIS = (
    "点数のもとになる基準（版・業種・規模）が違います。値の動きは比べられますが、点数どうしは比べられません。"
)

_FORMAT = 1
_SETTINGS, _YEARS, _EVIDENCE, _RESULTS = "業種・規模・基準", "決算", "よりどころ", "6つの指標"


@dataclass(frozen=True)
class BoxText:
    """The words in one box. `side` is "supporter" or "firm", `written_on` an ISO day."""

    text: str
    side: str = ""
    writer: str = ""
    written_on: str = ""

    @property
    def side_label(self) -> str:
        """「支援者」「経営者」; "" for a side this release does not know."""
        return SIDES.get(self.side, "")

    @property
    def signature(self) -> str:
        """「佐野（支援者） 2026-06-01」 from what is known of it; "" when nothing is."""
        side = self.side_label
        who = f"{self.writer}（{side}）" if self.writer and side else self.writer or side
        return " ".join(part for part in (who, self.written_on) if part)


@dataclass(frozen=True, kw_only=True)
class SheetRecord:
    """Settings, figures, boxes, evidence (box key → ids of excerpts) and the results as they then were.

    `edition` is the code chosen for the sheet; each result carries the edition it really rests on.
    """

    industry_code: str = ""
    size: str = ""
    size_reason: str = ""
    edition: str = ""
    unit: int = int(YenUnit.THOUSAND)
    counted_debt: tuple[str, ...] = ()
    years: tuple[Figures, ...] = ()
    boxes: Mapping[str, BoxText] = field(default_factory=dict)
    evidence: Mapping[str, list[str]] = field(default_factory=dict)
    results: tuple[Assessment, ...] = ()

    def as_json(self) -> Json:
        """Plain JSON; `from_json` gives back an equal record."""
        return {
            "format": _FORMAT,
            "settings": {
                "industry_code": self.industry_code,
                "size": str(self.size),
                "size_reason": self.size_reason,
                "edition": self.edition,
                "unit": int(self.unit),
                "counted_debt": list(self.counted_debt),
            },
            "years": [figures_as_json(year) for year in self.years],
            "boxes": {
                key: {
                    "text": box.text,
                    "side": str(box.side),
                    "writer": box.writer,
                    "written_on": box.written_on,
                }
                for key, box in self.boxes.items()
            },
            "evidence": {key: list(pointers) for key, pointers in self.evidence.items()},
            "results": [assessment_as_json(result) for result in self.results],
        }

    @classmethod
    def from_json(cls, page: object) -> SheetRecord:
        """What can be read of it: unknown keys are passed over, missing ones leave their place empty."""
        table = mapping_of(page)
        settings = mapping_of(table.get("settings"))
        unit = settings.get("unit")
        results = (assessment_from_json(result) for result in list_of(table.get("results")))
        return cls(
            **{
                name: word_of(settings.get(name))
                for name in ("industry_code", "size", "size_reason", "edition")
            },
            unit=unit if type(unit) is int and unit in set(YenUnit) else int(YenUnit.THOUSAND),
            counted_debt=tuple(words_of(settings.get("counted_debt"))),
            years=tuple(figures_from_json(year) for year in list_of(table.get("years"))),
            boxes={key: _box_text(box) for key, box in mapping_of(table.get("boxes")).items()},
            evidence={key: words_of(ids) for key, ids in mapping_of(table.get("evidence")).items()},
            results=tuple(result for result in results if result is not None),
        )


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs, in words for the screen: `before` and `after` are never empty (空欄).

    `key` names it for programs (`settings.size`, `years.2026-03-31.sales`, a box key, `results.…`); the
    signatures say who wrote the words of a box; `note` must be shown beside it.
    """

    key: str
    part: str
    label: str
    before: str
    after: str
    before_signature: str = ""
    after_signature: str = ""
    note: str = ""


def compare(before: SheetRecord, after: SheetRecord) -> list[Difference]:
    """What differs, in the order of the sheet. Scores on different norms carry the note `DIFFERENT_BASIS`,
    and are listed even when the points happen to be equal."""
    return [
        *_settings(before, after),
        *_years(before, after),
        *_results(before, after),
        *_boxes(before, after),
        *_evidence(before, after),
    ]


def _box_text(page: object) -> BoxText:
    table = mapping_of(page)
    return BoxText(*(word_of(table.get(name)) for name in ("text", "side", "writer", "written_on")))


def _settings(before: SheetRecord, after: SheetRecord) -> Iterator[Difference]:
    for name, label, words in (
        ("industry_code", "業種", _industry),
        ("size", "規模", _size),
        ("size_reason", "規模の決め方", str),
        ("edition", "基準の版", str),
        ("unit", "入力の単位", _unit_label),
        ("counted_debt", "借入金に含めるもの", _debts),
    ):
        old, new = words(getattr(before, name)), words(getattr(after, name))
        if old != new:
            yield _difference(f"settings.{name}", _SETTINGS, label, old, new)


def _industry(code: str) -> str:
    industry = INDUSTRIES.get(code)
    return f"{code} {industry.label}" if industry else code


def _size(code: str) -> str:
    return BusinessSize(code).label if code in {size.value for size in BusinessSize} else code


def _unit_label(unit: int) -> str:
    return YenUnit(unit).label


def _debts(keys: tuple[str, ...]) -> str:
    return "、".join(FIGURE_LABELS.get(key, key) for key in sorted(keys))


def _years(before: SheetRecord, after: SheetRecord) -> Iterator[Difference]:
    old_years, new_years = _by_end(before.years), _by_end(after.years)
    unit = YenUnit(after.unit)
    for end in sorted({*old_years, *new_years}):
        old, new = old_years.get(end, Figures()), new_years.get(end, Figures())
        if end not in old_years or end not in new_years:
            there = "あり", "なし"
            was, now = there if end in old_years else there[::-1]
            yield _difference(f"years.{end}", _YEARS, f"{_period(end)}の決算", was, now)
        elif old.months != new.months:
            label = f"{_period(end)} 月数"
            yield _difference(f"years.{end}.months", _YEARS, label, f"{old.months}か月", f"{new.months}か月")
        for one in FIGURE_FIELDS:
            was_amount, now_amount = getattr(old, one.key), getattr(new, one.key)
            if was_amount != now_amount:
                words = _pair(one, was_amount, now_amount, unit)
                yield _difference(f"years.{end}.{one.key}", _YEARS, f"{_period(end)} {one.label}", *words)


def _pair(one: FigureField, old: Amount | None, new: Amount | None, unit: YenUnit) -> tuple[str, str]:
    if not one.is_amount:
        return _heads(old), _heads(new)
    # A difference within one 千円 would read as none: then both are told to the yen.
    fine = any(amount is not None and amount % unit for amount in (old, new))
    told = YenUnit.YEN if fine else unit
    return _yen(old, told), _yen(new, told)


def _heads(heads: Amount | None) -> str:
    return BLANK if heads is None else f"{heads}人"


def _yen(amount: Amount | None, unit: YenUnit) -> str:
    return BLANK if amount is None else shown_yen(amount, unit)


def _by_end(years: tuple[Figures, ...]) -> dict[date, Figures]:
    return {end: year for year in years if (end := year.fiscal_year_end)}


def _period(end: date | None) -> str:
    return f"{end.year}年{end.month}月期" if end else "決算日なしの期"


def _results(before: SheetRecord, after: SheetRecord) -> Iterator[Difference]:
    old_results = {result.fiscal_year_end: result for result in before.results}
    new_results = {result.fiscal_year_end: result for result in after.results}
    for end in sorted({*old_results, *new_results}, key=lambda day: day or date.min):
        old, new = old_results.get(end), new_results.get(end)
        moved_basis = old is not None and new is not None and _basis(old) != _basis(new)
        note = DIFFERENT_BASIS if moved_basis else ""
        totals = _total(old, with_basis=moved_basis), _total(new, with_basis=moved_basis)
        if totals[0] != totals[1]:
            yield _difference(f"results.{end}.total", _RESULTS, f"{_period(end)} 合計", *totals, note=note)
        for one in Indicator:
            words = tuple(_score(side.results[one]) if side else "" for side in (old, new))
            if words[0] != words[1]:
                label = f"{_period(end)} {one.sign}{one.label}"
                key = f"results.{end}.{one.value}"
                yield _difference(key, _RESULTS, label, words[0], words[1], note=note)


def _basis(assessment: Assessment) -> tuple[Any, ...]:
    norms = tuple(assessment.results[one].norm for one in Indicator)
    edition = assessment.edition
    return edition.code, edition.label, edition.official, assessment.industry_code, assessment.size, norms


def _total(assessment: Assessment | None, *, with_basis: bool) -> str:
    if assessment is None:
        return ""
    if assessment.total is None:
        words = f"参考 {assessment.partial_total}点（総合評価なし）"
    else:
        words = f"{assessment.total}点（{assessment.official_grade or '独自の基準値・総合評価なし'}）"
    if not with_basis:
        return words
    industry, size = _industry(assessment.industry_code), assessment.size.label
    return f"{words}・{assessment.edition.norms_name}・{industry}・{size}"


def _score(result: IndicatorResult) -> str:
    # Notes an older release did not know are passed over, and with them the reason.
    value = "算出不可" if result.value is None and not result.notes else result.shown
    return f"{value}・{'点なし' if result.points is None else f'{result.points}点'}"


def _boxes(before: SheetRecord, after: SheetRecord) -> Iterator[Difference]:
    for key in _in_order(before.boxes, after.boxes):
        old, new = before.boxes.get(key, BoxText("")), after.boxes.get(key, BoxText(""))
        if old.text != new.text:
            yield _difference(
                key, _part(key), _label(key), old.text, new.text, by=(old.signature, new.signature)
            )


def _evidence(before: SheetRecord, after: SheetRecord) -> Iterator[Difference]:
    for key in _in_order(before.evidence, after.evidence):
        old, new = set(before.evidence.get(key, ())), set(after.evidence.get(key, ()))
        if old != new:
            was, now = (f"{len(ids)}件" if ids else "" for ids in (old, new))
            moved = f"加えた言葉{len(new - old)}件、外した言葉{len(old - new)}件"
            yield _difference(f"evidence.{key}", _EVIDENCE, _label(key), was, now, note=moved)


def _in_order(*tables: Mapping[str, Any]) -> list[str]:
    """The keys in the order of the sheet; boxes this release does not know come last."""
    keys = {key for table in tables for key in table}
    return [box.key for box in BOXES if box.key in keys] + sorted(keys - set(BOX_BY_KEY))


def _part(key: str) -> str:
    return BOX_BY_KEY[key].part.label if key in BOX_BY_KEY else "そのほか"


def _label(key: str) -> str:
    return BOX_BY_KEY[key].full_label if key in BOX_BY_KEY else key


def _difference(
    key: str,
    part: str,
    label: str,
    before: str,
    after: str,
    *,
    by: tuple[str, str] = ("", ""),
    note: str = "",
) -> Difference:
    return Difference(
        key=key,
        part=part,
        label=label,
        before=before or BLANK,
        after=after or BLANK,
        before_signature=by[0],
        after_signature=by[1],
        note=note,
    )
