"""The state of an audited row in 64 characters, so that a change behind the program's back shows.

A model takes part by `AUDITED = True`. `AUDIT_CHILDREN` names relations whose rows belong to it (the
statements of a dialogue), `AUDIT_IGNORED` fields that change without anybody's decision (the last sign-in).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.utils import timezone

_IN_ONE_QUERY = 500


def canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    """Values as both databases give them back."""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def audited_models() -> list[type[models.Model]]:
    """Every model that takes part, in the order of the apps."""
    return [model for model in apps.get_models() if getattr(model, "AUDITED", False)]


def _own_fields(model: type[models.Model]) -> list[str]:
    ignored: frozenset[str] = getattr(model, "AUDIT_IGNORED", frozenset())
    return [field.attname for field in model._meta.concrete_fields if field.name not in ignored]


def fingerprints(model: type[models.Model], keys: Iterable[int]) -> Iterator[tuple[str, int, str]]:
    """(public_id, pk, digest) of the rows with these keys, children included; read from the database."""
    wanted = list(keys)
    for start in range(0, len(wanted), _IN_ONE_QUERY):
        yield from _fingerprints(model, wanted[start : start + _IN_ONE_QUERY])


def _fingerprints(model: type[models.Model], keys: list[int]) -> Iterator[tuple[str, int, str]]:
    children: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for name in getattr(model, "AUDIT_CHILDREN", ()):
        relation = cast("models.ManyToOneRel", model._meta.get_field(name))
        child, link = relation.related_model, relation.field.attname
        for row in (
            child._base_manager.filter(**{f"{link}__in": keys}).order_by("pk").values(*_own_fields(child))
        ):
            children[row[link]].setdefault(name, []).append(row)
    for row in model._base_manager.filter(pk__in=keys).order_by("pk").values("pk", *_own_fields(model)):
        key = row.pop("pk")
        state = canonical({"row": row, **children.get(key, {})})
        yield str(row["public_id"]), key, digest(state)
