"""The trail outlives what it speaks of: actor, subject and body are plain identifiers with a label."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from bansou.infra.db import PublicIdField


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a line of the trail."""


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def of_organisation(self, organisation_id: str) -> "AuditEntryQuerySet":
        return self.filter(chain=organisation_id)

    def newest_first(self) -> "AuditEntryQuerySet":
        return self.order_by("-id")


class AuditEntry(models.Model):
    """One change. `hash` covers the line and the line before it in the same chain.

    Personal words (labels, reason, changes) stand in `details`; the hash covers only their salted digest,
    so that they can be erased on request, together with the salt, without breaking the chain.
    """

    public_id = PublicIdField()
    chain = models.CharField("系列", max_length=16)
    position = models.PositiveBigIntegerField("系列内の番号")
    at = models.DateTimeField("日時")
    actor_id = models.CharField("行った人の番号", max_length=16, blank=True)
    verb = models.CharField("操作", max_length=60)
    subject_type = models.CharField("対象の種類", max_length=40)
    subject_id = models.CharField("対象の番号", max_length=16, db_index=True)
    details = models.JSONField("内容", default=dict)
    salt = models.CharField("塩", max_length=32)
    details_digest = models.CharField("内容の要約値", max_length=64)
    state_digest = models.CharField("記録直後の要約値", max_length=64, blank=True)
    previous_hash = models.CharField("前の連鎖値", max_length=64)
    hash = models.CharField("連鎖値", max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "監査記録"
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_audit_entry_per_position"),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject")]

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnlyError

    @property
    def actor_label(self) -> str:
        return str(self.details.get("actor", ""))

    @property
    def subject_label(self) -> str:
        return str(self.details.get("subject", ""))

    @property
    def verb_label(self) -> str:
        return str(self.details.get("verb", self.verb))

    @property
    def why(self) -> str:
        return str(self.details.get("why", ""))

    @property
    def changes(self) -> dict[str, list[Any]]:
        changes: dict[str, list[Any]] = self.details.get("changes", {})
        return changes


class AuditHead(models.Model):
    """The end of each chain: what an append locks, and what shows that lines at the end are missing."""

    chain = models.CharField("系列", max_length=16, unique=True)
    position = models.PositiveBigIntegerField("最後の番号", default=0)
    hash = models.CharField("最後の連鎖値", max_length=64, default="")

    class Meta:
        verbose_name = "監査記録の末尾"


class AccessLogEntry(models.Model):
    """Somebody read a record that another person is responsible for."""

    public_id = PublicIdField()
    at = models.DateTimeField("日時", default=timezone.now)
    organisation_id = models.CharField("支援機関の番号", max_length=16)
    actor_id = models.CharField("読んだ人の番号", max_length=16)
    actor_label = models.CharField("読んだ人", max_length=200)
    subject_type = models.CharField("対象の種類", max_length=40)
    subject_id = models.CharField("対象の番号", max_length=16)
    subject_label = models.CharField("対象", max_length=300)
    what = models.CharField("読んだもの", max_length=60)

    class Meta:
        verbose_name = "閲覧記録"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="access_log_by_organisation")]
