"""`bansou worker`: background tasks, the sign of life that /readyz asks for, and the daily tidying."""

import argparse
import logging
import threading
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from bansou.apps.businesses.operations import forget_old_lists
from bansou.apps.dialogues.importing import forget_old_uploads
from bansou.apps.sheets.files import forget_old_files
from bansou.cli.companions import end_with_parent
from bansou.infra.submissions.keeping import forget_old
from bansou.infra.worker import SIGN_EVERY_SECONDS, give_sign_of_life

_log = logging.getLogger("bansou.worker")
TIDY_EVERY = timedelta(days=1)


def work(given: argparse.Namespace) -> int:
    """Work until told to stop."""
    threading.Thread(target=keep_alive, daemon=True).start()
    if given.with_parent:
        end_with_parent()
    call_command("db_worker", queue_name="*", startup_delay=False, reload=False)
    return 0


def keep_alive(stop: threading.Event | None = None) -> None:
    """Say that we live and tidy once a day. A database that is away for a moment is no reason to end."""
    stop = stop or threading.Event()
    tidied: datetime | None = None
    while True:
        try:
            give_sign_of_life()
            now = timezone.now()
            if tidied is None or now - tidied >= TIDY_EVERY:
                tidy()
                tidied = now
        except DatabaseError:
            _log.exception("no sign of life could be given")
        finally:
            connections.close_all()
        if stop.wait(SIGN_EVERY_SECONDS):
            return


def tidy() -> None:
    """Drop what has served its time: typed text and files nobody came back for, ended sessions, tasks."""
    dropped = forget_old()
    files = forget_old_uploads() + forget_old_lists() + forget_old_files()
    call_command("clearsessions")
    if isinstance(task_backends["default"], DatabaseBackend):
        call_command("prune_db_task_results", queue_name="*", verbosity=0)
    _log.info("tidied: %s kept inputs and receipts, %s files dropped", dropped, files)
