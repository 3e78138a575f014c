"""Mail that leaves once the change it speaks of is kept."""

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django_tasks import task

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 10


def leaves_the_house() -> bool:
    """Whether a server is named; otherwise mail is only written to the terminal."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def send_when_kept(*, subject: str, body: str, to: Sequence[str]) -> None:
    """Hand the mail to the worker after the transaction: no page waits for a server that does not answer.

    A mail that cannot be sent is logged; pages show their link as well.
    """
    transaction.on_commit(lambda: send.enqueue(subject=subject, body=body, to=list(to)))


@task
def send(*, subject: str, body: str, to: list[str]) -> None:
    try:
        connection = get_connection(timeout=_PATIENCE_SECONDS)
        EmailMessage(" ".join(subject.split()), body, to=to, connection=connection).send()
    except (smtplib.SMTPException, OSError):
        _log.exception("mail could not be sent")
