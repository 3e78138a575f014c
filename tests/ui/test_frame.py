"""The frame around every page: reachable, silent about what it was not given, nothing inline."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

import bansou.ui
from bansou.ui.items import Link
from tests.support.html import findings

ROOM = Path(bansou.ui.__file__).parent
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:")


def test_a_page_without_any_context_is_sound():
    page = render_to_string("ui/base.html", {"messages": []})
    # The bare frame has no heading text and no title of its own.
    assert [finding for finding in findings(page) if "title" not in finding] == []
    assert 'lang="ja"' in page
    assert 'href="#main"' in page


def test_navigation_search_and_account_are_shown_when_given():
    page = render_to_string(
        "ui/base.html",
        {
            "navigation": [Link("今日", "/today", current=True), Link("一覧", "/list")],
            "search_url": "/search",
            "account_menu": {"name": "佐野", "organisation": "", "items": [Link("出る", "/out", post=True)]},
            "csrf_token": "token",
        },
    )
    assert '<a href="/today" aria-current="page">今日</a>' in page
    assert 'role="search" action="/search"' in page
    assert findings(page) == []


def test_what_was_typed_earlier_can_be_thrown_away():
    page = render_to_string(
        "ui/base.html", {"restored": True, "csrf_token": "token", "request": {"path": "/a"}}
    )
    assert '<input type="hidden" name="_path" value="/a">' in page
    assert "restored" not in render_to_string("ui/base.html", {"restored": False})


@pytest.mark.parametrize("template", sorted((ROOM / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_templates_write_nothing_inline(template):
    assert INLINE.search(template.read_text()) is None


def test_every_static_file_named_by_a_template_or_sheet_exists():
    named = {
        name
        for path in (ROOM / "templates").rglob("*.html")
        for name in re.findall(r"static '([^']+)'", path.read_text())
    }
    named |= {
        f"ui/{name}"
        for path in (ROOM / "static").rglob("*.css")
        for name in re.findall(r'url\("([^"]+)"\)', path.read_text())
    }
    assert [name for name in named if finders.find(name) is None] == []
