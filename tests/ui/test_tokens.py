"""Colours can be read by everyone: WCAG 2.2 contrast of every pair that meets on a page."""

import re
from pathlib import Path

import pytest

import bansou.ui

STATIC = Path(bansou.ui.__file__).parent / "static" / "ui"
TOKENS = dict(re.findall(r"--([\w-]+):\s*([^;]+);", (STATIC / "tokens.css").read_text()))

TEXT_PAIRS = [
    ("ink", "ground"),
    ("ink-soft", "ground"),
    ("ink-faint", "ground"),
    ("ink-faint", "paper"),
    ("ink-soft", "gray-50"),
    ("ink-soft", "leader-ground"),
    ("leader-ink", "leader-ground"),
    ("leader-ink", "paper"),
    ("action", "paper"),
    ("action", "ground"),
    ("action", "action-ground"),
    ("action-strong", "action-ground"),
    ("action", "leader-ground"),
    ("white", "action"),
    ("white", "action-strong"),
    ("white", "ink"),
    ("white", "growth"),
    ("growth", "paper"),
    ("green-900", "growth-ground"),
    ("insight-ink", "insight-ground"),
    ("insight-ink", "insight"),
    ("danger", "paper"),
    ("danger", "danger-ground"),
    ("danger-strong", "danger-ground"),
    ("ink", "caution-ground"),
    ("ink", "danger-ground"),
]
SHAPE_PAIRS = [
    ("edge", "paper"),
    ("leader", "paper"),
    ("leader", "leader-ground"),
    ("adviser", "paper"),
    ("focus", "paper"),
    ("focus", "focus-halo"),
    ("insight-edge", "paper"),
    ("gray-420", "paper"),
]


def channels(name: str) -> list[float]:
    value = TOKENS[name]
    while reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = TOKENS[reference.group(1)]
    shares = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def contrast(first: str, second: str) -> float:
    lights = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (channels(first), channels(second))]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize(("letters", "ground"), TEXT_PAIRS)
def test_letters_stand_out(letters, ground):
    assert contrast(letters, ground) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_that_mean_something_stand_out(shape, ground):
    # #949494 is the lightest grey the design system allows for shapes; it is 3.03 : 1 on white.
    assert contrast(shape, ground) >= 3


def test_sheets_use_only_tokens_that_exist_and_every_colour_is_used():
    sheets = "".join(path.read_text() for path in STATIC.glob("*.css"))
    used = set(re.findall(r"var\(--([\w-]+)\)", sheets))
    assert used - TOKENS.keys() == set()
    scales = {name for name in TOKENS if name.startswith(("space-", "text-", "radius-"))}
    assert TOKENS.keys() - used - scales == set()
