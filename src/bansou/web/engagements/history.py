"""The course of a firm's engagements, read in one question whatever the number of tables behind it.

Moves, checklists, changes, handovers and team rows are few (tens in years) and all are needed at once: for
the journey picture, the team, the verdict and the time line. They are read together as small equal rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from bansou.apps.dialogues.models import Promise
from bansou.apps.engagements.models import (
    Engagement,
    EngagementMember,
    Handover,
    IntensityChange,
    StatusChange,
    StepMove,
    SuitabilityAssessment,
)
from bansou.domain.access import Actor


class Source(StrEnum):
    MOVE = "move"
    ASSESSMENT = "assessment"
    INTENSITY = "intensity"
    STATUS = "status"
    HANDOVER = "handover"
    MEMBER = "member"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the course.

    `before` and `after` are codes of steps, verdicts, depths or states; for a handover the two names; for a
    member role and name; for KEPT the side and the step of the talk. `number` is a version or a count.
    """

    source: Source
    key: int
    engagement: int
    at: datetime | None
    on: date | None
    until: date | None
    before: str
    after: str
    words: str
    who: str
    number: int
    public_id: str

    @property
    def day(self) -> date:
        """When it happened; a count of kept promises has no day and stands first."""
        if self.on is not None:
            return self.on
        return timezone.localdate(self.at) if self.at is not None else date.min


_TEXT = Value("", output_field=CharField())
_EMPTY: dict[str, Any] = {
    "at": Cast(Value(None), DateTimeField()),
    "on": Cast(Value(None), DateField()),
    "until": Cast(Value(None), DateField()),
    "before": _TEXT,
    "after": _TEXT,
    "words": _TEXT,
    "who": _TEXT,
    "number": Value(0),
    "public_id": _TEXT,
}


def course_of(engagements: Sequence[Engagement], actor: Actor) -> list[Line]:
    """Every line of these engagements, oldest first; kept promises are counted on the reader's teams only."""
    keys = [engagement.pk for engagement in engagements]
    first, *others = (
        _rows(StepMove.objects, keys, Source.MOVE, **_change("moved", "to_step", "from_step", "reason")),
        _rows(
            SuitabilityAssessment.objects,
            keys,
            Source.ASSESSMENT,
            at=F("assessed_at"),
            until=F("reassess_on"),
            after=F("verdict"),
            who=_name("assessed_by__name"),
            number=F("version"),
        ),
        _rows(
            IntensityChange.objects,
            keys,
            Source.INTENSITY,
            **_change("changed", "to_intensity", "from_intensity", "reason"),
        ),
        _rows(
            StatusChange.objects,
            keys,
            Source.STATUS,
            **_change("changed", "to_status", "from_status", "reason"),
        ),
        _rows(
            Handover.objects,
            keys,
            Source.HANDOVER,
            at=F("handed_over_at"),
            before=_name("from_account__name"),
            after=_name("to_account__name"),
            words=F("reason"),
            public_id=F("public_id"),
        ),
        _rows(
            EngagementMember.objects,
            keys,
            Source.MEMBER,
            on=F("joined_on"),
            until=F("left_on"),
            before=F("role"),
            after=_name("account__name", "person__name"),
        ),
        _kept_promises(keys, actor),
    )
    lines = [Line(Source(source), *rest) for source, *rest in first.union(*others, all=True)]
    return sorted(lines, key=lambda line: (line.day, line.key))


def _change(verb: str, after: str, before: str, words: str) -> dict[str, Any]:
    return {
        "at": F(f"{verb}_at"),
        "before": F(before),
        "after": F(after),
        "words": F(words),
        "who": _name(f"{verb}_by__name"),
    }


def _name(*paths: str) -> Coalesce:
    return Coalesce(*paths, Value(""), output_field=CharField())


def _rows(rows: Any, keys: list[int], source: Source, **columns: Any) -> QuerySet[Any, tuple[Any, ...]]:
    chosen = {f"line_{name}": value for name, value in (_EMPTY | columns).items()}
    return (
        rows.filter(engagement__in=keys)
        .order_by()
        .annotate(line_source=Value(source.value), **chosen)
        .values_list("line_source", "pk", "engagement_id", *chosen)
    )


def _kept_promises(keys: list[int], actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """How many promises each side kept, by the step of the talk they were made in."""
    counted = (
        Promise.objects.visible_to(actor)
        .filter(dialogue__engagement__in=keys, dialogue__withdrawn_at__isnull=True, kept_at__isnull=False)
        .order_by()
        .values("dialogue__engagement_id", "side", "dialogue__step")
    )
    columns = _EMPTY | {"before": F("side"), "after": F("dialogue__step"), "number": Count("pk")}
    chosen = {f"line_{name}": value for name, value in columns.items()}
    return counted.annotate(line_source=Value(Source.KEPT.value), line_key=Value(0), **chosen).values_list(
        "line_source", "line_key", "dialogue__engagement_id", *chosen
    )
