"""What the course page reads: the seven stations, what happened so far, and the facts behind the advice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from bansou.apps.accounts.models import Account
from bansou.apps.dialogues.models import SpeakerSide, Statement
from bansou.apps.engagements.models import (
    Engagement,
    EngagementMember,
    IntensityChange,
    StatusChange,
    StepMove,
    SuitabilityAssessment,
)
from bansou.domain.method import MoveFacts, Step, TeamRole, Verdict, Viewpoint
from bansou.ui.items import Link, StepItem


@dataclass(frozen=True)
class HistoryLine:
    """One thing that changed in the course; histories are append-only, so this is all there is."""

    at: datetime
    kind: str
    heading: str
    reason: str
    who: str
    tone: str = ""

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)


def engagement_tabs(engagement: Engagement, current: str, *, on_team: bool) -> list[Link]:
    """The neighbouring pages of one engagement; those outside the team see the facts alone."""
    pages = [
        ("カルテ", "karte", engagement.business.public_id),
        ("伴走の進め方", "engagement", engagement.public_id),
    ]
    if on_team:
        pages += [
            ("初期的チェックリスト", "checklist", engagement.public_id),
            ("準備シート", "preparation", engagement.public_id),
            ("ロカベン", "locaben", engagement.public_id),
        ]
    return [Link(label, reverse(name, args=[key]), current=name == current) for label, name, key in pages]


def moves_of(engagement: Engagement) -> list[StepMove]:
    """Oldest first."""
    return list(engagement.step_moves.select_related("moved_by").order_by("moved_at", "pk"))


def stations(engagement: Engagement, moves: Sequence[StepMove], *, may_move: bool) -> list[StepItem]:
    """The seven steps with the day each was reached last; a link moves there, or opens the guidance."""
    reached = {Step(move.to_step): timezone.localdate(move.moved_at) for move in moves}
    return [_station(engagement, step, reached.get(step), may_move=may_move) for step in Step]


def _station(engagement: Engagement, step: Step, reached: date | None, *, may_move: bool) -> StepItem:
    now = engagement.step_now
    state = "current" if step is now else "past" if step.number < now.number else "future"
    note = f"{date_format(reached)}から" if reached else ""
    if reached is None and state == "past":
        note = "ここは通らずに進みました"
    elif reached is not None and state == "future":
        note = f"{date_format(reached)}に一度進みました"
    if step is now or not may_move:
        url = reverse("guidance-step", args=[step.value])
    else:
        url = f"{reverse('step-move', args=[engagement.public_id])}?to={step.value}"
    return StepItem(step.label, number=step.number, state=state, url=url, note=note)


def history(engagement: Engagement, moves: Sequence[StepMove]) -> list[HistoryLine]:
    """Moves, changes of depth and of state in one list, newest first."""
    lines = [_moved(move) for move in moves]
    lines += [_deepened(change) for change in engagement.intensity_changes.select_related("changed_by")]
    lines += [_turned(change) for change in engagement.status_changes.select_related("changed_by")]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _moved(move: StepMove) -> HistoryLine:
    target = Step(move.to_step)
    if not move.from_step:
        return HistoryLine(move.moved_at, "開始", "伴走支援を始めました", "", _name(move.moved_by), "growth")
    source = Step(move.from_step)
    heading = f"{source.mark} → {target.mark} {target.label}"
    kind, tone = ("戻る", "quiet") if move.is_back() else ("進む", "")
    return HistoryLine(move.moved_at, kind, heading, move.reason, _name(move.moved_by), tone)


def _deepened(change: IntensityChange) -> HistoryLine:
    heading = f"{change.get_from_intensity_display()} → {change.get_to_intensity_display()}"
    return HistoryLine(change.changed_at, "濃淡", heading, change.reason, _name(change.changed_by), "quiet")


def _turned(change: StatusChange) -> HistoryLine:
    heading = f"{change.get_from_status_display()} → {change.get_to_status_display()}"
    return HistoryLine(change.changed_at, "状態", heading, change.reason, _name(change.changed_by), "quiet")


def _name(account: Account | None) -> str:
    return str(account) if account else ""


def team_of(engagement: Engagement) -> list[EngagementMember]:
    """Who takes part today: the lead, the support side, then the firm's people."""
    order = {role.value: place for place, role in enumerate(TeamRole)}
    members = engagement.members.filter(left_on__isnull=True).select_related("account", "person")
    return sorted(members, key=lambda member: (order[member.role], member.pk))


def latest_assessment(engagement: Engagement) -> SuitabilityAssessment | None:
    return engagement.assessments.order_by("-version").first()


def dialogues_held(engagement: Engagement) -> int:
    return engagement.dialogues.filter(withdrawn_at__isnull=True).count()


def move_facts(engagement: Engagement) -> MoveFacts:
    """What the program keeps today; the rest stays None, so that no hint is drawn from it."""
    assessment = latest_assessment(engagement)
    said = _said_by_the_firm(engagement)
    return MoveFacts(
        has_assessment=assessment is not None,
        verdict=Verdict(assessment.verdict) if assessment else None,
        dialogues_held=dialogues_held(engagement),
        leader_statements=said.filter(viewpoint=Viewpoint.LEADER).count(),
        viewpoints_heard=len(set(said.exclude(viewpoint="").values_list("viewpoint", flat=True).distinct())),
        firm_members=engagement.members.filter(left_on__isnull=True, role=TeamRole.FIRM_MEMBER).count(),
    )


def _said_by_the_firm(engagement: Engagement) -> QuerySet[Statement]:
    return Statement.objects.filter(
        dialogue__engagement=engagement, dialogue__withdrawn_at__isnull=True, side=SpeakerSide.FIRM
    )
