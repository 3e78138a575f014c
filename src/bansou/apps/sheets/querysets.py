"""Chainable questions about sheets."""

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
    def for_organisation(self, organisation_id: int) -> "NormEditionQuerySet":
        """The house's editions and those this office loaded itself."""
        return self.filter(Q(organisation__isnull=True) | Q(organisation=organisation_id))
