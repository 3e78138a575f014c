"""Columns from left to right."""

from bansou.ui.pictures.svg import frame

from .model import Trend


def trend_svg(trend: Trend, *, identifier: str = "trend") -> str:
    """640 px wide."""
    return frame(trend, "trend-wide", identifier, 640, 260, [])
