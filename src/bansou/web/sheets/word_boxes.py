"""What the pages of the boxes share: each with its words, its writer and what it rests on; saving them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format

from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark, Side
from bansou.apps.sheets.operations import write_boxes
from bansou.apps.sheets.reading import Words, boxes_of, evidence_of, sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben.boxes import Box
from bansou.domain.locaben.record import BoxText
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import show_refusal
from bansou.ui.versions import compare

from .tabs import sheet_frame
from .word_forms import BoxesForm


@dataclass(frozen=True)
class Quoted:
    """Words of a dialogue as a quote shows them."""

    text: str
    cite: str
    url: str


def quoted(words: Words) -> Quoted:
    day = date_format(date.fromisoformat(words.held_on), "Y年n月j日")
    speaker = f"・{words.speaker}" if words.speaker else ""
    address = f"{reverse('dialogue', args=[words.dialogue_id])}?at={words.place}#turn-{words.place}"
    return Quoted(words.words, f"{day}の対話{speaker}", address)


@dataclass(frozen=True)
class ShownBox:
    """A box on the page; `written` is what stands in it, with its writer."""

    box: Box
    field: BoundField
    written: BoxText | None
    quotes: Sequence[Quoted]
    evidence_url: str

    @property
    def place(self) -> str:
        """Where a link to this box lands."""
        return f"box-{self.box.key}"

    @property
    def side(self) -> str:
        return Side(self.written.side).label if self.written else ""

    @property
    def written_on(self) -> date | None:
        return date.fromisoformat(self.written.written_on) if self.written else None

    @property
    def signature(self) -> tuple[str, str, str]:
        """Side, its word, and name with day; empty as long as nobody wrote here."""
        if self.written is None or self.written_on is None:
            return "", "", ""
        day = date_format(self.written_on, "Y年n月j日")
        return self.written.side, self.side, f"{self.written.writer}・{day}"

    @property
    def is_in_use(self) -> bool:
        """Whether something stands here, was typed here, or is to be mended here."""
        return bool(self.written or self.quotes or self.field.errors or self.field.value())


@dataclass(frozen=True)
class BoxPage:
    """One page of boxes. `arranged` lays out the shown boxes, and the words as they stand."""

    name: str
    heading: str
    template: str
    boxes: tuple[Box, ...]
    arranged: Callable[[LocalBenchmark, Mapping[str, ShownBox], Mapping[str, str]], dict[str, Any]]


def written_page(request: ActorRequest, engagement_id: str, page: BoxPage) -> HttpResponse:
    """Show the boxes and save them; who comes second sees both versions of what differs."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    written = boxes_of(sheet)
    initial = {key: box.text for key, box in written.items()} | {"revision": sheet.revision}
    form = BoxesForm(**form_input(request, initial=initial), boxes=page.boxes)
    if request.method == "POST" and form.is_valid():
        try:
            write_boxes(
                actor=request.actor,
                engagement=engagement,
                texts=form.texts(),
                side=Side.SUPPORTER,
                seen=form.seen,
            )
        except EditedMeanwhile:
            return _both_versions(request, engagement, form, page)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, f"{page.heading}を保存しました。")
            return redirect(page.name, engagement.public_id)
    evidence = evidence_of(sheet, request.actor)
    shown = {
        box.key: ShownBox(
            box,
            form[box.key],
            written.get(box.key),
            [quoted(words) for words in evidence.get(box.key, ())],
            reverse("locaben-evidence", args=[engagement.public_id, box.key]),
        )
        for box in page.boxes
    }
    context = {
        "form": form,
        "sheet": sheet,
        "keep_url": reverse("keep-input"),
        **sheet_frame(engagement, page.name, (page.heading, "")),
        **page.arranged(sheet, shown, {key: box.text for key, box in written.items()}),
    }
    return render(request, page.template, context, status=422 if form.is_bound and form.errors else 200)


def _both_versions(
    request: ActorRequest, engagement: Engagement, form: BoxesForm, page: BoxPage
) -> HttpResponse:
    current = sheet_of(engagement)
    stored = {key: box.text for key, box in boxes_of(current).items()}
    standing = BoxesForm(initial=stored | {"revision": current.revision}, boxes=page.boxes)
    context = {
        "rows": compare(form, stored),
        "standing": standing,
        **sheet_frame(engagement, page.name, (page.heading, "")),
    }
    return render(request, "sheets/versions_meet.html", context, status=409)
