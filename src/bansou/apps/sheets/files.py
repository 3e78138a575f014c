"""A file of figures on its way in, and how an office reads a layout of its accounting software."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bansou.apps.audit.operations import Verb, record
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.shared import Refusal

from .models import AccountLayout, SheetFile

LAYOUT_CONFIRMED = Verb("account_layout_confirmed", "会計データの読み方を確かめました")
KEPT_FOR = timedelta(days=7)
MOST_WAITING = 5
LARGEST = 20 * 1024 * 1024


@transaction.atomic
def keep_file(*, actor: Actor, engagement: Engagement, filename: str, content: bytes) -> SheetFile:
    """Keep a file until its preview was confirmed. Not in the trail: nothing is recorded before that."""
    if len(content) > LARGEST:
        raise Refusal("file_too_large", "ファイルが大きすぎます。20MBまでのファイルを読み込めます。", "file")
    forget_old_files()
    _make_room(actor)
    name = "".join(letter for letter in filename if letter.isprintable())[-200:]
    return SheetFile.objects.create(
        engagement=engagement, uploaded_by_id=actor.signed_in_key, filename=name, content=content
    )


def _make_room(actor: Actor) -> None:
    """A person has at most five files waiting; the oldest gives way."""
    waiting = SheetFile.objects.filter(uploaded_by_id=actor.signed_in_key).order_by("-uploaded_at", "-pk")
    if beyond := list(waiting.values_list("pk", flat=True)[MOST_WAITING - 1 :]):
        SheetFile.objects.filter(pk__in=beyond).delete()


def forget_old_files() -> int:
    """Throw away files nobody came back for. Returns how many."""
    dropped, _ = SheetFile.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    return dropped


def reading_of(organisation: SupportOrganisation, signature: str) -> AccountLayout | None:
    return AccountLayout.objects.filter(organisation=organisation, signature=signature[:64]).first()


@transaction.atomic
def confirm_reading(
    *,
    actor: Actor,
    organisation: SupportOrganisation,
    signature: str,
    vendor: str,
    mapping: Mapping[str, Any],
) -> AccountLayout:
    """Remember which account goes where in this layout; the next file of the same layout asks no more."""
    layout, _ = AccountLayout.objects.update_or_create(
        organisation=organisation,
        signature=signature[:64],
        defaults={
            "vendor": vendor[:60],
            "mapping": dict(mapping),
            "confirmed_by_id": actor.signed_in_key,
            "confirmed_at": timezone.now(),
        },
    )
    record(
        actor=actor,
        verb=LAYOUT_CONFIRMED,
        subject=organisation,
        organisation_id=organisation.public_id,
        changes={"書式": ("", vendor or "（名前なし）")},
    )
    return layout
