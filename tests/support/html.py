"""What every piece of HTML of the program has to be, read as a browser reads it."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_SELF_NAMED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
_REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-errormessage",
    "list",
)
_CONTAINERS = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "thead": "table", "option": "select"}
# Data for a script is not a script; the content security policy lets it stand.
_DATA_SCRIPTS = {"application/json", "application/ld+json"}


def findings(html: str) -> list[str]:
    """Return what is wrong, in words; an empty list for sound HTML.

    A text with a doctype or an ``<html>`` tag is judged as a page, any other as a fragment that is put into
    one, where references may point outside.
    """
    is_page = re.search(r"<!doctype|<html[\s>]", html[:500], re.IGNORECASE) is not None
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html) if is_page else parser.parseFragment(html, container=_container(html))
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    found = [
        f"not valid: {code} {detail or ''} at {line}:{column}"
        for (line, column), code, detail in parser.errors
    ]
    found += _inline(elements)
    found += _repeated_ids(elements)
    found += _nameless(elements, tree)
    found += _forms(elements)
    if is_page:
        found += _page(tree, elements)
        found += _dangling(elements)
    return found


def _container(fragment: str) -> str:
    """Return where a fragment belongs: a row is only valid inside a table."""
    first = re.match(r"\s*<(\w+)", fragment)
    return _CONTAINERS.get(first.group(1).lower(), "div") if first else "div"


def _page(tree: Element, elements: list[Element]) -> Iterator[str]:
    if tree.get("lang") != "ja":
        yield f'<html lang> is {tree.get("lang")!r}, not "ja"'
    for tag in ("h1", "main"):
        count = sum(element.tag == tag for element in elements)
        if count != 1:
            yield f"{count} <{tag}> on the page, not one"
    title = tree.find("head/title")
    if title is None or not _text(title):
        yield "the page has no <title>"
    if not any(element.tag == "meta" and element.get("name") == "viewport" for element in elements):
        yield 'no <meta name="viewport">: a phone would shrink the page'


def _inline(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        for name, value in element.attrib.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                yield f"inline {name} on {_shown(element)}"
            if name in {"href", "action", "formaction", "src"} and value.strip().lower().startswith(
                "javascript:"
            ):
                yield f"javascript: address on {_shown(element)}"
        if element.tag == "style":
            yield "inline <style>"
        if element.tag == "script" and not element.get("src") and element.get("type") not in _DATA_SCRIPTS:
            yield "inline <script>"


def _repeated_ids(elements: list[Element]) -> Iterator[str]:
    counts = Counter(element.get("id") for element in elements if element.get("id") is not None)
    for name, count in counts.items():
        if count > 1:
            yield f"id {name!r} stands {count} times"
        if not name or re.search(r"\s", name):
            yield f"id {name!r} is no name"


def _nameless(elements: list[Element], tree: Element) -> Iterator[str]:
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    wrapped = {inner for label in tree.iter("label") for inner in label.iter() if inner is not label}
    for element in elements:
        named = bool((element.get("aria-label") or "").strip() or element.get("aria-labelledby"))
        if element.tag in {"input", "select", "textarea"} and element.get("type") not in _SELF_NAMED_INPUTS:
            if not (named or element.get("id") in labelled - {None} or element in wrapped):
                yield f"no label for {_shown(element)}"
        elif element.tag == "button" or (element.tag == "a" and element.get("href") is not None):
            if not (named or _text(element) or element.get("title")):
                yield f"no text in {_shown(element)}"
        elif element.tag == "img" and element.get("alt") is None:
            yield f"no alt on {_shown(element)}"


def _forms(elements: list[Element]) -> Iterator[str]:
    for form in (element for element in elements if element.tag == "form"):
        inputs = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrfmiddlewaretoken" not in inputs:
            yield f"no csrf token in {_shown(form)}"
        if form.get("method", "get").lower() == "get" and "csrfmiddlewaretoken" in inputs:
            yield f"the csrf token would stand in the address: {_shown(form)}"


def _dangling(elements: list[Element]) -> Iterator[str]:
    ids = {element.get("id") for element in elements}
    for element in elements:
        references = [(name, word) for name in _REFERENCES for word in (element.get(name) or "").split()]
        if element.tag == "label" and element.get("for"):
            references.append(("for", element.get("for")))
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and href != "#":
            references.append(("href", href[1:]))
        for name, word in references:
            if word not in ids:
                yield f"{name} of {_shown(element)} names the id {word!r}, which is not on the page"


def _text(element: Element) -> str:
    """Return what a screen reader would say: the text and the names of pictures inside."""
    spoken = list(element.itertext())
    for inner in element.iter():
        spoken += [inner.get("alt") or "", inner.get("aria-label") or ""]
    return "".join(spoken).strip()


def _shown(element: Element) -> str:
    shown = " ".join(
        f'{name}="{element.get(name)}"'
        for name in ("id", "name", "type", "class", "href", "action")
        if element.get(name) is not None
    )
    return f"<{element.tag} {shown}>".replace(" >", ">")
