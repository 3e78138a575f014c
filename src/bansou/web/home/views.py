"""Landing, error pages, health."""

import logging
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bansou.apps.organisations.policies import may
from bansou.domain.access import Capability
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import GIVES_BACK, form_path, keep, typed_by
from bansou.infra.worker import last_sign_of_life

_log = logging.getLogger(__name__)
WORKER_SILENCE = timedelta(minutes=2)

# Where each kind of person begins; the first door that opens.
_FIRST_PAGES = (
    (Capability.WORK_AS_ADVISER, "today"),
    (Capability.EDIT_GUIDANCE, "hub-guidance"),
    (Capability.SEE_OWN_FIRM, "firm"),
)


@login_not_required
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Lead everybody to their own first page; tell a visitor what this is."""
    if not request.actor.is_signed_in:
        return render(request, "home/landing.html")
    for capability, name in _FIRST_PAGES:
        if may(request.actor, capability):
            return redirect(name)
    return render(request, "home/nothing_yet.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database answers, migrations are applied, the worker gave a sign of life lately."""
    parts = {"database": False, "migrations": False, "worker": False}
    try:
        # A failed question must not spoil the transaction of whoever asks.
        with transaction.atomic():
            executor = MigrationExecutor(connection)
            parts["database"] = True
            parts["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
            seen = last_sign_of_life()
            parts["worker"] = seen is not None and timezone.now() - seen < WORKER_SILENCE
    except DatabaseError:
        _log.warning("not ready", exc_info=True)
    ready = all(parts.values())
    return JsonResponse({"status": "ok" if ready else "not ready", **parts}, status=200 if ready else 503)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def broken(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"home/{status}.html", status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page: its text waits at the form for the person who typed it."""
    account_key = typed_by(request.POST)
    if account_key is not None and keep(account_key=account_key, path=form_path(request), post=request.POST):
        back = HttpResponseRedirect(form_path(request))
        setattr(back, GIVES_BACK, True)
        return back
    return _error(request, 403)
