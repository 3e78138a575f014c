"""The doors of this room, and the actor behind a signed-in account."""

from collections import defaultdict

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.organisations.models import Membership
from bansou.domain.access import Actor, Capability, Facts, NotVisible, Role, decide
from bansou.domain.method import TeamRole
from bansou.domain.shared import Refusal

from .models import Engagement, EngagementMember, Handover


def actor_for(account: Account) -> Actor:
    """Roles, led businesses and teams of an account, gathered in one query."""
    roles: dict[int, set[Role]] = defaultdict(set)
    leads: set[int] = set()
    teams: dict[int, int] = {}
    memberships = (
        Membership.objects.current()
        .filter(account=account)
        .values_list(Value("role"), "organisation_id", Cast("role", CharField()), "organisation__name")
    )
    led = (
        BusinessPerson.objects.current()
        .filter(account=account)
        .values_list(Value("leads"), "business_id", Value(""), Value(""))
    )
    accompanied = (
        EngagementMember.objects.current()
        .support_side()
        .filter(account=account)
        .values_list(
            Value("team"), "engagement_id", Cast(F("engagement__business_id"), CharField()), Value("")
        )
    )
    names: dict[int, str] = {}
    for kind, key, what, name in memberships.union(led, accompanied, all=True):
        if kind == "role":
            roles[key].add(Role(what))
            names[key] = name
        elif kind == "leads":
            leads.add(key)
        else:
            teams[key] = int(what)
    return Actor(
        account_key=account.pk,
        public_id=account.public_id,
        label=str(account),
        roles={key: frozenset(held) for key, held in roles.items()},
        leads=frozenset(leads),
        # A seat beside one's own firm would show what is written about oneself.
        teams={key: business for key, business in teams.items() if business not in leads},
        organisation_names=names,
    )


def facts_of_engagement(actor: Actor, engagement: Engagement) -> Facts:
    return Facts(
        roles_here=actor.roles_in(engagement.organisation_id),
        on_support_team=engagement.pk in actor.teams,
        leads_firm=engagement.business_id in actor.leads,
    )


def access_engagement(actor: Actor, public_id: str, capability: Capability) -> Engagement:
    engagement = (
        Engagement.objects.select_related("business", "organisation").filter(public_id=public_id).first()
    )
    if engagement is None:
        raise NotVisible
    decide(capability, facts_of_engagement(actor, engagement)).enforce()
    return engagement


def access_handover(actor: Actor, public_id: str) -> Handover:
    """What a handover tells is the team's: hypotheses and words are part of it."""
    handover = (
        Handover.objects.select_related(
            "engagement__business", "engagement__organisation", "from_account", "to_account"
        )
        .filter(public_id=public_id)
        .first()
    )
    if handover is None:
        raise NotVisible
    decide(Capability.CONDUCT_ENGAGEMENT, facts_of_engagement(actor, handover.engagement)).enforce()
    return handover


def may_join(
    engagement: Engagement, role: TeamRole, account: Account | None, person: BusinessPerson | None
) -> Refusal | None:
    """Whether this account (support side) or this person (firm's side) may take a role; None means yes."""
    if role is TeamRole.FIRM_MEMBER:
        if person is None or person.business_id != engagement.business_id:
            return Refusal("not_of_the_firm", "この事業者の方のなかから選んでください。", "member")
        return None
    if account is None:
        return Refusal("member_required", "だれが加わるのかを選んでください。", "member")
    supporting = Membership.objects.current().supporting().filter(account=account, account__is_active=True)
    if not supporting.exists():
        return Refusal("not_supporting", "支援機関に所属している方を選んでください。", "member")
    return stand_apart(engagement.business, account, "member")


def stand_apart(business: Business, account: Account, field: str) -> Refusal | None:
    """The support side reads 仮説, which never reach the 経営者: nobody stands on both sides."""
    if BusinessPerson.objects.current().filter(business=business, account=account).exists():
        return Refusal("leads_the_firm", "この事業者の経営者は、支援する側には加われません。", field)
    return None
