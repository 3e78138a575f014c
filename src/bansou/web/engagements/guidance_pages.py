"""支援の手引き: the method to read, as the 事務局's newest wording has it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bansou.apps.engagements.guidance import current_guidance
from bansou.apps.organisations.policies import may, require
from bansou.domain.access import Actor, Capability
from bansou.domain.method import (
    Audience,
    BusinessSize,
    Element,
    Mark,
    Step,
    SuitabilityItem,
    Verdict,
    Wall,
)
from bansou.infra.http import ActorRequest
from bansou.ui.items import Link

_PAGES = (
    ("七つのステップ", "guidance"),
    ("初期的チェックリスト", "guidance-checklist"),
    ("五つの壁", "guidance-walls"),
    ("三つの要素", "guidance-elements"),
)
_SIZES = {Audience.MEDIUM: BusinessSize.MEDIUM, Audience.SMALL: BusinessSize.SMALL}


def _enter(actor: Actor) -> None:
    """For those who support, and for the 事務局 that keeps the text."""
    if not may(actor, Capability.EDIT_GUIDANCE):
        require(actor, Capability.WORK_AS_ADVISER)


def _tabs(current: str) -> list[Link]:
    return [Link(label, reverse(name), current=name == current) for label, name in _PAGES]


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """The seven steps on one page, each with its purpose."""
    _enter(request.actor)
    guidance = current_guidance()
    steps = [(step, guidance.section(step, Audience.ALL).purpose) for step in Step]
    context = {
        "tabs": _tabs("guidance"),
        "steps": steps,
        "elements": list(Element),
        "walls": list(Wall),
    }
    return render(request, "guidance/overview.html", context)


@require_safe
def step_page(request: ActorRequest, step: str) -> HttpResponse:
    """One step; `?for=` adds what a size or a succession brings."""
    _enter(request.actor)
    found = next((each for each in Step if each == step), None)
    if found is None:
        raise Http404
    asked = request.GET.get("for")
    audience = next((each for each in Audience if each == asked), Audience.ALL)
    text = current_guidance().for_step(
        found, _SIZES.get(audience), succession=audience is Audience.SUCCESSION
    )
    steps = list(Step)
    place = found.number - 1
    context = {
        "step": found,
        "steps": steps,
        "text": text,
        "audience": audience,
        "audiences": [Link(each.label, f"?for={each.value}", current=each is audience) for each in Audience],
        "previous": steps[place - 1] if place else None,
        "following": steps[place + 1] if place + 1 < len(steps) else None,
        "walls": [wall for wall in Wall if found in wall.steps],
        "tabs": _tabs("guidance"),
    }
    return render(request, "guidance/step.html", context)


@require_safe
def checklist_page(request: ActorRequest) -> HttpResponse:
    _enter(request.actor)
    context = {
        "tabs": _tabs("guidance-checklist"),
        "items": list(SuitabilityItem),
        "marks": list(Mark),
        "verdicts": [
            ("すべて○", Verdict.RECOMMENDED, "good"),
            ("△がある（×はない）", Verdict.WITH_CAUTION, "caution"),
            ("×がある", Verdict.CONSIDER_ALTERNATIVES, "alternatives"),
        ],
    }
    return render(request, "guidance/checklist.html", context)


@require_safe
def walls_page(request: ActorRequest) -> HttpResponse:
    _enter(request.actor)
    return render(request, "guidance/walls.html", {"tabs": _tabs("guidance-walls"), "walls": list(Wall)})


@require_safe
def elements_page(request: ActorRequest) -> HttpResponse:
    _enter(request.actor)
    context = {"tabs": _tabs("guidance-elements"), "elements": list(Element)}
    return render(request, "guidance/elements.html", context)
