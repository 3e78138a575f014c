"""よりどころ: choose the words of this firm's dialogues that a box rests on, and keep new ones for it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from bansou.apps.dialogues.models import Excerpt, Statement
from bansou.apps.dialogues.words import keep_words
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.operations import point_to
from bansou.apps.sheets.reading import boxes_of, sheet_of
from bansou.domain.access import Actor, Capability, NotVisible
from bansou.domain.japanese import search_words, span_of
from bansou.domain.locaben.boxes import BOX_BY_KEY, Box, Part
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.ui.forms import show_refusal

from .tabs import sheet_frame
from .word_forms import ChosenWordsForm, WordsForm

_PER_PAGE = 20
_PAGES = {"locaben-flow": "業務フロー・商流", "locaben-views": "4つの視点"}
_LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Choice:
    """Words that were kept, with their tick."""

    key: str
    text: str
    cite: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """A statement that holds the words somebody searched for, and the form that keeps it."""

    statement: Statement
    cite: str
    url: str
    form: WordsForm


@require_http_methods(["GET", "POST"])
def evidence(request: ActorRequest, engagement_id: str, key: str) -> HttpResponse:
    """Tick what a box rests on. `q` searches the statements, `before` and `after` turn the two lists."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    box = BOX_BY_KEY.get(key)
    if box is None:
        raise NotVisible
    sheet = sheet_of(engagement)
    offered = _offered(request.actor, engagement)
    if request.method == "POST" and "statement" not in request.POST:
        return _choose(request, engagement, box, offered)
    wrong = None
    if request.method == "POST":
        wrong = _keep(request, engagement, box)
        if wrong is None:
            return HttpResponseRedirect(request.get_full_path())
    page = _name_of(box)
    where = reverse(page, args=[engagement.public_id])
    own = set(sheet.evidence.filter(key=key).values_list("excerpt", flat=True)) if sheet.pk else set()
    chosen = list(offered.filter(pk__in=own).order_by("-pk"))
    context = {
        "box": box,
        "text": written.text if (written := boxes_of(sheet).get(key)) else "",
        "back_url": f"{where}#box-{key}",
        "chosen": [_choice(excerpt, is_chosen=True) for excerpt in chosen],
        **_kept_before(request, offered.exclude(pk__in=own)),
        **_search(request, engagement, wrong),
        **sheet_frame(
            engagement,
            page,
            (Part.FLOW.label if page == "locaben-flow" else "4つの視点", where),
            ("よりどころの言葉", ""),
        ),
    }
    return render(request, "sheets/evidence.html", context, status=422 if wrong else 200)


def _name_of(box: Box) -> str:
    return "locaben-flow" if box.part in (Part.FLOW, Part.CHAIN) else "locaben-views"


def _offered(actor: Actor, engagement: Engagement) -> QuerySet[Excerpt]:
    """Every word kept in the standing dialogues of this engagement."""
    return (
        Excerpt.objects.visible_to(actor)
        .filter(dialogue__engagement=engagement, dialogue__withdrawn_at__isnull=True)
        .select_related("dialogue", "statement__person", "statement__account")
    )


def _choose(
    request: ActorRequest, engagement: Engagement, box: Box, offered: QuerySet[Excerpt]
) -> HttpResponse:
    """Only the ticks this person changed count; whatever else the box rests on stays."""
    form = ChosenWordsForm(request.POST, excerpts=offered)
    here = request.get_full_path()
    if not form.is_valid():
        messages.error(request, "選んだ言葉のなかに、いまはないものがありました。もう一度選んでください。")
        return HttpResponseRedirect(here)
    chosen, opened = set(form.cleaned_data["chosen"]), set(form.cleaned_data["opened"])
    try:
        point_to(
            actor=request.actor,
            engagement=engagement,
            key=box.key,
            add=chosen - opened,
            remove=opened - chosen,
        )
    except Refusal as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(here)
    messages.success(request, f"「{box.full_label}」のよりどころを保存しました。")
    return HttpResponseRedirect(f"{reverse(_name_of(box), args=[engagement.public_id])}#box-{box.key}")


def _keep(request: ActorRequest, engagement: Engagement, box: Box) -> WordsForm | None:
    """Keep a statement, or a part of it, and let the box rest on it. The form, when something is to mend."""
    public_id = request.POST["statement"]
    form = WordsForm(request.POST, auto_id=f"id_{public_id}_%s")
    statement = _statements(request.actor, engagement).filter(public_id=public_id).first()
    if statement is None:
        raise NotVisible
    if not form.is_valid():
        return form
    whole = "whole" in request.POST
    span = (0, len(statement.text)) if whole else span_of(statement.text, form.cleaned_data["words"])
    if span is None:
        form.add_error("words", "発言の中に、この言葉が見つかりません。発言からそのまま写してください。")
        return form
    try:
        # Words that no box may rest on are not kept for it either.
        with transaction.atomic():
            excerpt = keep_words(actor=request.actor, statement=statement, start=span[0], end=span[1])
            point_to(actor=request.actor, engagement=engagement, key=box.key, add=[excerpt], remove=[])
    except Refusal as refused:
        show_refusal(form, refused)
        return form
    messages.success(request, f"言葉を残し、「{box.full_label}」のよりどころにしました。")
    return None


def _kept_before(request: ActorRequest, others: QuerySet[Excerpt]) -> dict[str, Any]:
    """One page of the other kept words, the newest first; `before` names the last one of the page before."""
    rows = others.order_by("-pk")
    if before := request.GET.get("before"):
        rows = rows.filter(pk__lt=others.filter(public_id=before).values("pk")[:1])
    found = list(rows[: _PER_PAGE + 1])
    here, more = found[:_PER_PAGE], found[_PER_PAGE:]
    return {
        "others": [_choice(excerpt, is_chosen=False) for excerpt in here],
        "is_first": not before,
        "first_url": request.path if before else "",
        "further_url": f"?{urlencode({'before': here[-1].public_id})}" if more else "",
    }


def _search(request: ActorRequest, engagement: Engagement, wrong: WordsForm | None) -> dict[str, Any]:
    """Statements with every word of `q`, newest dialogue first; `after` names the last one shown."""
    question = request.GET.get("q", "").strip()[:_LONGEST_QUESTION]
    words = search_words(question)
    if not words:
        return {"question": question, "found": [], "found_next_url": "", "searched": False}
    rows = _statements(request.actor, engagement)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    if after := request.GET.get("after"):
        last = rows.filter(public_id=after).first()
        if last is not None:
            rows = rows.filter(_further_than(last))
    found = list(rows.order_by("-dialogue__held_on", "-dialogue__number", "index")[: _PER_PAGE + 1])
    here, more = found[:_PER_PAGE], found[_PER_PAGE:]
    turn = {"q": question, "after": here[-1].public_id} if more else {}
    return {
        "question": question,
        "searched": True,
        "found": [_found(statement, wrong) for statement in here],
        "found_next_url": f"?{urlencode(turn)}#search" if turn else "",
    }


def _further_than(last: Statement) -> Q:
    """Later in the same dialogue, or in an older one; of two on one day the lower number is older."""
    dialogue = last.dialogue
    same_day = Q(dialogue__held_on=dialogue.held_on, dialogue__number__lt=dialogue.number)
    return Q(dialogue=dialogue, index__gt=last.index) | Q(dialogue__held_on__lt=dialogue.held_on) | same_day


def _statements(actor: Actor, engagement: Engagement) -> QuerySet[Statement]:
    return (
        Statement.objects.visible_to(actor)
        .filter(dialogue__engagement=engagement, dialogue__withdrawn_at__isnull=True)
        .select_related("dialogue", "person", "account")
    )


def _found(statement: Statement, wrong: WordsForm | None) -> Found:
    key = statement.public_id
    form = WordsForm(initial={"statement": key, "words": statement.text}, auto_id=f"id_{key}_%s")
    if wrong is not None and wrong.data["statement"] == key:
        form = wrong
    return Found(statement, _cite(statement), _address(statement), form)


def _choice(excerpt: Excerpt, *, is_chosen: bool) -> Choice:
    # The dialogue was read along with the excerpt and is the statement's own.
    statement = excerpt.statement
    statement.dialogue = excerpt.dialogue
    return Choice(excerpt.public_id, excerpt.words, _cite(statement), _address(statement), is_chosen)


def _cite(statement: Statement) -> str:
    known = statement.person or statement.account
    speaker = known.name if known else statement.speaker
    day = date_format(statement.dialogue.held_on, "Y年n月j日")
    return f"{day}の対話・{speaker}" if speaker else f"{day}の対話"


def _address(statement: Statement) -> str:
    """The place of the statement on the page of its dialogue."""
    page = reverse("dialogue", args=[statement.dialogue.public_id])
    return f"{page}?at={statement.index}#turn-{statement.index}"
