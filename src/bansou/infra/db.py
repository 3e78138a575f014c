"""What every table shares: an identifier fit for an address bar."""

import secrets
from typing import Any

from django.db import models

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """16 characters, 80 bits: cannot be guessed, easy to read aloud."""
    return "".join(secrets.choice(_LETTERS) for _ in range(16))


class PublicIdField(models.CharField):
    """The identifier shown in addresses and exports; the primary key never leaves the database."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("verbose_name", "公開番号")
        options.setdefault("max_length", 16)
        options.setdefault("unique", True)
        options.setdefault("editable", False)
        options.setdefault("default", new_public_id)
        super().__init__(**options)
