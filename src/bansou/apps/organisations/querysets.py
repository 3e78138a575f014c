"""Chainable questions about organisations, memberships and invitations."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from bansou.domain.access import Actor, Role

if TYPE_CHECKING:
    from .models import Invitation, Membership, SupportOrganisation  # noqa: F401 - only names types


class SupportOrganisationQuerySet(models.QuerySet["SupportOrganisation"]):
    def visible_to(self, actor: Actor) -> "SupportOrganisationQuerySet":
        """The bodies this person works in."""
        return self.filter(pk__in=actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR))

    def administered_by(self, actor: Actor) -> "SupportOrganisationQuerySet":
        return self.filter(pk__in=actor.organisations_as(Role.ADMINISTRATOR))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(left_at__isnull=True)

    def supporting(self) -> "MembershipQuerySet":
        """Roles whose holders may stand on a support team."""
        return self.filter(role__in=(Role.ADVISER, Role.ADMINISTRATOR, Role.REFERRAL_RECIPIENT))

    def visible_to(self, actor: Actor) -> "MembershipQuerySet":
        return self.filter(organisation__in=actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, now: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)

    def visible_to(self, actor: Actor) -> "InvitationQuerySet":
        return self.filter(organisation__in=actor.organisations_as(Role.ADMINISTRATOR))
