"""Every component is sound HTML, escapes what it is given, and says in words what it says in colour."""

import datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

import bansou.ui
from bansou.ui.catalogue import catalogue_context
from bansou.ui.items import Link
from bansou.ui.templatetags import pictures, ui
from tests.support.html import findings

HOSTILE = "<img src=x onerror=alert(1)>\"'&"
TAGS = {**ui.register.tags, **pictures.register.tags}
DOCUMENT = Path(__file__).parents[2] / "docs" / "how-to" / "components.md"


def render(source: str, **context: object) -> str:
    return Template(source).render(Context({"csrf_token": "token", **context}))


def test_the_catalogue_is_sound_html():
    page = render_to_string("ui/catalogue.html", {**catalogue_context(), "csrf_token": "token"})
    assert findings(page) == []


def test_the_catalogue_shows_every_component():
    source = (Path(bansou.ui.__file__).parent / "templates/ui/catalogue.html").read_text()
    source += (Path(bansou.ui.__file__).parent / "templates/ui/base.html").read_text()
    unseen = {name for name in TAGS if f"{{% {name} " not in source and f"{{% {name}%" not in source}
    assert unseen <= {"icon", "fields"}


def test_the_developer_page_names_every_tag():
    text = DOCUMENT.read_text()
    assert [name for name in TAGS if f"`{name}" not in text and f"{{% {name}" not in text] == []


@pytest.mark.parametrize(
    "source",
    [
        "{% button x %}",
        "{% link_button x x %}",
        "{% chip x tone=x %}",
        "{% card x id=x %}{{ x }}{% endcard %}",
        "{% quote x url=x %}{{ x }}{% endquote %}",
        "{% turn x time=x side=x %}{{ x }}{% endturn %}",
        "{% private x heading=x %}{{ x }}{% endprivate %}",
        "{% notice 'warning' heading=x %}{{ x }}{% endnotice %}",
        "{% disclosure x %}{{ x }}{% enddisclosure %}",
        "{% confirm x heading=x %}{{ x }}{% endconfirm %}",
        "{% empty_state x url=x label=x %}{{ x }}{% endempty_state %}",
        "{% breadcrumb links %}",
        "{% tabs links label=x %}",
        "{% filter_links links label=x %}",
        "{% pagination x x summary=x label=x %}",
        "{% step_list steps label=x %}",
        "{% timeline x %}{% entry x kind=x heading=x url=x tone=x %}{{ x }}{% endentry %}{% endtimeline %}",
        "{% timeline_break x %}",
        "{% definitions facts %}",
        "{% stat x x unit=x note=x summary=x %}{{ x }}{% endstat %}",
        "{% progress x 1 2 text=x %}",
        "{% people %}{% person x role=x note=x url=x %}{% endpeople %}",
        "{% sparkline values x %}",
    ],
)
def test_hostile_words_stay_words(source):
    html = render(
        source,
        x=HOSTILE,
        links=[Link(HOSTILE, HOSTILE), Link(HOSTILE, HOSTILE, current=True, count=3)],
        steps=[{"label": HOSTILE, "number": HOSTILE, "state": "past", "url": HOSTILE, "note": HOSTILE}],
        facts=[(HOSTILE, HOSTILE)],
        values=[1, 2],
    )
    assert "<img" not in html
    assert "&lt;img src=x onerror" in html


def test_a_component_can_be_kept_and_put_into_another():
    html = render(
        "{% filter_links links as corner %}{% card '一覧' aside=corner %}本文{% endcard %}",
        links=[Link("対話", "/t")],
    )
    assert '<a href="/t">対話</a>' in html


def test_extra_arguments_become_attributes():
    html = render(
        "{% button '探す' hx_get=url aria_controls='list' disabled=off %}", url="/x?a=1&b=2", off=False
    )
    assert 'hx-get="/x?a=1&amp;b=2"' in html
    assert 'aria-controls="list"' in html
    assert "disabled" not in html


def test_an_item_with_an_unknown_key_is_refused():
    with pytest.raises(TypeError):
        render("{% tabs links %}", links=[{"label": "対話", "href": "/t"}])


def test_a_date_is_given_to_machines_and_to_people():
    html = render("{% entry day kind='対話' %}{% endentry %}", day=datetime.date(2026, 11, 5))
    assert '<time datetime="2026-11-05">11月5日</time>' in html


def test_a_notice_says_its_kind_in_words():
    assert "ご注意" in render("{% notice 'warning' %}{% endnotice %}")
    assert '<span class="visually-hidden">エラー:</span>' in render(
        "{% notice 'error' heading='だめ' %}{% endnotice %}"
    )


def test_a_place_in_the_navigation_is_marked_for_everyone():
    html = render("{% tabs links %}", links=[Link("概要", "/a", current=True), Link("数字", "/b")])
    assert html.count("aria-current") == 1


def test_pagination_without_neighbours_is_nothing():
    assert render("{% pagination '' '' %}").strip() == ""
    assert "前へ" not in render("{% pagination '' '/next' %}")


def test_an_empty_value_is_said():
    assert "未記入" in render("{% definitions facts %}", facts=[("電話", "")])
    assert "未記入" not in render("{% definitions facts %}", facts=[("人数", 0)])
