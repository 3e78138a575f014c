"""The doors of this room."""

from bansou.domain.access import Actor, Capability, Facts, NotVisible, decide

from .models import Business, BusinessImport


def facts_of_business(actor: Actor, business: Business) -> Facts:
    return Facts(
        roles_here=actor.roles_in(business.organisation_id),
        on_support_team=business.pk in actor.teams.values(),
        leads_firm=business.pk in actor.leads,
    )


def access_business(actor: Actor, public_id: str, capability: Capability) -> Business:
    business = Business.objects.select_related("organisation").filter(public_id=public_id).first()
    if business is None:
        raise NotVisible
    decide(capability, facts_of_business(actor, business)).enforce()
    return business


def access_business_import(actor: Actor, public_id: str) -> BusinessImport:
    """A list belongs to the person who brought it."""
    arriving = BusinessImport.objects.select_related("organisation").filter(
        public_id=public_id, uploaded_by_id=actor.account_key
    )
    found = arriving.first()
    if found is None:
        raise NotVisible
    decide(Capability.REGISTER_BUSINESS, Facts(roles_here=actor.roles_in(found.organisation_id))).enforce()
    return found
