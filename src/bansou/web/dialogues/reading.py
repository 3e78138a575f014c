"""The page of one dialogue: each layer for those who may read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.audit.operations import log_reading
from bansou.apps.dialogues.models import (
    DialogueSession,
    DialogueSource,
    Excerpt,
    Hypothesis,
    OfficialRecord,
    Promise,
    Statement,
)
from bansou.apps.dialogues.policies import access_dialogue
from bansou.apps.engagements.policies import facts_of_engagement
from bansou.domain.access import Actor, Capability, Decision, decide
from bansou.domain.shared import wareki
from bansou.infra.http import ActorRequest

from .note import crumbs
from .turns import shown_turns, speaker_name

TURNS_PER_PAGE = 200
_KEPT_SHOWN = 300


@require_safe
def show(request: ActorRequest, public_id: str) -> HttpResponse:
    """Facts and 公式記録 for the body that keeps the record; the words for the team."""
    actor = request.actor
    dialogue = access_dialogue(actor, public_id, Capability.SEE_KARTE)
    facts = facts_of_engagement(actor, dialogue.engagement)
    on_team = decide(Capability.SEE_STATEMENTS, facts) is Decision.ALLOWED
    page: dict[str, Any] = {
        "dialogue": dialogue,
        "engagement": dialogue.engagement,
        "business": dialogue.engagement.business,
        "crumbs": [*crumbs(dialogue.engagement), (f"対話 第{dialogue.number}回", "")],
        "facts": _facts(dialogue),
        "official_record": OfficialRecord.objects.visible_to(actor)
        .filter(dialogue=dialogue)
        .select_related("written_by")
        .first(),
        "on_team": on_team,
        "may_write": on_team and not dialogue.is_withdrawn,
        "from_transcript": dialogue.source == DialogueSource.TRANSCRIPT,
        "words_heading": "発言録" if dialogue.source == DialogueSource.TRANSCRIPT else "経営者の言葉",
    }
    if on_team:
        page |= _layers(request, dialogue)
    else:
        log_reading(
            actor=actor,
            subject=dialogue,
            organisation_id=dialogue.engagement.organisation.public_id,
            what="対話の公式記録",
        )
    return render(request, "dialogues/dialogue.html", page)


def _facts(dialogue: DialogueSession) -> list[tuple[str, Any]]:
    minutes = [
        (label, value)
        for label, value in (
            ("準備", dialogue.minutes_preparation),
            ("対話", dialogue.minutes_talk),
            ("移動", dialogue.minutes_travel),
        )
        if value is not None
    ]
    start = f" {dialogue.started_at:%H:%M}から" if dialogue.started_at else ""
    present = [str(p) for p in dialogue.participants.select_related("person", "account").order_by("pk")]
    rows = [
        ("日付", f"{wareki(dialogue.held_on)}{start}"),
        ("方法", dialogue.get_method_display()),
        ("場所", dialogue.place),
        ("いた人", "、".join(present)),
        ("時間", "・".join(f"{label}{value}分" for label, value in minutes)),
        ("支援ステップ", dialogue.get_step_display()),
        ("記録した人", dialogue.written_by),
        ("もとのファイル", dialogue.source_name),
    ]
    return [(term, value) for term, value in rows if value]


def _layers(request: ActorRequest, dialogue: DialogueSession) -> dict[str, Any]:
    actor = request.actor
    promises = Promise.objects.visible_to(actor).filter(dialogue=dialogue).order_by("pk")
    kept = list(
        Excerpt.objects.visible_to(actor)
        .filter(dialogue=dialogue)
        .select_related("statement__person", "statement__account")
        .order_by("statement__index", "start")[:_KEPT_SHOWN]
    )
    return {
        "note": dialogue.note.text if hasattr(dialogue, "note") else "",
        "hypotheses": list(
            Hypothesis.objects.visible_to(actor).filter(dialogue=dialogue).select_related("written_by")
        ),
        "promises": list(promises),
        "kept": [_kept_words(dialogue, excerpt) for excerpt in kept],
        **_turns(actor, dialogue, kept, request.GET),
    }


def _kept_words(dialogue: DialogueSession, excerpt: Excerpt) -> dict[str, str]:
    place = excerpt.statement.index
    page = reverse("dialogue", args=[dialogue.public_id])
    return {
        "text": excerpt.words,
        "speaker": speaker_name(excerpt.statement),
        "url": f"{page}?at={place}#turn-{place}",
    }


def _turns(actor: Actor, dialogue: DialogueSession, kept: list[Excerpt], query: Any) -> dict[str, Any]:
    """One page of turns by their place: `from` names the first; `at` asks for the page that holds a place."""
    start = _whole(query.get("from"))
    if "at" in query:
        start = _whole(query.get("at")) // TURNS_PER_PAGE * TURNS_PER_PAGE
    found = list(
        Statement.objects.visible_to(actor)
        .filter(dialogue=dialogue, index__gte=start)
        .select_related("person", "account")
        .order_by("index")[: TURNS_PER_PAGE + 1]
    )
    here, after = found[:TURNS_PER_PAGE], found[TURNS_PER_PAGE:]
    page = reverse("dialogue", args=[dialogue.public_id])
    before = max(start - TURNS_PER_PAGE, 0)
    return {
        "turns": shown_turns(here, kept),
        "previous_url": f"{page}?from={before}#words" if start else "",
        "next_url": f"{page}?from={after[0].index}#words" if after else "",
        "turns_summary": f"{here[0].index + 1}〜{here[-1].index + 1}番目の発言" if here else "",
    }


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
