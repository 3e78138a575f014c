"""Mail is handed over once the change is kept, and sent by the worker."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction

from bansou.infra.mail import send_when_kept

LETTER = {"subject": "招待\nのご案内", "body": "リンクです。", "to": ("new@example.jp",)}
BY_THE_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work() -> None:
    call_command("db_worker", queue_name="*", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_a_page_has_only_handed_over(settings, mailoutbox):
    settings.TASKS = BY_THE_WORKER
    send_when_kept(**LETTER)
    assert mailoutbox == []
    work()
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("招待 のご案内", ["new@example.jp"])]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_sends_nothing(settings, mailoutbox):
    settings.TASKS = BY_THE_WORKER
    with transaction.atomic():
        send_when_kept(**LETTER)
        transaction.set_rollback(True)
    work()
    assert mailoutbox == []


@pytest.mark.django_db
def test_a_server_that_does_not_answer_is_logged(
    monkeypatch, caplog, mailoutbox, django_capture_on_commit_callbacks
):
    def silent(*_):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", silent)
    with django_capture_on_commit_callbacks(execute=True):
        send_when_kept(**LETTER)
    assert "mail could not be sent" in caplog.text
