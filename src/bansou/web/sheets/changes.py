"""A marked change between two years: keep it as a candidate for an outcome, or say that it is none."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import ChangeDecision
from bansou.apps.sheets.operations import decide_on_change
from bansou.apps.sheets.reading import open_changes, sheet_of, years_of
from bansou.domain.access import Capability
from bansou.domain.locaben import MARKED_CHANGE_RULE, MarkedChange
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import BaseForm, show_refusal

from .tabs import sheet_frame


class ChangeForm(BaseForm, forms.Form):
    decision = forms.TypedChoiceField(
        label="どうしますか",
        coerce=ChangeDecision,
        choices=[
            (ChangeDecision.RECORDED.value, "成果の候補として記録する"),
            (ChangeDecision.DISMISSED.value, "記録しない（支援とかかわりのない変化）"),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="何があったか",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="経営者から聴いたことを、そのままの言い方で。あとからふりかえるときの手がかりになります。",
    )


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """`?key=&from=&to=` name the change; decided once."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    marked = _named(open_changes(sheet, years_of(sheet)), request)
    if marked is None:
        messages.info(request, "この変化については、すでに決めてあるか、決算が直されています。")
        return redirect("locaben", engagement_id)
    form = ChangeForm(**form_input(request))
    if form.is_bound and form.is_valid():
        try:
            decide_on_change(
                actor=request.actor,
                engagement=engagement,
                key=marked.key,
                from_end=marked.from_end,
                to_end=marked.to_end,
                **form.cleaned_data,
            )
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            recorded = form.cleaned_data["decision"] is ChangeDecision.RECORDED
            messages.success(
                request, "成果の候補として記録しました。" if recorded else "記録しないことにしました。"
            )
            return redirect("locaben", engagement_id)
    page = {
        **sheet_frame(engagement, "locaben", ("決算に表れた変化", "")),
        "form": form,
        "change": marked,
        "rule": MARKED_CHANGE_RULE,
    }
    return render(request, "sheets/change.html", page, status=422 if form.is_bound else 200)


def _named(changes: list[MarkedChange], request: ActorRequest) -> MarkedChange | None:
    wanted = request.GET.get("key", ""), _day(request.GET.get("from", "")), _day(request.GET.get("to", ""))
    return next((one for one in changes if (one.key, one.from_end, one.to_end) == wanted), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
