"""The workbook back in: choose it, see line by line what would change, confirm. Before, nothing is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.files import LARGEST, keep_file
from bansou.apps.sheets.merging import merged_with
from bansou.apps.sheets.models import LocalBenchmark, SheetFile, Side
from bansou.apps.sheets.norm_editions import norms_named
from bansou.apps.sheets.operations import Settings, take_in
from bansou.apps.sheets.policies import access_sheet_file
from bansou.apps.sheets.reading import record_of, sheet_of
from bansou.apps.sheets.workbook import TakenSheet, read_workbook
from bansou.domain.access import Capability, NotVisible
from bansou.domain.locaben import Assessment, Figures, assess
from bansou.domain.locaben.record import BoxText, SheetRecord, compare
from bansou.domain.locaben.years import in_sequence
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import BaseForm, show_refusal

from .tabs import sheet_frame

_TITLE = "Excelのシートを取り込む"


class WorkbookForm(BaseForm, forms.Form):
    file = forms.FileField(
        label="ローカルベンチマークのExcel（.xlsx）",
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。中身のあるファイルをお選びください。",
        },
    )


@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Take a workbook of ours; any other file is told where it belongs, and is not kept."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    form, is_other = WorkbookForm(**form_input(request)), False
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["file"]
        # One byte more is enough to see that it is too much.
        content = chosen.read(LARGEST + 1)
        try:
            kept = _kept(request, engagement, chosen.name, content)
        except Refusal as refused:
            show_refusal(form, refused)
            is_other = refused.code in ("not_our_workbook", "table_wrong_kind")
        else:
            return redirect("locaben-import-preview", engagement_id, kept.public_id)
    page = {
        **sheet_frame(engagement, "locaben-accounts", *_crumbs(engagement_id)),
        "form": form,
        "is_other": is_other,
        "largest": LARGEST // 1024**2,
    }
    return render(request, "sheets/import.html", page, status=422 if form.is_bound else 200)


def _kept(request: ActorRequest, engagement: Engagement, name: str, content: bytes) -> SheetFile:
    if len(content) <= LARGEST:
        read_workbook(content)
    return keep_file(actor=request.actor, engagement=engagement, filename=name, content=content)


@require_http_methods(["GET", "POST"])
def preview(request: ActorRequest, engagement_id: str, file_id: str) -> HttpResponse:
    file = access_sheet_file(request.actor, file_id)
    if file.engagement.public_id != engagement_id:
        raise NotVisible
    if "discard" in request.POST:
        file.delete()
        messages.success(request, "取り込みをやめました。ファイルは残っていません。")
        return redirect("locaben-import", engagement_id)
    sheet = sheet_of(file.engagement)
    try:
        taken = read_workbook(bytes(file.content))
    except Refusal as refused:  # another kind of file, brought on the page for accounts
        messages.error(request, refused.message)
        return redirect("locaben-import", engagement_id)
    plan = _Plan(sheet, taken)
    problem = ""
    if request.method == "POST":
        problem = _take(request, file, sheet, plan)
        if not problem:
            messages.success(request, "Excelのシートを取り込みました。前の版は「版をくらべる」で見られます。")
            return redirect("locaben", engagement_id)
    page = {
        **sheet_frame(file.engagement, "locaben-accounts", *_crumbs(engagement_id, "中身を確かめる")),
        "file": file,
        "sheet": sheet,
        "problem": problem,
        "doubts": [*plan.warnings, *taken.doubts],
        "parts": plan.parts,
        "changes": len(plan.differences),
    }
    return render(request, "sheets/import_preview.html", page, status=409 if problem else 200)


def _take(request: ActorRequest, file: SheetFile, sheet: LocalBenchmark, plan: "_Plan") -> str:
    """Save what the preview showed. Returns the sentence that says why not."""
    moved = "このあいだに、シートがほかで保存されました。いまの内容との違いを、もう一度確かめてください。"
    if request.POST.get("revision") != str(sheet.revision):
        return moved
    try:
        with transaction.atomic():
            take_in(
                actor=request.actor,
                engagement=file.engagement,
                settings=plan.settings,
                years=plan.given,
                texts=plan.taken.texts,
                written_from=plan.written_from,
                seen=sheet.revision,
            )
            file.delete()
    except EditedMeanwhile:
        return moved
    except (Refusal, Refusals) as refused:
        return str(refused)
    return ""


class _Plan:
    """What would be saved, and how the sheet would differ from how it stands."""

    def __init__(self, sheet: LocalBenchmark, taken: TakenSheet) -> None:
        self.sheet, self.taken = sheet, taken
        self.before = record_of(sheet)
        self.warnings: list[str] = _origin(sheet, taken)
        self.settings = self._settings()
        self.given = taken.years_over(_typed_years(sheet))
        # Only a file of this very sheet can say what it left as it was.
        self.written_from = taken.revision if taken.sheet_id == sheet.public_id else 0
        self.years, self.texts = merged_with(
            sheet, years=self.given, texts=taken.texts, written_from=self.written_from
        )
        self.differences = compare(self.before, self._after())

    @property
    def parts(self) -> list[dict[str, object]]:
        return [
            {"heading": part, "differences": list(rows)}
            for part, rows in groupby(self.differences, key=lambda difference: difference.part)
        ]

    def _settings(self) -> Settings | None:
        """Those of the file; what it leaves open or what is not known here stays as it stands."""
        found, sheet = self.taken.settings, self.sheet
        if found is None:
            return None
        edition = found.edition or sheet.edition
        if norms_named(edition, sheet.engagement.organisation_id) is None:
            self.warnings.append(f"基準の版「{edition}」は、ここにはありません。いまの版のまま取り込みます。")
            edition = sheet.edition
        reason = found.size_reason
        if found.size != sheet.size and reason == sheet.size_reason:
            reason = "取り込んだExcelで選ばれた規模です。"
        code = found.industry_code or sheet.industry_code
        return replace(found, industry_code=code, edition=edition, size_reason=reason)

    def _after(self) -> SheetRecord:
        settings, before = self.settings, self.before
        years = dict(_typed_years(self.sheet))
        years |= {end: year for year in self.years if (end := year.fiscal_year_end)}
        counted = settings.counted_debt if settings else frozenset(self.sheet.counted_debt)
        row = [replace(year, counted_debt=counted) for _, year in sorted(years.items())]
        texts = {key: box for key, box in before.boxes.items() if key not in self.texts}
        texts |= {key: _signed(before.boxes.get(key), text) for key, text in self.texts.items() if text}
        results = tuple(self._results(in_sequence(row)))
        after = replace(before, years=tuple(row), boxes=texts, results=results)
        if settings is None:
            return after
        return replace(
            after,
            industry_code=settings.industry_code,
            size=settings.size.value,
            size_reason=settings.size_reason,
            edition=settings.edition,
            unit=int(settings.unit),
            counted_debt=tuple(sorted(counted)),
        )

    def _results(self, years: Sequence[Figures]) -> list[Assessment]:
        code = self.settings.industry_code if self.settings else self.sheet.industry_code
        size = self.settings.size if self.settings else self.sheet.firm_size
        edition = self.settings.edition if self.settings else self.sheet.edition
        norms = norms_named(edition, self.sheet.engagement.organisation_id)
        if norms is None or size is None or not code:
            return []
        try:
            return [assess(year, norms=norms, industry_code=code, size=size) for year in years]
        except Refusal:  # the edition has no norms for this industry
            return []


def _typed_years(sheet: LocalBenchmark) -> Mapping[date, Figures]:
    if sheet.pk is None:
        return {}
    return {year.fiscal_year_end: year.as_figures(frozenset()) for year in sheet.years.all()}


def _signed(before: BoxText | None, text: str) -> BoxText:
    if before is not None and before.text == text:
        return before
    return BoxText(text, Side.SUPPORTER, "", timezone.localdate().isoformat())


def _origin(sheet: LocalBenchmark, taken: TakenSheet) -> list[str]:
    """Another firm's sheet, or one from before the last changes: said first."""
    business, warnings = sheet.engagement.business.name, []
    if taken.business and taken.business != business:
        warnings.append(
            f"商号が違います。ファイルは「{taken.business}」、このページは「{business}」です。"
            "別の事業者のシートではないか、確かめてください。"
        )
    if taken.sheet_id == sheet.public_id and taken.revision < sheet.revision:
        warnings.append(
            f"このファイルは第{taken.revision}版から作られました。いまは第{sheet.revision}版です。"
            "ファイルで変えたところだけを取り込みます。同じところがほかでも変わっているときは、ファイルの内容になります。"
        )
    return warnings


def _crumbs(engagement_id: str, *further: str) -> list[tuple[str, str]]:
    accounts = ("決算を入れる", reverse("locaben-accounts", args=[engagement_id]))
    here = reverse("locaben-import", args=[engagement_id]) if further else ""
    return [accounts, (_TITLE, here), *((label, "") for label in further)]
