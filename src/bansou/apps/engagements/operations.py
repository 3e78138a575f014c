"""Business verbs of an engagement: start, assess, move, change depth, pace and state."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import Verb, record
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.organisations.models import Membership, SupportOrganisation
from bansou.domain.access import Actor, Role
from bansou.domain.method import (
    Answer,
    CadencePreset,
    EngagementStatus,
    Pace,
    Step,
    SuitabilityItem,
    SupportIntensity,
    TeamRole,
    plan_assessment,
    plan_move,
    plan_pace,
    plan_status_change,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import lock_revision

from .models import (
    Engagement,
    EngagementMember,
    IntensityChange,
    StatusChange,
    StepMove,
    SuitabilityAnswer,
    SuitabilityAssessment,
)
from .policies import may_join, stand_apart

STARTED = Verb("engagement_started", "伴走支援を始めました")
MEMBER_JOINED = Verb("team_member_joined", "チームに加わりました")
MEMBER_LEFT = Verb("team_member_left", "チームから外れました")
ASSESSED = Verb("suitability_assessed", "初期的チェックリストを記入しました")
MOVED = Verb("step_moved", "ステップを移しました")
DEPTH_CHANGED = Verb("intensity_changed", "支援の濃淡を変えました")
PACE_CHANGED = Verb("cadence_changed", "支援の間隔を変えました")
STATE_CHANGED = Verb("engagement_status_changed", "伴走の状態を変えました")
PLANNED = Verb("next_dialogue_planned", "次の対話を決めました")

FURTHEST_START = timedelta(days=366)


@transaction.atomic
def start_engagement(
    *,
    actor: Actor,
    business: Business,
    organisation: SupportOrganisation,
    lead: Account,
    started_on: date,
    intensity: SupportIntensity,
    cadence: CadencePreset,
    interval_days: int | None = None,
    planned_until: date | None = None,
    how_it_began: str = "",
) -> Engagement:
    """Begin at step ①, led by an adviser of the organisation.

    Refuses a business in the records of another body, and a second open engagement with the same business.
    """
    if business.organisation_id != organisation.pk:
        raise Refusal("not_of_this_organisation", "この機関に登録された事業者ではありません。", "business")
    if started_on > timezone.localdate() + FURTHEST_START:
        raise Refusal("start_too_far", "開始日には、1年先までの日付を入れてください。", "started_on")
    advisers = Membership.objects.current().filter(organisation=organisation, role=Role.ADVISER)
    if not advisers.filter(account=lead, account__is_active=True).exists():
        raise Refusal("lead_not_adviser", "主担当は、この機関の支援者から選んでください。", "lead")
    if refusal := stand_apart(business, lead, "lead"):
        raise refusal
    pace = _pace(cadence, interval_days, started_on, planned_until)
    engagement = Engagement(
        business=business,
        organisation=organisation,
        started_on=started_on,
        intensity=intensity,
        cadence=pace.cadence,
        interval_days=pace.interval_days,
        planned_sessions=pace.planned_sessions,
        planned_until=pace.planned_until,
        how_it_began=how_it_began.strip(),
    )
    try:
        with transaction.atomic():
            engagement.save()
    except IntegrityError as error:
        raise Refusal("already_open", "この事業者との伴走支援は、すでに始まっています。") from error
    StepMove.objects.create(
        engagement=engagement,
        to_step=Step.BEFORE_CONTACT,
        moved_by_id=actor.account_key,
        moved_at=min(timezone.make_aware(datetime.combine(started_on, time())), timezone.now()),
    )
    EngagementMember.objects.create(
        engagement=engagement, account=lead, role=TeamRole.LEAD, joined_on=started_on
    )
    _record(actor, STARTED, engagement)
    return engagement


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    engagement: Engagement,
    role: TeamRole,
    joined_on: date,
    account: Account | None = None,
    person: BusinessPerson | None = None,
) -> EngagementMember:
    """Let somebody join. The lead changes by `hand_over` only.

    The support side takes those who support in some organisation and do not lead this business; the firm's
    side takes people of this business.
    """
    engagement = _locked_open(engagement)
    if role is TeamRole.LEAD:
        raise Refusal("lead_by_handover", "主担当を変えるときは「引継ぎ」を使ってください。", "role")
    if refusal := may_join(engagement, role, account, person):
        raise refusal
    latest = max(timezone.localdate(), engagement.started_on)
    if not engagement.started_on <= joined_on <= latest:
        raise Refusal(
            "joined_out_of_course", "加わった日は、開始日から今日までの日付にしてください。", "joined_on"
        )
    current = EngagementMember.objects.current().filter(engagement=engagement, role=role)
    if current.filter(account=account, person=person).exists():
        raise Refusal("already_member", "すでに同じ役割で加わっています。", "member")
    member = EngagementMember.objects.create(
        engagement=engagement, account=account, person=person, role=role, joined_on=joined_on
    )
    _record(actor, MEMBER_JOINED, engagement, changes={"チーム": ("", str(member))})
    return member


@transaction.atomic
def end_member(*, actor: Actor, member: EngagementMember, left_on: date) -> EngagementMember:
    member.refresh_from_db(
        fields=["role", "left_on"], from_queryset=EngagementMember.objects.select_for_update()
    )
    if member.left_on is not None:
        raise Refusal("already_ended", "この方は、すでにチームから外れています。", "member")
    if member.role == TeamRole.LEAD:
        raise Refusal("lead_by_handover", "主担当が外れるときは「引継ぎ」を使ってください。")
    if not member.joined_on <= left_on <= max(timezone.localdate(), member.joined_on):
        raise Refusal(
            "left_out_of_course", "外れた日は、加わった日から今日までの日付にしてください。", "left_on"
        )
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    _record(actor, MEMBER_LEFT, member.engagement, changes={"チーム": (str(member), "")})
    return member


@transaction.atomic
def assess_suitability(
    *,
    actor: Actor,
    engagement: Engagement,
    answers: Mapping[SuitabilityItem, Answer],
    reassess_on: date | None,
    at: datetime | None = None,
) -> SuitabilityAssessment:
    """Keep a filled checklist as a new version. The engagement stays open whatever the verdict.

    `at`: when it was filled in, for a late entry.
    """
    engagement = _locked_open(engagement)
    assessed_at = _happened(at, after=engagement.assessments.aggregate(last=Max("assessed_at"))["last"])
    planned = plan_assessment(answers, reassess_on=reassess_on, today=timezone.localdate(assessed_at))
    if isinstance(planned, list):
        raise Refusals(planned)
    assessment = SuitabilityAssessment.objects.create(
        engagement=engagement,
        version=engagement.assessments.count() + 1,
        verdict=planned.verdict,
        reassess_on=planned.reassess_on,
        assessed_by_id=actor.account_key,
        assessed_at=assessed_at,
    )
    for item, answer in planned.answers.items():
        SuitabilityAnswer.objects.create(
            assessment=assessment, item=item, mark=answer.mark or "", reason=answer.reason
        )
    engagement.reassess_on = planned.reassess_on
    engagement.save(update_fields=["reassess_on"])
    _record(actor, ASSESSED, engagement, changes={"判定": ("", planned.verdict.label)})
    record(actor=actor, verb=ASSESSED, subject=assessment, organisation_id=engagement.organisation.public_id)
    return assessment


@transaction.atomic
def move_to_step(
    *, actor: Actor, engagement: Engagement, target: Step, reason: str, at: datetime | None = None
) -> StepMove:
    """Go to a step, forward or back; the history keeps every move. `at`: when, for a late entry."""
    engagement = _locked_open(engagement)
    moved_at = _happened(at, after=engagement.step_moves.aggregate(last=Max("moved_at"))["last"])
    planned = plan_move(current=engagement.step_now, target=target, reason=reason)
    if isinstance(planned, Refusal):
        raise planned
    move = StepMove.objects.create(
        engagement=engagement,
        from_step=planned.from_step,
        to_step=planned.to_step,
        reason=planned.reason,
        moved_by_id=actor.account_key,
        moved_at=moved_at,
    )
    engagement.step = planned.to_step
    engagement.save(update_fields=["step"])
    _record(
        actor,
        MOVED,
        engagement,
        why=planned.reason,
        changes={"ステップ": (planned.from_step.label, planned.to_step.label)},
    )
    return move


@transaction.atomic
def change_intensity(
    *,
    actor: Actor,
    engagement: Engagement,
    target: SupportIntensity,
    reason: str,
    at: datetime | None = None,
) -> None:
    """Change how much of the method is needed now. `at`: when, for a late entry."""
    engagement = _locked_open(engagement)
    changed_at = _happened(at, after=engagement.intensity_changes.aggregate(last=Max("changed_at"))["last"])
    current = SupportIntensity(engagement.intensity)
    if current is target:
        raise Refusal("same_intensity", f"すでに「{target.label}」です。", "intensity")
    if not reason.strip():
        raise Refusal("reason_required", "支援の濃淡を変える理由を書いてください。", "reason")
    IntensityChange.objects.create(
        engagement=engagement,
        from_intensity=current,
        to_intensity=target,
        reason=reason.strip(),
        changed_by_id=actor.account_key,
        changed_at=changed_at,
    )
    engagement.intensity = target
    engagement.save(update_fields=["intensity"])
    _record(
        actor, DEPTH_CHANGED, engagement, why=reason, changes={"支援の濃淡": (current.label, target.label)}
    )


@transaction.atomic
def change_status(*, actor: Actor, engagement: Engagement, target: EngagementStatus, reason: str) -> None:
    """Pause, close, resume or reopen. Reopening is refused while another engagement is open."""
    engagement = _locked(engagement)
    current = EngagementStatus(engagement.status)
    planned = plan_status_change(current=current, target=target, reason=reason)
    if isinstance(planned, Refusal):
        raise planned
    StatusChange.objects.create(
        engagement=engagement,
        from_status=current,
        to_status=target,
        reason=planned.reason,
        changed_by_id=actor.account_key,
    )
    engagement.status = target
    try:
        with transaction.atomic():
            engagement.save(update_fields=["status"])
    except IntegrityError as error:
        raise Refusal(
            "already_open", "この事業者とは、別の伴走支援がすでに始まっています。", "status"
        ) from error
    _record(
        actor, STATE_CHANGED, engagement, why=planned.reason, changes={"状態": (current.label, target.label)}
    )


@transaction.atomic
def change_cadence(
    *,
    actor: Actor,
    engagement: Engagement,
    cadence: CadencePreset,
    interval_days: int | None,
    planned_until: date | None,
    revision: int | None = None,
) -> None:
    """Change the pace. With a `revision`: EditedMeanwhile when somebody changed pace or plan since."""
    engagement = _locked_open(engagement, revision)
    pace = _pace(cadence, interval_days, engagement.started_on, planned_until)
    before = f"{CadencePreset(engagement.cadence).label}（{engagement.interval_days}日）"
    engagement.cadence, engagement.interval_days = pace.cadence, pace.interval_days
    engagement.planned_sessions, engagement.planned_until = pace.planned_sessions, pace.planned_until
    engagement.revision += 1
    engagement.save(
        update_fields=["cadence", "interval_days", "planned_sessions", "planned_until", "revision"]
    )
    after = f"{pace.cadence.label}（{pace.interval_days}日）"
    _record(actor, PACE_CHANGED, engagement, changes={"支援の間隔": (before, after)})


@transaction.atomic
def plan_next_dialogue(
    *, actor: Actor, engagement: Engagement, at: datetime | None, revision: int | None = None
) -> None:
    """Agree when to meet next; None takes the agreement back. `revision` as in `change_cadence`."""
    engagement = _locked_open(engagement, revision)
    before = engagement.next_dialogue_at
    engagement.next_dialogue_at = at
    engagement.revision += 1
    engagement.save(update_fields=["next_dialogue_at", "revision"])
    _record(actor, PLANNED, engagement, changes={"次の対話": (before, at)})


def _happened(at: datetime | None, *, after: datetime | None) -> datetime:
    """The moment of a late entry. Histories stay in order, and nothing is entered before it happens."""
    now = timezone.now()
    if at is not None and (at > now or (after is not None and at < after)):
        raise Refusal("out_of_course", "日時は、前の記録より後で、いまより前にしてください。", "at")
    return at or now


def _locked(engagement: Engagement) -> Engagement:
    return (
        Engagement.objects.select_for_update(of=("self",))
        .select_related("organisation", "business")
        .get(pk=engagement.pk)
    )


def _locked_open(engagement: Engagement, revision: int | None = None) -> Engagement:
    """A closed engagement is read, not continued; a given revision has to be the present one."""
    current = _locked(engagement)
    if not current.is_open:
        raise Refusal(
            "engagement_closed", "この伴走支援は終了しています。続けるときは、先に再開してください。"
        )
    if revision is not None:
        lock_revision(current, revision)
    return current


def _pace(
    cadence: CadencePreset, interval_days: int | None, started_on: date, planned_until: date | None
) -> Pace:
    planned = plan_pace(
        cadence=cadence, interval_days=interval_days, started_on=started_on, planned_until=planned_until
    )
    if isinstance(planned, list):
        raise Refusals(planned)
    return planned


def _record(
    actor: Actor,
    verb: Verb,
    engagement: Engagement,
    *,
    why: str = "",
    changes: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=engagement,
        organisation_id=engagement.organisation.public_id,
        why=why,
        changes=changes,
    )
