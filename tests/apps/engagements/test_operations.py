"""What the operations refuse whoever asks: pace, team, a closed engagement, a newer wording."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.engagements.guidance import revise_guidance
from bansou.apps.engagements.models import StepMove
from bansou.apps.engagements.operations import (
    add_member,
    assess_suitability,
    change_cadence,
    change_intensity,
    change_status,
    end_member,
    move_to_step,
    plan_next_dialogue,
    start_engagement,
)
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import (
    Answer,
    Audience,
    CadencePreset,
    EngagementStatus,
    Mark,
    Step,
    SuitabilityItem,
    SupportIntensity,
    TeamRole,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from tests.support.factories import a_business, a_leader, an_account, an_engagement, an_organisation

TODAY = timezone.localdate()
DAY = date(2026, 4, 1)


@pytest.fixture
def organisation(db):
    return an_organisation()


@pytest.fixture
def lead(organisation):
    return an_account(organisation=organisation)


@pytest.fixture
def engagement(organisation, lead):
    return an_engagement(a_business(organisation), lead, started_on=DAY)


def refused(code, operation, **arguments):
    with pytest.raises((Refusal, Refusals)) as caught:
        operation(**arguments)
    found = [caught.value] if isinstance(caught.value, Refusal) else list(caught.value)
    assert code in [refusal.code for refusal in found]


def test_the_lead_belongs_to_the_organisation_and_not_to_the_firm(organisation, lead):
    business = a_business(organisation)
    refused("lead_not_adviser", an_engagement, business=business, lead=an_account("よその人"))
    leader = a_leader(business)
    refused("lead_not_adviser", an_engagement, business=business, lead=leader)
    person = business.people.get()
    BusinessPerson.objects.filter(pk=person.pk).update(account=lead)
    refused("leads_the_firm", an_engagement, business=business, lead=lead)


def test_a_start_that_fails_leaves_nothing(organisation, lead):
    business = a_business(organisation)
    own = {"cadence": CadencePreset.OWN}
    refused("interval_required", an_engagement, business=business, lead=lead, **own, interval_days=0)
    refused(
        "start_too_far", an_engagement, business=business, lead=lead, started_on=TODAY + timedelta(days=400)
    )
    assert not StepMove.objects.exists()
    assert an_engagement(business, lead, **own, interval_days=10).interval_days == 10


def test_who_may_join(engagement, organisation, lead):
    actor = actor_for(lead)
    join = {"actor": actor, "engagement": engagement, "joined_on": DAY}
    colleague = an_account("同僚", organisation=organisation)
    leader = a_leader(engagement.business)
    person = engagement.business.people.get()
    elsewhere = a_business(organisation, "別の会社").people.get()
    add_member(**join, role=TeamRole.OBSERVER, account=colleague)
    add_member(**join, role=TeamRole.FIRM_MEMBER, person=person)
    refused("already_member", add_member, **join, role=TeamRole.OBSERVER, account=colleague)
    refused("not_supporting", add_member, **join, role=TeamRole.EXPERT, account=leader)
    refused("not_of_the_firm", add_member, **join, role=TeamRole.FIRM_MEMBER, person=elsewhere)
    refused("member_required", add_member, **join, role=TeamRole.EXPERT)
    refused("lead_by_handover", add_member, **join, role=TeamRole.LEAD, account=colleague)
    tomorrow = join | {"joined_on": TODAY + timedelta(days=1)}
    refused("joined_out_of_course", add_member, **tomorrow, role=TeamRole.EXPERT, account=colleague)


def test_leaving_lies_between_joining_and_today(engagement, organisation, lead):
    actor = actor_for(lead)
    colleague = an_account("同僚", organisation=organisation)
    member = add_member(
        actor=actor, engagement=engagement, role=TeamRole.EXPERT, joined_on=TODAY, account=colleague
    )
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        refused("left_out_of_course", end_member, actor=actor, member=member, left_on=day)
    assert end_member(actor=actor, member=member, left_on=TODAY).left_on == TODAY
    refused("already_ended", end_member, actor=actor, member=member, left_on=TODAY)


def test_a_body_accompanies_the_businesses_in_its_own_records(organisation, lead):
    elsewhere = a_business(an_organisation())
    facts = {"started_on": DAY, "intensity": SupportIntensity.FRAMING, "cadence": CadencePreset.MONTHLY}
    start = {"actor": actor_for(lead), "organisation": organisation, "lead": lead, **facts}
    refused("not_of_this_organisation", start_engagement, **start, business=elsewhere)
    assert start_engagement(**start, business=a_business(organisation)).organisation == organisation


def test_a_closed_engagement_is_read_not_continued(engagement, lead):
    both = {"actor": actor_for(lead), "engagement": engagement}
    change_status(**both, target=EngagementStatus.CLOSED, reason="ひと区切り")
    answers = {item: Answer(Mark.MET, "理由") for item in SuitabilityItem}
    for operation, arguments in (
        (move_to_step, {"target": Step.MUTUAL_UNDERSTANDING, "reason": ""}),
        (assess_suitability, {"answers": answers, "reassess_on": None}),
        (change_intensity, {"target": SupportIntensity.PARALLEL, "reason": "理由"}),
        (plan_next_dialogue, {"at": timezone.now()}),
        (
            change_cadence,
            {"cadence": CadencePreset.COMPACT, "interval_days": None, "planned_until": None},
        ),
    ):
        refused("engagement_closed", operation, **both, **arguments)
    change_status(**both, target=EngagementStatus.ACTIVE, reason="再開")
    move_to_step(**both, target=Step.MUTUAL_UNDERSTANDING, reason="")


def test_a_newer_pace_is_not_written_over(engagement, lead):
    both = {"actor": actor_for(lead), "engagement": engagement}
    plan_next_dialogue(**both, at=timezone.now(), revision=1)
    with pytest.raises(EditedMeanwhile):
        plan_next_dialogue(**both, at=None, revision=1)
    plan_next_dialogue(**both, at=None)


def test_a_newer_wording_is_not_written_over(lead):
    wording = {"purpose": "目的", "desirable": "一つ"}
    place = {"actor": actor_for(lead), "step": Step.INSIGHT, "audience": Audience.SMALL, "wording": wording}
    first = revise_guidance(**place, based_on=0, reason="直した")
    assert (first.version, first.desirable) == (1, ["一つ"])
    with pytest.raises(EditedMeanwhile) as caught:
        revise_guidance(**place, based_on=0, reason="直した")
    assert caught.value.current == first
    assert revise_guidance(**place, based_on=1, reason="また直した").version == 2
    refused(
        "purpose_required", revise_guidance, **place | {"wording": {"purpose": ""}}, based_on=2, reason=""
    )
