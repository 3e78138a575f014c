"""今日, and the search over everything one may read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import DialogueSession
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.policies import require
from bansou.domain.access import Actor, Capability
from bansou.infra.http import ActorRequest

from .queries import today_of
from .snippets import snippet

_HITS = 30


@require_safe
def today(request: ActorRequest) -> HttpResponse:
    """What is due, what went quiet, and one step to 記録する."""
    actor = request.actor
    require(actor, Capability.WORK_AS_ADVISER)
    on = timezone.localdate()
    page = today_of(actor, on)
    return render(request, "today/today.html", {"today": page, "on": on, "has_team": bool(actor.teams)})


@require_safe
def record(request: ActorRequest) -> HttpResponse:
    """記録する: choose the business, the latest first; then one is at the note."""
    actor = request.actor
    require(actor, Capability.WORK_AS_ADVISER)
    words = request.GET.get("q", "").strip()
    engagements = Engagement.objects.accompanied_by(actor).open().select_related("business")
    if words:
        engagements = engagements.filter(business__in=Business.objects.visible_to(actor).matching(words))
    found = engagements.order_by("-last_dialogue_on", "pk")[:50]
    return render(request, "today/record.html", {"engagements": found, "words": words})


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """Businesses and dialogues in which every word stands, within what this person may read."""
    actor = request.actor
    require(actor, Capability.WORK_AS_ADVISER)
    words = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {"words": words, "search_query": words}
    if words:
        context |= {"businesses": _businesses(actor, words), "dialogues": _dialogues(actor, words)}
    return render(request, "today/search.html", context)


def _businesses(actor: Actor, words: str) -> list[Business]:
    return list(Business.objects.visible_to(actor).matching(words).order_by("kana_key", "pk")[:_HITS])


def _dialogues(actor: Actor, words: str) -> list[dict[str, Any]]:
    """Hits with the passage that matched, taken only from layers this person may read."""
    # Sorted as bare keys first: the words of thousands of hits need not be read to show thirty.
    newest = DialogueSession.objects.visible_to(actor).standing().speaking_of(words, actor).newest_first()
    found = (
        DialogueSession.objects.filter(pk__in=newest.values("pk")[:_HITS])
        .select_related("engagement__business", "note", "official_record")
        .newest_first()
    )
    return [
        {
            "dialogue": dialogue,
            "url": reverse("dialogue", args=[dialogue.public_id]),
            "passage": snippet(dialogue, words, on_team=dialogue.engagement_id in actor.teams),
        }
        for dialogue in found
    ]
