"""Prove the trail: every chain unbroken, every audited row as its last line left it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, models, transaction

from .fingerprints import audited_models, canonical, digest, fingerprints
from .models import AuditEntry, AuditHead
from .operations import chain_hash

_CHUNK = 2000


@dataclass(frozen=True)
class Finding:
    """Something that does not fit. `what` is a sentence for the person who runs the check."""

    kind: str
    what: str


@dataclass
class Verification:
    entries: int = 0
    rows: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.findings


def verify() -> Verification:
    """Read the whole trail and every audited row as they stand at one moment."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _verify()


def _verify() -> Verification:
    outcome = Verification(entries=AuditEntry.objects.count())
    findings = list(_broken_links())
    latest = _latest_states()
    for model in audited_models():
        outcome.rows += model._base_manager.count()
        findings.extend(_changed_rows(model, latest))
    outcome.findings = tuple(findings)
    return outcome


def _broken_links() -> Iterator[Finding]:
    heads = {head.chain: head for head in AuditHead.objects.all()}
    ends: dict[str, tuple[int, str]] = {}
    for entry in AuditEntry.objects.order_by("chain", "position").iterator(chunk_size=_CHUNK):
        position, previous = ends.get(entry.chain, (0, ""))
        where = f"系列 {entry.chain} の {entry.position} 番"
        if entry.position != position + 1:
            yield Finding("missing", f"{where}の前に、抜けている記録があります。")
        elif entry.previous_hash != previous:
            yield Finding("broken", f"{where}は、前の記録とつながっていません。")
        if entry.hash != chain_hash(entry):
            yield Finding("altered", f"{where}の記録が書き換えられています。")
        elif not _details_are_as_written(entry):
            yield Finding("altered", f"{where}の内容（人・理由・変更点）が書き換えられています。")
        ends[entry.chain] = (entry.position, entry.hash)
    for chain in heads.keys() | ends.keys():
        head = heads.get(chain)
        if head is None or (head.position, head.hash) != ends.get(chain, (0, "")):
            yield Finding("truncated", f"系列 {chain} の末尾が、控えの値と合いません。")


def is_as_written(entry: AuditEntry) -> bool:
    """Whether one line still carries its own hash; says nothing about its neighbours."""
    return entry.hash == chain_hash(entry) and _details_are_as_written(entry)


def _details_are_as_written(entry: AuditEntry) -> bool:
    # Erased details have lost their salt on purpose.
    return not entry.salt or digest(entry.salt + canonical(entry.details)) == entry.details_digest


def _latest_states() -> dict[tuple[str, str], str]:
    latest: dict[tuple[str, str], str] = {}
    lines = AuditEntry.objects.exclude(state_digest="").order_by("id")
    for subject_type, subject_id, state in lines.values_list(
        "subject_type", "subject_id", "state_digest"
    ).iterator(chunk_size=_CHUNK):
        latest[subject_type, subject_id] = state
    return latest


def _changed_rows(model: type[models.Model], latest: dict[tuple[str, str], str]) -> Iterator[Finding]:
    subject_type = model._meta.model_name or ""
    label = model._meta.verbose_name
    seen: set[str] = set()
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for public_id, _key, state in fingerprints(model, keys):
        seen.add(public_id)
        recorded = latest.get((subject_type, public_id))
        if recorded is None:
            yield Finding("unrecorded", f"{label} {public_id} は、記録を残さずに作られています。")
        elif recorded != state:
            yield Finding("changed", f"{label} {public_id} は、プログラムを通さずに書き換えられています。")
    for recorded_type, public_id in latest:
        if recorded_type == subject_type and public_id not in seen:
            yield Finding("removed", f"{label} {public_id} は、プログラムを通さずに消されています。")
