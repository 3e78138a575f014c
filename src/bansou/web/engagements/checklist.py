"""初期的チェックリスト: filled on one page, kept in versions, read by the support team alone."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bansou.apps.engagements.models import Engagement, SuitabilityAssessment
from bansou.apps.engagements.operations import assess_suitability
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Capability, NotVisible
from bansou.domain.method import (
    Mark,
    SuitabilityItem,
    SupportIntensity,
    Verdict,
    early_judgement_warning,
    judge,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .course import dialogues_held, engagement_tabs
from .forms import ChecklistForm, show_refusal

_VERDICT_WORDS = {
    Verdict.RECOMMENDED: ("五つの項目がすべて○です。この事業者とは、伴走支援を積極的に進めていけそうです。"),
    Verdict.WITH_CAUTION: (
        "△の項目があります。伴走支援を進めながら、△の項目を対話のなかで確かめていきましょう。"
    ),
    Verdict.CONSIDER_ALTERNATIVES: (
        "×の項目があります。これで支援が終わるわけではありません。"
        "ほかの支援も並べて考えながら、日を決めてもう一度見極めましょう。"
    ),
}
_TONES = {
    Verdict.RECOMMENDED: "good",
    Verdict.WITH_CAUTION: "caution",
    Verdict.CONSIDER_ALTERNATIVES: "alternatives",
}

Marks = Mapping[SuitabilityItem, Mark | None]


@require_http_methods(["GET", "POST"])
def checklist(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Fill the five items; the versions so far stand beside."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    versions = list(
        engagement.assessments.select_related("assessed_by").prefetch_related("answers").order_by("-version")
    )
    latest = versions[0] if versions else None
    form = ChecklistForm(**form_input(request, initial=_initial(latest)))
    if request.method == "POST" and form.is_valid():
        try:
            assessment = assess_suitability(
                actor=request.actor,
                engagement=engagement,
                answers=form.answers(),
                reassess_on=form.reassess(),
            )
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"初期的チェックリスト（第{assessment.version}版）を保存しました。")
            return redirect("checklist-version", engagement.public_id, assessment.version)
    marks = {row["item"]: Mark.parse(row["mark"].value() or "") for row in form.items()}
    context = {
        "engagement": engagement,
        "business": engagement.business,
        "form": form,
        "versions": versions,
        "latest": latest,
        "tabs": engagement_tabs(engagement, "checklist", on_team=True),
        "keep_url": reverse("keep-input"),
        "verdict_url": reverse("checklist-verdict", args=[engagement.public_id]),
        **_verdict(engagement, marks),
    }
    return render(request, "engagements/checklist.html", context)


@require_POST
def checklist_verdict(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The verdict of what is ticked at this moment, for the page while it is being filled. Keeps nothing."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    marks = {item: Mark.parse(request.POST.get(f"{item.value}_mark", "")) for item in SuitabilityItem}
    return render(request, "engagements/_verdict.html", _verdict(engagement, marks))


@require_safe
def checklist_version(request: ActorRequest, engagement_id: str, version: int) -> HttpResponse:
    """One version as it was written, beside the one before it."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    found = {
        assessment.version: assessment
        for assessment in engagement.assessments.filter(version__in=(version - 1, version, version + 1))
        .select_related("assessed_by")
        .prefetch_related("answers")
    }
    if version not in found:
        raise NotVisible
    assessment, former = found[version], found.get(version - 1)
    marks: dict[SuitabilityItem, Mark | None] = {
        SuitabilityItem(answer.item): Mark(answer.mark) for answer in assessment.answers.all()
    }
    context = {
        "engagement": engagement,
        "business": engagement.business,
        "assessment": assessment,
        "former": former,
        "later": found.get(version + 1),
        "rows": _side_by_side(assessment, former),
        "tabs": engagement_tabs(engagement, "checklist", on_team=True),
        **_verdict(engagement, marks),
    }
    if version + 1 in found:
        # The warning speaks to the judgement that stands, not to one long past.
        context["warning"] = None
    return render(request, "engagements/checklist_version.html", context)


def _initial(latest: SuitabilityAssessment | None) -> dict[str, Any]:
    """A further version starts from the last one: what has not changed need not be typed again."""
    if latest is None:
        return {}
    initial: dict[str, Any] = {}
    for answer in latest.answers.all():
        initial |= {f"{answer.item}_mark": answer.mark, f"{answer.item}_reason": answer.reason}
    return initial


def _verdict(engagement: Engagement, marks: Marks) -> dict[str, Any]:
    """What `_verdict.html` shows."""
    verdict = judge(marks)
    return {
        "engagement": engagement,
        "verdict": verdict,
        "verdict_words": _VERDICT_WORDS[verdict] if verdict else "",
        "tone": _TONES[verdict] if verdict else "none",
        "missing": sum(marks.get(item) is None for item in SuitabilityItem),
        "has_cross": Mark.NOT_MET in marks.values(),
        "is_urgent": marks.get(SuitabilityItem.NOT_EMERGENCY) is Mark.NOT_MET,
        "solving_url": f"{reverse('engagement-intensity', args=[engagement.public_id])}"
        f"?to={SupportIntensity.SOLVING_ONLY.value}",
        "warning": early_judgement_warning(
            step=engagement.step_now, marks=marks, dialogues_held=dialogues_held(engagement)
        ),
    }


def _side_by_side(
    assessment: SuitabilityAssessment, former: SuitabilityAssessment | None
) -> list[dict[str, Any]]:
    now = {answer.item: answer for answer in assessment.answers.all()}
    before = {answer.item: answer for answer in former.answers.all()} if former else {}
    rows = []
    for number, item in enumerate(SuitabilityItem, 1):
        answer, earlier = now[item.value], before.get(item.value)
        changed = earlier is not None and (earlier.mark, earlier.reason) != (answer.mark, answer.reason)
        rows.append(
            {
                "number": number,
                "label": item.label,
                "answer": answer,
                "mark": Mark(answer.mark),
                "earlier": earlier,
                "earlier_mark": Mark(earlier.mark) if earlier else None,
                "changed": changed,
            }
        )
    return rows
