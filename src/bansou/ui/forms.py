"""Manners every form shares: our words for a missing entry, native date inputs, revisions."""

from typing import Any

from django import forms
from django.forms.fields import Field

from bansou.domain.shared import Refusal, Refusals

from .versions import RevisionInput

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.DateField, forms.FileField)
NATIVE_WIDGETS = (
    (forms.DateTimeField, forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateField, forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeField, forms.TimeInput, "time", "%H:%M"),
)


class BaseForm:
    """Mixin, first in the bases: `class NoteForm(BaseForm, forms.ModelForm)`."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _say_required_kindly(field, field.label or name)
            _use_native_input(field)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("rows", 4)
            elif type(field.widget) is forms.NumberInput:
                _use_text_for_numbers(field)


class RevisionMixin:
    """Carries the revision a person started from, so that a later save can notice somebody else's.

    `{{ form.revision }}` renders it together with the base that `bansou.ui.versions.compare` reads.

    Reads `instance.revision`; without an instance pass `initial={"revision": n}`.
    `cleaned_data["revision"]` is an int, or None on a new record.
    """

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = getattr(getattr(self, "instance", None), "revision", None)
        self.fields["revision"] = forms.IntegerField(
            required=False,
            initial=initial,
            widget=RevisionInput(self),  # type: ignore[arg-type]  # a mixin: the form it is mixed into
        )


def show_refusal(form: forms.BaseForm, refused: Refusal | Refusals) -> None:
    """Put what an operation refused at its field; what belongs to no field speaks for the form."""
    for refusal in refused if isinstance(refused, Refusals) else [refused]:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def _say_required_kindly(field: Field, label: Any) -> None:
    """Replace Django's stock sentence; a field's own wording stays."""
    if field.error_messages.get("required") != Field.default_error_messages["required"]:
        return
    verb = "選んでください" if isinstance(field, CHOOSING) else "入力してください"
    field.error_messages["required"] = f"「{label}」を{verb}。"


def _use_native_input(field: Field) -> None:
    for field_class, widget_class, kind, pattern in NATIVE_WIDGETS:
        if isinstance(field, field_class) and type(field.widget) is widget_class:
            required = field.widget.is_required
            field.widget = widget_class(format=pattern, attrs={**field.widget.attrs, "type": kind})
            field.widget.is_required = required
            return


def _use_text_for_numbers(field: Field) -> None:
    """A number input forgets what it cannot read; a text input gives it back for correction."""
    keypad = "numeric" if type(field) is forms.IntegerField else "decimal"
    required = field.widget.is_required
    kept = {name: value for name, value in field.widget.attrs.items() if name not in ("min", "max", "step")}
    field.widget = forms.TextInput(attrs={"inputmode": keypad, "data-number": True, **kept})
    field.widget.is_required = required
