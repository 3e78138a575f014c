"""Forms of the words: boxes of the sheet, and the words of dialogues they rest on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from bansou.apps.dialogues.models import Excerpt
from bansou.domain.locaben.boxes import Box
from bansou.domain.shared import Refusal, Refusals
from bansou.ui.forms import BaseForm, RevisionMixin

# A box of one line; longer ones grow with their words.
_ONE_LINE = 60


def show_refusal(form: forms.Form, refused: Refusal | Refusals) -> None:
    """Put what an operation refused at its field, or above the form."""
    for refusal in refused if isinstance(refused, Refusals) else [refused]:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


class BoxesForm(RevisionMixin, BaseForm, forms.Form):
    """Some boxes of the sheet, each field named by its box.

    How long a text may be the operation says, so that the browser cuts nothing off unseen.
    """

    def __init__(self, *args: Any, boxes: Iterable[Box], **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = tuple(boxes)
        for box in self.boxes:
            one_line = box.max_length <= _ONE_LINE
            self.fields[box.key] = forms.CharField(
                label=box.full_label,
                required=False,
                widget=forms.TextInput() if one_line else forms.Textarea(attrs={"rows": 3}),
            )

    def texts(self) -> dict[str, str]:
        """The boxes that were sent; one that did not come along stays as it stands."""
        return {box.key: self.cleaned_data[box.key] for box in self.boxes if box.key in self.data}

    @property
    def seen(self) -> int:
        """The version that was on the screen."""
        return self.cleaned_data["revision"] or 0


class ChosenWordsForm(BaseForm, forms.Form):
    """Which of the words on the page a box rests on. `shown`: every one that could be ticked there."""

    chosen: "forms.ModelMultipleChoiceField[Excerpt]" = forms.ModelMultipleChoiceField(
        queryset=Excerpt.objects.none(), to_field_name="public_id", required=False, label="よりどころの言葉"
    )
    shown: "forms.ModelMultipleChoiceField[Excerpt]" = forms.ModelMultipleChoiceField(
        queryset=Excerpt.objects.none(), to_field_name="public_id", required=False, label="画面に出ていた言葉"
    )

    def __init__(self, *args: Any, excerpts: QuerySet[Excerpt], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("chosen", "shown"):
            self.fields[name].queryset = excerpts  # type: ignore[attr-defined]


class WordsForm(BaseForm, forms.Form):
    """A statement, whole or the part that was copied from it."""

    statement = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(label="残すところ", required=False, widget=forms.Textarea(attrs={"rows": 3}))
