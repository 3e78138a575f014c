"""What every table shares: an identifier fit for an address bar."""

import secrets
from typing import Any, TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model)
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """16 characters, 80 bits: cannot be guessed, easy to read aloud."""
    return "".join(secrets.choice(_LETTERS) for _ in range(16))


class PublicIdField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The identifier shown in addresses and exports; the primary key never leaves the database."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("verbose_name", "公開番号")
        options.setdefault("max_length", 16)
        options.setdefault("unique", True)
        options.setdefault("editable", False)
        options.setdefault("default", new_public_id)
        super().__init__(**options)


class AppendOnly(models.Model):
    """A line of history: written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise TypeError("a line of history is not rewritten")
        super().save(*args, **options)


class EditedMeanwhile(Exception):
    """The row was saved by somebody else after this person opened the form. Carries the row as it stands."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("edited meanwhile")
        self.current = current


def lock_revision(row: _Row, revision: int) -> _Row:
    """The row, locked, when it still is at `revision`; else EditedMeanwhile. Call inside a transaction."""
    current = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if current.revision != revision:  # type: ignore[attr-defined]
        raise EditedMeanwhile(current)
    return current
