"""A file of an accounting package: choose it, confirm once which account goes where, carry into the grid."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.files import LARGEST, confirm_reading, keep_file, reading_of
from bansou.apps.sheets.models import SheetFile
from bansou.apps.sheets.policies import access_sheet_file
from bansou.apps.sheets.reading import sheet_of
from bansou.apps.sheets.workbook import is_own_workbook
from bansou.domain.access import Capability, NotVisible
from bansou.domain.locaben import FIGURE_LABELS, Figures
from bansou.domain.locaben.accounting import (
    AppliedFigures,
    Mapping,
    Statement,
    apply,
    complete,
    period_of,
    read_statement,
    suggest_mapping,
)
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.infra.tabular import read_table
from bansou.ui.forms import show_refusal

from .account_fields import written
from .account_grid import a_year, latest_end
from .accounts import carry_into_grid
from .replacing import UNSEEN, Replacements, replaced_by
from .tabs import sheet_frame
from .upload_forms import AccountsFileForm, MappingForm

_MOST_ROWS = 5_000


@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Take a file that holds accounts; anything else gets a sentence and is not kept."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    form = AccountsFileForm(**form_input(request))
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["file"]
        # One byte more is enough to see that it is too much.
        content = chosen.read(LARGEST + 1)
        try:
            # What holds no accounts is not kept.
            with transaction.atomic():
                kept = keep_file(
                    actor=request.actor, engagement=engagement, filename=chosen.name, content=content
                )
                if not is_own_workbook(content):  # which is read on a page of its own
                    read_file(kept)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("locaben-upload-reading", engagement_id, kept.public_id)
    waiting = SheetFile.objects.filter(engagement=engagement, uploaded_by=request.actor.account_key)
    page = {
        **sheet_frame(engagement, "locaben-accounts", *_crumbs(engagement_id, "会計ソフトのファイルから")),
        "form": form,
        "waiting": waiting.defer("content").order_by("-uploaded_at")[:5],
        "largest": LARGEST // 1024**2,
    }
    return render(request, "sheets/upload.html", page, status=422 if form.is_bound else 200)


def read_file(file: SheetFile) -> Statement:
    """Raises Refusal (field "file") for what is no table or holds no accounts."""
    table = read_table(bytes(file.content), file.filename, max_rows=_MOST_ROWS)
    first = table.rows[0].line - 1 if table.rows else 1
    return read_statement(
        [table.headers, *(row.cells for row in table.rows)],
        line_numbers=[max(1, first), *(row.line for row in table.rows)],
    )


@dataclass(frozen=True)
class Proposal:
    """How a layout is read: as the office confirmed it before, or by the names alone."""

    mapping: Mapping
    is_confirmed: bool
    confirmed_at: Any = None


@require_http_methods(["GET", "POST"])
def reading(request: ActorRequest, engagement_id: str, file_id: str) -> HttpResponse:
    """The figures a file leads to, with every doubt, and the mapping they rest on."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    file = access_sheet_file(request.actor, file_id)
    if file.engagement_id != engagement.pk:
        raise NotVisible
    if "discard" in request.POST:
        file.delete()
        messages.success(request, "取り込みをやめました。ファイルは残っていません。")
        return redirect("locaben-accounts", engagement_id)
    if is_own_workbook(bytes(file.content)):
        return redirect("locaben-import-preview", engagement_id, file_id)
    try:
        statement = read_file(file)
    except Refusal as refused:
        messages.error(request, refused.message)
        return redirect("locaben-upload", engagement_id)
    proposal = _proposal(engagement.organisation, statement)
    latest = latest_end(engagement.business, timezone.localdate())
    arguments = form_input(request, initial=_initial(statement, proposal.mapping, latest))
    form = MappingForm(**arguments, statement=statement, mapping=proposal.mapping)
    applied = _applied(statement, form, proposal.mapping)
    years = [_year(form, applied)] if applied else []
    replaced = replaced_by(years, request, sheet_of(engagement))
    if applied and form.is_bound and "carry" in request.POST:
        objection = _objection(request, applied, replaced)
        if not objection:
            return _carry(request, file, form, proposal, years[0])
        form.add_error(None, objection)
    page = {
        **sheet_frame(engagement, "locaben-accounts", *_crumbs(engagement_id, "ファイルの読み方")),
        "form": form,
        "file": file,
        "statement": statement,
        "proposal": proposal,
        "guess": _guess(statement, form, latest),
        "replaced": replaced,
        "applied": applied,
        "figures": _shown(applied) if applied else [],
    }
    return render(
        request, "sheets/upload_reading.html", page, status=422 if form.is_bound and form.errors else 200
    )


def _proposal(organisation: Any, statement: Statement) -> Proposal:
    layout = reading_of(organisation, statement.signature)
    if layout is None:
        return Proposal(suggest_mapping(statement), is_confirmed=False)
    kept = complete(Mapping.from_json(layout.mapping), statement)
    return Proposal(kept, is_confirmed=True, confirmed_at=layout.confirmed_at)


def _initial(statement: Statement, mapping: Mapping, latest: date) -> dict[str, Any]:
    period = period_of(statement, mapping)
    return {
        "end": period.end or latest,
        "months": period.months,
        "unit": str(int(statement.unit or YenUnit.YEN)),
    }


def _guess(statement: Statement, form: MappingForm, latest: date) -> date | None:
    """The year end that stands there although the file names none, until somebody puts another."""
    if period_of(statement, form.proposed).end is not None:
        return None
    return latest if not form.is_bound or form.cleaned_data.get("end") == latest else None


def _year(form: MappingForm, applied: AppliedFigures) -> Figures:
    """The figures as the year they would be laid into the grid for."""
    given = form.cleaned_data if form.is_bound else form.initial
    return a_year(given["end"], applied.figures, given["months"])


def _objection(request: ActorRequest, applied: AppliedFigures, replaced: Replacements) -> str:
    if all(amount is None for amount in applied.figures.values()):
        return "どの欄の数字も読み取れていません。科目の対応を確かめてください。"
    return "" if replaced.were_seen(request) else UNSEEN


def _applied(statement: Statement, form: MappingForm, proposed: Mapping) -> AppliedFigures | None:
    """The figures by what the form says; before anything was sent, by the proposal."""
    if form.is_bound and not form.is_valid():
        return None
    mapping = form.mapping() if form.is_bound else proposed
    try:
        return apply(statement, mapping, form.yen_unit())
    except Refusal as refused:
        if form.is_bound:
            form.add_error(None, refused.message)
        return None


@transaction.atomic
def _carry(
    request: ActorRequest, file: SheetFile, form: MappingForm, proposal: Proposal, year: Figures
) -> HttpResponse:
    """Remember the reading, lay the figures into the grid, and let the file go."""
    mapping = form.mapping()
    statement = form.statement
    if not proposal.is_confirmed or mapping != proposal.mapping:
        confirm_reading(
            actor=request.actor,
            organisation=file.engagement.organisation,
            signature=statement.signature,
            vendor=statement.vendor.label,
            mapping=mapping.as_json(),
        )
    sheet = sheet_of(file.engagement)
    file.delete()
    messages.info(
        request,
        "ファイルの数字を表に入れ、ファイルは消しました。まだ保存していません。従業員数を足し、確かめて保存してください。",
    )
    return carry_into_grid(request, sheet, [year])


def _shown(applied: AppliedFigures) -> list[dict[str, Any]]:
    """One row per figure: what was read, and from which lines."""
    lines: dict[str, list[str]] = {}
    for used in applied.used:
        lines.setdefault(used.key, []).append(
            f"{used.line}行目 {used.name} {written(used.amount, YenUnit.YEN)}円"
        )
    return [
        {
            "label": label,
            "amount": "" if amount is None else f"{written(amount, YenUnit.YEN)}円",
            "lines": lines.get(key, []),
        }
        for key, label in FIGURE_LABELS.items()
        if key in applied.figures and ((amount := applied.figures[key]) is not None or key in lines)
    ]


def _crumbs(engagement_id: str, here: str) -> list[tuple[str, str]]:
    return [("決算を入れる", reverse("locaben-accounts", args=[engagement_id])), (here, "")]
