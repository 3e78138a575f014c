"""Forms of the words: boxes of the sheet, and the words of dialogues they rest on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from bansou.apps.dialogues.models import Excerpt
from bansou.domain.locaben.boxes import Box
from bansou.ui.forms import BaseForm, RevisionMixin


class BoxesForm(RevisionMixin, BaseForm, forms.Form):
    """Some boxes of the sheet, each field named by its box.

    How long a text may be the operation says, so that the browser cuts nothing off unseen.
    """

    def __init__(self, *args: Any, boxes: Iterable[Box], **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = tuple(boxes)
        for box in self.boxes:
            self.fields[box.key] = forms.CharField(
                label=box.full_label,
                required=False,
                widget=forms.TextInput() if box.is_one_line else forms.Textarea(attrs={"rows": 3}),
            )

    def texts(self) -> dict[str, str]:
        """The boxes that were sent; one that did not come along stays as it stands."""
        return {box.key: self.cleaned_data[box.key] for box in self.boxes if box.key in self.data}

    @property
    def seen(self) -> int:
        """The version that was on the screen."""
        return self.cleaned_data["revision"] or 0


class ChosenWordsForm(BaseForm, forms.Form):
    """Which of the words on the page a box rests on. `opened`: those that were ticked when it opened."""

    chosen: "forms.ModelMultipleChoiceField[Excerpt]" = forms.ModelMultipleChoiceField(
        queryset=Excerpt.objects.none(), to_field_name="public_id", required=False, label="よりどころの言葉"
    )
    opened: "forms.ModelMultipleChoiceField[Excerpt]" = forms.ModelMultipleChoiceField(
        queryset=Excerpt.objects.none(), to_field_name="public_id", required=False, label="選ばれていた言葉"
    )

    def __init__(self, *args: Any, excerpts: QuerySet[Excerpt], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("chosen", "opened"):
            self.fields[name].queryset = excerpts  # type: ignore[attr-defined]


class WordsForm(BaseForm, forms.Form):
    """A statement, whole or the part that was copied from it."""

    statement = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(label="残すところ", required=False, widget=forms.Textarea(attrs={"rows": 3}))
