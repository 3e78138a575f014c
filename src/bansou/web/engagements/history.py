"""The course of a firm's engagements, read in one question whatever the number of tables behind it.

Moves, checklists, changes, handovers and team rows are few (tens in years) and all are needed at once: for
the journey picture, the team, the verdict and the time line. They are read together as small equal rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, DateField, DateTimeField, Model, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
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
from bansou.apps.sheets.models import ChangeDecision, LocalBenchmark, NoticedChange
from bansou.domain.access import Actor


class Source(StrEnum):
    MOVE = "move"
    ASSESSMENT = "assessment"
    INTENSITY = "intensity"
    STATUS = "status"
    HANDOVER = "handover"
    MEMBER = "member"
    KEPT = "kept"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the course.

    `before` and `after` are codes of steps, verdicts, depths or states; for a handover the two names; for a
    member role and name; for KEPT the side and the step of the talk; for FIGURES the figure, and
    the two amounts as "before→after". `number` is a version or a count.
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
    number: int
    public_id: str

    @property
    def day(self) -> date:
        """When it happened; a count of kept promises has no day and stands first."""
        if self.on is not None:
            return self.on
        return timezone.localdate(self.at) if self.at is not None else date.min


# A column a source does not have. Sources name a field path instead where they have one.
_NO_TEXT = Value("", output_field=CharField())
_NO_DATE = Cast(Value(None), DateField())
_COLUMNS: dict[str, Any] = {
    "at": Cast(Value(None), DateTimeField()),
    "on": _NO_DATE,
    "until": _NO_DATE,
    "before": _NO_TEXT,
    "after": _NO_TEXT,
    "words": _NO_TEXT,
    "number": Value(0),
    "public_id": _NO_TEXT,
}


def course_of(engagements: Sequence[Engagement], actor: Actor) -> list[Line]:
    """Every line of these engagements, oldest first; kept promises are counted on the reader's teams only."""
    keys = [engagement.pk for engagement in engagements]
    first, *others = (
        _rows(StepMove, keys, Source.MOVE, **_change("moved", "step")),
        _rows(IntensityChange, keys, Source.INTENSITY, **_change("changed", "intensity")),
        _rows(StatusChange, keys, Source.STATUS, **_change("changed", "status")),
        _rows(
            SuitabilityAssessment,
            keys,
            Source.ASSESSMENT,
            at="assessed_at",
            until="reassess_on",
            after="verdict",
            number="version",
        ),
        _rows(
            Handover,
            keys,
            Source.HANDOVER,
            at="handed_over_at",
            before="from_account__name",
            after="to_account__name",
            words="reason",
            public_id="public_id",
        ),
        _rows(
            EngagementMember,
            keys,
            Source.MEMBER,
            on="joined_on",
            until="left_on",
            before="role",
            after=Coalesce("account__name", "person__name", output_field=CharField()),
        ),
        _kept_promises(keys, actor),
        _noticed_changes(keys, actor),
    )
    lines = [_line(row) for row in first.union(*others, all=True)]
    return sorted(lines, key=lambda line: (line.day, line.key))


def _line(row: tuple[Any, ...]) -> Line:
    source, key, engagement, at, on, until, *texts, number, public_id = row
    # The first lead was handed nothing over by anybody.
    before, after, words = (text or "" for text in texts)
    return Line(Source(source), key, engagement, at, on, until, before, after, words, number, public_id)


def _change(verb: str, what: str) -> dict[str, Any]:
    """The columns that the three histories of changes share."""
    return {
        "at": f"{verb}_at",
        "before": f"from_{what}",
        "after": f"to_{what}",
        "words": "reason",
    }


def _rows(
    model: type[Model], keys: list[int], source: Source, **columns: Any
) -> QuerySet[Any, tuple[Any, ...]]:
    rows = model._default_manager.filter(engagement__in=keys).order_by()
    return _as_lines(rows, source, "pk", "engagement_id", columns)


def _kept_promises(keys: list[int], actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """How many promises each side kept, by the step of the talk they were made in."""
    kept = Promise.objects.visible_to(actor).filter(
        dialogue__engagement__in=keys, dialogue__withdrawn_at__isnull=True, kept_at__isnull=False
    )
    counted = kept.order_by().values("dialogue__engagement_id", "side", "dialogue__step")
    columns = {"before": "side", "after": "dialogue__step", "number": Count("pk")}
    return _as_lines(counted, Source.KEPT, Value(0), "dialogue__engagement_id", columns)


def _noticed_changes(keys: list[int], actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    """Marked changes of the accounts that were kept as candidates for an outcome: the team's to read."""
    noticed = NoticedChange.objects.filter(
        benchmark__in=LocalBenchmark.objects.visible_to(actor),
        benchmark__engagement__in=keys,
        decision=ChangeDecision.RECORDED,
    ).order_by()
    amounts = Concat(Cast("before", CharField()), Value("→"), Cast("after", CharField()))
    columns = {"at": "noticed_at", "until": "to_end", "before": "key", "after": amounts, "words": "words"}
    return _as_lines(noticed, Source.FIGURES, "pk", "benchmark__engagement_id", columns)


def _as_lines(
    rows: Any, source: Source, key: Any, engagement: str, columns: dict[str, Any]
) -> QuerySet[Any, tuple[Any, ...]]:
    """The rows with the columns of `Line`, in its order."""
    wanted = {"source": Value(source.value), "key": key, "engagement": engagement} | _COLUMNS | columns
    worked_out = {f"line_{name}": value for name, value in wanted.items() if not isinstance(value, str)}
    paths = [value if isinstance(value, str) else f"line_{name}" for name, value in wanted.items()]
    lines: QuerySet[Any, tuple[Any, ...]] = rows.annotate(**worked_out).values_list(*paths)
    return lines
