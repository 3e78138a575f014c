"""Pictures of figures: a gap is a gap, and lines break where what they rest on changes."""

import pytest

from bansou.ui.pictures.chain import Chain, Group, Party, chain_svg
from bansou.ui.pictures.flow import Flow, Step, flow_svg
from bansou.ui.pictures.radar import Axis, Radar, radar_svg
from bansou.ui.pictures.trend import Column, Compared, Event, Trend, trend_svg, trend_tall_svg
from bansou.ui.pictures.value_range import Tick, ValueRange, value_range_svg

from .drawn import SVG, root_of, texts

OWN = "#0017c1"


def outline(*values: float | None) -> str:
    """The path of one's own shape."""
    radar = Radar(
        axes=[Axis(f"軸{n}", value, "" if value else "算出不可") for n, value in enumerate(values)], title="x"
    )
    strokes = [path for path in root_of(radar_svg(radar)).iter(f"{SVG}path") if path.get("stroke") == OWN]
    return strokes[0].get("d", "")


def test_a_shape_closes_only_when_every_axis_is_known():
    assert outline(4, 3, 2, 5).endswith("Z")
    assert "Z" not in outline(4, 3, None, 5)
    assert outline(4, 3, None, 5).count("M") == 2


def test_an_unknown_axis_is_named_and_never_drawn_at_the_centre():
    radar = Radar(axes=[Axis("甲", 4), Axis("乙", None, "算出不可"), Axis("丙", 3)], title="x")
    svg = radar_svg(radar)
    dots = [circle for circle in root_of(svg).iter(f"{SVG}circle") if circle.get("cx")]
    assert len(dots) == 2
    assert "算出不可" in texts(svg)
    assert radar.rows[1] == ("乙", "算出不可")


@pytest.mark.parametrize("count", [2, 9])
def test_a_radar_with_too_few_or_too_many_axes_is_refused(count):
    with pytest.raises(ValueError, match="3 to 8 axes"):
        Radar(axes=[Axis("甲", 1)] * count, title="x")


def trend(values: list[float | None], **told: object) -> Trend:
    return Trend(
        columns=[
            Column(f"{n}期", value, "算出不可" if value is None else "") for n, value in enumerate(values)
        ],
        title="x",
        **told,
    )


def dashed(svg: str) -> list[str]:
    """The comparison lines, without the white around them."""
    return [
        path.get("d", "")
        for path in root_of(svg).iter(f"{SVG}path")
        if path.get("stroke") == "#666666" and path.get("stroke-dasharray") and "H13" not in path.get("d", "")
    ]


def test_the_comparison_breaks_where_its_source_changes():
    whole = trend([1, 2, 3], compared=[Compared("甲版", 0, [1, 1, 1])])
    broken = trend([1, 2, 3], compared=[Compared("甲版", 0, [1]), Compared("乙版", 1, [1, 1])])
    assert len(dashed(trend_svg(whole))) == 1
    assert len(dashed(trend_svg(broken))) == 2
    for draw in (trend_svg, trend_tall_svg):
        assert {"甲版", "乙版"} <= set(texts(draw(broken)))
    assert [row[2:] for row in broken.rows] == [("1", "甲版"), ("1", "乙版"), ("1", "乙版")]


def test_the_comparison_breaks_where_it_is_unknown():
    assert len(dashed(trend_svg(trend([1, 2, 3], compared=[Compared("甲版", 0, [1, None, 1])])))) == 2


def bars(svg: str) -> list[tuple[float, float]]:
    """Top and bottom of the columns."""
    found = [
        rect
        for rect in root_of(svg).iter(f"{SVG}rect")
        if rect.get("fill") == OWN and float(rect.get("y", 0)) > 0
    ]
    return [
        (float(rect.get("y", 0)), float(rect.get("y", 0)) + float(rect.get("height", 0))) for rect in found
    ]


def test_losses_hang_below_the_zero_line():
    gain, loss = bars(trend_svg(trend([5, -3])))
    assert gain[1] == pytest.approx(loss[0], abs=0.2)


def test_a_gap_is_no_column_and_zero_is_one():
    assert len(bars(trend_svg(trend([5, None, 0])))) == 2
    assert "算出不可" in texts(trend_svg(trend([5, None, 0])))


@pytest.mark.parametrize(
    ("values", "told", "refusal"),
    [
        ([], {}, "columns"),
        ([1] * 9, {}, "columns"),
        ([1], {"events": [Event(1, "x")]}, "no column 1"),
        ([1, 2], {"compared": [Compared("甲", 1, [1, 1])]}, "no column 2"),
        ([1, 2], {"compared": [Compared("甲", 0, [1, 1]), Compared("乙", 1, [1])]}, "same column"),
    ],
)
def test_a_trend_that_does_not_fit_together_is_refused(values, told, refusal):
    with pytest.raises(ValueError, match=refusal):
        trend(values, **told)


def test_an_empty_step_is_left_out_and_too_many_are_refused():
    flow = Flow(steps=[Step("甲"), Step(" "), Step("", "乙")], title="x")
    assert [row[:2] for row in flow.rows] == [("甲", ""), ("", "乙")]
    assert len(list(root_of(flow_svg(flow)).iter(f"{SVG}rect"))) == 2
    with pytest.raises(ValueError, match="6 steps"):
        Flow(steps=[Step("甲")] * 7, title="x")


def test_a_flow_without_steps_says_so():
    flow = Flow(steps=[], title="x", empty_words="まだ書かれていません")
    assert texts(flow_svg(flow)) == ["まだ書かれていません"]


def test_a_short_reason_stands_at_the_arrow_and_a_long_one_in_the_frame():
    def frames(reason: str) -> float:
        chain = Chain(own_name="自社", title="x", before=[Group("仕入先", [Party("鋼材", ours=reason)])])
        return max(float(rect.get("height", 0)) for rect in root_of(chain_svg(chain)).iter(f"{SVG}rect"))

    assert frames("近い") < frames("近くて、小口でも当日に届けてくれる。" * 3)


def test_a_group_without_words_is_left_out():
    chain = Chain(
        own_name="自社",
        title="x",
        before=[Group("仕入先", [Party("")])],
        after=[Group("得意先", [Party("甲")])],
    )
    assert "仕入先" not in texts(chain_svg(chain))
    assert [row[0] for row in chain.rows] == ["自社", "得意先"]


def change(before: float | None, after: float | None) -> ValueRange:
    return ValueRange(
        before=before,
        after=after,
        before_shown="まえ",
        after_shown="あと",
        title="x",
        median=Tick(5, "中央値", "5倍"),
        cuts=[Tick(2), Tick(4), Tick(6), Tick(8)],
        zones=["1点", "2点", "3点", "4点", "5点"],
    )


def places(picture: ValueRange) -> list[float]:
    return [float(circle.get("cx", 0)) for circle in root_of(value_range_svg(picture)).iter(f"{SVG}circle")]


def test_a_rise_leads_right_and_a_fall_left():
    before, after = places(change(3, 7))
    assert before < after
    before, after = places(change(7, 3))
    assert before > after


def test_what_is_unknown_has_words_but_no_place():
    assert len(places(change(None, 3))) == 1
    assert "まえ" in texts(value_range_svg(change(None, 3)))
    assert places(change(None, None)) == []


def test_zones_and_cuts_belong_together():
    assert {"1点", "5点"} <= set(texts(value_range_svg(change(3, 7))))
    with pytest.raises(ValueError, match="2 zones"):
        ValueRange(
            before=1, after=2, before_shown="", after_shown="", title="x", cuts=[Tick(1)], zones=["1点"]
        )
