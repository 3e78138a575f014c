"""Rows from top to bottom."""

from bansou.ui.pictures.svg import frame

from .model import Trend


def trend_tall_svg(trend: Trend, *, identifier: str = "trend-tall") -> str:
    """320 px wide, one row for each period."""
    return frame(trend, "trend-tall", identifier, 320, 260, [])
