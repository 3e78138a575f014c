"""The journey is drawn soundly whatever it is told, and says in words what it shows."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.ui.catalogue import sample_journey
from bansou.ui.pictures.journey import (
    BackArc,
    Journey,
    Mark,
    Point,
    Weight,
    journey_svg,
    journey_tall_svg,
)
from bansou.ui.pictures.text import width

SVG = "{http://www.w3.org/2000/svg}"
DRAWERS = [journey_svg, journey_tall_svg]
# XML has no sign for most control characters; they cannot come out of a text field either.
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


def stations(current: int, count: int = 7) -> list[Point]:
    states = ["past" if n < current else "current" if n == current else "future" for n in range(count)]
    return [Point(f"段階{n}", f"{n}月", state) for n, state in enumerate(states)]


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every text."""
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 - our own drawing
        size, x, y = (float(text.get(name) or 0) for name in ("font-size", "x", "y"))
        wide = width(text.text or "", size)
        left = x - wide / 2 if text.get("text-anchor") == "middle" else x
        found.append((left, y - size * 0.8, left + wide, y + size * 0.2))
    return found


@pytest.mark.parametrize("draw", DRAWERS)
@given(labels=st.lists(words, min_size=1, max_size=9), moment=words, title=words)
def test_hostile_words_stay_words(draw, labels, moment, title):
    journey = Journey(
        [Point(label, label, "past") for label in labels],
        title=title,
        marks=[Mark(0.5, f"<script>{moment}")],
        back_arcs=[BackArc(len(labels) - 1, 0, f'"><img {moment}')],
        leader_name=moment,
    )
    root = ElementTree.fromstring(draw(journey))  # noqa: S314 - our own drawing
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "g", "path", "circle", "text")
    }


@pytest.mark.parametrize("draw", DRAWERS)
def test_the_picture_has_a_name_and_a_description(draw):
    root = ElementTree.fromstring(draw(sample_journey(), identifier="way"))  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "way-title way-desc"
    assert root.find(f"{SVG}title").text == "歩みの図"
    assert "⑤ 内発的動機づけ(いま)" in root.find(f"{SVG}desc").text


@pytest.mark.parametrize("draw", DRAWERS)
@pytest.mark.parametrize("current", range(7))
def test_labels_never_overlap(draw, current):
    journey = Journey(
        stations(current),
        marks=[Mark(at / 4, f"気づき その{at}") for at in range(current * 4)],
        back_arcs=[BackArc(at, at - 2, "いったん戻って、もう一度聴く") for at in range(2, current)],
    )
    overlapping = [
        (one, two)
        for one, two in combinations(boxes(draw(journey)), 2)
        if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]
    assert overlapping == []


@pytest.mark.parametrize("draw", DRAWERS)
def test_nothing_is_written_outside_the_picture(draw):
    svg = draw(sample_journey())
    _, _, wide, high = map(float, ElementTree.fromstring(svg).get("viewBox").split())  # noqa: S314 - our own drawing
    assert all(
        left >= 0 and top >= 0 and right <= wide and bottom <= high for left, top, right, bottom in boxes(svg)
    )


def test_a_heavier_weight_draws_a_wider_line():
    light = Journey(stations(3), weights=[Weight(0, 0.1, 0.1)])
    heavy = Journey(stations(3), weights=[Weight(0, 0.9, 0.1)])
    assert widest(journey_svg(light)) < widest(journey_svg(heavy))


def test_without_weights_the_line_keeps_its_width():
    root = ElementTree.fromstring(journey_svg(Journey(stations(3))))  # noqa: S314 - our own drawing
    caps = {circle.get("r") for group in root.iter(f"{SVG}g") for circle in group.iter(f"{SVG}circle")}
    assert caps == {"3.00", "2.00"}


def test_before_the_start_nothing_is_solid():
    assert "<g fill" not in journey_svg(Journey([Point("一"), Point("二")]))
    assert "<g fill" in journey_svg(Journey([Point("一", state="current"), Point("二")]))


def test_a_journey_without_stations_is_refused():
    with pytest.raises(ValueError, match="station"):
        Journey([])


def test_the_same_facts_stand_in_a_table():
    assert Journey([Point("一", "4月", "past"), Point("二", "", "future")]).rows == [
        ("一", "4月", "済み"),
        ("二", "", "これから"),
    ]


def widest(svg: str) -> float:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return max(
        float(circle.get("r")) for group in root.iter(f"{SVG}g") for circle in group.iter(f"{SVG}circle")
    )
