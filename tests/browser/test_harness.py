"""The browser's own tools: a checker that finds faults, and a page that reports what breaks in it."""

from tests.support.browser import PHONE, axe_findings, overflow

SOUND = """<!doctype html><html lang="ja"><head><title>頁</title></head><body><main><h1>見出し</h1>
<label>ことば <input></label></main></body></html>"""


def test_the_checker_passes_a_sound_page_and_names_a_fault(visit):
    page = visit()
    page.set_content(SOUND)
    assert axe_findings(page) == []
    page.set_content(SOUND.replace("<label>ことば <input></label>", "<input>"))
    assert [found for found in axe_findings(page) if found.startswith("label")]


def test_a_page_wider_than_the_phone_is_noticed(visit):
    page = visit(width=PHONE)
    page.set_content(SOUND)
    assert overflow(page) == []
    page.set_content(SOUND.replace("<input>", '<input style="width: 700px">'))
    assert overflow(page) != []


def test_a_script_error_is_remembered(visit):
    page = visit()
    page.set_content(SOUND.replace("</body>", "<script>nowhere()</script></body>"))
    assert [trouble for trouble in visit.troubles if "nowhere" in trouble]
    visit.troubles.clear()
