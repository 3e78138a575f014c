"""The sources of the repository as the rules of this folder read them."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "bansou"


def modules(*folders: str, migrations: bool = False) -> list[Path]:
    """Return the modules of the package, or of the named rooms in it, without migrations unless asked."""
    roots = [PACKAGE / folder for folder in folders] or [PACKAGE]
    found = (path for root in roots for path in root.rglob("*.py"))
    return sorted(path for path in found if migrations or "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.html"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[tuple[int, str, ast.Call]]:
    """Yield line, dotted name and node of each call; ``a.b(c).d()`` is named ``a.b().d``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func), node


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return "?"


def shown(path: Path, line: int | None = None) -> str:
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def without_comments(template: str) -> str:
    """Return a template with its comments blanked, so that positions and line numbers stay."""
    commented = r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->"
    return re.sub(commented, lambda c: re.sub(r"[^\n]", " ", c.group()), template, flags=re.DOTALL)


@cache
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(name: str) -> dict:
    """Return an import contract of pyproject.toml, the one place that states the order of rooms."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    return next(found for found in contracts if found["id"] == name)
