"""The doors of this room."""

from bansou.domain.access import Actor, Capability, Facts, NotVisible, decide

from .models import Business, BusinessImport, BusinessPerson, Site


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


def access_person(actor: Actor, public_id: str, person_id: str, capability: Capability) -> BusinessPerson:
    """A person of the business, through the door of the business."""
    business = access_business(actor, public_id, capability)
    person = business.people.select_related("business__organisation").filter(public_id=person_id).first()
    if person is None:
        raise NotVisible
    return person


def access_site(actor: Actor, public_id: str, site_id: str, capability: Capability) -> Site:
    business = access_business(actor, public_id, capability)
    site = business.sites.select_related("business__organisation").filter(public_id=site_id).first()
    if site is None:
        raise NotVisible
    return site


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
