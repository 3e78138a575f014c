"""個人事業主の計算補助: 青色申告決算書 → figures, every term shown. Unofficial, and always said so."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import Figures
from bansou.domain.locaben import sole_proprietor as aid
from bansou.domain.locaben.sole_proprietor import Derived, Form, SoleProprietorFigures, derive, form_for
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import BaseForm

from .account_fields import AmountField, written
from .account_grid import a_year
from .accounts import carry_into_grid
from .tabs import sheet_frame

_PARTS = (
    ("income", "損益計算書（1ページ目）"),
    ("cost", "製造原価の計算（4ページ目、あれば）"),
    ("balance", "貸借対照表（4ページ目の「期末」の欄）"),
)
# Of the balance sheet 元入金 alone falls below zero: after years of losses or of large 事業主貸.
_CAPITAL = "capital"


class ProprietorForm(BaseForm, forms.Form):
    """The lines of the form of one tax year; amounts in 円, as the form has them."""

    tax_year = forms.TypedChoiceField(label="何年分の申告ですか", coerce=int)

    def __init__(self, *args: Any, tax_year: int, latest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        oldest = min(form.first_tax_year for form in aid.forms())
        years = [
            (str(year), f"{year}年（{_era(year)}）分")
            for year in range(latest, max(oldest, latest - 6) - 1, -1)
        ]
        self.fields["tax_year"].choices = years  # type: ignore[attr-defined]
        self.tax_form: Form = form_for(tax_year)
        for item in self.tax_form.items:
            self.fields[item.key] = AmountField(
                unit=YenUnit.YEN,
                may_be_negative=item.part == "income" or item.key == _CAPITAL,
                label=item.shown,
            )

    def parts(self) -> list[tuple[str, list[Any]]]:
        return [
            (heading, [self[item.key] for item in self.tax_form.items if item.part == part])
            for part, heading in _PARTS
        ]

    def entries(self) -> dict[str, int | None]:
        return {item.key: self.cleaned_data[item.key] for item in self.tax_form.items}


def _era(year: int) -> str:
    return f"令和{year - 2018}年"


@require_http_methods(["GET", "POST"])
def proprietor(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Copy the lines, look at what comes of them, carry them into the grid."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    latest = timezone.localdate().year - 1
    arguments = form_input(request, initial={"tax_year": str(latest)})
    given = arguments["data"] if "data" in arguments else arguments["initial"]
    form = ProprietorForm(**arguments, tax_year=_year(given.get("tax_year"), latest), latest=latest)
    derived = (
        derive(form.cleaned_data["tax_year"], form.entries()) if form.is_bound and form.is_valid() else None
    )
    if derived and "carry" in request.POST:
        if any(each.value is not None for each in derived.derived):
            messages.info(
                request,
                f"{derived.mark}の数字を表に入れました。まだ保存していません。従業員数を足し、確かめて保存してください。",
            )
            return carry_into_grid(request, sheet, [_figures(derived)])
        form.add_error(None, "まだどの数字も計算できていません。")
    page = {
        **sheet_frame(engagement, "locaben-accounts", *_crumbs(engagement_id)),
        "form": form,
        "derived": derived,
        "rows": [(each, _terms(each), _yen(each.value)) for each in derived.derived] if derived else [],
        "keep_url": reverse("keep-input"),
    }
    return render(
        request, "sheets/proprietor.html", page, status=422 if form.is_bound and form.errors else 200
    )


def _crumbs(engagement_id: str) -> list[tuple[str, str]]:
    return [
        ("決算を入れる", reverse("locaben-accounts", args=[engagement_id])),
        ("個人事業主の計算補助", ""),
    ]


def _year(given: Any, latest: int) -> int:
    """The tax year whose lines are shown; one we have no form of falls back to the latest and is refused."""
    try:
        year = int(str(given))
        form_for(year)
    except (ValueError, Refusal):
        return latest
    return year


def _figures(derived: SoleProprietorFigures) -> Figures:
    return a_year(date(derived.tax_year, 12, 31), derived.figures(), unofficial_aid=True)


def _terms(each: Derived) -> list[tuple[str, str, str]]:
    """Sign, line and amount of every term."""
    return [(term.sign, term.item.shown, _yen(term.amount)) for term in each.terms]


def _yen(amount: int | None) -> str:
    return "空欄" if amount is None else f"{written(amount, YenUnit.YEN)}円"
