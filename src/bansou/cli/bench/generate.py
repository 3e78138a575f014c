"""An office of any size: rows in bulk, with the same trail that the operations would leave."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.audit.operations import Change, record_all
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.businesses.operations import register_many
from bansou.apps.dialogues.models import (
    ContactMethod,
    DialogueNote,
    DialogueParticipant,
    DialogueSession,
    Excerpt,
    Hypothesis,
    OfficialRecord,
    Promise,
    PromiseSide,
    SpeakerSide,
    Statement,
)
from bansou.apps.dialogues.operations import WRITTEN
from bansou.apps.engagements.models import Engagement, EngagementMember, StepMove
from bansou.apps.engagements.operations import STARTED
from bansou.apps.organisations.models import OrganisationKind, SupportOrganisation
from bansou.apps.organisations.operations import add_member, register_organisation
from bansou.domain.access import Actor, Role
from bansou.domain.japanese import search_key
from bansou.domain.method import (
    BusinessSize,
    CadencePreset,
    Step,
    SupportIntensity,
    TeamRole,
    Viewpoint,
    industry_choices,
)

ORGANISATION = "計測商工会議所"
PER_ADVISER = 50
_BATCH = 500
_PROGRAM = Actor.program("bansou bench generate")
_PLACES = ("川辺", "山手", "浜見", "本町", "栄", "緑", "旭", "港南", "若葉", "駅前")
_TRADES = ("製作所", "商店", "工業", "食品", "運送", "建設", "旅館", "酒造", "印刷", "農園")
_SENTENCES = (
    "朝の段取りが決まらないと、午前中の手待ちが増えてしまう。",
    "先代のころは、職人が自分で考えて動いていたと思う。",
    "値上げの話は切り出しにくいが、いまの単価では若い人を雇えない。",
    "来月からは、現場のリーダーと週に一度話す時間を取りたい。",
    "機械よりも、人に仕事を任せられないことが本当の悩みかもしれない。",
    "納期を守れた月と守れなかった月で、何が違ったのかを振り返った。",
    "娘が継ぐと言ってくれたが、何から渡せばいいのかわからない。",
    "お客さんは味よりも、うちの人柄で来てくれているのだと気づいた。",
)


@dataclass(frozen=True)
class Made:
    businesses: int
    dialogues: int
    advisers: int


def generate(*, businesses: int, dialogues_each: int = 6) -> Made:
    """Add `businesses` to the measured office. The same numbers give the same rows."""
    dice = random.Random(20_260_401)  # noqa: S311 - repeatable rows, nothing secret
    office = SupportOrganisation.objects.filter(name=ORGANISATION).first() or register_organisation(
        actor=_PROGRAM, name=ORGANISATION, kind=OrganisationKind.CHAMBER_OF_COMMERCE, prefecture="14"
    )
    advisers = _advisers(office, max(2, businesses // PER_ADVISER))
    dialogues = 0
    for start in range(0, businesses, _BATCH):
        count = min(_BATCH, businesses - start)
        with transaction.atomic():
            dialogues += _batch(office, advisers, dice, start, count, dialogues_each)
    return Made(businesses, dialogues, len(advisers))


def _advisers(office: SupportOrganisation, wanted: int) -> list[Account]:
    standing = list(Account.objects.filter(memberships__organisation=office).order_by("pk").distinct())
    for number in range(len(standing), wanted):
        account = open_account(
            actor=_PROGRAM, email=f"bench{number}@bench.example", name=f"計測 支援者{number}", password=None
        )
        add_member(actor=_PROGRAM, organisation=office, account=account, role=Role.ADVISER)
        standing.append(account)
    return standing


def _batch(
    office: SupportOrganisation,
    advisers: list[Account],
    dice: random.Random,
    start: int,
    count: int,
    dialogues_each: int,
) -> int:
    businesses = [_business(dice, start + place) for place in range(count)]
    register_many(actor=_PROGRAM, organisation=office, rows=[(b, f"{b.name}の社長", "") for b in businesses])
    people = {
        p.business_id: p
        for p in BusinessPerson.objects.filter(business__in=businesses, viewpoint=Viewpoint.LEADER)
    }
    engagements = _engagements(office, businesses, advisers, dice, start)
    dialogues: list[DialogueSession] = []
    for engagement, lead in engagements:
        dialogues += _dialogues(engagement, lead, dice, dialogues_each)
    DialogueSession.objects.bulk_create(dialogues, batch_size=_BATCH)
    _layers(dialogues, people, dice)
    lines = [Change(STARTED, engagement, office.public_id) for engagement, _lead in engagements]
    lines += [Change(WRITTEN, dialogue, office.public_id) for dialogue in dialogues]
    record_all(actor=_PROGRAM, lines=lines)
    return len(dialogues)


def _business(dice: random.Random, number: int) -> Business:
    name = f"株式会社{dice.choice(_PLACES)}{dice.choice(_TRADES)}{number}"
    industries = [code for code, _label in industry_choices()]
    return Business(
        name=name,
        kana=f"けいそく{number}",
        phone=f"03-{number // 10000:04d}-{number % 10000:04d}",
        address=f"神奈川県川辺市{dice.choice(_PLACES)}{dice.randint(1, 9)}-{dice.randint(1, 30)}",
        prefecture="14",
        industry=dice.choice(industries),
        headcount=dice.randint(1, 80),
        size=dice.choice(list(BusinessSize)),
    )


def _engagements(
    office: SupportOrganisation,
    businesses: list[Business],
    advisers: list[Account],
    dice: random.Random,
    start: int,
) -> list[tuple[Engagement, Account]]:
    today = timezone.localdate()
    pairs = []
    for place, business in enumerate(businesses):
        lead = advisers[(start + place) % len(advisers)]
        step = dice.choice(list(Step))
        engagement = Engagement(
            business=business,
            organisation=office,
            step=step,
            intensity=dice.choice(list(SupportIntensity)),
            cadence=CadencePreset.MONTHLY,
            interval_days=30,
            started_on=today - timedelta(days=dice.randint(60, 700)),
            last_dialogue_on=today - timedelta(days=dice.randint(0, 100)),
        )
        pairs.append((engagement, lead))
    Engagement.objects.bulk_create([engagement for engagement, _lead in pairs], batch_size=_BATCH)
    EngagementMember.objects.bulk_create(
        EngagementMember(engagement=e, account=lead, role=TeamRole.LEAD, joined_on=e.started_on)
        for e, lead in pairs
    )
    StepMove.objects.bulk_create(
        StepMove(
            engagement=e,
            from_step=Step.from_number(number - 1) if number > 1 else "",
            to_step=Step.from_number(number),
            moved_by=lead,
        )
        for e, lead in pairs
        for number in range(1, Step(e.step).number + 1)
    )
    return pairs


def _dialogues(
    engagement: Engagement, lead: Account, dice: random.Random, mean: int
) -> list[DialogueSession]:
    count = max(1, dice.randint(mean - 2, mean + 2))
    last = engagement.last_dialogue_on or date(2026, 1, 1)
    return [
        DialogueSession(
            engagement=engagement,
            number=number + 1,
            held_on=last - timedelta(days=30 * (count - 1 - number)),
            method=dice.choice(list(ContactMethod)),
            minutes_talk=dice.randint(30, 120),
            step=engagement.step,
            written_by=lead,
        )
        for number in range(count)
    ]


def _layers(dialogues: list[DialogueSession], people: dict[int, BusinessPerson], dice: random.Random) -> None:
    notes, statements, records, hypotheses, promises, there = [], [], [], [], [], []
    for dialogue in dialogues:
        leader = people[dialogue.engagement.business_id]
        text = "".join(dice.choices(_SENTENCES, k=12))
        words = dice.choice(_SENTENCES)
        official = f"{words}という話があり、次回までに試すことを決めた。"
        by = dialogue.written_by
        notes.append(DialogueNote(dialogue=dialogue, text=text, search_text=search_key(text)))
        statements.append(
            Statement(
                dialogue=dialogue,
                index=0,
                speaker=leader.name,
                side=SpeakerSide.FIRM,
                person=leader,
                viewpoint=Viewpoint.LEADER,
                text=words,
                search_text=search_key(words),
            )
        )
        records.append(
            OfficialRecord(dialogue=dialogue, text=official, search_text=search_key(official), written_by=by)
        )
        hypotheses.append(
            Hypothesis(dialogue=dialogue, text="任せることへの不安があるのでは。", written_by=by)
        )
        due = dialogue.held_on + timedelta(days=14)
        promises.append(
            Promise(dialogue=dialogue, side=PromiseSide.FIRM, text="現場と話す時間を決める", due_on=due)
        )
        there.append(DialogueParticipant(dialogue=dialogue, person=leader))
        there.append(DialogueParticipant(dialogue=dialogue, account=by))
    DialogueNote.objects.bulk_create(notes, batch_size=_BATCH)
    Statement.objects.bulk_create(statements, batch_size=_BATCH)
    OfficialRecord.objects.bulk_create(records, batch_size=_BATCH)
    Hypothesis.objects.bulk_create(hypotheses, batch_size=_BATCH)
    Promise.objects.bulk_create(promises, batch_size=_BATCH)
    DialogueParticipant.objects.bulk_create(there, batch_size=_BATCH)
    Excerpt.objects.bulk_create(
        Excerpt(dialogue=s.dialogue, statement=s, start=0, end=len(s.text), marked_by=s.dialogue.written_by)
        for s in statements
    )
