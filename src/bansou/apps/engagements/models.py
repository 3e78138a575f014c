"""Engagement and what belongs to its course. Histories are append-only."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.method import (
    Audience,
    CadencePreset,
    EngagementStatus,
    Mark,
    Step,
    SuitabilityItem,
    SupportIntensity,
    TeamRole,
    Verdict,
    is_quiet,
    next_dialogue_due,
)
from bansou.infra.db import AppendOnly, PublicIdField

from .querysets import EngagementMemberQuerySet, EngagementQuerySet


class Engagement(models.Model):
    """One 伴走支援. The journey `step` and the `status` are two machines."""

    AUDITED = True
    AUDIT_CHILDREN = ("members", "step_moves", "intensity_changes", "status_changes", "handovers")

    public_id = PublicIdField()
    business = models.ForeignKey(Business, models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey(SupportOrganisation, models.PROTECT, related_name="engagements")
    step = models.CharField(
        "支援ステップ", max_length=30, choices=Step.choices(), default=Step.BEFORE_CONTACT
    )
    status = models.CharField(
        "伴走の状態", max_length=10, choices=EngagementStatus.choices(), default=EngagementStatus.ACTIVE
    )
    intensity = models.CharField(
        "支援の濃淡", max_length=20, choices=SupportIntensity.choices(), default=SupportIntensity.PARALLEL
    )
    cadence = models.CharField(
        "支援の間隔", max_length=20, choices=CadencePreset.choices(), default=CadencePreset.MONTHLY
    )
    interval_days = models.PositiveSmallIntegerField("対話の間隔（日）", default=30)
    planned_sessions = models.PositiveSmallIntegerField("予定する対話の回数", null=True, blank=True)
    started_on = models.DateField("開始日")
    planned_until = models.DateField("終了の見込み", null=True, blank=True)
    how_it_began = models.TextField("支援のきっかけ", blank=True)
    next_dialogue_at = models.DateTimeField("次の対話", null=True, blank=True)
    # Kept with the row, so that 今日 and the list ask one question about many engagements.
    last_dialogue_on = models.DateField("最後の対話", null=True, blank=True)
    reassess_on = models.DateField("見極めをもう一度する日", null=True, blank=True)
    revision = models.PositiveIntegerField("版", default=1)
    created_at = models.DateTimeField("登録日時", default=timezone.now)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "伴走支援"
        constraints = [
            models.UniqueConstraint(
                fields=["business", "organisation"],
                condition=~Q(status=EngagementStatus.CLOSED),
                name="one_open_engagement_per_business_and_organisation",
            ),
            models.CheckConstraint(condition=Q(interval_days__gte=1), name="interval_is_at_least_a_day"),
        ]
        indexes = [models.Index(fields=["organisation", "status"], name="engagement_by_organisation")]

    def __str__(self) -> str:
        return f"{self.business}の伴走支援"

    @property
    def step_now(self) -> Step:
        return Step(self.step)

    @property
    def is_open(self) -> bool:
        return self.status != EngagementStatus.CLOSED

    def is_quiet_on(self, today: date) -> bool:
        """Longer without a dialogue than its own cadence explains."""
        return self.status == EngagementStatus.ACTIVE and is_quiet(
            last_contact=self.last_dialogue_on,
            started=self.started_on,
            interval_days=self.interval_days,
            today=today,
        )

    def due_on(self) -> date:
        """The next dialogue: as agreed, otherwise by the cadence."""
        if self.next_dialogue_at:
            return timezone.localdate(self.next_dialogue_at)
        return next_dialogue_due(
            last_contact=self.last_dialogue_on, started=self.started_on, interval_days=self.interval_days
        )


class EngagementMember(models.Model):
    """Somebody who takes part: an account on the support side, a person of the firm in its project team."""

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="team_roles"
    )
    person = models.ForeignKey(
        BusinessPerson, models.PROTECT, null=True, blank=True, related_name="team_roles"
    )
    role = models.CharField("チームでの役割", max_length=20, choices=TeamRole.choices())
    joined_on = models.DateField("加わった日")
    left_on = models.DateField("外れた日", null=True, blank=True)

    objects = EngagementMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "伴走チームの一員"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role=TeamRole.FIRM_MEMBER, person__isnull=False, account__isnull=True)
                    | (~Q(role=TeamRole.FIRM_MEMBER) & Q(person__isnull=True, account__isnull=False))
                ),
                name="firm_members_are_people_of_the_firm",
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=Q(role=TeamRole.LEAD, left_on__isnull=True),
                name="one_lead_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["engagement", "account", "role"],
                condition=Q(left_on__isnull=True, account__isnull=False),
                name="one_current_role_per_account",
            ),
        ]
        indexes = [models.Index(fields=["account", "left_on"], name="team_by_account")]

    def __str__(self) -> str:
        return f"{self.account or self.person}（{self.get_role_display()}）"


class StepMove(AppendOnly):
    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="step_moves")
    from_step = models.CharField("前のステップ", max_length=30, choices=Step.choices(), blank=True)
    to_step = models.CharField("次のステップ", max_length=30, choices=Step.choices())
    reason = models.TextField("理由", blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "ステップの移動"
        constraints = [
            models.CheckConstraint(condition=~Q(from_step=F("to_step")), name="a_move_goes_somewhere"),
        ]
        indexes = [models.Index(fields=["engagement", "moved_at"], name="step_moves_in_time")]

    def is_back(self) -> bool:
        return bool(self.from_step) and Step(self.to_step).number < Step(self.from_step).number


class IntensityChange(AppendOnly):
    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="intensity_changes")
    from_intensity = models.CharField("前の濃淡", max_length=20, choices=SupportIntensity.choices())
    to_intensity = models.CharField("次の濃淡", max_length=20, choices=SupportIntensity.choices())
    reason = models.TextField("理由")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "支援の濃淡の変更"


class StatusChange(AppendOnly):
    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="status_changes")
    from_status = models.CharField("前の状態", max_length=10, choices=EngagementStatus.choices())
    to_status = models.CharField("次の状態", max_length=10, choices=EngagementStatus.choices())
    reason = models.TextField("理由", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "伴走の状態の変更"


class SuitabilityAssessment(AppendOnly):
    """One filled 初期的チェックリスト. Each is a version, never overwritten; the 経営者 never sees marks."""

    AUDITED = True
    AUDIT_CHILDREN = ("answers",)

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="assessments")
    version = models.PositiveIntegerField("版")
    verdict = models.CharField("判定", max_length=30, choices=Verdict.choices())
    reassess_on = models.DateField("もう一度見る日", null=True, blank=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "初期的チェックリスト"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "version"], name="one_assessment_per_version"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.CONSIDER_ALTERNATIVES) | Q(reassess_on__isnull=False),
                name="a_cross_asks_for_a_date_to_look_again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement.business}の初期的チェックリスト 第{self.version}版"


class SuitabilityAnswer(AppendOnly):
    assessment = models.ForeignKey(SuitabilityAssessment, models.CASCADE, related_name="answers")
    item = models.CharField("項目", max_length=30, choices=SuitabilityItem.choices())
    mark = models.CharField("〇△×", max_length=12, choices=Mark.choices())
    reason = models.TextField("理由")

    class Meta:
        verbose_name = "チェックリストの回答"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="one_answer_per_item"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_its_reason"),
        ]


class Handover(AppendOnly):
    """引継ぎ: the lead passes to a successor, with a summary the successor reads and confirms."""

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="handovers")
    from_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers_received"
    )
    message = models.TextField("申し送り", blank=True)
    reason = models.TextField("理由")
    handed_over_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "引継ぎ"


class HandoverReading(AppendOnly):
    """The successor has read the summary. A row of its own, for a handover is never rewritten."""

    handover = models.OneToOneField(Handover, models.CASCADE, related_name="reading")
    read_at = models.DateTimeField("読んだ日時", default=timezone.now)

    class Meta:
        verbose_name = "引継ぎの確認"


class GuidanceRevision(AppendOnly):
    """The 事務局's wording of a step for one audience. The newest counts; version 0 is the package's."""

    AUDITED = True

    public_id = PublicIdField()
    step = models.CharField("支援ステップ", max_length=30, choices=Step.choices())
    audience = models.CharField("対象", max_length=20, choices=Audience.choices())
    version = models.PositiveIntegerField("版")
    purpose = models.TextField("目的")
    desirable = models.JSONField("望ましい", default=list)
    avoid = models.JSONField("避けるべき", default=list)
    record = models.JSONField("記録すること", default=list)
    questions = models.JSONField("問いかけ", default=list)
    tools = models.JSONField("道具", default=list)
    reason = models.TextField("変更の理由")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "手引きの版"
        constraints = [
            models.UniqueConstraint(fields=["step", "audience", "version"], name="one_guidance_per_version"),
        ]

    def __str__(self) -> str:
        return f"{Step(self.step).label}（{Audience(self.audience).label}）第{self.version}版"
