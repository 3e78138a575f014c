"""準備シート: what helps in the two minutes before a dialogue, as one screen and one A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.dialogues.models import (
    DialogueParticipant,
    DialogueSession,
    Excerpt,
    Hypothesis,
    Promise,
    PromiseSide,
    SpeakerSide,
    Statement,
)
from bansou.apps.engagements.guidance import guidance_for
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Actor, Capability
from bansou.domain.method import Preparation, StepGuidance, Viewpoint, prepare
from bansou.infra.documents import render_pdf
from bansou.infra.http import ActorRequest

from .history import course_of
from .karte import hypotheses, open_promises
from .paper import day_of, download
from .particulars import Standing, TeamMember, chips_of, months_together, people_of, standing_of, team_of
from .words import leader_words_newest_first

_WORDS, _HYPOTHESES, _RECORD = 3, 2, 4
# Whose view is usually wanted beside the leader's (guideline summary 2023, step ④; the choice is our rule).
_WANTED = (Viewpoint.OFFICER, Viewpoint.EMPLOYEE)
_WANTED_IN_SUCCESSION = (Viewpoint.SUCCESSOR, Viewpoint.PREDECESSOR)
# A department head or an old hand speaks for the people on the floor as well.
_SPEAKS_FOR_EMPLOYEES = {Viewpoint.EMPLOYEE, Viewpoint.DEPARTMENT, Viewpoint.VETERAN}
_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Unheard:
    """Voices no dialogue holds yet: known people, and viewpoints nobody was named for."""

    people: list[BusinessPerson]
    viewpoints: list[Viewpoint]

    def __bool__(self) -> bool:
        return bool(self.people or self.viewpoints)


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet, read for the support team."""

    engagement: Engagement
    on: date
    last: DialogueSession | None
    dialogues_held: int
    words: list[Excerpt]
    promises: list[Promise]
    hypotheses: list[Hypothesis]
    guidance: StepGuidance
    chosen: Preparation
    team: list[TeamMember]
    people: list[BusinessPerson]
    unheard: Unheard
    standing: Standing | None

    @property
    def ours(self) -> list[Promise]:
        return [promise for promise in self.promises if promise.side == PromiseSide.SUPPORT]

    @property
    def theirs(self) -> list[Promise]:
        return [promise for promise in self.promises if promise.side == PromiseSide.FIRM]

    @property
    def to_record(self) -> tuple[str, ...]:
        return self.guidance.record[:_RECORD]

    @property
    def looks_again_soon(self) -> bool:
        again = self.engagement.reassess_on
        return again is not None and again <= self.on + _SOON

    @property
    def together(self) -> str:
        return months_together(self.engagement, self.on)


def sheet_of(engagement: Engagement, actor: Actor, on: date) -> Sheet:
    held = DialogueSession.objects.visible_to(actor).standing().filter(engagement=engagement)
    dialogues_held = held.count()
    guidance = guidance_for(engagement)
    course = course_of([engagement], actor)
    people = people_of(engagement.business)
    leader_words = leader_words_newest_first(actor, [engagement]).select_related("statement", "dialogue")
    return Sheet(
        engagement=engagement,
        on=on,
        last=held.select_related("official_record").newest_first().first(),
        dialogues_held=dialogues_held,
        words=list(leader_words[:_WORDS]),
        promises=list(open_promises(actor, engagement)),
        hypotheses=list(hypotheses(actor, [engagement])[:_HYPOTHESES]),
        guidance=guidance,
        chosen=prepare(guidance, dialogues_held=dialogues_held, seed=engagement.pk),
        team=team_of(engagement, course),
        people=people,
        unheard=_unheard(people, list(_voices(held)), succession=engagement.business.succession),
        standing=standing_of(engagement, course),
    )


def _voices(held: QuerySet[DialogueSession]) -> QuerySet[Statement, tuple[int | None, str]]:
    """Who of the firm spoke or sat at the table, with the viewpoint."""
    spoke = Statement.objects.filter(dialogue__in=held, side=SpeakerSide.FIRM).order_by()
    sat = DialogueParticipant.objects.filter(dialogue__in=held, person__isnull=False).order_by()
    return spoke.values_list("person_id", "viewpoint").union(
        sat.values_list("person_id", "person__viewpoint")
    )


def _unheard(
    people: Sequence[BusinessPerson], voices: Sequence[tuple[int | None, str]], *, succession: bool
) -> Unheard:
    heard_people = {person for person, _ in voices}
    heard = {Viewpoint(viewpoint) for _, viewpoint in voices if viewpoint}
    silent = [person for person in people if person.pk not in heard_people]
    if heard & _SPEAKS_FOR_EMPLOYEES:
        heard |= {Viewpoint.EMPLOYEE}
    known = {Viewpoint(person.viewpoint) for person in silent}
    wanted = _WANTED + (_WANTED_IN_SUCCESSION if succession else ())
    return Unheard(silent, [v for v in wanted if v not in heard and v not in known])


@require_safe
def preparation(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The sheet on the screen, for those who conduct the engagement."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement, request.actor, timezone.localdate())
    context = {
        "sheet": sheet,
        "engagement": engagement,
        "business": engagement.business,
        "unheard": unheard_words(sheet.unheard),
    }
    return render(request, "karte/preparation.html", context)


@require_safe
def preparation_pdf(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The same sheet on one A4. It is the supporter's own paper and says so."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement, request.actor, timezone.localdate())
    pdf = render_pdf("web/engagements/documents/preparation.typ", _paper(sheet, request.actor))
    return download(pdf, f"準備シート_{engagement.business.name}", sheet.on)


def _paper(sheet: Sheet, actor: Actor) -> dict[str, object]:
    engagement, last = sheet.engagement, sheet.last
    record = getattr(last, "official_record", None)
    return {
        "business": engagement.business.name,
        "chips": [*chips_of(engagement.business), engagement.get_intensity_display()],
        "head": f"{day_of(sheet.on)} 印刷",
        "foot": f"支援者だけ・{actor.label}の手もと用。経営者や他の機関に渡さないでください。",
        "step": f"{engagement.step_now.mark} {engagement.step_now.label}",
        "purpose": sheet.guidance.purpose,
        "next": next_dialogue_words(engagement),
        "together": sheet.together,
        "last": f"第{last.number}回 {day_of(last.held_on)} {_clipped(last.title, 36)}".strip()
        if last
        else "",
        "last_record": _clipped(record.text, 75) if record else "",
        "words": [
            {"text": _clipped(excerpt.words, 48), "by": day_of(excerpt.dialogue.held_on)}
            for excerpt in sheet.words
        ],
        "ours": _first_few([_promise_words(promise, sheet.on) for promise in sheet.ours], 4, "件"),
        "theirs": _first_few([_promise_words(promise, sheet.on) for promise in sheet.theirs], 4, "件"),
        "hypotheses": [_clipped(hypothesis.text, 66) for hypothesis in sheet.hypotheses],
        "questions": list(sheet.chosen.questions),
        "avoid": list(sheet.chosen.avoid),
        "record": list(sheet.to_record),
        "unheard": _first_few(unheard_words(sheet.unheard)),
        "again": day_of(engagement.reassess_on) if engagement.reassess_on else "",
        "verdict": sheet.standing.verdict.label if sheet.standing else "",
        "team": "、".join(_first_few([f"{member.name}（{member.role}）" for member in sheet.team])),
        "people": "、".join(
            _first_few([f"{p.name}（{p.title or p.get_viewpoint_display()}）" for p in sheet.people])
        ),
    }


def _promise_words(promise: Promise, on: date) -> str:
    who = f"{promise.who}：" if promise.who else ""
    due = ""
    if promise.due_on is not None:
        due = f"（{day_of(promise.due_on)}まで{'・過ぎています' if promise.due_on < on else ''}）"
    return f"{who}{_clipped(promise.text, 40)}{due}"


def unheard_words(unheard: Unheard) -> list[str]:
    named = [f"{p.name}さん（{p.title or p.get_viewpoint_display()}）" for p in unheard.people]
    return named + [f"{viewpoint.label}の方" for viewpoint in unheard.viewpoints]


def next_dialogue_words(engagement: Engagement) -> str:
    """「2026年12月3日 14:00」 as agreed, otherwise 「2026年12月5日ごろ（目安）」."""
    if engagement.next_dialogue_at is None:
        return f"{day_of(engagement.due_on())}ごろ（目安）"
    moment = timezone.localtime(engagement.next_dialogue_at)
    return f"{day_of(moment.date())} {moment:%H:%M}"


def _first_few(lines: list[str], limit: int = 5, counted: str = "人") -> list[str]:
    """What fits on one page; how many more there are is said."""
    rest = len(lines) - limit + 1
    return lines if rest < 2 else [*lines[: limit - 1], f"ほか{rest}{counted}"]


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
