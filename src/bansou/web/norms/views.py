"""業種基準値の版: which there are, and how an office or the 事務局 brings one in."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bansou.apps.organisations.policies import may, require
from bansou.apps.sheets.models import NormEdition
from bansou.apps.sheets.norm_editions import load_norms, write_norms
from bansou.domain.access import Actor, Capability, Role
from bansou.domain.locaben import INDUSTRIES, Norms, shipped_editions, shipped_norms
from bansou.domain.locaben.norms_reading import read_norms
from bansou.domain.locaben.norms_tables import read_norms_workbook
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.infra.tabular import read_cells

from .forms import EditionForm, first_values

_MOST_FINDINGS = 20
_MOST_BYTES = 10 * 1024 * 1024  # every industry in both sizes takes less than one


@require_safe
def editions(request: ActorRequest) -> HttpResponse:
    """Every edition this person's offices may score with, and where each comes from."""
    actor = request.actor
    if not may(actor, Capability.KEEP_NORMS):
        require(actor, Capability.WORK_AS_ADVISER)
    context = {
        "shipped": [(edition, len(shipped_norms(edition.code))) for edition in shipped_editions()],
        "loaded": _loaded(actor),
        "may_load": may(actor, Capability.KEEP_NORMS),
    }
    return render(request, "norms/editions.html", context)


def _loaded(actor: Actor) -> list[NormEdition]:
    working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR)
    return list(NormEdition.objects.used_in(working).select_related("organisation", "loaded_by"))


@require_http_methods(["GET", "POST"])
def load(request: ActorRequest) -> HttpResponse:
    """A file is read and shown first; it is kept when the preview is confirmed."""
    require(request.actor, Capability.KEEP_NORMS)
    form = EditionForm(actor=request.actor, **form_input(request, initial=first_values(timezone.localdate())))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            norms = _read(form)
            if "keep" in request.POST:
                kept = load_norms(
                    actor=request.actor,
                    organisation=form.office(),
                    norms=norms,
                    official=form.is_official(),
                )
                messages.success(request, f"「{kept.label}」を読み込みました。ロカベンの設定で選べます。")
                return redirect("norm-editions")
            context |= {"norms": norms, "table": write_norms(norms), "industries": _industries(norms)}
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        except Refusals as refused:
            context |= {
                "findings": list(refused)[:_MOST_FINDINGS],
                "more": len(list(refused)) - _MOST_FINDINGS,
            }
    return render(request, "norms/load.html", context)


def _read(form: EditionForm) -> Norms:
    """From the second screen what was read before, checked again; else from the file."""
    file, table = form.cleaned_data["file"], form.cleaned_data["table"]
    if file is not None:
        if file.size > _MOST_BYTES:
            raise Refusal("file_too_large", f"ファイルは{_MOST_BYTES // 1024**2}MBまでです。", "file")
        sheets = [sheet.rows for sheet in read_cells(file.read(), file.name)]
        return read_norms_workbook(sheets, form.edition())
    if not table:
        raise Refusal("file_required", "基準値のファイルを選んでください。", "file")
    return read_norms(csv.DictReader(io.StringIO(table)), form.edition())


def _industries(norms: Norms) -> list[str]:
    codes = dict.fromkeys(code for (code, _size, _indicator), _norm in norms)
    return [f"{code} {INDUSTRIES[code].label}" for code in codes]
