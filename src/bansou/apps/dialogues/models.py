"""A dialogue and its layers. Words move between layers only by a person's act (method.md §10.7)."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.engagements.models import Engagement
from bansou.domain.japanese import search_key
from bansou.domain.method import Step, Viewpoint
from bansou.infra.db import PublicIdField

from .querysets import (
    DialogueSessionQuerySet,
    ExcerptQuerySet,
    HypothesisQuerySet,
    OfficialRecordQuerySet,
    PromiseQuerySet,
    StatementQuerySet,
)

_LONGEST_DAY = MaxValueValidator(24 * 60)


class ContactMethod(models.TextChoices):
    """接触方法 (reporting.md §1)."""

    VISIT = "visit", "巡回"
    COUNTER = "counter", "窓口"
    PHONE = "phone", "電話"
    ONLINE = "online", "オンライン"


class DialogueSource(models.TextChoices):
    NOTE = "note", "手書きのメモ"
    TRANSCRIPT = "transcript", "文字起こし"


class SpeakerSide(models.TextChoices):
    SUPPORTER = "supporter", "支援者"
    FIRM = "firm", "事業者"
    UNKNOWN = "unknown", "わからない"


class DialogueSession(models.Model):
    """One meeting: the facts that the whole organisation may know. What was said stands in the layers."""

    AUDITED = True
    AUDIT_CHILDREN = (
        "participants",
        "note",
        "statements",
        "excerpts",
        "hypotheses",
        "official_record",
        "promises",
    )

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="dialogues")
    number = models.PositiveIntegerField("回")
    held_on = models.DateField("日付")
    started_at = models.TimeField("開始時刻", null=True, blank=True)
    method = models.CharField("方法", max_length=10, choices=ContactMethod, default=ContactMethod.VISIT)
    place = models.CharField("場所", max_length=120, blank=True)
    minutes_preparation = models.PositiveSmallIntegerField(
        "準備（分）", null=True, blank=True, validators=[_LONGEST_DAY]
    )
    minutes_talk = models.PositiveSmallIntegerField(
        "対話（分）", null=True, blank=True, validators=[_LONGEST_DAY]
    )
    minutes_travel = models.PositiveSmallIntegerField(
        "移動（分）", null=True, blank=True, validators=[_LONGEST_DAY]
    )
    title = models.CharField("見出し", max_length=120, blank=True)
    step = models.CharField("そのときの支援ステップ", max_length=30, choices=Step.choices())
    source = models.CharField(
        "記録のもと", max_length=12, choices=DialogueSource, default=DialogueSource.NOTE
    )
    source_name = models.CharField("もとのファイル名", max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="dialogues_written")
    revision = models.PositiveIntegerField("版", default=1)
    created_at = models.DateTimeField("記録した日時", default=timezone.now)
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    withdrawn_why = models.TextField("取り下げた理由", blank=True)

    objects = DialogueSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "対話"
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_dialogue_per_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawal_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["engagement", "held_on", "number"], name="dialogues_in_time")]

    def __str__(self) -> str:
        return f"{self.engagement.business} 対話 第{self.number}回"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class DialogueParticipant(models.Model):
    """Who was there: a person of the firm, an account of the support side, or a name."""

    dialogue = models.ForeignKey(DialogueSession, models.CASCADE, related_name="participants")
    person = models.ForeignKey(BusinessPerson, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("名前", max_length=80, blank=True)

    class Meta:
        verbose_name = "対話の参加者"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(person__isnull=False) | Q(account__isnull=False),
                name="a_participant_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person or self.account)


class DialogueNote(models.Model):
    """発言録 as typed: the adviser's running text of what was said."""

    dialogue = models.OneToOneField(DialogueSession, models.CASCADE, related_name="note")
    text = models.TextField("対話のメモ", blank=True)
    search_text = models.TextField("検索用", blank=True, editable=False)

    class Meta:
        verbose_name = "対話のメモ"

    def save(self, *args: object, **options: object) -> None:
        self.search_text = search_key(self.text)
        super().save(*args, **options)  # type: ignore[arg-type]


class Statement(models.Model):
    """発言録, turn by turn: a speaker's own words with who and when."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(DialogueSession, models.CASCADE, related_name="statements")
    index = models.PositiveIntegerField("順番")
    speaker = models.CharField("話した人", max_length=80, blank=True)
    side = models.CharField("立場", max_length=10, choices=SpeakerSide, default=SpeakerSide.UNKNOWN)
    person = models.ForeignKey(
        BusinessPerson, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    viewpoint = models.CharField("視点", max_length=20, choices=Viewpoint.choices(), blank=True)
    text = models.TextField("発言")
    search_text = models.TextField("検索用", blank=True, editable=False)
    start_s = models.FloatField("始まり（秒）", null=True, blank=True)
    end_s = models.FloatField("終わり（秒）", null=True, blank=True)
    shared_at = models.DateTimeField("本人のページに載せた日時", null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "発言"
        ordering = ["index"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "index"], name="one_statement_per_place"),
            # What somebody else said is never shown on the leader's page (method.md §10.7).
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(viewpoint=Viewpoint.LEADER, side=SpeakerSide.FIRM),
                name="only_own_words_are_shared_with_the_leader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text[:40]}"

    def save(self, *args: object, **options: object) -> None:
        self.search_text = search_key(self.text)
        super().save(*args, **options)  # type: ignore[arg-type]


class Excerpt(models.Model):
    """引用: a span of a statement that somebody chose to keep; the evidence everything else points to."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(DialogueSession, models.CASCADE, related_name="excerpts")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="excerpts")
    start = models.PositiveIntegerField("始まりの文字")
    end = models.PositiveIntegerField("終わりの文字")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("選んだ日時", default=timezone.now)

    objects = ExcerptQuerySet.as_manager()

    class Meta:
        verbose_name = "引用"
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="an_excerpt_holds_words"),
            models.UniqueConstraint(fields=["statement", "start", "end"], name="one_excerpt_per_span"),
        ]

    @property
    def words(self) -> str:
        return self.statement.text[self.start : self.end]


class HypothesisAudience(models.TextChoices):
    """There is one, and the database knows no other."""

    ADVISER_TEAM = "adviser_team", "支援者だけ"


class Hypothesis(models.Model):
    """仮説(支援者の見立て): never public, never in the 経営者's view, never in an export to another body."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(DialogueSession, models.CASCADE, related_name="hypotheses")
    text = models.TextField("見立て")
    audience = models.CharField(
        "見られる人", max_length=20, choices=HypothesisAudience, default=HypothesisAudience.ADVISER_TEAM
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("書いた日時", default=timezone.now)

    objects = HypothesisQuerySet.as_manager()

    class Meta:
        verbose_name = "仮説(支援者の見立て)"
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=HypothesisAudience.ADVISER_TEAM),
                name="hypothesis_stays_with_the_adviser_team",
            ),
        ]


class OfficialRecord(models.Model):
    """公式記録: what was done and decided; the support organisation reads it."""

    dialogue = models.OneToOneField(DialogueSession, models.CASCADE, related_name="official_record")
    text = models.TextField("公式記録")
    search_text = models.TextField("検索用", blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("書いた日時", default=timezone.now)

    objects = OfficialRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "公式記録"

    def save(self, *args: object, **options: object) -> None:
        self.search_text = search_key(self.text)
        super().save(*args, **options)  # type: ignore[arg-type]


class PromiseSide(models.TextChoices):
    SUPPORT = "support", "支援者"
    FIRM = "firm", "事業者"


class Promise(models.Model):
    """約束: what one side said it would do, and by when. Due ones stand on 今日."""

    public_id = PublicIdField()
    dialogue = models.ForeignKey(DialogueSession, models.CASCADE, related_name="promises")
    side = models.CharField("だれの約束", max_length=10, choices=PromiseSide)
    who = models.CharField("担当", max_length=80, blank=True)
    text = models.CharField("約束", max_length=300)
    due_on = models.DateField("期限", null=True, blank=True)
    kept_at = models.DateTimeField("果たした日時", null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "約束"
        indexes = [
            models.Index(fields=["due_on"], condition=Q(kept_at__isnull=True), name="open_promises_by_date")
        ]

    def __str__(self) -> str:
        return self.text


class TranscriptUpload(models.Model):
    """A transcript on its way in: the file as it came, until its speakers are named; never kept longer."""

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="transcript_uploads")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filename = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("ファイルの中身")
    uploaded_at = models.DateTimeField("受け取った日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "取り込み中の文字起こし"
