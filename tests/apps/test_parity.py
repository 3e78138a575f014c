"""One rule, three directions: what a door decides and what a list shows agree, over everybody."""

import pytest

from bansou.apps.businesses.models import Business
from bansou.apps.businesses.policies import facts_of_business
from bansou.apps.dialogues.models import (
    DialogueSession,
    Excerpt,
    Hypothesis,
    OfficialRecord,
    Promise,
    PromiseSide,
    Statement,
)
from bansou.apps.dialogues.operations import PromiseInput
from bansou.apps.dialogues.words import share_with_leader
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.engagements.operations import add_member, change_status
from bansou.apps.engagements.policies import actor_for, facts_of_engagement
from bansou.apps.organisations.models import Invitation, Membership, SupportOrganisation
from bansou.apps.organisations.operations import add_member as add_membership
from bansou.apps.organisations.operations import end_membership, invite
from bansou.apps.organisations.policies import facts_of_organisation
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.policies import facts_of_benchmark
from bansou.domain.access import Actor, Capability, Decision, Role, decide
from bansou.domain.method import EngagementStatus, TeamRole
from tests.support.factories import (
    PROGRAM,
    a_benchmark,
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)

pytestmark = pytest.mark.django_db

_ROLES = [role for role in Role if role is not Role.BUSINESS_LEADER]


@pytest.fixture
def everybody() -> list[Actor]:
    """Three bodies, two firms each, every role, guests in teams, and somebody who left."""
    accounts = [an_account("だれでもない人")]
    organisations = [an_organisation() for _ in range(3)]
    leads = []
    for organisation in organisations:
        people = {role: an_account(organisation=organisation, roles=(role,)) for role in _ROLES}
        both = an_account(organisation=organisation, roles=(Role.ADVISER, Role.ADMINISTRATOR))
        gone = an_account(organisation=organisation)
        end_membership(actor=PROGRAM, membership=gone.memberships.get())
        for number in range(2):
            business = a_business(organisation, f"会社{number}")
            engagement = an_engagement(business, people[Role.ADVISER] if number else both)
            a_dialogue(engagement, both, promises=[PromiseInput(PromiseSide.FIRM, "段取り表を作る")])
            a_benchmark(engagement, both, opened=not number)
            leads.append((business, engagement))
        accounts += [*people.values(), both, gone, a_leader(business)]
        invite(actor=actor_for(both), organisation=organisation, email="new@example.jp", role=Role.ADVISER)
    guest = accounts[1]
    (_, own), *_others = leads
    for business, engagement in leads[2:4]:
        day = engagement.started_on
        add_member(actor=PROGRAM, engagement=engagement, role=TeamRole.EXPERT, joined_on=day, account=guest)
        person = business.people.get()
        add_member(
            actor=PROGRAM, engagement=engagement, role=TeamRole.FIRM_MEMBER, joined_on=day, person=person
        )
    hand_over(actor=PROGRAM, engagement=own, successor=guest, reason="異動")
    change_status(
        actor=PROGRAM, engagement=leads[5][1], target=EngagementStatus.CLOSED, reason="自走を確認した"
    )
    for statement in Statement.objects.all()[:4]:
        share_with_leader(actor=PROGRAM, statement=statement, shared=True)
    return [actor_for(account) for account in accounts] + [Actor.visitor(), PROGRAM]


def _of_dialogue(capability: Capability):
    def rule(actor: Actor, row) -> bool:
        dialogue = row if isinstance(row, DialogueSession) else row.dialogue
        return decide(capability, facts_of_engagement(actor, dialogue.engagement)) == Decision.ALLOWED

    return rule


def _of_organisation(capability: Capability):
    def rule(actor: Actor, row) -> bool:
        organisation = row if isinstance(row, SupportOrganisation) else row.organisation
        return decide(capability, facts_of_organisation(actor, organisation)) == Decision.ALLOWED

    return rule


def _business(actor: Actor, row: Business) -> bool:
    return decide(Capability.SEE_BUSINESS, facts_of_business(actor, row)) == Decision.ALLOWED


def _engagement(actor: Actor, row: Engagement) -> bool:
    return decide(Capability.SEE_BUSINESS, facts_of_engagement(actor, row)) == Decision.ALLOWED


def _statement(actor: Actor, row: Statement) -> bool:
    team = _of_dialogue(Capability.SEE_STATEMENTS)(actor, row)
    own = (
        row.shared_at is not None
        and row.person is not None
        and row.person.account_id is not None
        and row.person.account_id == actor.account_key
        and row.dialogue.engagement.business_id in actor.leads
    )
    return team or own


def _benchmark(actor: Actor, row: LocalBenchmark) -> bool:
    return decide(Capability.SEE_SHEET, facts_of_benchmark(actor, row)) == Decision.ALLOWED


NOUNS = {
    SupportOrganisation: _of_organisation(Capability.WORK_AS_ADVISER),
    Membership: _of_organisation(Capability.WORK_AS_ADVISER),
    Invitation: _of_organisation(Capability.ADMINISTER_ORGANISATION),
    Business: _business,
    Engagement: _engagement,
    DialogueSession: _of_dialogue(Capability.SEE_KARTE),
    Statement: _statement,
    Excerpt: _of_dialogue(Capability.SEE_STATEMENTS),
    Promise: _of_dialogue(Capability.SEE_STATEMENTS),
    Hypothesis: _of_dialogue(Capability.SEE_HYPOTHESES),
    OfficialRecord: _of_dialogue(Capability.SEE_KARTE),
    LocalBenchmark: _benchmark,
}


def test_doors_and_lists_agree(everybody):
    for model, rule in NOUNS.items():
        rows = list(model.objects.order_by("pk"))
        assert rows, model
        for actor in everybody:
            shown = set(model.objects.visible_to(actor).values_list("pk", flat=True))
            opened = {row.pk for row in rows if rule(actor, row)}
            assert shown == opened, (model.__name__, actor.label)


def test_every_noun_with_a_list_stands_in_the_table():
    from django.apps import apps

    lists = {model for model in apps.get_models() if hasattr(model.objects, "visible_to")}
    assert lists == set(NOUNS)


def test_who_leads_the_firm_never_stands_on_its_support_side():
    """The 経営者 of a firm is invited as a 支援者 of the body that accompanies it, and even given a seat."""
    chamber = an_organisation()
    engagement = an_engagement(a_business(chamber), an_account(organisation=chamber))
    a_dialogue(engagement, engagement.members.get().account)
    leader = a_leader(engagement.business)
    add_membership(actor=PROGRAM, organisation=chamber, account=leader, role=Role.ADVISER)
    EngagementMember.objects.create(
        engagement=engagement, account=leader, role=TeamRole.EXPERT, joined_on=engagement.started_on
    )
    actor = actor_for(leader)
    for capability in (Capability.SEE_KARTE, Capability.SEE_STATEMENTS, Capability.SEE_HYPOTHESES):
        assert decide(capability, facts_of_engagement(actor, engagement)) == Decision.NOT_ALLOWED
    for model in (DialogueSession, Statement, Hypothesis, OfficialRecord, Promise):
        assert not model.objects.visible_to(actor).exists(), model
    assert decide(Capability.WORK_AS_ADVISER, facts_of_organisation(actor, chamber)) == Decision.ALLOWED
