"""Who read what, and who changed what: the two logs of the organisation, newest first."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bansou.apps.audit.models import AccessLogEntry, AuditEntry, AuditHead
from bansou.apps.audit.operations import Verb, record
from bansou.apps.audit.verification import is_as_written
from bansou.apps.organisations.models import Membership, SupportOrganisation
from bansou.infra.http import ActorRequest
from bansou.infra.tabular.writing import Value, write_csv

from .forms import ReadingsFilter, TrailFilter, verb_choices
from .office import office, room

_PER_PAGE = 50
_MOST_EXPORTED = 100_000
_EXPORTED = Verb("audit_exported", "監査記録を書き出しました")


@require_safe
def readings(request: ActorRequest) -> HttpResponse:
    """Who read a カルテ or a dialogue without being on its team."""
    here = office(request)
    form = ReadingsFilter(request.GET or None)
    form.fields["who"].choices = _people(here)  # type: ignore[attr-defined]
    asked = _asked(form)
    found = AccessLogEntry.objects.filter(organisation_id=here.public_id).order_by("-id")
    if asked.get("who"):
        found = found.filter(actor_id=asked["who"])
    if asked.get("about"):
        found = found.filter(subject_label__icontains=asked["about"])
    rows, next_url = _page(request, found)
    context = _frame(request, here, form, "staff-readings") | {"rows": rows, "next_url": next_url}
    return render(request, "staff/readings.html", context)


@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    """The chain of the organisation, with its end and whether the lines shown are as they were written."""
    here = office(request)
    form = _trail_form(request.GET, here)
    rows, next_url = _page(request, _entries(here, form))
    context = _frame(request, here, form, "staff-audit") | {
        "rows": rows,
        "next_url": next_url,
        "head": AuditHead.objects.filter(chain=here.public_id).first(),
        "altered": [entry.position for entry in rows if not is_as_written(entry)],
        "asked": _asked(form),
    }
    return render(request, "staff/audit.html", context)


@require_POST
def export(request: ActorRequest) -> HttpResponse:
    """The filtered chain as CSV; taking it away is itself a line of the chain."""
    here = office(request)
    form = _trail_form(request.POST, here)
    entries = _entries(here, form)[:_MOST_EXPORTED]
    rows: list[list[Value]] = [
        [
            entry.position,
            timezone.localtime(entry.at).isoformat(timespec="seconds"),
            entry.actor_label,
            entry.verb_label,
            entry.subject_label,
            entry.why,
            "；".join(f"{name}：{before} → {after}" for name, (before, after) in entry.changes.items()),
            entry.previous_hash,
            entry.hash,
        ]
        for entry in entries
    ]
    headers = ["番号", "日時", "行った人", "操作", "対象", "理由", "変更点", "前の連鎖値", "連鎖値"]
    content = write_csv(headers, rows)
    record(actor=request.actor, verb=_EXPORTED, subject=here, organisation_id=here.public_id)
    name = f"audit-{timezone.localtime():%Y%m%d-%H%M}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _trail_form(given: Any, here: SupportOrganisation) -> TrailFilter:
    form = TrailFilter(given or None)
    form.fields["who"].choices = _people(here)  # type: ignore[attr-defined]
    form.fields["verb"].choices = verb_choices(here.public_id)  # type: ignore[attr-defined]
    return form


def _entries(here: SupportOrganisation, form: TrailFilter) -> QuerySet[AuditEntry]:
    asked = _asked(form)
    found = AuditEntry.objects.of_organisation(here.public_id).newest_first()
    if asked.get("who"):
        found = found.filter(actor_id=asked["who"])
    if asked.get("verb"):
        found = found.filter(verb=asked["verb"])
    if asked.get("about"):
        found = found.filter(details__subject__icontains=asked["about"])
    return found


def _people(here: SupportOrganisation) -> list[tuple[str, str]]:
    """Everybody who works or worked here, by name."""
    members = Membership.objects.filter(organisation=here).values_list(
        "account__public_id", "account__name", "account__kana"
    )
    people = sorted(set(members), key=lambda row: (row[2], row[1]))
    return [("", "すべて"), *((public_id, name) for public_id, name, _kana in people)]


def _asked(form: Any) -> dict[str, Any]:
    """What the filter says; a value that is no choice narrows nothing."""
    return form.cleaned_data if form.is_bound and (form.is_valid() or form.cleaned_data) else {}


def _page(request: ActorRequest, found: QuerySet[Any]) -> tuple[Sequence[Any], str]:
    """Rows before `?before=`, and the address of the older ones."""
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: _PER_PAGE + 1])
    if len(rows) <= _PER_PAGE:
        return rows, ""
    query = request.GET.copy()
    query["before"] = str(rows[_PER_PAGE - 1].pk)
    return rows[:_PER_PAGE], f"?{query.urlencode()}"


def _frame(request: ActorRequest, here: SupportOrganisation, form: Any, name: str) -> dict[str, Any]:
    return room(request, here, name) | {
        "form": form,
        "is_older": "before" in request.GET,
        "newest_url": f"?{urlencode([(k, v) for k, v in request.GET.items() if k != 'before'])}",
    }
