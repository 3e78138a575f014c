"""Bringing the office's own list: file → columns → preview → taken."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bansou.apps.businesses.importing import ListPlan, PlannedRow, unread_cells
from bansou.apps.businesses.list_columns import Columns
from bansou.apps.businesses.models import BusinessImport
from bansou.apps.businesses.operations import (
    LARGEST_LIST_BYTES,
    LONGEST_LIST,
    confirm_columns,
    discard_list,
    left_out_file,
    plan_of,
    read_list,
    receive_list,
    take_list,
)
from bansou.apps.businesses.policies import access_business_import
from bansou.domain.method import BusinessSize
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.infra.tabular import Row, Table, read_table

from .forms import ColumnsForm, UploadForm
from .particulars import industry_words
from .registering import workplace

_NEW_SHOWN, _BAD_SHOWN, _DUPLICATES_SHOWN = 20, 100, 200
_SAMPLES = 3


@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    organisation = workplace(request.actor)
    form = UploadForm(**form_input(request))
    if request.method == "POST" and form.is_valid():
        arriving = _receive(request, form, organisation)
        if arriving is not None:
            step = "preview" if arriving.columns_are_confirmed else "columns"
            return redirect(f"business-import-{step}", arriving.public_id)
    waiting = BusinessImport.objects.filter(
        organisation=organisation, uploaded_by=request.actor.account_key, taken_at__isnull=True
    )
    return render(
        request,
        "businesses/import_upload.html",
        {
            "form": form,
            "organisation": organisation,
            "waiting": waiting.defer("content").order_by("-uploaded_at")[:5],
            "largest": LARGEST_LIST_BYTES // 1024**2,
            "longest": LONGEST_LIST,
        },
    )


def _receive(request: ActorRequest, form: UploadForm, organisation: Any) -> BusinessImport | None:
    file = form.cleaned_data["file"]
    # One byte more is enough to see that it is too much.
    content = file.read(LARGEST_LIST_BYTES + 1)
    try:
        return receive_list(
            actor=request.actor, organisation=organisation, filename=file.name, content=content
        )
    except Refusal as refusal:
        form.add_error("file", refusal.message)
        return None


@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, public_id: str) -> HttpResponse:
    """What each column means, beside a few of its values."""
    arriving = access_business_import(request.actor, public_id)
    if arriving.taken_at is not None:
        return redirect("business-import-preview", public_id)
    table, heading_line = read_list(filename=arriving.filename, content=bytes(arriving.content))
    form = ColumnsForm(
        **form_input(request), headers=table.headers, columns=Columns.from_json(arriving.columns)
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_columns(actor=request.actor, arriving=arriving, columns=form.columns())
            return redirect("business-import-preview", public_id)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(
        request,
        "businesses/import_columns.html",
        {
            "form": form,
            "arriving": arriving,
            "rows": len(table.rows),
            "heading_line": heading_line,
            "columns": list(zip(form.column_fields(), _samples(table), strict=True)),
        },
    )


def _samples(table: Table) -> list[list[str]]:
    """The first values of each column that say something."""
    found: list[list[str]] = [[] for _ in table.headers]
    for row in table.rows[:200]:
        for place, samples in enumerate(found):
            value = row.cells[place]
            if value and len(samples) < _SAMPLES and value not in samples:
                samples.append(value[:40])
    return found


@require_http_methods(["GET", "POST"])
def preview(request: ActorRequest, public_id: str) -> HttpResponse:
    """What would happen; afterwards what did happen."""
    arriving = access_business_import(request.actor, public_id)
    if arriving.taken_at is not None:
        return _result(request, arriving)
    if not arriving.columns_are_confirmed:
        return redirect("business-import-columns", public_id)
    if request.method == "POST":
        return _settle(request, arriving)
    return _show_plan(request, arriving, plan_of(arriving))


def _settle(request: ActorRequest, arriving: BusinessImport) -> HttpResponse:
    if "discard" in request.POST:
        discard_list(actor=request.actor, arriving=arriving)
        messages.success(request, "取り込みをやめました。ファイルは残っていません。")
        return redirect("business-import")
    also = [int(line) for line in request.POST.getlist("also") if line.isascii() and line.isdigit()]
    try:
        taken = take_list(
            actor=request.actor, arriving=arriving, without_bad="without_bad" in request.POST, also=also
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _show_plan(request, arriving, plan_of(arriving))
    messages.success(request, f"{taken.taken_rows:,}件を登録しました。")
    return redirect("business-import-preview", arriving.public_id)


def _show_plan(request: ActorRequest, arriving: BusinessImport, plan: ListPlan) -> HttpResponse:
    unread = unread_cells(plan.new)
    noted = sum(1 for row in plan.new if row.reading.notes)
    return render(
        request,
        "businesses/import_preview.html",
        {
            "arriving": arriving,
            "plan": plan,
            "new": [_shown(row) for row in plan.new[:_NEW_SHOWN]],
            "bad": [_shown(row) for row in plan.bad[:_BAD_SHOWN]],
            "bad_more": max(0, len(plan.bad) - _BAD_SHOWN),
            "duplicates": [_shown(row) for row in plan.duplicates[:_DUPLICATES_SHOWN]],
            "duplicates_more": max(0, len(plan.duplicates) - _DUPLICATES_SHOWN),
            "noted": noted,
            "unread": unread[:_BAD_SHOWN],
            "unread_more": max(0, len(unread) - _BAD_SHOWN),
        },
    )


def _shown(row: PlannedRow) -> dict[str, Any]:
    """A row as the page tells it."""
    facts = row.reading.facts
    reason, known = row.duplicate or (None, None)
    headcount = facts.get("headcount")
    return {
        "line": row.line,
        "name": facts.get("name", ""),
        "leader": row.reading.leader,
        "phone": facts.get("phone", ""),
        "industry": industry_words(facts.get("industry", ""), facts.get("industry_detail", "")),
        "headcount": "" if headcount is None else f"{headcount:,}人",
        "size": BusinessSize(facts["size"]).label,
        "notes": row.reading.notes,
        "problems": [*row.reading.problems, *row.reading.unread],
        "reason": reason,
        "known": known,
    }


def _result(request: ActorRequest, arriving: BusinessImport) -> HttpResponse:
    content = bytes(arriving.content)
    left_out = read_table(content, "left-out.csv", max_rows=LONGEST_LIST).rows if content else []
    unread = arriving.columns.get("unread", [])
    return render(
        request,
        "businesses/import_result.html",
        {
            "arriving": arriving,
            "unread": unread[:_BAD_SHOWN],
            "unread_more": max(0, len(unread) - _BAD_SHOWN),
            "left_out": [_left_out(row) for row in left_out[:_BAD_SHOWN]],
            "left_out_count": len(left_out),
        },
    )


def _left_out(row: Row) -> tuple[str, list[str], str]:
    """Line, reasons, and what the row begins with."""
    *cells, line, why = row.cells
    return line, why.split(" / "), " ".join(filter(None, cells[:3]))


@require_safe
def errors(request: ActorRequest, public_id: str) -> HttpResponse:
    """The rows that stay outside, as CSV to be mended and brought again."""
    arriving = access_business_import(request.actor, public_id)
    if arriving.taken_at is not None:
        content = bytes(arriving.content)
    elif arriving.columns_are_confirmed:
        content = left_out_file(plan=plan_of(arriving))
    else:
        content = b""
    if not content:
        raise Http404
    name = quote(f"取り込まなかった行_{arriving.filename.rsplit('.', 1)[0]}.csv")
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename=left-out.csv; filename*=UTF-8''{name}"},
    )
