"""What 今日 shows, asked in a handful of questions whatever the number of engagements."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from bansou.apps.dialogues.models import Promise
from bansou.apps.engagements.models import Engagement, Handover
from bansou.domain.access import Actor
from bansou.domain.method import EngagementStatus

AHEAD = timedelta(days=7)
SHOWN = 10
SEEN = 100  # nobody reads on; beyond it the count stays a floor


@dataclass
class Today:
    """`promises` and `dialogues` are due within the coming week; the rest must not be forgotten."""

    on: date
    dialogues: list[Engagement] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    quiet: list[Engagement] = field(default_factory=list)
    reassessments: list[Engagement] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    more_promises: int = 0

    @property
    def more_quiet(self) -> str:
        return f"すべて見る（{len(self.quiet)}件）"


def today_of(actor: Actor, on: date) -> Today:
    engagements = list(_own(actor))
    until = on + AHEAD
    promises = list(_promises(actor, until))
    meetings = [e for e in engagements if e.next_dialogue_at is not None and e.due_on() <= until]
    return Today(
        on=on,
        dialogues=sorted(meetings, key=lambda e: e.due_on()),
        promises=promises[:SHOWN],
        more_promises=len(promises) - len(promises[:SHOWN]),
        # Silence that a date already answers is no alarm.
        quiet=sorted(
            (e for e in engagements if e.is_quiet_on(on) and (e.next_dialogue_at is None or e.due_on() < on)),
            key=lambda e: e.last_dialogue_on or e.started_on,
        ),
        reassessments=[e for e in engagements if e.reassess_on is not None and e.reassess_on <= until],
        handovers=list(_handovers(actor)),
    )


def _own(actor: Actor) -> QuerySet[Engagement]:
    return (
        Engagement.objects.accompanied_by(actor)
        .filter(status=EngagementStatus.ACTIVE)
        .select_related("business")
        .order_by("pk")
    )


def _promises(actor: Actor, until: date) -> QuerySet[Promise]:
    return (
        Promise.objects.visible_to(actor)
        .open()
        .filter(due_on__lte=until)
        .select_related("dialogue__engagement__business")
        .order_by("due_on", "pk")[:SEEN]
    )


def _handovers(actor: Actor) -> QuerySet[Handover]:
    return (
        Handover.objects.filter(to_account=actor.account_key, reading__isnull=True)
        .select_related("engagement__business", "from_account")
        .order_by("handed_over_at")
    )
