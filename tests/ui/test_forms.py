"""What was typed is never lost, every error leads to its field, two versions can be told apart."""

import datetime
import re

from django import forms
from django.template import Context, Template

from bansou.ui.forms import BaseForm, RevisionMixin
from bansou.ui.versions import compare
from tests.support.html import findings


class NoteForm(BaseForm, forms.Form):
    title = forms.CharField(label="題名", help_text="短く")
    held_on = forms.DateField(label="日付")
    minutes = forms.IntegerField(label="時間", required=False)
    mark = forms.ChoiceField(
        label="様子", choices=[("met", "○ よい"), ("partly", "△ ふつう")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="話題", required=False, choices=[("a", "人"), ("b", "技")], widget=forms.CheckboxSelectMultiple
    )


GOOD = {"title": "朝礼", "held_on": "2026-11-05", "minutes": "30", "mark": "met", "topics": ["a"]}


def render(source: str, **context: object) -> str:
    return Template(source).render(Context({"csrf_token": "token", **context}))


def test_a_form_carries_token_and_guard():
    html = render("{% form action='/save' %}x{% endform %}", form_guard=lambda: "GUARD")
    assert 'name="csrfmiddlewaretoken"' in html
    assert "GUARD" in html
    assert findings(html) == []


def test_a_form_that_only_asks_carries_neither():
    html = render("{% form method='get' %}x{% endform %}", form_guard="GUARD")
    assert "csrfmiddlewaretoken" not in html
    assert "GUARD" not in html


def test_autosave_and_upload_are_attributes():
    html = render("{% form autosave='/keep' upload=True %}{% endform %}")
    assert 'data-autosave="/keep"' in html
    assert 'enctype="multipart/form-data"' in html


def test_fields_are_sound_html_with_and_without_errors():
    for form in (NoteForm(), NoteForm({}), NoteForm(GOOD)):
        html = render("{% error_summary form %}{% form %}{% fields form %}{% endform %}", form=form)
        head = '<!doctype html><html lang="ja"><meta name="viewport"><title>x</title>'
        assert findings(f"{head}<main><h1>x</h1>{html}</main>") == []


def test_every_error_in_the_summary_leads_to_its_field():
    html = render("{% error_summary form %}{% fields form %}", form=NoteForm({"minutes": "たくさん"}))
    for anchor in ("id_title", "id_held_on", "id_minutes", "id_mark_0"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert "「題名」を入力してください。" in html
    assert "「日付」を選んでください。" in html


def test_without_errors_there_is_no_summary():
    assert render("{% error_summary form other %}", form=NoteForm(GOOD), other=NoteForm()).strip() == ""


def test_what_cannot_be_read_is_given_back():
    html = render("{% field form.minutes %}", form=NoteForm({"minutes": "たくさん"}))
    assert 'value="たくさん"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_minutes_error"' in html


def test_full_width_digits_are_a_number():
    form = NoteForm({**GOOD, "minutes": "90"})
    assert form.is_valid()
    assert form.cleaned_data["minutes"] == 90


def test_a_hint_and_an_error_both_describe_the_field():
    html = render("{% field form.title %}", form=NoteForm({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html


def test_a_date_stands_in_the_form_its_input_reads():
    html = render("{% field form.held_on %}", form=NoteForm(initial={"held_on": datetime.date(2026, 11, 5)}))
    assert 'type="date"' in html
    assert 'value="2026-11-05"' in html


def test_marks_are_large_signs_with_words():
    html = render("{% mark_choice form.mark %}", form=NoteForm())
    assert '<span class="mark-symbol">○</span><span class="mark-text">よい</span>' in html


def test_hostile_input_stays_text():
    hostile = "</textarea><script>alert(1)</script>"
    html = render(
        "{% error_summary form %}{% fields form %}", form=NoteForm({"title": hostile, "mark": hostile})
    )
    assert "<script>" not in html


def test_a_own_wording_for_a_missing_entry_stays():
    class Own(BaseForm, forms.Form):
        name = forms.CharField(label="名前", error_messages={"required": "お名前を教えてください"})

    assert Own({}).errors["name"] == ["お名前を教えてください"]


def test_the_revision_travels_hidden():
    class Revised(RevisionMixin, NoteForm):
        pass

    form = Revised(GOOD | {"revision": "4"}, initial={"revision": 4})
    assert form.is_valid()
    assert form.cleaned_data["revision"] == 4
    assert form["revision"].is_hidden


def test_equal_values_travel_hidden_and_different_ones_are_chosen():
    rows = compare(
        NoteForm({**GOOD, "topics": ["a", "b"]}),
        {
            "title": "夕礼",
            "held_on": datetime.date(2026, 11, 5),
            "minutes": 30,
            "mark": "met",
            "topics": ["a"],
        },
    )
    assert [row.name for row in rows if not row.same] == ["title", "topics"]
    html = render("{% form %}{% version_choice rows %}{% endform %}", rows=rows)
    assert findings(html) == []
    assert '<input type="hidden" name="held_on" value="2026-11-05">' in html
    assert '<input type="radio" name="title" value="夕礼">' in html
    assert '<input type="checkbox" name="topics" value="b" checked>' in html


def test_codes_are_shown_in_words():
    rows = compare(NoteForm(GOOD), {"mark": "partly"})
    mark = next(row for row in rows if row.name == "mark")
    assert (mark.yours_text, mark.theirs_text) == ("○ よい", "△ ふつう")


def test_emptied_and_filled_are_different():
    rows = compare(NoteForm({**GOOD, "minutes": ""}), {"minutes": 30})
    minutes = next(row for row in rows if row.name == "minutes")
    assert not minutes.same
    assert "(空欄)" in render("{% version_choice rows %}", rows=[minutes])


def test_a_choice_of_several_that_was_left_alone_follows_the_other_version():
    class Revised(RevisionMixin, NoteForm):
        pass

    opened = Revised(initial={**GOOD, "revision": 4, "topics": ["a"]})
    base = re.search(r'name="revision_base" value="([^"]+)"', str(opened["revision"]))
    assert base
    typed = {**GOOD, "title": "夕べの会", "topics": ["a"], "revision_base": base.group(1)}
    rows = compare(Revised(typed), {**GOOD, "title": "夕礼", "topics": ["b"]})
    assert {row.name: row.untouched for row in rows if not row.same} == {"title": False, "topics": True}
    html = render("{% version_choice rows %}", rows=rows)
    assert '<input type="checkbox" name="topics" value="b" checked>' in html
    assert '<input type="checkbox" name="topics" value="a">' in html
    given_back = Revised(initial=typed | {"revision": "4"})
    assert base.group(0) in str(given_back["revision"])
    assert "revision_base" not in str(Revised({**GOOD, "revision": "4"})["revision"])
