"""Rows copied from a spreadsheet: shown as they were read, then laid into the grid. Nothing is saved here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.businesses.models import Business
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import FIGURE_FIELDS, FIGURE_LABELS, Figures
from bansou.domain.locaben.pasted import Pasted, PastedYear, read_pasted
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import BaseForm, show_refusal

from .account_grid import MOST_COLUMNS, a_year, a_year_from, latest_end
from .accounts import carry_into_grid
from .replacing import UNSEEN, replaced_by
from .tabs import sheet_frame

_HEADS = frozenset(field.key for field in FIGURE_FIELDS if not field.is_amount)
_LONGEST = 100_000
_MOST_READ = 12


class PasteForm(BaseForm, forms.Form):
    pasted = forms.CharField(
        label="表計算から貼り付ける",
        max_length=_LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "pasted-text"}),
        help_text="項目名の列と、決算期の見出しも一緒に選んでコピーし、そのまま貼り付けてください。",
        error_messages={
            "required": "表を貼り付けてください。",
            "max_length": "一度に読めるのは10万文字までです。決算の部分だけを貼り付けてください。",
        },
    )
    unit = forms.TypedChoiceField(
        label="表の単位",
        coerce=lambda text: YenUnit(int(text)),
        choices=[(str(unit.value), unit.label) for unit in (YenUnit.THOUSAND, YenUnit.YEN, YenUnit.MILLION)],
        widget=forms.RadioSelect,
    )


class ColumnsForm(BaseForm, forms.Form):
    """Which year each column is; one left blank is not taken."""

    def __init__(self, *args: Any, years: tuple[PastedYear, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, year in enumerate(years):
            self.fields[f"end_{place}"] = forms.DateField(
                label=f"「{year.heading}」の列の決算日",
                required=False,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"invalid": "決算日を、2026-03-31 のように入れてください。"},
            )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        ends = [entered[name] for name in self.fields if entered.get(name)]
        if not ends and not self.errors:
            raise forms.ValidationError("どの列がどの期か、決算日を入れてください。")
        if len(ends) > MOST_COLUMNS:
            raise forms.ValidationError(
                f"一度に入れられるのは{MOST_COLUMNS}期までです。ほかの列の決算日を空けてください。"
            )
        for name in self.fields:
            if entered.get(name) and ends.count(entered[name]) > 1:
                self.add_error(name, "同じ決算日の列がもうひとつあります。")
        return entered


@dataclass(frozen=True)
class ReadLine:
    line: int
    label: str
    figure: str
    cells: list[tuple[str, str]]


@require_http_methods(["GET", "POST"])
def paste(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Read, look, carry into the grid."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    form = PasteForm(**form_input(request, initial={"unit": str(sheet.unit)}))
    reading = _reading(form) if form.is_bound and form.is_valid() else None
    columns = _columns_form(request, reading, engagement.business) if reading else None
    years = _figures(reading, columns) if reading and columns else []
    replaced = replaced_by(years, request, sheet)
    if columns and columns.is_bound and columns.is_valid():
        if replaced.were_seen(request):
            messages.info(
                request,
                "貼り付けた数字を表に入れました。まだ保存していません。確かめて「保存する」を押してください。",
            )
            return carry_into_grid(request, sheet, years)
        columns.add_error(None, UNSEEN)
    page = {
        **sheet_frame(engagement, "locaben-accounts", *_crumbs(engagement_id)),
        "form": form,
        "columns": columns,
        "reading": reading,
        "replaced": replaced,
        "placed": _placed(reading) if reading else [],
        "keep_url": reverse("keep-input"),
    }
    wrong = form.is_bound and (form.errors or (columns is not None and columns.is_bound))
    return render(request, "sheets/paste.html", page, status=422 if wrong else 200)


def _crumbs(engagement_id: str) -> list[tuple[str, str]]:
    return [
        ("決算を入れる", reverse("locaben-accounts", args=[engagement_id])),
        ("表計算から貼り付ける", ""),
    ]


def _reading(form: PasteForm) -> Pasted | None:
    try:
        reading = read_pasted(form.cleaned_data["pasted"], unit=form.cleaned_data["unit"])
    except Refusal as refused:
        show_refusal(form, refused)
        return None
    if not 1 <= len(reading.years) <= _MOST_READ:
        many = f"金額の列が{_MOST_READ}より多くあります。決算の列だけを貼り付けてください。"
        form.add_error("pasted", many if reading.years else "金額の列が見つかりませんでした。")
        return None
    return reading


def _columns_form(request: ActorRequest, reading: Pasted, business: Business) -> ColumnsForm:
    """Judged only when the person asks to carry; a fresh reading proposes the years its headings name."""
    if "carry" in request.POST:
        return ColumnsForm(data=request.POST, years=reading.years)
    ends = proposed_ends(reading.years, business)
    return ColumnsForm(initial={f"end_{place}": end for place, end in enumerate(ends)}, years=reading.years)


def proposed_ends(years: tuple[PastedYear, ...], business: Business) -> list[date | None]:
    """What the headings say; 当期 and the highest 第n期 are taken for the last year that ended."""
    latest = latest_end(business, timezone.localdate())
    highest = max((year.period.ordinal or 0 for year in years if year.period), default=0)
    return [_end(year, latest, highest) for year in years]


def _end(year: PastedYear, latest: date, highest: int) -> date | None:
    period = year.period
    if period is None or period.end is not None:
        return period.end if period else None
    if period.relative is not None:
        return a_year_from(latest, period.relative)
    return a_year_from(latest, period.ordinal - highest) if period.ordinal else None


def _figures(reading: Pasted, columns: ColumnsForm) -> list[Figures]:
    """By the year ends that were entered; before that, by those proposed."""
    is_entered = columns.is_bound and columns.is_valid()
    entered: Mapping[str, Any] = columns.cleaned_data if is_entered else columns.initial
    return [
        a_year(end, year.figures)
        for place, year in enumerate(reading.years)
        if (end := entered.get(f"end_{place}"))
    ]


def _placed(reading: Pasted) -> list[ReadLine]:
    headings = [year.heading for year in reading.years]
    found = []
    for one in reading.placed:
        cells = [_cell(one.key, amount) for amount in one.amounts]
        named = list(zip(headings, cells, strict=True))
        found.append(ReadLine(one.line, one.label, FIGURE_LABELS[one.key], named))
    return found


def _cell(key: str, amount: int | None) -> str:
    if amount is None:
        return "—"
    digits = f"{abs(amount):,}{'人' if key in _HEADS else '円'}"
    return f"△{digits}" if amount < 0 else digits
