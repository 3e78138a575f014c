"""The chain of those one buys from and sells to."""

from .model import Chain, Group, Party
from .tall import chain_tall_svg
from .wide import chain_svg

__all__ = ["Chain", "Group", "Party", "chain_svg", "chain_tall_svg"]
