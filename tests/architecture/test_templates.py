"""Templates keep to what the content security policy allows, and leave escaping on."""

import re

import pytest

from tests.architecture.sources import PACKAGE, line_of, shown, templates, without_comments

RULES = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL),
    "a style block": re.compile(r"<style[\s>]"),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>"),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.DOTALL),
    "htmx code in an attribute": re.compile(r"\shx-on[:\w-]*\s*=|\shx-vals\s*=\s*[\"']js:"),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "escaping switched off": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off"),
    "something from another host": re.compile(
        r"<(script|link|img|iframe)\b[^>]*(src|href)\s*=\s*[\"']?(https?:)?//"
    ),
}
# Templates that may break a rule, and why.
EXCEPTIONS: dict[str, set[str]] = {}


@pytest.mark.parametrize("rule", RULES)
def test_no_template_holds(rule):
    found = [
        f"{shown(path, line_of(text, place.start()))} {place.group()[-60:]}"
        for path in templates()
        if shown(path) not in EXCEPTIONS.get(rule, set())
        for text in [without_comments(path.read_text(encoding="utf-8"))]
        for place in RULES[rule].finditer(text)
    ]
    assert found == []


def test_every_posting_form_carries_the_token():
    forms = re.compile(r"<form\b[^>]*method\s*=\s*[\"']?post[^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
    found = [
        shown(path, line_of(text, form.start()))
        for path in templates()
        for text in [without_comments(path.read_text(encoding="utf-8"))]
        for form in forms.finditer(text)
        if "{% csrf_token %}" not in form.group(1)
    ]
    assert found == []


def test_printed_pages_never_read_text_as_code():
    code = re.compile(r"(?<![\w-])eval\s*\(|(?<![\w-])(read|csv|yaml|toml|xml|cbor|plugin)\s*\(")
    found = [
        shown(path, line_of(text, place.start()))
        for path in sorted(PACKAGE.rglob("*.typ"))
        for text in [re.sub(r"//.*", "", path.read_text(encoding="utf-8"))]
        for place in code.finditer(text)
    ]
    assert found == []
