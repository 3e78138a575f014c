"""Chainable questions about engagements and their teams."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from bansou.domain.access import Actor, Role
from bansou.domain.method import EngagementStatus, TeamRole

if TYPE_CHECKING:
    from .models import Engagement, EngagementMember  # noqa: F401 - only names types


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, actor: Actor) -> "EngagementQuerySet":
        working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR)
        return self.filter(
            Q(organisation__in=working) | Q(pk__in=actor.teams.keys()) | Q(business__in=actor.leads)
        )

    def accompanied_by(self, actor: Actor) -> "EngagementQuerySet":
        """The engagements on whose support side this person stands."""
        return self.filter(pk__in=actor.teams.keys())

    def open(self) -> "EngagementQuerySet":
        return self.exclude(status=EngagementStatus.CLOSED)

    def active(self) -> "EngagementQuerySet":
        return self.filter(status=EngagementStatus.ACTIVE)


class EngagementMemberQuerySet(models.QuerySet["EngagementMember"]):
    def current(self) -> "EngagementMemberQuerySet":
        return self.filter(left_on__isnull=True)

    def support_side(self) -> "EngagementMemberQuerySet":
        return self.exclude(role=TeamRole.FIRM_MEMBER)
