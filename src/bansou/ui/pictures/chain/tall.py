"""The chain from top to bottom."""

from bansou.ui.pictures.svg import arrow_down, frame

from .frames import group_frame, own_frame
from .model import Chain

WIDTH, ARROW = 320, 36


def chain_tall_svg(chain: Chain, *, identifier: str = "chain-tall") -> str:
    """320 px wide, everybody below each other with their reasons."""
    frames = [
        *(group_frame(chain, group, WIDTH - 4) for group in chain.before if group.written),
        own_frame(chain, WIDTH - 4),
        *(group_frame(chain, group, WIDTH - 4) for group in chain.after if group.written),
    ]
    y, body = 2.0, []
    for number, each in enumerate(frames):
        if number:
            body.append(arrow_down(WIDTH / 2, y + 6, y + ARROW - 6))
            y += ARROW
        body.append(each.drawn(2, y))
        y += each.high
    return frame(chain, "chain-tall", identifier, WIDTH, y + 2, body)
