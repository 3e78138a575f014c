"""業務フロー and 商流: how the work is done, and between whom the firm stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bansou.apps.sheets.models import LocalBenchmark
from bansou.domain.locaben.boxes import CHAIN_PLACES, FLOW_STEPS, PARTNER_KINDS, Part, boxes_of
from bansou.infra.http import ActorRequest

from .word_boxes import BoxPage, ShownBox, written_page
from .word_pictures import chain_picture, flow_picture


@dataclass(frozen=True)
class Row:
    """One step of the work, or one partner."""

    heading: str
    boxes: Sequence[ShownBox]

    @property
    def is_in_use(self) -> bool:
        return any(shown.is_in_use for shown in self.boxes)

    @property
    def is_written(self) -> bool:
        return any(shown.written or shown.quotes for shown in self.boxes)

    @property
    def writers(self) -> list[tuple[str, str, str]]:
        """Side, its word, and name with day, each pair of hands once."""
        return list(dict.fromkeys(shown.signature for shown in self.boxes if shown.written))


@dataclass(frozen=True)
class Rows:
    """Rows that stand open, and those that wait behind a line."""

    open: Sequence[Row]
    waiting: Sequence[Row]


@require_http_methods(["GET", "POST"])
def flow(request: ActorRequest, engagement_id: str) -> HttpResponse:
    return written_page(request, engagement_id, _PAGE)


def _arranged(
    sheet: LocalBenchmark, shown: Mapping[str, ShownBox], texts: Mapping[str, str]
) -> dict[str, Any]:
    steps = [_row(shown, f"flow.{number}", ("name", "content", "distinction")) for number in FLOW_STEPS]
    return {
        "flow_picture": flow_picture(texts),
        "all_steps": steps,
        "steps": _rows(steps, spare=1),
        "flow_ends": [shown["flow.products"], shown["flow.customer_value"]],
        "chain_picture": chain_picture(texts, sheet.engagement.business.name),
        "own": shown["chain.own.strength"],
        "chain_partners": [_partners(shown, kind) for kind in PARTNER_KINDS],
    }


def _row(shown: Mapping[str, ShownBox], start: str, fields: Sequence[str]) -> Row:
    boxes = [shown[f"{start}.{field}"] for field in fields]
    return Row(boxes[0].box.heading, boxes)


def _partners(shown: Mapping[str, ShownBox], kind: str) -> dict[str, Any]:
    fields = ("name", "share", "why_chosen_by_us", "why_they_choose_us")
    rows = [_row(shown, f"chain.{kind}.{place}", fields) for place in CHAIN_PLACES]
    heading = rows[0].heading.rstrip("0123456789")
    return {
        "heading": heading,
        "further": f"{heading}をもう一つ書く",
        "rows": _rows(rows),
        "explained": [shown.box for shown in rows[0].boxes],
    }


def _rows(rows: Sequence[Row], spare: int = 0) -> Rows:
    """Everything up to the last row in use stands open, `spare` more to go on with, and always the first."""
    last = max((place for place, row in enumerate(rows) if row.is_in_use), default=-1)
    cut = max(last + 1 + spare, 1)
    return Rows(rows[:cut], rows[cut:])


_PAGE = BoxPage(
    name="locaben-flow",
    heading="業務フロー・商流",
    template="sheets/flow.html",
    boxes=(*boxes_of(Part.FLOW), *boxes_of(Part.CHAIN)),
    arranged=_arranged,
)
