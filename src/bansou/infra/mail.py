"""Mail that leaves once the change it speaks of is kept."""

import logging
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 10


def leaves_the_house() -> bool:
    """Whether a server is named; otherwise mail is only written to the terminal."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def send_when_kept(*, subject: str, body: str, to: Sequence[str]) -> None:
    """Send after the transaction. A server that does not answer is logged; pages show their link as well."""
    transaction.on_commit(lambda: _send(subject, body, to))


def _send(subject: str, body: str, to: Sequence[str]) -> None:
    try:
        connection = get_connection(timeout=_PATIENCE_SECONDS)
        EmailMessage(" ".join(subject.split()), body, to=list(to), connection=connection).send()
    except (smtplib.SMTPException, OSError):
        _log.exception("mail could not be sent")
