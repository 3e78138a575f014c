"""What the `field` tag needs to know about a bound field, worked out once and in Python."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox with its words; `symbol` is set when the label starts with a mark such as ○."""

    control: SafeString
    id: str
    text: str
    symbol: str = ""


@dataclass(frozen=True)
class SummaryLine:
    """One line of an error summary; `anchor` is empty for errors of the form as a whole."""

    label: str
    message: str
    anchor: str

    @property
    def text(self) -> str:
        """The message, led by the label unless it names it already."""
        return (
            self.message if not self.label or self.label in self.message else f"{self.label}:{self.message}"
        )


MARK_SYMBOLS = "○◯△×◎"


def shape(bound: BoundField) -> str:
    """ "choices", "checkbox", "fieldset" (several inputs, e.g. three selects of a date) or "single"."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "fieldset" if bound.use_fieldset else "single"


def choices(bound: BoundField) -> list[Choice]:
    """The options in order; an empty option of a radio group is left out."""
    found = []
    for option in bound:
        if option.data["value"] in ("", None):
            continue
        text = str(option.choice_label)
        symbol = text[0] if text[:1] in MARK_SYMBOLS and text else ""
        found.append(Choice(option.tag(), option.id_for_label, text[len(symbol) :].strip(), symbol))
    return found


def control(bound: BoundField, hint: str, attributes: dict[str, Any]) -> SafeString:
    """The input itself, tied to its hint and its error."""
    if hint or bound.errors:
        attributes = {**attributes, "aria-describedby": described_by(bound, hint)}
    return bound.as_widget(attrs=attributes)


def described_by(bound: BoundField, hint: str) -> str:
    ids = []
    if hint:
        ids.append(f"{bound.auto_id}_helptext")
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    return " ".join(ids)


def anchor(bound: BoundField) -> str:
    """Where an error link lands: the input, or the first one of a group."""
    if shape(bound) == "choices":
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def summary_lines(form: "forms.BaseForm | BaseFormSet[Any]") -> list[SummaryLine]:
    """Every error of a form or formset in reading order; hidden fields speak for the form as a whole."""
    if isinstance(form, BaseFormSet):
        own = [SummaryLine("", str(message), "") for message in form.non_form_errors()]
        return own + [line for member in form for line in summary_lines(member)]
    lines = [SummaryLine("", str(message), "") for message in form.non_field_errors()]
    for bound in form:
        for message in bound.errors:
            target = "" if bound.is_hidden else anchor(bound)
            lines.append(SummaryLine(str(bound.label), str(message), target))
    return lines
