"""One door for every form that is sent by a signed-in person."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect

from .keeping import GIVES_BACK, ONCE, PATH, asks_for_secrets, fingerprint, forget
from .models import Submission

# SQLite lets waiting writers sleep and overtake each other; a queue in front of it is fair.
_ONE_WRITER = threading.Lock()
_READABLE = ("application/x-www-form-urlencoded", "multipart/form-data")


class SubmitOnce:
    """A form carrying a key is accepted once; the second sending is led to where the first one went.

    The receipt is written in the transaction of the change itself: both stand, or neither does.
    A form that comes back with errors leaves no receipt, and nothing it may have written. A file given for a
    form stands, without a receipt: it can be asked for again; so does text that was kept to be given back.
    Acceptance forgets what was kept of the typing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_guarded(request):
            return self.get_response(request)
        key = fingerprint(request)
        account_key = int(request.user.pk)  # type: ignore[arg-type]
        if earlier := self._receipt(key, account_key):
            return HttpResponseRedirect(earlier.location)
        try:
            with _one_writer(), transaction.atomic():
                receipt = Submission.objects.create(key=key, account_key=account_key)
                response = self.get_response(request)
                if _is_file(response) or getattr(response, GIVES_BACK, False):
                    receipt.delete()
                    return response
                if not 300 <= response.status_code < 400:
                    transaction.set_rollback(True)
                    return response
                receipt.location = response.headers["Location"]
                receipt.save(update_fields=["location"])
                forget(account_key=account_key, path=request.path)
        except IntegrityError:
            # Two sendings at the same moment: the other one was accepted first.
            if earlier := self._receipt(key, account_key):
                return HttpResponseRedirect(earlier.location)
            raise
        return response

    @staticmethod
    def _is_guarded(request: HttpRequest) -> bool:
        return (
            request.method == "POST"
            and (request.content_type or "") in _READABLE
            and request.user.is_authenticated
            and bool(request.POST.get(ONCE))
            # Keeping what is being typed, or a piece of a page, is no sending of the form.
            and PATH not in request.POST
            and "HX-Request" not in request.headers
            and not asks_for_secrets(request)
        )

    @staticmethod
    def _receipt(key: str, account_key: int) -> Submission | None:
        return Submission.objects.filter(key=key, account_key=account_key).exclude(location="").first()


def _one_writer() -> AbstractContextManager[object]:
    return _ONE_WRITER if connection.vendor == "sqlite" else nullcontext()


def _is_file(response: HttpResponseBase) -> bool:
    return response.status_code == 200 and response.has_header("Content-Disposition")
