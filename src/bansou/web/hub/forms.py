"""The form of one step's text for one audience."""

from typing import Any

from django import forms

from bansou.domain.method import LIST_FIELDS, StepText, as_lines
from bansou.domain.shared import Refusal, Refusals
from bansou.ui.forms import BaseForm
from bansou.ui.versions import RevisionInput

WORDING = ("purpose", *LIST_FIELDS)


def wording_of(text: StepText) -> dict[str, str]:
    """The text areas of a text: one entry a line."""
    return {"purpose": text.purpose, **{name: as_lines(getattr(text, name)) for name in LIST_FIELDS}}


class GuidanceForm(BaseForm, forms.Form):
    purpose = forms.CharField(label="目的", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(
        label="変更の理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, heading in LIST_FIELDS.items():
            self.fields[name] = forms.CharField(
                label=heading, required=False, widget=forms.Textarea(attrs={"rows": 7})
            )
        self.fields["based_on"].widget = RevisionInput(self)
        self.order_fields([*WORDING, "reason", "based_on"])

    def lists(self) -> list[Any]:
        """The bound fields of the five lists in order."""
        return [self[name] for name in LIST_FIELDS]

    def wording(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name) or "" for name in WORDING}

    def show(self, refused: Refusals | list[Refusal]) -> None:
        for refusal in refused:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class RestoreForm(BaseForm, forms.Form):
    reason = forms.CharField(
        label="この版に戻す理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
