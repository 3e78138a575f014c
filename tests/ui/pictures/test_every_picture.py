"""What every picture keeps, whatever it is told: sound, readable, and the same facts as a table."""

import re
from collections.abc import Callable

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from bansou.ui.catalogue_pictures import chains, flows, radars, ranges, trends
from bansou.ui.pictures.chain import Chain, Group, Party, chain_svg, chain_tall_svg
from bansou.ui.pictures.flow import Flow, Step, flow_svg, flow_tall_svg
from bansou.ui.pictures.point_bar import point_bar_svg
from bansou.ui.pictures.radar import Axis, Radar, radar_svg
from bansou.ui.pictures.trend import Column, Compared, Event, Trend, trend_svg, trend_tall_svg
from bansou.ui.pictures.value_range import Tick, ValueRange, value_range_svg

from .drawn import ELEMENTS, SVG, outside, overlapping, root_of, texts


def flow_paper(picture: Flow) -> str:
    return flow_svg(picture, width=760)


def chain_paper(picture: Chain) -> str:
    return chain_svg(picture, width=760)


def narrow_range(picture: ValueRange) -> str:
    return value_range_svg(picture, width=320)


DRAWERS: dict[str, list[Callable[..., str]]] = {
    "radar": [radar_svg],
    "trend": [trend_svg, trend_tall_svg],
    "flow": [flow_svg, flow_paper, flow_tall_svg],
    "chain": [chain_svg, chain_paper, chain_tall_svg],
    "range": [value_range_svg, narrow_range],
}
SAMPLES = {"radar": radars, "trend": trends, "flow": flows, "chain": chains, "range": ranges}
DRAWN = [
    pytest.param(draw, sample.picture, id=f"{draw.__name__}-{sample.identifier}")
    for kind, drawers in DRAWERS.items()
    for draw in drawers
    for sample in SAMPLES[kind]()
]
words = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=70),
    st.text("業務経営利益率（）「」、。・ーEBITDA0123456789.%−千円 \n", max_size=90),
    st.sampled_from(["", "<script>alert(1)</script>", '"><img src=x onerror=y>', "W" * 80, "&amp;"]),
)
numbers = st.none() | st.floats(-1e7, 1e7) | st.integers(-5, 5)


@st.composite
def told_radars(draw: st.DrawFn) -> Radar:
    axes = st.builds(Axis, words, numbers, words, numbers, numbers)
    return Radar(
        axes=draw(st.lists(axes, min_size=3, max_size=8)),
        title=draw(words),
        own_name=draw(words),
        compared_name=draw(words),
        earlier_name=draw(words),
    )


@st.composite
def told_trends(draw: st.DrawFn) -> Trend:
    columns = draw(st.lists(st.builds(Column, words, numbers, words), min_size=1, max_size=8))
    cut = draw(st.integers(0, len(columns)))
    parts = [(0, cut), (cut, len(columns))]
    places = st.integers(0, len(columns) - 1)
    return Trend(
        columns=columns,
        title=draw(words),
        compared=[
            Compared(draw(words), start, [draw(numbers) for _ in range(start, end)])
            for start, end in parts
            if end > start
        ],
        compared_name=draw(words),
        events=draw(st.lists(st.builds(Event, places, words), max_size=4)),
    )


@st.composite
def told_flows(draw: st.DrawFn) -> Flow:
    steps = draw(st.lists(st.builds(Step, words, words, words), max_size=6))
    return Flow(steps=steps, title=draw(words), highlight_word=draw(words), empty_words=draw(words))


@st.composite
def told_chains(draw: st.DrawFn) -> Chain:
    parties = st.lists(st.builds(Party, words, words, words, words), max_size=4)
    groups = st.lists(st.builds(Group, words, parties), max_size=2)
    return Chain(
        own_name=draw(words),
        own_strength=draw(words),
        title=draw(words),
        before=draw(groups),
        beside=draw(st.none() | st.builds(Group, words, parties)),
        after=draw(groups),
        ours_word=draw(words),
    )


@st.composite
def told_ranges(draw: st.DrawFn) -> ValueRange:
    ticks = st.builds(Tick, st.floats(-1e7, 1e7), words, words)
    cuts = draw(st.lists(ticks, max_size=4))
    return ValueRange(
        before=draw(numbers),
        after=draw(numbers),
        before_shown=draw(words),
        after_shown=draw(words),
        title=draw(words),
        median=draw(st.none() | ticks),
        cuts=cuts,
        zones=[draw(words) for _ in range(len(cuts) + 1)],
    )


TOLD = {
    "radar": told_radars(),
    "trend": told_trends(),
    "flow": told_flows(),
    "chain": told_chains(),
    "range": told_ranges(),
}


@pytest.mark.parametrize("kind", TOLD)
@settings(max_examples=60, deadline=None)
@given(told=st.data())
def test_whatever_it_is_told_a_picture_is_sound_and_its_words_stay_apart_and_inside(kind, told):
    picture = told.draw(TOLD[kind])
    for draw in DRAWERS[kind]:
        svg = draw(picture)
        assert {element.tag for element in root_of(svg).iter()} <= ELEMENTS
        assert "nan" not in re.sub(r"<(text|title|desc)[^>]*>[^<]*", "", svg)
        assert outside(svg) == []
        assert overlapping(svg) == []


@pytest.mark.parametrize(("draw", "picture"), DRAWN)
def test_the_words_of_a_sample_touch_nothing_else(draw, picture):
    svg = draw(picture)
    assert outside(svg) == []
    assert overlapping(svg) == []


@pytest.mark.parametrize(("draw", "picture"), DRAWN)
def test_a_picture_has_a_name_a_description_and_nothing_the_policy_forbids(draw, picture):
    root = root_of(draw(picture))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == picture.title
    assert desc.text
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not any(name == "style" or name.startswith("on") for name in attributes)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_same_facts_stand_in_a_table(kind):
    for sample in SAMPLES[kind]():
        html = Template(f"{{% {kind} picture identifier='x' %}}").render(Context({"picture": sample.picture}))
        table = html[html.index("<table") :] if sample.picture.rows else ""
        assert all(len(row) == len(sample.picture.head) for row in sample.picture.rows)
        assert all(cell in table for row in sample.picture.rows for cell in row)


@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_words_stay_words_in_the_page(kind):
    hostile = "<img src=x onerror=alert(1)>"
    told = {
        "radar": Radar(axes=[Axis(hostile, 1, hostile)] * 3, title=hostile, compared_name=hostile),
        "trend": Trend(
            columns=[Column(hostile, 1, hostile)], title=hostile, events=[Event(0, hostile)], note=hostile
        ),
        "flow": Flow(steps=[Step(hostile, hostile, hostile)], title=hostile),
        "chain": Chain(own_name=hostile, title=hostile, before=[Group(hostile, [Party(hostile)])]),
        "range": ValueRange(before=1, after=2, before_shown=hostile, after_shown=hostile, title=hostile),
    }[kind]
    html = Template(f"{{% {kind} picture identifier=hostile %}}").render(
        Context({"picture": told, "hostile": f'"{hostile}'})
    )
    assert "<img" not in html
    assert "&lt;img" in html


def test_long_words_are_shortened_in_the_picture_and_whole_in_the_table():
    long = "図面を見て、その日のうちに返事をする。" * 20
    picture = Flow(steps=[Step("見積", long, long)], title="流れ")
    assert sum(line.endswith("…") for line in texts(flow_tall_svg(picture))) == 2
    assert picture.rows == [("見積", long, long)]


@pytest.mark.parametrize(("points", "filled", "said"), [(3, 3, "5点のうち3点"), (0, 0, "5点のうち0点")])
def test_a_bar_fills_as_many_segments_as_there_are_points(points, filled, said):
    root = root_of(point_bar_svg(points, label='"<b>'))
    assert [rect.get("fill") for rect in root.iter(f"{SVG}rect")].count("#0017c1") == filled
    assert root.get("aria-label") == f'"<b>：{said}'


def test_a_bar_without_points_is_not_a_bar_with_none():
    root = root_of(point_bar_svg(None, label="利益率", missing="算出不可"))
    assert {rect.get("fill") for rect in root.iter(f"{SVG}rect")} == {"none"}
    assert root.get("aria-label") == "利益率：算出不可"
