"""One factory per noun, one trait per state. Made through the operations, so that the trail is whole."""

from datetime import date
from itertools import count

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.businesses.operations import link_leader_account, register_business
from bansou.apps.dialogues.models import ContactMethod, DialogueSession
from bansou.apps.dialogues.operations import DialogueEntry, write_dialogue
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import start_engagement
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import OrganisationKind, SupportOrganisation
from bansou.apps.organisations.operations import add_member, register_organisation
from bansou.domain.access import Actor, Role
from bansou.domain.method import BusinessSize, CadencePreset, SupportIntensity, Viewpoint

PASSWORD = "bansou-demo"
PROGRAM = Actor.program("試験")
_numbers = count(1)


def an_organisation(name: str = "", kind: str = OrganisationKind.CHAMBER_OF_COMMERCE) -> SupportOrganisation:
    return register_organisation(
        actor=PROGRAM, name=name or f"第{next(_numbers)}商工会議所", kind=kind, prefecture="14"
    )


def an_account(
    name: str = "佐野 恵",
    *,
    organisation: SupportOrganisation | None = None,
    roles: tuple[Role, ...] = (Role.ADVISER,),
) -> Account:
    """An account, with `roles` in `organisation` when one is given."""
    account = open_account(
        actor=PROGRAM, email=f"person{next(_numbers)}@example.jp", name=name, password=PASSWORD
    )
    if organisation is not None:
        for role in roles:
            add_member(actor=PROGRAM, organisation=organisation, account=account, role=role)
    return account


def a_business(
    organisation: SupportOrganisation, name: str = "株式会社みなと精機", **fields: object
) -> Business:
    facts = {"size": BusinessSize.SMALL, "industry": "E", "headcount": 18, **fields}
    leader = BusinessPerson(name="港 健一", title="代表取締役")
    return register_business(
        actor=PROGRAM, organisation=organisation, business=Business(name=name, **facts), leader=leader
    )


def a_leader(business: Business) -> Account:
    """The account of the 経営者 of this business."""
    account = an_account("港 健一")
    person = business.people.get(viewpoint=Viewpoint.LEADER)
    link_leader_account(actor=PROGRAM, person=person, account=account)
    return account


def an_engagement(
    business: Business, lead: Account, *, started_on: date = date(2026, 4, 1), **options: object
) -> Engagement:
    facts = {"intensity": SupportIntensity.FRAMING, "cadence": CadencePreset.MONTHLY, **options}
    return start_engagement(
        actor=actor_for(lead),
        business=business,
        organisation=business.organisation,
        lead=lead,
        started_on=started_on,
        **facts,
    )


def a_dialogue(
    engagement: Engagement, by: Account, *, held_on: date = date(2026, 6, 18), **facts: object
) -> DialogueSession:
    meeting = {
        "held_on": held_on,
        "method": ContactMethod.VISIT,
        "minutes_talk": 90,
        "note": "段取りの話が中心だった。",
        "leader_words": ["それを誰にも渡してなかった。"],
        "official_record": "段取りの現状を聴いた。",
        "hypothesis": "先代の死後、誰も決めていないのではないか。",
        **facts,
    }
    return write_dialogue(actor=actor_for(by), engagement=engagement, meeting=DialogueEntry(**meeting))
