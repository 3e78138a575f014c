"""What the 経営者 types on the own page."""

from collections.abc import Iterable
from typing import Any

from django import forms

from bansou.domain.locaben.boxes import BOXES, Box, Part
from bansou.ui.forms import BaseForm, RevisionMixin

OWN_BOXES: tuple[Box, ...] = tuple(box for box in BOXES if box.for_owner)


def asks_whole(box: Box) -> bool:
    """Whether the question of this box stands for itself; steps and partners share theirs."""
    return box.part in (Part.VIEWS, Part.SUMMARY)


class OwnWordsForm(RevisionMixin, BaseForm, forms.Form):
    """The boxes offered to the 経営者, each field named by its box and asked as a question.

    How long a text may be the operation says, so that the browser cuts nothing off unseen.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for box in OWN_BOXES:
            self.fields[box.key] = forms.CharField(
                label=box.question if asks_whole(box) else box.full_label,
                required=False,
                widget=forms.TextInput() if box.is_one_line else forms.Textarea(attrs={"rows": 3}),
            )

    def texts(self) -> dict[str, str]:
        """The boxes that were sent; the page shows few at a time, and the others stay as they stand."""
        return {box.key: self.cleaned_data[box.key] for box in OWN_BOXES if box.key in self.data}


def beyond_the_own_page(sent: Iterable[str]) -> bool:
    """Whether somebody sent a box of the sheet that is not offered here."""
    closed = {box.key for box in BOXES if not box.for_owner}
    return not closed.isdisjoint(sent)
