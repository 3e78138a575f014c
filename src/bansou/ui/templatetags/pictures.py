"""Template tags of the pictures, builtins like those of `ui`.

Every picture stands with the same facts as a table behind one line. `identifier` has to be unique in the
page: give one as soon as a page shows two pictures of a kind.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bansou.ui.pictures.chain import Chain, chain_svg, chain_tall_svg
from bansou.ui.pictures.flow import Flow, flow_svg, flow_tall_svg
from bansou.ui.pictures.journey import Journey, journey_svg, journey_tall_svg
from bansou.ui.pictures.point_bar import point_bar_svg
from bansou.ui.pictures.radar import Radar, radar_svg
from bansou.ui.pictures.sparkline import sparkline_svg
from bansou.ui.pictures.svg import Described
from bansou.ui.pictures.trend import Trend, trend_svg, trend_tall_svg
from bansou.ui.pictures.value_range import ValueRange, value_range_svg

register = template.Library()


def _pictured(picture: Described, *drawings: str) -> SafeString:
    drawn = [mark_safe(drawing) for drawing in drawings]  # noqa: S308 - escaped by the drawer
    rows = [list(zip(picture.head, row, strict=True)) for row in picture.rows]
    return render_to_string(
        "ui/components/picture.html", {"picture": picture, "rows": rows, "drawings": drawn}
    )


@register.simple_tag
def journey(picture: Journey, identifier: str = "journey") -> SafeString:
    """Two lines side by side: wide on a desk, tall on a phone, and the same as a table behind one line."""
    return render_to_string(
        "ui/components/journey.html",
        {
            "picture": picture,
            "wide": mark_safe(journey_svg(picture, identifier=identifier)),  # noqa: S308 - escaped by the drawer
            "tall": mark_safe(journey_tall_svg(picture, identifier=f"{identifier}-tall")),  # noqa: S308 - as above
        },
    )


@register.simple_tag
def sparkline(values: Any, label: str) -> SafeString:
    """A small trend; `label` says it in words. None is a gap."""
    return mark_safe(sparkline_svg(list(values), label=label))  # noqa: S308 - escaped by the drawer


@register.simple_tag
def point_bar(points: int | None, label: str, total: int = 5, missing: str = "点数なし") -> SafeString:
    """Segments filled up to the points; `label` names what has them. None is said with `missing`."""
    drawn = point_bar_svg(points, label=label, total=total, missing=missing)
    return mark_safe(drawn)  # noqa: S308 - escaped by the drawer


@register.simple_tag
def radar(picture: Radar, identifier: str = "radar") -> SafeString:
    """One's own shape on three to eight axes, against another one."""
    return _pictured(picture, radar_svg(picture, identifier=identifier))


@register.simple_tag
def trend(picture: Trend, identifier: str = "trend") -> SafeString:
    """One series over time: columns where there is room, rows where there is not."""
    return _pictured(
        picture,
        trend_svg(picture, identifier=identifier),
        trend_tall_svg(picture, identifier=f"{identifier}-tall"),
    )


@register.simple_tag
def flow(picture: Flow, identifier: str = "flow") -> SafeString:
    """Steps one after the other: a row on a desk, a column on a phone."""
    return _pictured(
        picture,
        flow_svg(picture, identifier=identifier),
        flow_tall_svg(picture, identifier=f"{identifier}-tall"),
    )


@register.simple_tag
def chain(picture: Chain, identifier: str = "chain") -> SafeString:
    """Who comes before and after, oneself in the middle."""
    return _pictured(
        picture,
        chain_svg(picture, identifier=identifier),
        chain_tall_svg(picture, identifier=f"{identifier}-tall"),
    )


@register.simple_tag(name="range")
def value_range(picture: ValueRange, identifier: str = "range") -> SafeString:
    """One value before and after a change, on the scale it is read on."""
    return _pictured(
        picture,
        value_range_svg(picture, identifier=identifier),
        value_range_svg(picture, identifier=f"{identifier}-narrow", width=320),
    )
