"""Two lines walk side by side: the signature picture."""

from .model import BackArc, Journey, Mark, Point, Weight
from .tall import journey_tall_svg
from .wide import journey_svg

__all__ = ["BackArc", "Journey", "Mark", "Point", "Weight", "journey_svg", "journey_tall_svg"]
