"""The chain from left to right."""

from bansou.ui.pictures.svg import frame

from .model import Chain


def chain_svg(chain: Chain, *, identifier: str = "chain", width: int = 1120) -> str:
    """`width` px wide (paper: 760)."""
    return frame(chain, "chain-wide", identifier, width, 260, [])
