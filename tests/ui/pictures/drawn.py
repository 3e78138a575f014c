"""Reading a drawing: its root, and where its texts stand."""

from itertools import combinations
from xml.etree import ElementTree

from bansou.ui.pictures.text import width

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "path", "circle", "rect", "text")}

Box = tuple[float, float, float, float]


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in root_of(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[Box]:
    """Left, top, right and bottom of every text."""
    found = []
    for text in root_of(svg).iter(f"{SVG}text"):
        size, x, y = (float(text.get(name) or 0) for name in ("font-size", "x", "y"))
        wide = width(text.text or "", size)
        left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", "start"), 0)
        found.append((left, y - size * 0.8, left + wide, y + size * 0.2))
    return found


def outside(svg: str) -> list[Box]:
    """Texts that leave the picture."""
    _, _, wide, high = map(float, root_of(svg).get("viewBox", "").split())
    return [
        box
        for box in boxes(svg)
        if box[0] < -0.1 or box[1] < -0.1 or box[2] > wide + 0.1 or box[3] > high + 0.1
    ]


def overlapping(svg: str) -> list[tuple[Box, Box]]:
    return [
        (one, two)
        for one, two in combinations(boxes(svg), 2)
        if one[0] < two[2] - 0.2 and two[0] < one[2] - 0.2 and one[1] < two[3] - 0.2 and two[1] < one[3] - 0.2
    ]
