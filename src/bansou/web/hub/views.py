"""手引きの編集: the 事務局 rewrites the guidance; every wording stays readable and can be restored."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bansou.apps.engagements.guidance import revise_guidance, text_of
from bansou.apps.engagements.models import GuidanceRevision
from bansou.apps.organisations.policies import require
from bansou.domain.access import Capability
from bansou.domain.method import LIST_FIELDS, Audience, Step, StepText, load_guidance, plan_guidance_edit
from bansou.domain.shared import Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.versions import compare

from .forms import GuidanceForm, RestoreForm, wording_of


@require_safe
def guidance_list(request: ActorRequest) -> HttpResponse:
    """Seven steps by four audiences, with the version that stands."""
    require(request.actor, Capability.EDIT_GUIDANCE)
    newest: dict[tuple[str, str], GuidanceRevision] = {}
    for revision in GuidanceRevision.objects.select_related("edited_by").order_by("version"):
        newest[revision.step, revision.audience] = revision
    rows = [
        (step, [(audience, newest.get((step.value, audience.value))) for audience in Audience])
        for step in Step
    ]
    return render(request, "hub/guidance_list.html", {"rows": rows, "audiences": list(Audience)})


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, step: str, audience: str) -> HttpResponse:
    """Rewrite one text. A preview shows it as it will read; a version saved meanwhile stands beside."""
    require(request.actor, Capability.EDIT_GUIDANCE)
    place = _place(step, audience)
    revisions = _revisions(*place)
    latest = revisions[0] if revisions else None
    initial = wording_of(_text(*place, latest)) | {"based_on": latest.version if latest else 0}
    form = GuidanceForm(**form_input(request, initial=initial))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "preview":
            context = _preview(form, place[1])
        else:
            done, context = _save(request, form, *place)
            if done is not None:
                messages.success(request, f"手引きを改めました（第{done.version}版）。")
                return redirect("hub-guidance-version", step, audience, done.version)
    context |= {
        "step": place[0],
        "audience": place[1],
        "form": form,
        "revisions": revisions,
        "keep_url": reverse("keep-input"),
    }
    return render(request, "hub/guidance_edit.html", context)


def _preview(form: GuidanceForm, audience: Audience) -> dict[str, Any]:
    text = plan_guidance_edit(**form.wording(), audience=audience)
    if isinstance(text, list):
        form.show(text)
        return {}
    return {"preview": text}


def _save(
    request: ActorRequest, form: GuidanceForm, step: Step, audience: Audience
) -> tuple[GuidanceRevision | None, dict[str, Any]]:
    """The saved version; or None and what the page then shows besides the errors."""
    try:
        saved = revise_guidance(
            actor=request.actor,
            step=step,
            audience=audience,
            wording=form.wording(),
            based_on=form.cleaned_data["based_on"] or 0,
            reason=form.cleaned_data["reason"],
        )
    except Refusals as refused:
        form.show(refused)
        return None, {}
    except EditedMeanwhile as edited:
        current = edited.current
        assert isinstance(current, GuidanceRevision)  # noqa: S101 - tells the type checker
        wording = wording_of(text_of(current))
        rows = compare(form, wording, skip=("reason", "based_on"))
        standing = GuidanceForm(initial=wording | {"based_on": current.version})
        return None, {"versions": rows, "current": current, "standing": standing}
    return saved, {}


@require_http_methods(["GET", "POST"])
def version(request: ActorRequest, step: str, audience: str, version: int) -> HttpResponse:
    """One wording beside the one before it; an earlier one can be made the newest again."""
    require(request.actor, Capability.EDIT_GUIDANCE)
    place = _place(step, audience)
    revisions = {revision.version: revision for revision in _revisions(*place)}
    if version and version not in revisions:
        raise Http404
    newest = max(revisions, default=0)
    text = _text(*place, revisions.get(version))
    initial = {"reason": f"第{version}版の文章に戻すため", "based_on": newest}
    form = RestoreForm(**form_input(request, initial=initial))
    if request.method == "POST" and form.is_valid() and (done := _restore(request, form, *place, text)):
        messages.success(request, f"第{version}版の文章に戻しました（第{done.version}版）。")
        return redirect("hub-guidance-version", step, audience, done.version)
    former = _text(*place, revisions.get(version - 1)) if version else None
    context = {
        "step": place[0],
        "audience": place[1],
        "version": version,
        "revision": revisions.get(version),
        "newest": newest,
        "revisions": list(revisions.values()),
        "former_version": version - 1,
        "has_former": former is not None,
        "rows": _differences(text, former),
        "form": form,
    }
    return render(request, "hub/guidance_version.html", context)


def _restore(
    request: ActorRequest, form: RestoreForm, step: Step, audience: Audience, text: StepText
) -> GuidanceRevision | None:
    try:
        return revise_guidance(
            actor=request.actor,
            step=step,
            audience=audience,
            wording=wording_of(text),
            based_on=form.cleaned_data["based_on"] or 0,
            reason=form.cleaned_data["reason"],
        )
    except Refusals as refused:
        for refusal in refused:
            form.add_error("reason" if refusal.field == "reason" else None, refusal.message)
    except EditedMeanwhile:
        form.add_error(
            None,
            "このページを開いている間に、新しい版が保存されました。一覧を確かめてから、もう一度お試しください。",
        )
    return None


def _place(step: str, audience: str) -> tuple[Step, Audience]:
    found = next((each for each in Step if each == step), None)
    reader = next((each for each in Audience if each == audience), None)
    if found is None or reader is None:
        raise Http404
    return found, reader


def _revisions(step: Step, audience: Audience) -> list[GuidanceRevision]:
    """Newest first."""
    rows = GuidanceRevision.objects.filter(step=step, audience=audience).select_related("edited_by")
    return list(rows.order_by("-version"))


def _text(step: Step, audience: Audience, revision: GuidanceRevision | None) -> StepText:
    """The wording of a version; without one, the text as shipped."""
    return text_of(revision) if revision else load_guidance().section(step, audience)


def _differences(text: StepText, former: StepText | None) -> list[dict[str, Any]]:
    """Section by section: (line, changed?) on both sides; a line is changed when the other side lacks it."""
    rows = []
    for name, heading in {"purpose": "目的", **LIST_FIELDS}.items():
        here, there = _lines(text, name), _lines(former, name) if former else ()
        rows.append(
            {
                "heading": heading,
                "here": [(line, former is not None and line not in there) for line in here],
                "there": [(line, line not in here) for line in there],
                "changed": former is not None and here != there,
            }
        )
    return rows


def _lines(text: StepText, name: str) -> tuple[str, ...]:
    return (text.purpose,) if name == "purpose" else getattr(text, name)
