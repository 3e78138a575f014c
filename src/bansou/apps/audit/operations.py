"""Write the trail. Called inside the transaction of the change it speaks of."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bansou.domain.access import Actor

from .fingerprints import canonical, digest, fingerprints
from .models import AccessLogEntry, AuditEntry, AuditHead

PLATFORM = "platform"


@dataclass(frozen=True)
class Verb:
    """What was done: a stable code and the words a person reads."""

    code: str
    label: str


@dataclass(frozen=True)
class Change:
    """One line to be written. `organisation_id` is the public_id of the body whose chain it joins."""

    verb: Verb
    subject: models.Model
    organisation_id: str = PLATFORM
    why: str = ""
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def record(
    *,
    actor: Actor,
    verb: Verb,
    subject: models.Model,
    organisation_id: str = PLATFORM,
    why: str = "",
    changes: Mapping[str, Sequence[Any]] | None = None,
) -> None:
    """Append one line. `changes` maps a field's Japanese name to (before, after).

    Never hand it words of a private layer: the trail is read by people who may not read those.
    """
    record_all(actor=actor, lines=[Change(verb, subject, organisation_id, why, changes or {})])


@transaction.atomic
def record_all(*, actor: Actor, lines: Sequence[Change]) -> None:
    """Append many lines of saved subjects, in order.

    The chains are locked before the rows are read: what another transaction has just written is seen, and the
    last line of a row is the last to have looked at it. Always in one order, so that nobody waits in a ring.
    """
    heads = [_locked_head(chain) for chain in sorted({line.organisation_id for line in lines})]
    states = _states_after(lines)
    now = timezone.now()
    entries: list[AuditEntry] = []
    for head in heads:
        for line in lines:
            if line.organisation_id == head.chain:
                entries.append(_next_entry(head, actor, line, now, states))
        head.save(update_fields=["position", "hash"])
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def _locked_head(chain: str) -> AuditHead:
    AuditHead.objects.get_or_create(chain=chain)
    return AuditHead.objects.select_for_update().get(chain=chain)


def _states_after(lines: Sequence[Change]) -> dict[tuple[str, int], str]:
    by_model: dict[type[models.Model], list[int]] = {}
    for line in lines:
        if getattr(line.subject, "AUDITED", False):
            by_model.setdefault(line.subject._meta.model, []).append(line.subject.pk)
    return {
        (model._meta.label_lower, key): state
        for model, keys in by_model.items()
        for _public_id, key, state in fingerprints(model, keys)
    }


def _next_entry(
    head: AuditHead, actor: Actor, line: Change, now: Any, states: Mapping[tuple[str, int], str]
) -> AuditEntry:
    subject = line.subject
    details = json.loads(
        canonical(
            {
                "actor": actor.label,
                "verb": line.verb.label,
                "subject": str(subject)[:300],
                "why": line.why,
                "changes": line.changes,
            }
        )
    )
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        chain=head.chain,
        position=head.position + 1,
        at=now,
        actor_id=actor.public_id,
        verb=line.verb.code,
        subject_type=subject._meta.model_name or "",
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        details=details,
        salt=salt,
        details_digest=digest(salt + canonical(details)),
        state_digest=states.get((subject._meta.label_lower, subject.pk), ""),
        previous_hash=head.hash,
    )
    entry.hash = chain_hash(entry)
    head.position, head.hash = entry.position, entry.hash
    return entry


def chain_hash(entry: AuditEntry) -> str:
    """SHA-256 over the line without its personal words, and over the hash before it (reporting.md §8)."""
    return digest(
        canonical(
            [
                entry.previous_hash,
                entry.chain,
                entry.position,
                entry.at,
                entry.actor_id,
                entry.verb,
                entry.subject_type,
                entry.subject_id,
                entry.details_digest,
                entry.state_digest,
            ]
        )
    )


def log_reading(*, actor: Actor, subject: models.Model, organisation_id: str, what: str) -> None:
    """Note that `actor` read a record somebody else is responsible for."""
    AccessLogEntry.objects.create(
        organisation_id=organisation_id,
        actor_id=actor.public_id,
        actor_label=actor.label[:200],
        subject_type=subject._meta.model_name or "",
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        subject_label=str(subject)[:300],
        what=what,
    )
