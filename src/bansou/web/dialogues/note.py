"""Write a dialogue down in one screen, mend it, or withdraw it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bansou.apps.dialogues.models import DialogueSession, DialogueSource
from bansou.apps.dialogues.operations import revise_dialogue, withdraw_dialogue, write_dialogue
from bansou.apps.dialogues.policies import access_dialogue
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Capability
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.versions import compare

from .circle import Circle, circle_of, fresh_values, stored_values, until_now
from .editing import opened, refuse
from .forms import EditForm, NoteForm, WithdrawForm

_TEAM_ONLY = ("hypothesis",)


@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """One screen: the text first, everything else may wait."""
    actor = request.actor
    engagement = access_engagement(actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    circle = circle_of(engagement, actor)
    form = opened(NoteForm, request, fresh_values(engagement, actor, circle), circle=circle)
    if form.is_bound and form.is_valid():
        try:
            dialogue = write_dialogue(actor=actor, engagement=engagement, meeting=form.meeting())
        except (Refusal, Refusals) as refused:
            refuse(form, refused)
        else:
            messages.success(request, f"第{dialogue.number}回の対話を記録しました。")
            return redirect("dialogue", dialogue.public_id)
    page = {
        "form": form,
        "engagement": engagement,
        "business": engagement.business,
        "crumbs": [*crumbs(engagement), ("対話を記録する", "")],
        **_folds(request, form),
        **until_now(engagement, actor),
    }
    return render(request, "dialogues/note.html", page, status=_status(form))


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change what stands; the second of two people sees both versions and chooses."""
    actor = request.actor
    dialogue = access_dialogue(actor, public_id, Capability.CONDUCT_ENGAGEMENT)
    if dialogue.is_withdrawn and request.method != "POST":
        messages.warning(request, "取り下げた記録は直せません。")
        return redirect("dialogue", dialogue.public_id)
    circle = circle_of(dialogue.engagement, actor, dialogue)
    form = opened(
        EditForm,
        request,
        stored_values(dialogue, circle),
        circle=circle,
        from_transcript=dialogue.source == DialogueSource.TRANSCRIPT,
    )
    if form.is_bound and form.is_valid():
        try:
            revise_dialogue(
                actor=actor,
                dialogue=dialogue,
                revision=form.cleaned_data["revision"] or 0,
                meeting=form.meeting(),
            )
        except EditedMeanwhile:
            current = access_dialogue(actor, public_id, Capability.CONDUCT_ENGAGEMENT)
            return _both_versions(request, form, current, circle_of(current.engagement, actor, current))
        except (Refusal, Refusals) as refused:
            refuse(form, refused)
        else:
            messages.success(request, "対話の記録を直しました。")
            return redirect("dialogue", dialogue.public_id)
    hint = "文字起こしへの補い。" if dialogue.source == DialogueSource.TRANSCRIPT else ""
    page = {"form": form, "dialogue": dialogue, "note_hint": hint} | _about(dialogue) | _folds(request, form)
    return render(request, "dialogues/edit.html", page, status=_status(form))


def _both_versions(
    request: ActorRequest, form: EditForm, current: DialogueSession, circle: Circle
) -> HttpResponse:
    """Field by field, yours and theirs; promises of both stand below each other, for none may vanish."""
    stored = stored_values(current, circle)
    promise_fields = tuple(name for name in form.fields if name.startswith("promise_"))
    rows = compare(form, stored, skip=("revision", "rows", *promise_fields))
    mine = [{"side": p.side.value, "who": p.who, "text": p.text, "due": p.due_on} for p in form.promises()]
    standing = stored["promises"]
    united = EditForm(
        initial=stored | {"promises": mine + [promise for promise in standing if promise not in mine]},
        circle=circle,
        from_transcript=current.source == DialogueSource.TRANSCRIPT,
    )
    page: dict[str, Any] = {
        "dialogue": current,
        "rows": [row for row in rows if row.name not in _TEAM_ONLY],
        "team_rows": [row for row in rows if row.name in _TEAM_ONLY],
        "team_rows_differ": any(row.name in _TEAM_ONLY and not row.same for row in rows),
        "promises_differ": mine != standing,
        "form": united,
    }
    return render(request, "dialogues/versions.html", page | _about(current), status=409)


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    """Mark a record as withdrawn, with a reason; it stays readable."""
    dialogue = access_dialogue(request.actor, public_id, Capability.CONDUCT_ENGAGEMENT)
    form = WithdrawForm(**form_input(request))
    if form.is_bound and form.is_valid():
        try:
            withdraw_dialogue(actor=request.actor, dialogue=dialogue, why=form.cleaned_data["why"])
        except Refusal as refused:
            refuse(form, refused)
        else:
            messages.success(request, "対話の記録を取り下げました。記録は理由とともに残ります。")
            return redirect("dialogue", dialogue.public_id)
    page = {"form": form, "dialogue": dialogue} | _about(dialogue)
    return render(request, "dialogues/withdraw.html", page, status=_status(form))


def crumbs(engagement: Engagement) -> list[tuple[str, str]]:
    business = engagement.business
    return [(business.name, reverse("karte", args=[business.public_id]))]


def _about(dialogue: DialogueSession) -> dict[str, Any]:
    return {
        "business": dialogue.engagement.business,
        "crumbs": [
            *crumbs(dialogue.engagement),
            (f"対話 第{dialogue.number}回", reverse("dialogue", args=[dialogue.public_id])),
        ],
    }


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


_FOLDS = {
    "gathering": ("people", "accounts", "other_names", "place", "started_at", "title", "minutes"),
    "agreed": ("promise", "next_on", "next_at"),
    "official": ("official_record",),
    "own_reading": ("hypothesis",),
}


def _folds(request: ActorRequest, form: NoteForm) -> dict[str, bool]:
    """Which parts stand open: those with words in them or with something to mend."""
    preset = {"people", "accounts", "place"}
    folds = {}
    for fold, names in _FOLDS.items():
        fields = [name for name in form.fields if name.startswith(names)]
        typed = [name for name in fields if name not in preset and not name.endswith("_side")]
        wrong = form.is_bound and any(name in form.errors for name in fields)
        folds[f"{fold}_open"] = wrong or any(form[name].value() not in (None, "", []) for name in typed)
    folds["agreed_open"] |= "more" in request.POST
    folds["official_open"] |= request.GET.get("part") == "official"
    return folds
