"""Chainable questions about sheets."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from bansou.domain.access import Actor

if TYPE_CHECKING:
    from .models import LocalBenchmark, NormEdition  # noqa: F401 - only names types


class LocalBenchmarkQuerySet(models.QuerySet["LocalBenchmark"]):
    def visible_to(self, actor: Actor) -> "LocalBenchmarkQuerySet":
        """The support team; the 経営者 once the team opened it."""
        opened = Q(engagement__business__in=actor.leads, opened_to_leader_at__isnull=False)
        return self.filter(Q(engagement__in=list(actor.teams)) | opened)


class NormEditionQuerySet(models.QuerySet["NormEdition"]):
    def used_in(self, organisations: Iterable[int]) -> "NormEditionQuerySet":
        """The house's editions and those these offices loaded themselves."""
        return self.filter(Q(organisation__isnull=True) | Q(organisation__in=organisations))
