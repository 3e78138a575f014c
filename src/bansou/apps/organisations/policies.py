"""The doors of this room. Each gives the record or raises NotVisible (404) / NotAllowed (403)."""

from bansou.domain.access import Actor, Capability, Facts, NotVisible, Role, decide

from .models import Invitation, Membership, SupportOrganisation


def facts_of_organisation(actor: Actor, organisation: SupportOrganisation) -> Facts:
    return Facts(roles_here=actor.roles_in(organisation.pk))


def require(actor: Actor, capability: Capability) -> None:
    """A capability that speaks of no single record: held anywhere is enough."""
    held = frozenset(role for roles in actor.roles.values() for role in roles)
    decide(capability, Facts(roles_here=held, leads_firm=bool(actor.leads))).enforce()


def may(actor: Actor, capability: Capability) -> bool:
    """The same question, for menus: what would be refused is not shown."""
    held = frozenset(role for roles in actor.roles.values() for role in roles)
    return decide(capability, Facts(roles_here=held, leads_firm=bool(actor.leads))) == "allowed"


def access_organisation(actor: Actor, public_id: str, capability: Capability) -> SupportOrganisation:
    organisation = SupportOrganisation.objects.filter(public_id=public_id).first()
    if organisation is None:
        raise NotVisible
    decide(capability, facts_of_organisation(actor, organisation)).enforce()
    return organisation


def access_membership(actor: Actor, public_id: str) -> Membership:
    membership = (
        Membership.objects.select_related("organisation", "account").filter(public_id=public_id).first()
    )
    if membership is None:
        raise NotVisible
    decide(
        Capability.ADMINISTER_ORGANISATION, facts_of_organisation(actor, membership.organisation)
    ).enforce()
    return membership


def access_invitation(actor: Actor, public_id: str) -> Invitation:
    invitation = Invitation.objects.select_related("organisation").filter(public_id=public_id).first()
    if invitation is None:
        raise NotVisible
    decide(
        Capability.ADMINISTER_ORGANISATION, facts_of_organisation(actor, invitation.organisation)
    ).enforce()
    return invitation


def home_organisation(actor: Actor) -> SupportOrganisation | None:
    """The body a person works in; with several, the one joined first. None for those who work in none."""
    working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR)
    return SupportOrganisation.objects.filter(pk__in=working).order_by("pk").first()
