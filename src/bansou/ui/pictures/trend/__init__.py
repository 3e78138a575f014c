"""One series over time, as columns on a desk and as rows on a phone."""

from .model import Column, Compared, Event, Trend
from .tall import trend_tall_svg
from .wide import trend_svg

__all__ = ["Column", "Compared", "Event", "Trend", "trend_svg", "trend_tall_svg"]
