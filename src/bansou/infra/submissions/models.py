"""Two small tables. Accounts are kept by number: this room stands below them."""

from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that was sent and accepted, and where its sender was led afterwards."""

    key = models.CharField("送信の鍵", max_length=64, unique=True)
    account_key = models.BigIntegerField("利用者の番号")
    location = models.TextField("移動先", default="")
    accepted_at = models.DateTimeField("受付日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "送信済みの入力"


class KeptInput(models.Model):
    """What somebody typed into the form at `path` and has not sent yet."""

    account_key = models.BigIntegerField("利用者の番号")
    path = models.CharField("画面", max_length=300)
    fields = models.JSONField("入力内容")
    kept_at = models.DateTimeField("保管日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "書きかけの入力"
        constraints = [
            models.UniqueConstraint(fields=["account_key", "path"], name="one_kept_input_per_form"),
        ]
