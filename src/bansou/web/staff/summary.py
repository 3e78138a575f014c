"""One engagement on one page, for the person who goes on with it. Each part shows what the reader may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, QuerySet

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.dialogues.models import DialogueSession, Excerpt, Hypothesis, Promise
from bansou.apps.engagements.models import (
    Engagement,
    EngagementMember,
    StepMove,
    SuitabilityAnswer,
    SuitabilityAssessment,
)
from bansou.domain.access import Actor
from bansou.domain.method import INDUSTRY_DIVISIONS, BusinessSize, CadencePreset, Step, SupportIntensity

_DIALOGUES = 5
_WORDS = 5
_HYPOTHESES = 5


@dataclass(frozen=True)
class Summary:
    """`words`, `promises` and `hypotheses` are empty for a reader outside the team; `on_team` says which.

    Of the `assessment` such a reader learns the verdict and the day: `marks`, with their reasons, stay empty.
    """

    on_team: bool
    facts: list[tuple[str, str]]
    people: list[BusinessPerson]
    team: list[EngagementMember]
    moves: list[tuple[StepMove, Step]]
    assessment: SuitabilityAssessment | None
    marks: list[SuitabilityAnswer]
    dialogues: list[DialogueSession]
    dialogue_count: int
    last_held: date | None
    words: list[Excerpt]
    promises: list[Promise]
    hypotheses: list[Hypothesis]


def summary_of(engagement: Engagement, actor: Actor) -> Summary:
    held: dict[str, Any] = engagement.dialogues.standing().aggregate(count=Count("pk"), last=Max("held_on"))
    moves = engagement.step_moves.select_related("moved_by").order_by("moved_at", "pk")
    assessment = engagement.assessments.order_by("-version").first()
    on_team = engagement.pk in actor.teams
    return Summary(
        on_team=on_team,
        facts=_facts(engagement),
        people=list(engagement.business.people.current().order_by("pk")),
        team=list(
            engagement.members.current().select_related("account", "person").order_by("joined_on", "pk")
        ),
        moves=[(move, Step(move.to_step)) for move in moves],
        assessment=assessment,
        marks=list(assessment.answers.all()) if assessment and on_team else [],
        dialogues=list(_dialogues(engagement, actor)[:_DIALOGUES]),
        dialogue_count=held["count"],
        last_held=held["last"],
        words=list(_words(engagement, actor)[:_WORDS]),
        promises=list(_promises(engagement, actor)),
        hypotheses=list(_hypotheses(engagement, actor)[:_HYPOTHESES]),
    )


def _facts(engagement: Engagement) -> list[tuple[str, str]]:
    business = engagement.business
    cadence = f"{CadencePreset(engagement.cadence).label}（{engagement.interval_days}日ごと）"
    return [
        ("業種", business.industry_detail or _division(business.industry)),
        ("規模", BusinessSize(business.size).label),
        ("従業員数", f"{business.headcount}人" if business.headcount is not None else ""),
        ("所在地", business.address),
        ("電話番号", business.phone),
        ("支援の濃淡", SupportIntensity(engagement.intensity).label),
        ("支援の間隔", cadence),
        ("支援のきっかけ", engagement.how_it_began),
    ]


def _division(letter: str) -> str:
    division = INDUSTRY_DIVISIONS.get(letter)
    return division.label if division else ""


def _dialogues(engagement: Engagement, actor: Actor) -> QuerySet[DialogueSession]:
    return (
        DialogueSession.objects.visible_to(actor)
        .standing()
        .filter(engagement=engagement)
        .select_related("official_record")
        .newest_first()
    )


def _words(engagement: Engagement, actor: Actor) -> QuerySet[Excerpt]:
    return (
        Excerpt.objects.visible_to(actor)
        .of_the_leader()
        .filter(dialogue__engagement=engagement)
        .select_related("statement", "dialogue")
        .order_by("-dialogue__held_on", "-dialogue__number", "-statement__index")
    )


def _promises(engagement: Engagement, actor: Actor) -> QuerySet[Promise]:
    return (
        Promise.objects.visible_to(actor)
        .open()
        .filter(dialogue__engagement=engagement)
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def _hypotheses(engagement: Engagement, actor: Actor) -> QuerySet[Hypothesis]:
    return (
        Hypothesis.objects.visible_to(actor)
        .filter(dialogue__engagement=engagement, dialogue__withdrawn_at__isnull=True)
        .select_related("dialogue")
        .order_by("-dialogue__held_on", "-pk")
    )
