"""The chain from top to bottom."""

from bansou.ui.pictures.svg import frame

from .model import Chain


def chain_tall_svg(chain: Chain, *, identifier: str = "chain-tall") -> str:
    """320 px wide."""
    return frame(chain, "chain-tall", identifier, 320, 260, [])
