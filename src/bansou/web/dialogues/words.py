"""Single acts on what was said: keep words, let them go, show them to the 経営者, settle a promise."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from bansou.apps.dialogues.models import Statement
from bansou.apps.dialogues.operations import settle_promise
from bansou.apps.dialogues.policies import access_promise, access_statement
from bansou.apps.dialogues.words import keep_words, let_go_of_words, share_with_leader
from bansou.domain.japanese import span_of
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .editing import refuse
from .forms import PartForm
from .turns import speaker_name


@require_http_methods(["GET", "POST"])
def keep(request: ActorRequest, public_id: str) -> HttpResponse:
    """Keep a whole statement (`whole` is sent) or the part that was typed or pasted."""
    statement = access_statement(request.actor, public_id)
    form = PartForm(**form_input(request, initial={"words": statement.text}))
    if form.is_bound and form.is_valid():
        whole = "whole" in request.POST
        span = (0, len(statement.text)) if whole else span_of(statement.text, form.cleaned_data["words"])
        if span is None:
            form.add_error("words", "発言の中に、この言葉が見つかりません。発言からそのまま写してください。")
        else:
            try:
                keep_words(actor=request.actor, statement=statement, start=span[0], end=span[1])
            except Refusal as refused:
                refuse(form, refused)
            else:
                return _back_to(statement)
    page = {
        "form": form,
        "statement": statement,
        "speaker": speaker_name(statement),
        "dialogue": statement.dialogue,
        "back": _address(statement),
    }
    return render(request, "dialogues/part.html", page, status=422 if form.errors else 200)


@require_POST
def let_go(request: ActorRequest, public_id: str) -> HttpResponse:
    statement = access_statement(request.actor, public_id)
    try:
        let_go_of_words(actor=request.actor, statement=statement)
    except Refusal as refused:
        messages.error(request, str(refused))
    return _back_to(statement)


@require_POST
def share(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show the 経営者 own words on the own page (`shared=1`), or take them back."""
    statement = access_statement(request.actor, public_id)
    shared = request.POST.get("shared") == "1"
    try:
        share_with_leader(actor=request.actor, statement=statement, shared=shared)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        where = "経営者本人のページに載せました。" if shared else "経営者本人のページから外しました。"
        messages.success(request, where)
    return _back_to(statement)


@require_POST
def settle(request: ActorRequest, public_id: str) -> HttpResponse:
    """Tick a promise off (`kept=1`) or open it again, and go back to `next` when it is a page of ours."""
    promise = access_promise(request.actor, public_id)
    try:
        settle_promise(actor=request.actor, promise=promise, kept=request.POST.get("kept") == "1")
    except Refusal as refused:
        messages.error(request, str(refused))
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=here)
    return HttpResponseRedirect(wanted if safe else reverse("dialogue", args=[promise.dialogue.public_id]))


def _address(statement: Statement) -> str:
    """The place of the statement on the page of its dialogue."""
    page = reverse("dialogue", args=[statement.dialogue.public_id])
    return f"{page}?at={statement.index}#turn-{statement.index}"


def _back_to(statement: Statement) -> HttpResponse:
    return HttpResponseRedirect(_address(statement))
