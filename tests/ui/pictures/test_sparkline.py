from xml.etree import ElementTree

import pytest

from bansou.ui.pictures.sparkline import sparkline_svg


@pytest.mark.parametrize("values", [[], [None], [3], [1, 1, 1], [1, None, 3], [5, 1, 9]])
def test_any_row_of_values_is_drawn(values):
    root = ElementTree.fromstring(sparkline_svg(values, label='"<b>'))  # noqa: S314 - our own drawing
    assert root.get("aria-label") == '"<b>'


def test_a_gap_lifts_the_pen():
    assert sparkline_svg([1, None, 3, 4], label="x").count("M") == 2
    assert sparkline_svg([1, 2, 3, 4], label="x").count("M") == 1
