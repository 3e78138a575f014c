"""4つの視点 with 地域の事情, and what the talk came to: 現状認識 → 将来目標 → 課題 → 対応策."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bansou.apps.sheets.models import LocalBenchmark
from bansou.domain.locaben.boxes import Part, boxes_of
from bansou.infra.http import ActorRequest

from .word_boxes import BoxPage, ShownBox, written_page


@require_http_methods(["GET", "POST"])
def views(request: ActorRequest, engagement_id: str) -> HttpResponse:
    return written_page(request, engagement_id, _PAGE)


def _arranged(
    _sheet: LocalBenchmark, shown: Mapping[str, ShownBox], _texts: Mapping[str, str]
) -> dict[str, Any]:
    groups = groupby(boxes_of(Part.VIEWS), key=lambda box: box.heading)
    return {
        "views": [
            {"heading": heading, "place": f"view-{number}", "boxes": [shown[box.key] for box in boxes]}
            for number, (heading, boxes) in enumerate(groups, 1)
        ],
        "way": [shown[box.key] for box in boxes_of(Part.SUMMARY)],
    }


_PAGE = BoxPage(
    name="locaben-views",
    heading="4つの視点",
    template="sheets/views.html",
    boxes=(*boxes_of(Part.VIEWS), *boxes_of(Part.SUMMARY)),
    arranged=_arranged,
)
