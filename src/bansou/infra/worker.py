"""The background worker's sign of life: a moment in the cache that all processes share."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

_KEY = "worker-alive"
SIGN_EVERY_SECONDS = 30


def give_sign_of_life() -> None:
    cache.set(_KEY, timezone.now(), timeout=600)


def last_sign_of_life() -> datetime | None:
    moment: datetime | None = cache.get(_KEY)
    return moment
