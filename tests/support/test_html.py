"""The strict reader finds what it promises to find, and lets sound pages pass."""

import pytest

from tests.support.html import findings

PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>カルテ</title><script src="/app.js"></script></head>
<body><a href="#main">本文へ</a><main id="main"><h1>カルテ</h1>{body}</main></body></html>"""

SOUND = [
    "<p>文</p>",
    '<label for="q">ことば</label><input id="q" name="q">',
    "<label>ことば <input name=q></label>",
    '<input name="q" aria-label="ことば">',
    '<svg viewBox="0 0 9 9" role="img" aria-label="線"><path d="M0 0" stroke="#000" fill="none"/></svg>',
    '<form method="post"><input type="hidden" name="csrfmiddlewaretoken"><button>記録</button></form>',
    '<a href="/"><svg aria-label="今日"></svg></a>',
    '<script type="application/json" id="figures">{}</script>',
    "<details><summary>表</summary><table><thead><tr><th>年</th></tr></thead></table></details>",
]

UNSOUND = {
    "<p>文</div>": "not valid",
    "<h1>二つ目</h1>": "2 <h1>",
    "<main></main>": "2 <main>",
    '<p style="color:red">文</p>': "inline style",
    "<style>p{}</style>": "inline <style>",
    "<script>alert(1)</script>": "inline <script>",
    '<button onclick="x()">記録</button>': "inline onclick",
    '<a href="javascript:x()">記録</a>': "javascript:",
    '<p id="a"></p><p id="a"></p>': "stands 2 times",
    '<input name="q">': "no label",
    '<select name="q"></select>': "no label",
    '<textarea name="q"></textarea>': "no label",
    '<label for="elsewhere">ことば</label>': "not on the page",
    '<p aria-describedby="gone">文</p>': "not on the page",
    '<a href="#gone">へ</a>': "not on the page",
    "<button></button>": "no text",
    '<a href="/"></a>': "no text",
    '<img src="/a.png">': "no alt",
    '<form method="post"><button>記録</button></form>': "no csrf token",
    '<form><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>': "in the address",
}


@pytest.mark.parametrize("body", SOUND)
def test_a_sound_page_passes(body):
    assert findings(PAGE.format(body=body)) == []


@pytest.mark.parametrize("body", UNSOUND)
def test_a_fault_is_named(body):
    assert [found for found in findings(PAGE.format(body=body)) if UNSOUND[body] in found]


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ('lang="ja"', "lang"),
        ("<title>カルテ</title>", "<title>"),
        ('<meta name="viewport" content="width=device-width">', "viewport"),
        ("<h1>カルテ</h1>", "0 <h1>"),
        ("<!DOCTYPE html>", "not valid"),
    ],
)
def test_what_every_page_needs_is_missed(part, fault):
    assert [found for found in findings(PAGE.format(body="").replace(part, "")) if fault in found]


@pytest.mark.parametrize(
    "fragment", ["<p>文</p>", "<tr><td>1</td></tr>", "<td>1</td>", "<li>一つ</li>", "文だけ"]
)
def test_a_fragment_is_judged_without_the_page_around_it(fragment):
    assert findings(fragment) == []


def test_a_fragment_keeps_the_rules_of_the_security_policy():
    assert findings('<p style="color:red">文</p>') != []
