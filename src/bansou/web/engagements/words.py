"""Words of the people of the firm: beside their dialogues, and 言葉の移り変わり, the leader's over time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.businesses.policies import access_business
from bansou.apps.dialogues.models import DialogueSession, Excerpt, SpeakerSide
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor, Capability
from bansou.domain.method import Step, Viewpoint
from bansou.infra.http import ActorRequest

from .entries import Quote
from .particulars import engagements_of

_PAGE = 40


def words_of(
    actor: Actor, engagements: Sequence[Engagement], dialogues: Sequence[int]
) -> tuple[dict[int, list[Quote]], Excerpt | None]:
    """Words of the firm kept from these dialogues, the leader's first; and the leader's latest of all.

    One question for both. Empty for readers who are on no team.
    """
    if not any(engagement.pk in actor.teams for engagement in engagements):
        return {}, None
    seen = Excerpt.objects.visible_to(actor).filter(dialogue__engagement__in=engagements)
    latest_key = leader_words_newest_first(actor, engagements).values("pk")[:1]
    found = (
        seen.filter(Q(dialogue__in=dialogues) | Q(pk__in=latest_key))
        .filter(dialogue__withdrawn_at__isnull=True, statement__side=SpeakerSide.FIRM)
        .select_related("statement", "dialogue")
    )
    by_time = sorted(found, key=lambda e: (e.dialogue.held_on, e.dialogue_id, e.statement.index, e.pk))
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for excerpt in sorted(by_time, key=lambda e: e.statement.viewpoint != Viewpoint.LEADER):
        quotes[excerpt.dialogue_id].append(Quote(excerpt.words, cite_of(excerpt)))
    by_leader = [excerpt for excerpt in by_time if excerpt.statement.viewpoint == Viewpoint.LEADER]
    return quotes, by_leader[-1] if by_leader else None


def leader_words_newest_first(actor: Actor, engagements: Sequence[Engagement]) -> QuerySet[Excerpt]:
    """What the 経営者 said and somebody kept, on the reader's teams."""
    return (
        Excerpt.objects.visible_to(actor)
        .of_the_leader()
        .filter(dialogue__engagement__in=engagements, statement__side=SpeakerSide.FIRM)
        .order_by("-dialogue__held_on", "-dialogue", "-statement__index", "-pk")
    )


def cite_of(excerpt: Excerpt) -> str:
    """港 健一（経営者）; the viewpoint alone when no name was written."""
    statement = excerpt.statement
    viewpoint = Viewpoint(statement.viewpoint).label if statement.viewpoint else ""
    if not statement.speaker or statement.speaker == viewpoint:
        return viewpoint or "事業者"
    return f"{statement.speaker}（{viewpoint}）" if viewpoint else statement.speaker


@require_safe
def karte_words(request: ActorRequest, business_id: str) -> HttpResponse:
    """Every kept word of the leader, newest first, a page at a time; for the team."""
    actor = request.actor
    business = access_business(actor, business_id, Capability.SEE_STATEMENTS)
    words = leader_words_newest_first(actor, engagements_of(business, actor))
    place = _read_place(request.GET.get("older", ""))
    if place is not None:
        words = words.filter(_older_than(*place))
    found = list(words.select_related("statement", "dialogue")[: _PAGE + 1])
    shown = found[:_PAGE]
    context = {
        "business": business,
        "months": _by_month(shown),
        "older_url": f"?older={_place_of(shown[-1])}" if len(found) > _PAGE else "",
        "is_first_page": place is None,
    }
    return render(request, "karte/words.html", context)


@dataclass(frozen=True)
class Talk:
    """What the leader said in one dialogue, in the order of speaking."""

    dialogue: DialogueSession
    words: list[str]

    @property
    def day(self) -> date:
        return self.dialogue.held_on

    @property
    def step(self) -> str:
        step = Step(self.dialogue.step)
        return f"{step.mark} {step.short_label}"

    @property
    def heading(self) -> str:
        return f"第{self.dialogue.number}回　{self.dialogue.title}".rstrip()

    @property
    def url(self) -> str:
        return reverse("dialogue", args=[self.dialogue.public_id])


def _by_month(newest_first: Sequence[Excerpt]) -> list[tuple[str, list[Talk]]]:
    talks = [
        Talk(dialogue, [excerpt.words for excerpt in reversed(list(spoken))])
        for dialogue, spoken in groupby(newest_first, lambda excerpt: excerpt.dialogue)
    ]
    months = groupby(talks, lambda talk: (talk.day.year, talk.day.month))
    return [(f"{year}年{month}月", list(held)) for (year, month), held in months]


def _place_of(excerpt: Excerpt) -> str:
    dialogue = excerpt.dialogue
    return f"{dialogue.held_on.isoformat()}.{dialogue.pk}.{excerpt.statement.index}.{excerpt.pk}"


def _read_place(text: str) -> tuple[date, int, int, int] | None:
    """The key of the last word of the page before; None for anything else."""
    day, *numbers = text[:80].split(".")
    if len(numbers) != 3 or not all(n.isascii() and n.isdigit() and len(n) < 19 for n in numbers):
        return None
    try:
        return date.fromisoformat(day), int(numbers[0]), int(numbers[1]), int(numbers[2])
    except ValueError:
        return None


def _older_than(day: date, dialogue: int, index: int, key: int) -> Q:
    same_talk = Q(dialogue__held_on=day, dialogue=dialogue)
    return (
        Q(dialogue__held_on__lt=day)
        | Q(dialogue__held_on=day, dialogue__lt=dialogue)
        | same_talk & Q(statement__index__lt=index)
        | same_talk & Q(statement__index=index, pk__lt=key)
    )
