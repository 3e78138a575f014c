"""The frame of one 伴走支援: who takes part, how deep, how often, and whether it is under way.

The engagement *status* is a machine of its own, apart from the journey *step* (architecture, habit 2).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.shared import Refusal


class SupportIntensity(LabelledEnum):
    """支援の濃淡: how much of the method is needed now; changeable midway with a reason (our rule)."""

    SOLVING_ONLY = "solving_only", "課題解決型のみ"
    PARALLEL = "parallel", "並行"
    FRAMING = "framing", "課題設定型"


class TeamRole(LabelledEnum):
    """Roles on one engagement (practice of the 関東経済産業局 teams and of よろず; wording is our rule)."""

    LEAD = "lead", "主担当"
    EXPERT = "expert", "専門家"
    OBSERVER = "observer", "同席・OJT"
    GATEKEEPER = "gatekeeper", "ゲートキーパー"
    FIRM_MEMBER = "firm_member", "企業側プロジェクトメンバー"

    @property
    def is_support_side(self) -> bool:
        """False only for members the business itself appoints: they never see the support side's notes."""
        return self is not TeamRole.FIRM_MEMBER


class Viewpoint(LabelledEnum):
    """From where a statement is made (guideline summary 2023, step ④; made finer by us)."""

    LEADER = "leader", "経営者"
    OFFICER = "officer", "役員"
    EMPLOYEE = "employee", "従業員"
    DEPARTMENT = "department", "各部門"
    PREDECESSOR = "predecessor", "先代経営者"
    SUCCESSOR = "successor", "後継者"
    VETERAN = "veteran", "古参の従業員"
    EXTERNAL = "external", "外部"


class EngagementStatus(LabelledEnum):
    """Whether the engagement is under way."""

    ACTIVE = "active", "伴走中"
    PAUSED = "paused", "休止中"
    CLOSED = "closed", "終了"


@dataclass(frozen=True)
class StatusChange:
    """An allowed change of status; `reason` is stripped and may be empty only when resuming after a pause."""

    from_status: EngagementStatus
    to_status: EngagementStatus
    reason: str


def plan_status_change(
    *, current: EngagementStatus, target: EngagementStatus, reason: str = ""
) -> StatusChange | Refusal:
    """Decide a change of status (our rule).

    Refuses the same status, a pause of something closed, and a missing reason for pausing, closing or
    reopening. Resuming after a pause needs no reason.
    """
    words = reason.strip()
    if current is target:
        return Refusal("same_status", f"すでに「{target.label}」です。", "status")
    if current is EngagementStatus.CLOSED and target is EngagementStatus.PAUSED:
        return Refusal(
            "closed_cannot_pause", "終了した伴走支援は休止にできません。まず再開してください。", "status"
        )
    resuming = current is EngagementStatus.PAUSED and target is EngagementStatus.ACTIVE
    if not words and not resuming:
        return Refusal(
            "reason_required", f"「{target.label}」にする理由を、ひとことでも書いてください。", "reason"
        )
    return StatusChange(current, target, words)


class CadencePreset(StrEnum):
    """How often to meet (our rule; the guideline summary gives no months or counts)."""

    MONTHLY = "monthly"
    COMPACT = "compact"
    QUARTERLY = "quarterly"
    OWN = "own"

    @property
    def label(self) -> str:
        return _CADENCES[self].label

    @property
    def interval_days(self) -> int | None:
        """The longest usual gap between two dialogues, in days; None for OWN: the adviser enters it."""
        return _CADENCES[self].interval_days

    @property
    def duration_months(self) -> int | None:
        """How long the engagement is planned for, in months; None for OWN."""
        return _CADENCES[self].duration_months

    @property
    def planned_sessions(self) -> int | None:
        """How many dialogues that makes; None for OWN."""
        return _CADENCES[self].planned_sessions

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, label) in the order of declaration."""
        return [(preset.value, preset.label) for preset in cls]


@dataclass(frozen=True)
class _Cadence:
    label: str
    interval_days: int | None
    duration_months: int | None
    planned_sessions: int | None


_CADENCES = {
    # 月1〜2回 over 24 months is 24 to 48 talks; 36 is the middle.
    CadencePreset.MONTHLY: _Cadence("月1〜2回・24か月", 30, 24, 36),
    CadencePreset.COMPACT: _Cadence("コンパクト3面談", 21, 3, 3),
    CadencePreset.QUARTERLY: _Cadence("四半期フォロー", 91, 12, 4),
    CadencePreset.OWN: _Cadence("独自の間隔", None, None, None),
}

_LONGEST_INTERVAL_DAYS = 366


@dataclass(frozen=True)
class Pace:
    """How often to meet and until when; `planned_sessions` is None for an interval of one's own."""

    cadence: CadencePreset
    interval_days: int
    planned_sessions: int | None
    planned_until: date | None


def plan_pace(
    *,
    cadence: CadencePreset,
    interval_days: int | None = None,
    started_on: date,
    planned_until: date | None = None,
) -> Pace | list[Refusal]:
    """Decide a pace (our rule). A preset brings its own interval; `interval_days` counts for OWN alone.

    Refuses an interval of one's own that is missing or outside 1 to 366 days, and an end before the start.
    """
    refusals = []
    days = cadence.interval_days or interval_days
    if not days or not 1 <= days <= _LONGEST_INTERVAL_DAYS:
        message = f"対話の間隔を、1日から{_LONGEST_INTERVAL_DAYS}日までの日数で入れてください。"
        refusals.append(Refusal("interval_required", message, "interval_days"))
    if planned_until is not None and planned_until < started_on:
        message = "終了の見込みには、開始日より後の日付を入れてください。"
        refusals.append(Refusal("end_before_start", message, "planned_until"))
    if refusals or not days:
        return refusals
    return Pace(cadence, days, cadence.planned_sessions, planned_until)


_SHORTEST_SILENCE_DAYS = 30
_LONGEST_GRACE_DAYS = 60


def next_dialogue_due(*, last_contact: date | None, started: date, interval_days: int) -> date:
    """The day by which the next dialogue is due: one interval after the last contact, or after the start."""
    _require_interval(interval_days)
    return (last_contact or started) + timedelta(days=interval_days)


def quiet_after_days(interval_days: int) -> int:
    """Days of silence still usual (our rule): twice the interval, at least 30, at most interval + 60.

    The floor keeps dense engagements from crying wolf over one holiday; the cap keeps a quarterly follow-up
    from going unnoticed for half a year.
    """
    _require_interval(interval_days)
    return min(max(2 * interval_days, _SHORTEST_SILENCE_DAYS), interval_days + _LONGEST_GRACE_DAYS)


def days_quiet(*, last_contact: date | None, started: date, today: date) -> int:
    """Whole days since the last contact, or since the start; 0 when that day lies ahead."""
    return max((today - (last_contact or started)).days, 0)


def is_quiet(*, last_contact: date | None, started: date, interval_days: int, today: date) -> bool:
    """True when the silence is longer than `quiet_after_days`. Ask it only for ACTIVE engagements."""
    silence = days_quiet(last_contact=last_contact, started=started, today=today)
    return silence > quiet_after_days(interval_days)


def _require_interval(interval_days: int) -> None:
    if interval_days < 1:
        raise ValueError("interval_days must be at least 1")
