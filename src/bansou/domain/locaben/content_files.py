"""Reads our own TOML pages that ship beside this package."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_content(name: str) -> dict[str, Any]:
    """The parsed page `content/<name>.toml`, read once per process. Callers must not change it."""
    page = files("bansou.domain.locaben").joinpath("content", f"{name}.toml")
    return tomllib.loads(page.read_text(encoding="utf-8"))
