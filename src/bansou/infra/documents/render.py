"""Typst to PDF."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

_PACKAGE = Path(__file__).resolve().parents[2]
_FONTS = Path(__file__).resolve().parent / "fonts"

# Line feed and tab have a meaning on paper; the other control characters have none.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# A run without a place to break (an address on the web, a typing slip) would leave the page on the right.
_UNBREAKABLE = re.compile(r"[!-~\uff66-\uff9f]{24}(?=[!-~\uff66-\uff9f])")
_ZERO_WIDTH_SPACE = "\u200b"


class Drawing(str):
    """SVG text the program drew itself; it reaches ``drawing(…)`` of the shared style untouched."""

    __slots__ = ()


def render_pdf(template: str, content: Mapping[str, object]) -> bytes:
    """Return the PDF of a template, a path below the package such as ``web/engagements/documents/karte.typ``.

    ``content`` holds what JSON can hold: text, numbers, booleans, None, lists, mappings with text keys.
    Dates and amounts arrive as the text to print, because their form is the page's decision.

    The same content gives the same bytes. Only the fonts beside this module are used, and they are embedded;
    a character that they lack is drawn as an empty box. Text is printed as it is, without control characters,
    and may be broken inside runs longer than 24 letters.

    Raises ``TypeError`` or ``ValueError`` for content JSON cannot hold, ``FileNotFoundError`` for a template
    that is not there and ``typst.TypstError`` for one that does not compile.
    """
    path = _PACKAGE / template
    if not path.is_file():
        raise FileNotFoundError(path)
    return typst.compile(
        path,
        root=_PACKAGE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(_printable(content), ensure_ascii=False, allow_nan=False)},
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])


def _printable(value: object) -> object:
    """Return the same shape with every text made fit for paper; keys stay as the template knows them."""
    if isinstance(value, Drawing):
        return value
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value


def _printable_text(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair is no character
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return _UNBREAKABLE.sub(lambda run: run.group() + _ZERO_WIDTH_SPACE, _CONTROLS.sub("", lines))
