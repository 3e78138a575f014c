"""What the pages that take words share: opening a form, saying no, adding rows."""

import re
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, QueryDict

from bansou.domain.shared import Refusal, Refusals
from bansou.infra.submissions.keeping import form_input

from .forms import MORE_ROWS, ROWS

_Form = TypeVar("_Form", bound=forms.Form)

_MANY = ("people", "accounts")


def opened(form_class: type[_Form], request: HttpRequest, initial: dict[str, Any], **options: Any) -> _Form:
    """The form as it was sent, as it was left unfinished, or fresh; with more rows when that was asked."""
    if request.method == "POST" and "more" in request.POST:
        return form_class(initial=_with_more_rows(request.POST), **options)
    arguments = form_input(request, initial=initial)
    if getattr(request, "restored", False):
        # An unticked box leaves no trace in what was kept: what is not there was not ticked.
        for name in _MANY:
            if arguments["initial"].get(name) is initial.get(name):
                arguments["initial"][name] = []
        if "rows" in arguments["initial"]:
            arguments["initial"].pop("promises", None)
    return form_class(**arguments, **options)


def _with_more_rows(post: QueryDict) -> dict[str, Any]:
    typed: dict[str, Any] = {name: post.get(name) for name in post}
    typed |= {name: post.getlist(name) for name in _MANY}
    rows = typed.get("rows") or ""
    typed["rows"] = (int(rows) if re.fullmatch(r"[0-9]{1,3}", rows) else ROWS) + MORE_ROWS
    return typed


def refuse(form: forms.Form, refused: Refusal | Refusals) -> None:
    """Put what an operation said at its field, or above the form."""
    for refusal in refused if isinstance(refused, Refusals) else (refused,):
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
