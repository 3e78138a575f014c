"""Two people saved the same record: both versions side by side, and a choice per field.

The choice needs no server code of its own: each row posts the chosen value under the field's own name, so
the answer is an ordinary submission of the same form with the newer revision.

A form also carries a sealed base: a digest of every value it was opened with. A field its author left as it
was is then preselected to what somebody else saved, so that nobody's change is undone unseen.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

BASE = "revision_base"
_SALT = "bansou.ui.versions"


@dataclass(frozen=True)
class VersionOption:
    """A value of a many-valued field, and in whose version it was chosen."""

    value: str
    text: str
    in_yours: bool
    in_theirs: bool


@dataclass(frozen=True)
class VersionRow:
    """One field in two versions. `same` rows travel hidden; `options` is for many-valued fields only.

    `untouched`: the author left it as it was when the form was opened, so "theirs" is preselected.
    """

    name: str
    label: str
    yours: str
    theirs: str
    yours_text: str
    theirs_text: str
    same: bool
    values: tuple[str, ...] = ()
    options: tuple[VersionOption, ...] = ()
    untouched: bool = False


class RevisionInput(forms.HiddenInput):
    """The revision a form was opened at, and beside it the sealed base."""

    def __init__(self, form: forms.BaseForm) -> None:
        super().__init__()
        self.form = form

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        base = _base_of(self.form, name.removeprefix(self.form.add_prefix("")))
        beside = format_html('<input type="hidden" name="{}" value="{}">', self.form.add_prefix(BASE), base)
        return format_html("{}{}", super().render(name, value, attrs, renderer), beside if base else "")


def _base_of(form: forms.BaseForm, revision_field: str) -> str:
    """What came with the form, when it was sent before or is given back; otherwise sealed afresh."""
    if form.is_bound:
        return str(form.data.get(form.add_prefix(BASE), ""))
    if isinstance(form.initial.get(revision_field), str):
        return str(form.initial.get(BASE, ""))
    return seal(form)


def seal(form: forms.BaseForm) -> str:
    """The sealed base of a form as it opens; for pages that lay values into a form somebody opens later."""
    digests = {bound.name: _digest(_texts(bound, bound.initial)) for bound in form if not bound.is_hidden}
    return signing.Signer(salt=_SALT).sign_object(digests, compress=True)


def _opened_with(form: forms.BaseForm) -> dict[str, str]:
    """Digests by field; empty without a base or with one that was tampered with."""
    try:
        read = signing.Signer(salt=_SALT).unsign_object(form.data.get(form.add_prefix(BASE)) or "")
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return read if isinstance(read, dict) else {}


def _digest(texts: list[str]) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:24]


def compare(
    form: forms.BaseForm, stored: Mapping[str, Any], skip: tuple[str, ...] = ("revision",)
) -> list[VersionRow]:
    """Rows for every field of a bound form; `stored` maps field names to the values now in the database."""
    base = _opened_with(form)
    return [
        _row(bound, stored.get(bound.name), base.get(bound.name)) for bound in form if bound.name not in skip
    ]


def _row(bound: BoundField, stored: Any, base: str | None) -> VersionRow:
    yours, theirs = _texts(bound, bound.data), _texts(bound, stored)
    many = (
        bound.field.widget.allow_multiple_selected
        if hasattr(bound.field.widget, "allow_multiple_selected")
        else False
    )
    same = yours == theirs
    labels = _labels(bound)
    return VersionRow(
        name=bound.html_name,
        label=str(bound.label),
        yours="".join(yours[:1]),
        theirs="".join(theirs[:1]),
        yours_text="、".join(labels.get(value, value) for value in yours),
        theirs_text="、".join(labels.get(value, value) for value in theirs),
        same=same,
        values=tuple(yours),
        options=_options(yours, theirs, labels) if many and not same else (),
        untouched=not same and base == _digest(yours),
    )


def _options(yours: list[str], theirs: list[str], labels: dict[str, str]) -> tuple[VersionOption, ...]:
    union = [value for value in labels if value in yours or value in theirs]
    return tuple(VersionOption(v, labels[v], v in yours, v in theirs) for v in union)


def _texts(bound: BoundField, value: Any) -> list[str]:
    """Values as the browser would post them, so that a date or a number compares equal with its text."""
    prepared = bound.field.prepare_value(value)
    if prepared in (None, "") or prepared is False:
        return []
    if prepared is True:
        return ["on"]
    if isinstance(prepared, list | tuple | set):
        return [str(member) for member in prepared]
    text = bound.field.widget.format_value(prepared)
    shown = text if isinstance(text, list) else [text]
    return [str(member).replace("\r\n", "\n") for member in shown if member not in (None, "")]


def _labels(bound: BoundField) -> dict[str, str]:
    """Words for stored codes; grouped choices are flattened."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return {"on": "はい"}
    labels: dict[str, str] = {}
    for value, label in getattr(bound.field, "choices", ()):
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        labels |= {str(code): str(words) for code, words in pairs}
    return labels
