"""ローカルベンチマーク for the 経営者: what the figures say, and the boxes that ask for the own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from bansou.apps.organisations.policies import require
from bansou.apps.sheets.models import LocalBenchmark, Side
from bansou.apps.sheets.operations import write_boxes
from bansou.apps.sheets.policies import access_benchmark
from bansou.apps.sheets.reading import boxes_of, evidence_of, sheet_of
from bansou.domain.access import Capability, NotAllowed, NotVisible
from bansou.domain.locaben.boxes import BOXES, CHAIN_PLACES, FLOW_STEPS, PARTNER_KINDS, Box, Part
from bansou.domain.locaben.record import BoxText
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import show_refusal
from bansou.ui.versions import compare

from .figures import figures_in_words
from .forms import OWN_BOXES, OwnWordsForm, asks_whole, beyond_the_own_page

# The headings of the form in words one would say at a table.
_OWN_HEADINGS = {
    "①経営者": "会社への思い",
    "②事業": "これまでの歩みと、強み・弱み",
    "③企業を取り巻く環境・関係者": "お客様、働く人、まわりの動き",
    "④内部管理体制": "社内のしくみ",
}


@dataclass(frozen=True)
class OwnBox:
    """A box of the sheet: to fill (`field`) or only to read."""

    box: Box
    field: Any
    written: BoxText | None
    quotes: Sequence[tuple[str, str]]

    @property
    def asks_whole(self) -> bool:
        return asks_whole(self.box)

    @property
    def side(self) -> str:
        return Side(self.written.side).label if self.written else ""

    @property
    def written_on(self) -> date | None:
        return date.fromisoformat(self.written.written_on) if self.written else None

    @property
    def is_in_use(self) -> bool:
        return bool(self.written or self.is_at_hand or self.field.value())

    @property
    def is_at_hand(self) -> bool:
        """Whether there is something to mend here, or something typed that is not kept yet."""
        kept = self.written.text if self.written else ""
        typed = str(self.field.value() or "").replace("\r\n", "\n").strip()
        return bool(self.field.errors or typed != kept)


@require_http_methods(["GET", "POST"])
def benchmark(request: ActorRequest, benchmark_id: str) -> HttpResponse:
    """Only for who leads the firm, and only while the team keeps the sheet open to them."""
    require(request.actor, Capability.SEE_OWN_FIRM)
    sheet = access_benchmark(request.actor, benchmark_id)
    if sheet.engagement.business_id not in request.actor.leads:
        raise NotVisible
    if beyond_the_own_page(request.POST):
        raise NotAllowed
    written = boxes_of(sheet)
    initial = {key: box.text for key, box in written.items()} | {"revision": sheet.revision}
    form = OwnWordsForm(**form_input(request, initial=initial))
    if request.method == "POST" and form.is_valid():
        try:
            write_boxes(
                actor=request.actor,
                engagement=sheet.engagement,
                texts=form.texts(),
                side=Side.FIRM,
                seen=form.cleaned_data["revision"] or 0,
            )
        except EditedMeanwhile:
            return _both_versions(request, sheet, form)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "保存しました。書かれたことは、支援者にも見えます。")
            return redirect("firm-locaben", sheet.public_id)
    quotes = {
        key: [(words.words, f"{date_format(date.fromisoformat(words.held_on))}の対話") for words in found]
        for key, found in evidence_of(sheet, request.actor).items()
    }
    shown = {
        box.key: OwnBox(
            box, form[box.key] if box.for_owner else None, written.get(box.key), quotes.get(box.key, ())
        )
        for box in BOXES
    }
    may_write = sheet.engagement.is_open
    context = {
        **_frame(sheet),
        "form": form,
        "may_write": may_write,
        "keep_url": reverse("keep-input"),
        "figures": figures_in_words(sheet),
        "sections": _sections(shown) if may_write else [],
        "to_read_heading": "支援者がまとめたこと" if may_write else "シートに書かれていること",
        "to_read": [one for one in shown.values() if one.written and not (may_write and one.box.for_owner)],
    }
    return render(
        request, "firm/benchmark.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _frame(sheet: LocalBenchmark) -> dict[str, Any]:
    business = sheet.engagement.business
    return {
        "sheet": sheet,
        "business": business,
        "crumbs": [(f"{business.name}のページ", reverse("firm")), ("ローカルベンチマーク", "")],
    }


def _both_versions(request: ActorRequest, sheet: LocalBenchmark, form: OwnWordsForm) -> HttpResponse:
    current = sheet_of(sheet.engagement)
    stored = {key: box.text for key, box in boxes_of(current).items()}
    sent = form.texts()
    others = tuple(box.key for box in OWN_BOXES if box.key not in sent)
    context = {
        **_frame(current),
        "versions": compare(form, stored, skip=("revision", *others)),
        "standing": OwnWordsForm(initial=stored | {"revision": current.revision}),
    }
    return render(request, "firm/benchmark_conflict.html", context, status=409)


def _sections(shown: Mapping[str, OwnBox]) -> list[dict[str, Any]]:
    """Few questions at a time: what is filled, and one step or partner more."""
    own = {box.key: shown[box.key] for box in OWN_BOXES}
    views = groupby(
        (one for one in own.values() if one.box.part is Part.VIEWS), key=lambda one: one.box.heading
    )
    return [
        _section("これからのこと", [one for one in own.values() if one.box.part is Part.SUMMARY]),
        *(_section(_OWN_HEADINGS.get(heading, heading), list(boxes)) for heading, boxes in views),
        _section("商品とお客様", [own["flow.products"], own["flow.customer_value"]]),
        _section("仕事の流れ", rows=_rows(own, [f"flow.{number}." for number in FLOW_STEPS])),
        _section(
            "取引先とのつながり",
            [own["chain.own.strength"]],
            rows=[
                row
                for kind in PARTNER_KINDS
                for row in _rows(own, [f"chain.{kind}.{place}." for place in CHAIN_PLACES])
            ],
        ),
    ]


def _section(
    heading: str, boxes: Sequence[OwnBox] = (), rows: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    everything = [*boxes, *(one for row in rows for one in row["boxes"])]
    written = sum(one.written is not None for one in everything)
    return {
        "heading": f"{heading}（{written}つの欄に書かれています）" if written else heading,
        "boxes": boxes,
        "rows": rows,
        "is_open": any(one.is_at_hand for one in everything),
    }


def _rows(own: Mapping[str, OwnBox], starts: Sequence[str]) -> list[dict[str, Any]]:
    """Everything up to the first row nobody wrote in, and that one."""
    rows = [[one for key, one in own.items() if key.startswith(start)] for start in starts]
    last = max((place for place, row in enumerate(rows) if any(one.is_in_use for one in row)), default=-1)
    return [{"heading": row[0].box.heading, "boxes": row} for row in rows[: last + 2]]
