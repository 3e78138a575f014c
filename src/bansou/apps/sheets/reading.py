"""What a sheet says: its figures in a row, its scores, its boxes, and the whole as one record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import Statement
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.locaben import FIGURE_FIELDS, Assessment, Figures, Norms, assess
from bansou.domain.locaben.changes import MarkedChange, marked_changes
from bansou.domain.locaben.record import BoxText, SheetRecord
from bansou.domain.locaben.years import in_sequence

from .models import LocalBenchmark, LocalBenchmarkVersion
from .norm_editions import norms_named


def sheet_of(engagement: Engagement) -> LocalBenchmark:
    """The sheet of an engagement; before anything was kept, a new one that is not saved yet."""
    sheet = LocalBenchmark.objects.filter(engagement=engagement).first() or LocalBenchmark(
        engagement=engagement, **_first_settings(engagement.business)
    )
    sheet.engagement = engagement  # what was read along with it stays at hand
    return sheet


def _first_settings(business: Business) -> dict[str, str]:
    return {"size": business.size, "size_reason": "事業者の登録による規模です。"}


def years_of(sheet: LocalBenchmark) -> list[Figures]:
    """Every fiscal year, oldest first, each with the sales of the year before."""
    if sheet.pk is None:
        return []
    counted = frozenset(sheet.counted_debt)
    return in_sequence(year.as_figures(counted) for year in sheet.years.all())


def norms_of(sheet: LocalBenchmark) -> Norms | None:
    """None when the edition is no longer at hand, or the industry or size is not chosen yet."""
    if not sheet.industry_code or sheet.firm_size is None:
        return None
    return norms_named(sheet.edition, sheet.engagement.organisation_id)


def assessments_of(sheet: LocalBenchmark, years: list[Figures]) -> list[Assessment]:
    """One per fiscal year, in the order of `years`; empty without norms."""
    norms, size = norms_of(sheet), sheet.firm_size
    if norms is None or size is None or (sheet.industry_code, size) not in norms.covered:
        return []
    return [assess(year, norms=norms, industry_code=sheet.industry_code, size=size) for year in years]


@dataclass(frozen=True)
class Words:
    """An excerpt as a box shows it."""

    excerpt_id: str
    words: str
    speaker: str
    held_on: str
    dialogue_id: str
    place: int


def evidence_of(sheet: LocalBenchmark, actor: Actor) -> dict[str, list[Words]]:
    """Box key → the words it rests on, as far as this person may read them (the 経営者: own shared ones)."""
    if sheet.pk is None:
        return {}
    pointers = (
        sheet.evidence.filter(excerpt__dialogue__withdrawn_at__isnull=True)
        .filter(excerpt__statement__in=Statement.objects.visible_to(actor))
        .select_related("excerpt__statement__person", "excerpt__statement__account", "excerpt__dialogue")
        .order_by("excerpt__dialogue__held_on", "excerpt__statement__index", "pk")
    )
    found: dict[str, list[Words]] = {}
    for pointer in pointers:
        excerpt = pointer.excerpt
        found.setdefault(pointer.key, []).append(
            Words(
                excerpt_id=excerpt.public_id,
                words=excerpt.words,
                speaker=_speaker(excerpt.statement),
                held_on=excerpt.dialogue.held_on.isoformat(),
                dialogue_id=excerpt.dialogue.public_id,
                place=excerpt.statement.index,
            )
        )
    return found


def _speaker(statement: Statement) -> str:
    """The person's own name once it is known; else what the file calls the speaker."""
    known = statement.person or statement.account
    return known.name if known else statement.speaker


def boxes_of(sheet: LocalBenchmark) -> dict[str, BoxText]:
    """Box key → its words with who wrote them and when."""
    if sheet.pk is None:
        return {}
    return {
        box.key: BoxText(
            text=box.text,
            side=box.side,
            writer=str(box.written_by),
            written_on=timezone.localdate(box.written_at).isoformat(),
        )
        for box in sheet.boxes.select_related("written_by")
    }


def record_of(sheet: LocalBenchmark) -> SheetRecord:
    """The whole sheet at this moment. Evidence by identifier alone: words stay with their dialogue.

    The years are as typed; what a year takes from the one before it is worked out again from them.
    """
    years = [] if sheet.pk is None else list(sheet.years.all())
    counted = frozenset(sheet.counted_debt)
    evidence: dict[str, list[str]] = {}
    if sheet.pk is not None:
        for key, excerpt_id in sheet.evidence.order_by("pk").values_list("key", "excerpt__public_id"):
            evidence.setdefault(key, []).append(excerpt_id)
    return SheetRecord(
        industry_code=sheet.industry_code,
        size=sheet.size,
        size_reason=sheet.size_reason,
        edition=sheet.edition,
        unit=sheet.unit,
        counted_debt=tuple(sheet.counted_debt),
        years=tuple(year.as_figures(counted) for year in years),
        boxes=boxes_of(sheet),
        evidence=evidence,
        results=tuple(assessments_of(sheet, in_sequence(year.as_figures(counted) for year in years))),
    )


def version_of(sheet: LocalBenchmark, number: int) -> LocalBenchmarkVersion | None:
    return LocalBenchmarkVersion.objects.filter(benchmark=sheet, number=number).first()


def open_changes(sheet: LocalBenchmark, years: list[Figures]) -> list[MarkedChange]:
    """Marked changes nobody has decided on yet, the newest first."""
    if sheet.pk is None:
        return []
    decided = set(sheet.noticed_changes.values_list("key", "from_end", "to_end", "before", "after"))
    found = [
        change
        for change in marked_changes(years)
        if (change.key, change.from_end, change.to_end, change.before, change.after) not in decided
    ]
    return sorted(found, key=lambda change: change.to_end, reverse=True)


def seen_at(sheet: LocalBenchmark, number: int) -> SheetRecord:
    """The version somebody had on the screen; an empty sheet for the beginning."""
    version = version_of(sheet, number) if sheet.pk else None
    return SheetRecord.from_json(version.content if version else {})


def newest_with_figures(years: Sequence[Figures]) -> int | None:
    """The place of the newest year that says anything; None when all are blank."""
    places = (place for place in reversed(range(len(years))) if has_figures(years[place]))
    return next(places, None)


def has_figures(year: Figures) -> bool:
    """Whether anything is known of the year itself; 前期売上高 speaks of another one."""
    keys = [field.key for field in FIGURE_FIELDS if field.key != "previous_sales"]
    return any(getattr(year, key) is not None for key in keys)
