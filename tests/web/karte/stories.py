"""One firm with a course worth reading: moves forward and back, a checklist, a handover, promises, words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.dialogues.models import DialogueSession, Promise, PromiseSide
from bansou.apps.dialogues.operations import PromiseInput, settle_promise
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import (
    add_member,
    assess_suitability,
    change_intensity,
    move_to_step,
    plan_next_dialogue,
)
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.method import (
    Answer,
    Mark,
    Step,
    SuitabilityItem,
    SupportIntensity,
    TeamRole,
    Viewpoint,
)
from tests.support.factories import a_business, a_dialogue, an_account, an_engagement, an_organisation

LEADER_WORDS = "俺が決めるのをやめるって、決めた。"
HYPOTHESIS = "先代の死後、誰も決めていないのではないか。"
NOTE = "専務は社長の前では話さなかった。"
OFFICIAL = "現場リーダー3名と段取りの現状を聴いた。"
PROMISE = "段取り表の案を現場と作る"


@dataclass
class Story:
    organisation: SupportOrganisation
    business: Business
    lead: Account
    expert: Account
    colleague: Account
    engagement: Engagement
    dialogue: DialogueSession


def a_story() -> Story:
    organisation = an_organisation("川辺商工会議所")
    lead = an_account("佐野 恵", organisation=organisation)
    colleague = an_account("同僚 一", organisation=organisation)
    expert = an_account("小田切 守", organisation=an_organisation("南部よろず支援拠点"))
    business = a_business(
        organisation, "株式会社みなと精機", address="神奈川県川辺市港町1-2", industry_detail="金属製品製造業"
    )
    wife = BusinessPerson.objects.create(
        business=business, name="港 由紀子", title="専務", viewpoint=Viewpoint.OFFICER
    )
    today = timezone.localdate()
    engagement = an_engagement(
        business, lead, started_on=today - timedelta(days=430), how_it_began="決算の相談のあとで社長から。"
    )
    actor = actor_for(lead)
    add_member(
        actor=actor,
        engagement=engagement,
        role=TeamRole.EXPERT,
        joined_on=today - timedelta(days=350),
        account=expert,
    )
    answers = {item: Answer(Mark.MET, "話のなかで確かめた。") for item in SuitabilityItem}
    assess_suitability(
        actor=actor, engagement=engagement, answers=answers, reassess_on=None, at=days_ago(370)
    )
    change_intensity(
        actor=actor,
        engagement=engagement,
        target=SupportIntensity.PARALLEL,
        reason="資金繰りも急ぐため。",
        at=days_ago(100),
    )
    _walk(engagement, actor)
    dialogue = a_dialogue(
        engagement,
        lead,
        held_on=today - timedelta(days=3),
        title="現場リーダー3名と",
        minutes_preparation=20,
        people=[business.people.get(viewpoint=Viewpoint.LEADER), wife],
        accounts=[lead, expert],
        other_names=["現場リーダー3名"],
        note=NOTE,
        leader_words=[LEADER_WORDS],
        official_record=OFFICIAL,
        hypothesis=HYPOTHESIS,
        promises=[
            PromiseInput(PromiseSide.FIRM, PROMISE, "専務", today + timedelta(days=10)),
            PromiseInput(PromiseSide.SUPPORT, "よろずに原価の見方を相談", "佐野", today - timedelta(days=1)),
        ],
    )
    return Story(organisation, business, lead, expert, colleague, engagement, dialogue)


def days_ago(count: int) -> datetime:
    return timezone.now() - timedelta(days=count)


def _walk(engagement: Engagement, actor: Actor) -> None:
    """Through the steps; the way back carries its reason."""
    way = [
        (Step.MUTUAL_UNDERSTANDING, "", 400),
        (Step.TRUST_BUILDING, "", 380),
        (Step.INSIGHT, "", 280),
        (Step.TRUST_BUILDING, "専務が「社長の前では話せない」。別の場で聴き直す。", 190),
        (Step.INSIGHT, "", 160),
        (Step.MOTIVATION, "", 60),
    ]
    for target, reason, days in way:
        move_to_step(actor=actor, engagement=engagement, target=target, reason=reason, at=days_ago(days))


def many_dialogues(story: Story, count: int) -> None:
    """Talks every other day before the newest one."""
    first = story.dialogue.held_on - timedelta(days=count * 2)
    for number in range(count):
        a_dialogue(
            story.engagement,
            story.lead,
            held_on=first + timedelta(days=number * 2),
            leader_words=[f"{number}番目の言葉。"],
            accounts=[story.lead],
        )


def keep_promises(story: Story, side: PromiseSide, count: int) -> None:
    dialogue = a_dialogue(
        story.engagement,
        story.lead,
        promises=[PromiseInput(side, f"{side}の約束{number}") for number in range(count)],
    )
    for promise in Promise.objects.filter(dialogue=dialogue):
        settle_promise(actor=actor_for(story.lead), promise=promise, kept=True)


def agree_next(story: Story, at: datetime) -> None:
    plan_next_dialogue(actor=actor_for(story.lead), engagement=story.engagement, at=at)
