"""Business verbs of a sheet. Every save is a version, written with the scores it led to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bansou.apps.audit.operations import Change, Verb, record, record_all
from bansou.apps.dialogues.models import Excerpt
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.locaben import INDUSTRIES, Figures, Indicator
from bansou.domain.locaben.boxes import BOX_BY_KEY, BOXES
from bansou.domain.locaben.changes import MarkedChange, marked_changes
from bansou.domain.locaben.record import SheetRecord
from bansou.domain.method import BusinessSize
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.db import EditedMeanwhile

from .merging import Cell, cells_of, merged_texts, merged_with, merged_years, opened_at
from .models import (
    BoxEvidence,
    ChangeDecision,
    FiscalYearAccounts,
    LocalBenchmark,
    LocalBenchmarkVersion,
    NoticedChange,
    SheetBox,
    Side,
)
from .norm_editions import norms_named
from .reading import record_of, sheet_of, years_of

SETTINGS_SAVED = Verb("benchmark_settings_saved", "ロカベンの業種・規模・基準を決めました")
YEARS_SAVED = Verb("benchmark_years_saved", "ロカベンの決算を保存しました")
BOXES_SAVED = Verb("benchmark_boxes_saved", "ロカベンの欄を書きました")
EVIDENCE_SAVED = Verb("benchmark_evidence_saved", "ロカベンの欄に、よりどころの言葉をつけました")
TAKEN_IN = Verb("benchmark_taken_in", "ロカベンのシートを取り込みました")
OPENED = Verb("benchmark_opened", "ロカベンを経営者のページに開きました")
CLOSED = Verb("benchmark_closed", "ロカベンを経営者のページから閉じました")
CHANGE_DECIDED = Verb("benchmark_change_decided", "決算に表れた変化について決めました")

MOST_YEARS = 30
_EARLIEST = date(1950, 1, 1)
_BOX_LENGTHS = {box.key: box.max_length for box in BOXES}


@dataclass(frozen=True)
class Settings:
    """What a score is measured against, and how amounts are typed."""

    industry_code: str
    size: BusinessSize
    size_reason: str
    edition: str
    unit: YenUnit = YenUnit.THOUSAND
    counted_debt: frozenset[str] = frozenset()


@transaction.atomic
def save_settings(*, actor: Actor, engagement: Engagement, settings: Settings, seen: int) -> LocalBenchmark:
    """Choose industry, size and edition. EditedMeanwhile when anything but figures and words moved since."""
    sheet = _locked_open(engagement)
    if sheet.revision != seen and _facts(record_of(sheet)) != _facts(opened_at(sheet, seen)):
        raise EditedMeanwhile(sheet)
    _set(sheet, settings)
    return _keep(actor, sheet, SETTINGS_SAVED, "業種・規模・基準", Side.SUPPORTER)


@transaction.atomic
def save_years(
    *,
    actor: Actor,
    engagement: Engagement,
    years: Sequence[Figures],
    removed: Collection[date] = (),
    unit: YenUnit | None = None,
    seen: int,
) -> LocalBenchmark:
    """Write the figures of some fiscal years; others stay. `seen`: the version on the screen.

    A cell somebody else filled meanwhile stays when this person left it alone, and a year somebody took away
    stays away; EditedMeanwhile when both changed the same cell, or one what the other removes.
    Refuses a year twice, impossible dates and more than `MOST_YEARS` years.
    """
    _refuse_impossible_years(years)
    sheet = _locked_open(engagement)
    if unit is not None:
        sheet.unit = unit
    _write_years(sheet, merged_years(sheet, years, removed, opened_at(sheet, seen)), removed)
    return _keep(actor, sheet, YEARS_SAVED, "決算", Side.SUPPORTER)


@transaction.atomic
def write_boxes(
    *, actor: Actor, engagement: Engagement, texts: Mapping[str, str], side: Side, seen: int
) -> LocalBenchmark:
    """Write boxes; an emptied box disappears. `seen`: the version on the screen.

    A box left as it was stays as it stands now; EditedMeanwhile when both wrote in the same box. Who
    changes a box signs it; one left alone keeps its writer. The 経営者 writes in the boxes offered to them.
    """
    _refuse_impossible_boxes(texts)
    sheet = _locked_open(engagement)
    if side is Side.FIRM:
        _refuse_beyond_the_own_page(sheet, texts)
    changed = _write_boxes(actor, sheet, merged_texts(sheet, texts, opened_at(sheet, seen)), side)
    return _keep(actor, sheet, BOXES_SAVED, _named(changed), side) if changed else sheet


@transaction.atomic
def point_to(
    *,
    actor: Actor,
    engagement: Engagement,
    key: str,
    add: Collection[Excerpt] = (),
    remove: Collection[Excerpt] = (),
) -> LocalBenchmark:
    """Let a box rest on further words of the engagement's dialogues, and on some no longer."""
    if key not in _BOX_LENGTHS:
        raise Refusal("box_unknown", "この欄はありません。")
    if any(excerpt.dialogue.engagement_id != engagement.pk for excerpt in add):
        raise Refusal("excerpt_elsewhere", "この支援の対話で残した言葉から選んでください。", "excerpts")
    sheet = _locked_open(engagement)
    standing = set(sheet.evidence.filter(key=key).values_list("excerpt", flat=True))
    gone = {excerpt.pk for excerpt in remove} & standing
    new = {excerpt.pk for excerpt in add} - standing
    if not gone and not new:
        return sheet
    sheet.evidence.filter(key=key, excerpt__in=gone).delete()
    BoxEvidence.objects.bulk_create(
        BoxEvidence(benchmark=sheet, key=key, excerpt_id=excerpt) for excerpt in sorted(new)
    )
    return _keep(actor, sheet, EVIDENCE_SAVED, f"よりどころ（{_named([key])}）", Side.SUPPORTER)


@transaction.atomic
def take_in(
    *,
    actor: Actor,
    engagement: Engagement,
    settings: Settings | None,
    years: Sequence[Figures],
    texts: Mapping[str, str],
    written_from: int,
    seen: int,
) -> LocalBenchmark:
    """Write what a workbook says, as `merged_with` shows it beforehand.

    `seen`: the version the preview compared with; EditedMeanwhile when the sheet went on since.
    """
    _refuse_impossible_years(years)
    _refuse_impossible_boxes(texts)
    sheet = _locked_open(engagement)
    if sheet.revision != seen:
        raise EditedMeanwhile(sheet)
    merged_years, merged_texts = merged_with(sheet, years=years, texts=texts, written_from=written_from)
    if settings is not None:
        _set(sheet, settings)
    _write_years(sheet, cells_of(merged_years), ())
    _write_boxes(actor, sheet, merged_texts, Side.SUPPORTER)
    return _keep(actor, sheet, TAKEN_IN, "ファイルからの取り込み", Side.SUPPORTER)


@transaction.atomic
def open_to_leader(*, actor: Actor, engagement: Engagement, opened: bool) -> LocalBenchmark:
    """Show the sheet on the 経営者's own page, to read and to fill, or take it back. Nothing is lost.

    Taking it back is possible at any time, also after the engagement was closed.
    """
    sheet = _locked_open(engagement) if opened else _locked(engagement)
    if sheet.is_open_to_leader is opened:
        return sheet
    sheet.opened_to_leader_at = timezone.now() if opened else None
    sheet.save(update_fields=["opened_to_leader_at"])
    record(
        actor=actor,
        verb=OPENED if opened else CLOSED,
        subject=sheet,
        organisation_id=engagement.organisation.public_id,
    )
    return sheet


@transaction.atomic
def decide_on_change(
    *,
    actor: Actor,
    engagement: Engagement,
    key: str,
    from_end: date,
    to_end: date,
    decision: ChangeDecision,
    words: str,
) -> NoticedChange:
    """Keep a marked change as a candidate for an outcome, or say that it is none. Decided once."""
    sheet = _locked_open(engagement)
    change = _standing_change(years_of(sheet), key, from_end, to_end)
    where = {
        "benchmark": sheet,
        "key": key,
        "from_end": from_end,
        "to_end": to_end,
        "before": int(change.before),
        "after": int(change.after),
    }
    if NoticedChange.objects.filter(**where).exists():
        raise Refusal("already_decided", "この変化については、すでに決めてあります。")
    noticed = NoticedChange.objects.create(
        **where,
        decision=decision,
        words=words.strip(),
        noticed_by_id=actor.signed_in_key,
    )
    record(
        actor=actor,
        verb=CHANGE_DECIDED,
        subject=noticed,
        organisation_id=engagement.organisation.public_id,
        changes={"決めたこと": ("", decision.label)},
    )
    return noticed


def _standing_change(years: list[Figures], key: str, from_end: date, to_end: date) -> MarkedChange:
    for change in marked_changes(years):
        if (change.key, change.from_end, change.to_end) == (key, from_end, to_end):
            return change
    raise Refusal("change_gone", "決算が直されたため、この変化はいまはありません。")


def _refuse_impossible_years(years: Sequence[Figures]) -> None:
    ends = [year.fiscal_year_end for year in years]
    if None in ends:
        raise Refusal("year_end_required", "決算日を入れてください。", "fiscal_year_end")
    if len(set(ends)) != len(ends):
        raise Refusal("year_twice", "同じ決算日の期が二つあります。", "fiscal_year_end")
    latest = timezone.localdate().replace(month=12, day=31)
    if any(not _EARLIEST <= end <= latest.replace(year=latest.year + 2) for end in ends if end):
        raise Refusal("year_out_of_range", "決算日の年を確かめてください。", "fiscal_year_end")


def _refuse_impossible_boxes(texts: Mapping[str, str]) -> None:
    for key, text in texts.items():
        if key not in _BOX_LENGTHS:
            raise Refusal("box_unknown", "この欄はありません。")
        if "\0" in text:
            raise Refusal("unreadable_sign", "読めない文字が入っています。", key)
        if len(text.replace("\r\n", "\n").strip()) > _BOX_LENGTHS[key]:
            raise Refusal("box_too_long", f"{_BOX_LENGTHS[key]:,}文字までで書いてください。", key)


def _refuse_beyond_the_own_page(sheet: LocalBenchmark, texts: Mapping[str, str]) -> None:
    if not sheet.is_open_to_leader:
        raise Refusal("sheet_closed", "このシートは、いまは支援者だけが見ています。")
    for key in texts:
        if not BOX_BY_KEY[key].for_owner:
            raise Refusal("box_not_for_owner", "この欄は、支援者が対話のなかで聴いて書きます。", key)


def _write_years(sheet: LocalBenchmark, cells: Mapping[Cell, Any], removed: Collection[date]) -> None:
    rows = {row.fiscal_year_end: row for row in sheet.years.all()}
    for (end, key), value in cells.items():
        row = rows.setdefault(end, FiscalYearAccounts(benchmark=sheet, fiscal_year_end=end))
        setattr(row, key, value)
    for end in removed:
        if (gone := rows.pop(end, None)) is not None and gone.pk:
            gone.delete()
    if len({(end.year, end.month) for end in rows}) != len(rows):
        raise Refusal("year_twice", "同じ月に終わる期が二つあります。", "fiscal_year_end")
    if len(rows) > MOST_YEARS:
        raise Refusal("too_many_years", f"決算は{MOST_YEARS}期まで入れられます。")
    for row in rows.values():
        row.save()


def _write_boxes(actor: Actor, sheet: LocalBenchmark, texts: Mapping[str, str], side: Side) -> list[str]:
    """The keys that changed."""
    rows = {row.key: row for row in sheet.boxes.all()}
    changed = [key for key, text in texts.items() if text != (rows[key].text if key in rows else "")]
    for key in changed:
        row = rows.get(key) or SheetBox(benchmark=sheet, key=key)
        if not texts[key]:
            row.delete()
            continue
        row.text, row.side, row.written_at = texts[key], side, timezone.now()
        row.written_by_id = actor.signed_in_key
        row.save()
    return changed


def _facts(record: SheetRecord) -> tuple[Any, ...]:
    return (record.industry_code, record.size, record.edition, record.unit, sorted(record.counted_debt))


def _set(sheet: LocalBenchmark, settings: Settings) -> None:
    """Refuses an industry or an edition that is not known here, and an edition without the industry."""
    if settings.industry_code not in INDUSTRIES:
        raise Refusal("industry_unknown", "業種を一覧から選んでください。", "industry_code")
    norms = norms_named(settings.edition, sheet.engagement.organisation_id)
    if norms is None:
        raise Refusal("edition_unknown", "この版の業種基準値は、読み込まれていません。", "edition")
    for indicator in Indicator:
        norms.norm(settings.industry_code, settings.size, indicator)
    sheet.industry_code, sheet.size = settings.industry_code, settings.size
    sheet.size_reason, sheet.edition = settings.size_reason[:200], settings.edition
    sheet.unit, sheet.counted_debt = settings.unit, sorted(settings.counted_debt)


def _locked_open(engagement: Engagement) -> LocalBenchmark:
    """The sheet, locked; made when this is its first save. A closed engagement is read, not continued."""
    sheet = _locked(engagement)
    if not engagement.is_open:
        raise Refusal(
            "engagement_closed", "この伴走支援は終了しています。続けるときは、先に再開してください。"
        )
    if sheet.pk is None:
        sheet.save()
    return sheet


def _locked(engagement: Engagement) -> LocalBenchmark:
    """The engagement is the lock: a first save has no other row to wait for."""
    engagement.refresh_from_db(
        fields=["status"], from_queryset=Engagement.objects.select_for_update(of=("self",))
    )
    return sheet_of(engagement)


def _keep(actor: Actor, sheet: LocalBenchmark, verb: Verb, what: str, side: Side) -> LocalBenchmark:
    """Raise the revision, keep the whole as a version, and say so in the trail (no words of the sheet)."""
    sheet.revision += 1
    sheet.save()
    version = LocalBenchmarkVersion.objects.create(
        benchmark=sheet,
        number=sheet.revision,
        what=what[:200],
        side=side,
        saved_by_id=actor.account_key,
        content=record_of(sheet).as_json(),
    )
    organisation = sheet.engagement.organisation.public_id
    changes = {"版": (sheet.revision - 1, sheet.revision), "変えたところ": ("", what)}
    record_all(
        actor=actor,
        lines=[Change(verb, sheet, organisation, changes=changes), Change(verb, version, organisation)],
    )
    return sheet


def _named(keys: Iterable[str]) -> str:
    labels = [box.full_label for box in BOXES if box.key in set(keys)]
    shown = "、".join(labels[:3])
    return shown if len(labels) <= 3 else f"{shown}ほか{len(labels) - 3}欄"
