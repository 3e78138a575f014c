"""Who changed what of a business, when and why, from the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bansou.apps.audit.models import AuditEntry
from bansou.apps.businesses.models import Business
from bansou.domain.shared import PREFECTURES

SHOWN = 50
_FIELDS = {str(field.verbose_name): field for field in Business._meta.concrete_fields}
# What follows from other fields says nothing by itself.
_UNTOLD = frozenset({"公開番号"})


@dataclass(frozen=True)
class Happening:
    on: date
    at: datetime
    who: str
    what: str
    why: str
    changes: list[tuple[str, str, str]]


def history_of(business: Business) -> list[Happening]:
    """The newest changes first."""
    entries = AuditEntry.objects.filter(subject_type="business", subject_id=business.public_id).newest_first()
    return [_told(entry) for entry in entries[:SHOWN]]


def _told(entry: AuditEntry) -> Happening:
    changes = [
        (name, _words(name, before), _words(name, after))
        for name, (before, after) in entry.changes.items()
        if name not in _UNTOLD
    ]
    return Happening(
        timezone.localdate(entry.at), entry.at, entry.actor_label, entry.verb_label, entry.why, changes
    )


def _words(name: str, value: Any) -> str:
    """A stored value as a person reads it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if name == "都道府県コード":
        return PREFECTURES.get(str(value), str(value))
    field = _FIELDS.get(name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return f"{value:,}" if isinstance(value, int) and name.endswith("（円）") else str(value)
