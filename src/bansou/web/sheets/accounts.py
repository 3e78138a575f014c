"""決算を入れる: the grid of up to five fiscal years."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import FiscalYearAccounts, LocalBenchmark
from bansou.apps.sheets.operations import save_years
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import FIGURE_FIELDS, Figures
from bansou.domain.locaben.hints import Hint, plausibility_hints
from bansou.domain.shared import Refusal, Refusals
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import as_form_input, form_input, keep, kept
from bansou.ui.forms import show_refusal
from bansou.ui.versions import BASE, compare, seal

from .account_fields import written, year_name
from .account_grid import (
    FIRST_COLUMNS,
    MOST_COLUMNS,
    AccountsForm,
    a_year_from,
    cells_of,
    column_of,
    columns_of,
    end_of,
    latest_end,
    unit_of,
    with_columns,
)
from .tabs import sheet_frame

Rows = list[FiscalYearAccounts]
_CARRIED = "carried"


@require_http_methods(["GET", "POST"])
def accounts(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Type the figures. Adding a column or switching the unit keeps everything and saves nothing."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    rows = rows_of(sheet)
    stored = {row.fiscal_year_end: row.sales is not None for row in rows}
    fresh = fresh_cells(sheet, rows, _day(request.GET.get("until")))
    form = AccountsForm(**form_input(request, initial=fresh), stored=stored)
    if not form.is_bound:
        if _CARRIED in request.GET:
            # They come from a file just now; the message says so, and no older typing is spoken of.
            request.restored = False  # type: ignore[attr-defined]
        return _page(request, sheet, form)
    if "switch" in request.POST and form.is_valid():
        unit = YenUnit.YEN if form.yen_unit is YenUnit.THOUSAND else YenUnit.THOUSAND
        return _page(
            request, sheet, AccountsForm(initial=_carried(request.POST, form.texts(unit)), stored=stored)
        )
    if "add" in request.POST:
        ends = _one_more([end_of(column) for column in form.column_keys], request.POST["add"])
        texts = with_columns(fresh | _carried(request.POST, {}), ends)
        return _page(request, sheet, AccountsForm(initial=texts, stored=stored))
    if form.is_valid():
        try:
            return _save(request, engagement, form)
        except EditedMeanwhile:
            return _both_versions(request, engagement, form)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
    return _page(request, sheet, form, code=422)


def _save(request: ActorRequest, engagement: Engagement, form: AccountsForm) -> HttpResponse:
    years, removed = form.years(), form.removed()
    if not years and not removed:
        messages.info(request, "数字がまだ入っていません。ひとつの期の売上高からでも始められます。")
        return redirect("locaben-accounts", engagement.public_id)
    save_years(
        actor=request.actor,
        engagement=engagement,
        years=years,
        removed=removed,
        unit=form.yen_unit,
        seen=form.cleaned_data["revision"] or 0,
    )
    names = "・".join(year_name(year.fiscal_year_end) for year in years if year.fiscal_year_end)
    messages.success(request, f"決算を保存しました（{names}）。" if names else "選んだ期を消しました。")
    hints = plausibility_hints(form.readable_years())
    return redirect("locaben-accounts" if hints else "locaben", engagement.public_id)


def _both_versions(request: ActorRequest, engagement: Engagement, form: AccountsForm) -> HttpResponse:
    """Somebody changed the same cell: both versions, and a choice per cell."""
    sheet = sheet_of(engagement)
    standing = cells_of(rows_of(sheet))
    mine = AccountsForm(data=as_form_input(_as_lists(request.POST, form.texts())), stored=form.stored)
    blank: dict[str, Any] = {name: mine[name].value() for name in ("columns", "unit")}
    for column in mine.column_keys:
        blank |= {f"{column}_end": end_of(column), f"{column}_months": 12, f"{column}_aid": ""}
    page = {
        **sheet_frame(engagement, "locaben-accounts", ("決算を入れる", "")),
        "rows": compare(mine, blank | standing),
        "unit": mine.yen_unit.label,
        "sheet": sheet,
    }
    return render(request, "sheets/versions_meet.html", page, status=409)


def _as_lists(post: QueryDict, texts: Mapping[str, Any]) -> dict[str, list[str]]:
    """The entries of a form as they would be posted, its seal with them."""
    lists = {name: [str(value)] for name, value in texts.items() if value not in (None, "", False)}
    return lists | {BASE: [post.get(BASE, "")]}


def _carried(post: QueryDict, texts: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, for a form that is shown again without being judged."""
    return {name: values[-1] for name, values in post.lists() if values} | dict(texts)


def _one_more(ends: list[date], where: str) -> list[date]:
    """One column more at the newer or the older end, as long as there is room."""
    if not 0 < len(ends) < MOST_COLUMNS:
        return ends
    wanted = a_year_from(max(ends), 1) if where == "newer" else a_year_from(min(ends), -1)
    return sorted([*ends, wanted], reverse=True)


def rows_of(sheet: LocalBenchmark) -> Rows:
    return list(sheet.years.order_by("-fiscal_year_end")) if sheet.pk else []


def fresh_cells(sheet: LocalBenchmark, rows: Rows, until: date | None = None) -> dict[str, Any]:
    """The grid as it stands: the newest years, or those up to `until`; blank columns for a new sheet.

    An `until` after every year that stands brings a blank column for it.
    """
    shown = [row for row in rows if until is None or row.fiscal_year_end <= until][:MOST_COLUMNS]
    ends = [row.fiscal_year_end for row in shown]
    if not ends:
        latest = latest_end(sheet.engagement.business, timezone.localdate())
        ends = [a_year_from(latest, -back) for back in range(FIRST_COLUMNS)]
    elif until is not None and until > rows[0].fiscal_year_end and columns_of(column_of(until)):
        ends = [until, *ends][:MOST_COLUMNS]
    return with_columns(cells_of(rows), ends) | {"unit": str(sheet.unit), "revision": sheet.revision}


def carry_into_grid(request: ActorRequest, sheet: LocalBenchmark, years: list[Figures]) -> HttpResponse:
    """Lay read figures into the grid, upon what stands and what was typed there, and go there.

    Nothing is saved: they are kept as typed text until the person presses save. A blank takes nothing away.
    """
    path = reverse("locaben-accounts", args=[sheet.engagement.public_id])
    rows = rows_of(sheet)
    stored = {row.fiscal_year_end: row.sales is not None for row in rows}
    texts = _typed_before(request, path) or _as_opened(sheet, rows, stored)
    arriving = {year.fiscal_year_end for year in years if year.fiscal_year_end}
    shown = [end_of(column) for column in columns_of(texts["columns"]) if _counts(column, texts, stored)]
    beside = sorted(set(shown) - arriving, reverse=True)[: max(0, MOST_COLUMNS - len(arriving))]
    texts = with_columns(texts, sorted([*arriving, *beside], reverse=True)[:MOST_COLUMNS])
    read = _written_cells(cells_of(years), unit_of(texts["unit"]))
    texts |= {name: text for name, text in read.items() if text != ""}
    post = as_form_input({name: [str(text)] for name, text in texts.items() if text not in (None, "")})
    keep(account_key=request.actor.signed_in_key, path=path, post=post)
    return redirect(f"{path}?{_CARRIED}=1")


def _typed_before(request: ActorRequest, path: str) -> dict[str, Any] | None:
    earlier = kept(request, path)
    return {name: values[-1] for name, values in earlier.lists() if values} if earlier else None


def _as_opened(sheet: LocalBenchmark, rows: Rows, stored: Mapping[date, bool]) -> dict[str, Any]:
    """The grid as a person would have opened it, as text, with its seal."""
    fresh = fresh_cells(sheet, rows)
    base = seal(AccountsForm(initial=fresh, stored=stored))
    return _written_cells(fresh, sheet.yen_unit) | {BASE: base}


def _counts(column: str, texts: Mapping[str, Any], stored: Mapping[date, bool]) -> bool:
    """Blank columns that were only offered make room."""
    return end_of(column) in stored or any(texts.get(f"{column}_{figure.key}") for figure in FIGURE_FIELDS)


def _written_cells(cells: Mapping[str, Any], unit: YenUnit) -> dict[str, Any]:
    heads = {figure.key for figure in FIGURE_FIELDS if not figure.is_amount}
    result: dict[str, Any] = {}
    for name, value in cells.items():
        key = name.partition("_")[2]
        if isinstance(value, date | str):
            result[name] = str(value)
        elif key in ("months", *heads) or not columns_of(name.partition("_")[0]):
            result[name] = "" if value is None else str(value)
        else:
            result[name] = written(value, unit)
    return result


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _page(
    request: ActorRequest, sheet: LocalBenchmark, form: AccountsForm, *, code: int = 200
) -> HttpResponse:
    years = form.rows()
    outside = [end for end in form.stored if column_of(end) not in form.column_keys]
    page = {
        **sheet_frame(sheet.engagement, "locaben-accounts", ("決算を入れる", "")),
        "form": form,
        "sheet": sheet,
        "years": years,
        "names": years[0]["groups"] if years else [],
        "unit": form.yen_unit.label,
        "other_unit": "円" if form.yen_unit is YenUnit.THOUSAND else "千円",
        "hints": [_hint(hint, form) for hint in plausibility_hints(form.readable_years())],
        "outside": sorted(outside, reverse=True),
        "next_end": a_year_from(max(form.stored), 1) if form.stored else None,
        "has_room": len(years) < MOST_COLUMNS,
        "keep_url": reverse("keep-input"),
    }
    return render(request, "sheets/accounts.html", page, status=code)


def _hint(hint: Hint, form: AccountsForm) -> dict[str, str]:
    """A hint with the cell it speaks of, when that cell is on the page."""
    end = hint.fiscal_year_end
    key = "end" if hint.key == "fiscal_year_end" else hint.key
    name = f"{column_of(end)}_{key}" if end else ""
    return {
        "sentence": hint.sentence,
        "anchor": form[name].auto_id if name in form.fields else "",
    }
