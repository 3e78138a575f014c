"""業種・規模・基準: what a score is measured against, and how amounts are typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.norm_editions import editions_for
from bansou.apps.sheets.operations import Settings, save_settings
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import (
    INDUSTRIES,
    BusinessSize,
    SizeProposal,
    propose_firm_size,
    search_industries,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.db import EditedMeanwhile
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input
from bansou.ui.forms import show_refusal
from bansou.ui.versions import compare

from .forms import PROPOSED, SettingsForm
from .tabs import sheet_frame

AS_PROPOSED = "提案のとおり"


@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Choose industry, size, edition and unit. 「探す」 only searches and keeps everything typed."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    arguments = form_input(request, initial=_stored(sheet))
    searches = request.method == "POST" and "find" in request.POST
    if searches:
        arguments = {"initial": _typed(request.POST)}
    given = arguments["data"] if "data" in arguments else arguments["initial"]
    words = str(given.get("words") or "") if searches else ""
    found = search_industries(words) if words.strip() else []
    industry_code = _industry_of(given, found)
    proposal = proposal_for(sheet, industry_code)
    form = SettingsForm(
        **arguments, editions=editions_for(engagement.organisation_id), proposal=proposal, found=found
    )
    if form.is_bound and form.is_valid():
        try:
            save_settings(
                actor=request.actor,
                engagement=engagement,
                settings=_chosen(form, proposal),
                seen=form.cleaned_data["revision"] or 0,
            )
        except EditedMeanwhile:
            return _both_versions(request, engagement, form)
        except (Refusal, Refusals) as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "業種・規模・基準を保存しました。")
            return redirect(
                "locaben" if sheet.pk and sheet.years.exists() else "locaben-accounts", engagement_id
            )
    page = {
        **sheet_frame(engagement, "locaben", ("業種・規模・基準", "")),
        "form": form,
        "sheet": sheet,
        "proposal": proposal,
        "searched": words,
        "found": found,
        "keep_url": reverse("keep-input"),
        "editions": editions_for(engagement.organisation_id),
    }
    return render(request, "sheets/settings.html", page, status=422 if form.is_bound else 200)


def proposal_for(sheet: LocalBenchmark, industry_code: str) -> SizeProposal:
    """From the latest headcount there is: the accounts' before that of the register."""
    latest = (
        sheet.years.filter(employees__isnull=False).order_by("-fiscal_year_end").first() if sheet.pk else None
    )
    business = sheet.engagement.business
    return propose_firm_size(
        industry_code=industry_code,
        employees=latest.employees if latest else business.headcount,
        capital_yen=business.capital_yen,
    )


def _industry_of(given: Any, found: list[Any]) -> str:
    """The industry the proposal speaks of: the one chosen, or the one a search has just put there."""
    chosen = str(given.get("industry_code") or "")
    codes = [industry.code for industry in found]
    if codes and chosen not in codes:
        return str(codes[0])
    return chosen if chosen in INDUSTRIES else ""


def _stored(sheet: LocalBenchmark) -> dict[str, Any]:
    return {
        "industry_code": sheet.industry_code,
        "size": _size_choice(sheet),
        "size_words": "",
        "edition": sheet.edition,
        "unit": str(sheet.unit),
        "counted_debt": list(sheet.counted_debt),
        "revision": sheet.revision,
    }


def _size_choice(sheet: LocalBenchmark) -> str:
    """The proposal is preselected until somebody has chosen, and as long as it says what stands."""
    proposed = proposal_for(sheet, sheet.industry_code).size
    if sheet.industry_code and not (sheet.size_reason.startswith(AS_PROPOSED) and proposed == sheet.size):
        return sheet.size
    return PROPOSED if proposed else sheet.size


def _typed(post: QueryDict) -> dict[str, Any]:
    """What was typed, for a form that is shown again without being judged."""
    typed: dict[str, Any] = {name: values[-1] for name, values in post.lists() if values}
    return typed | {"counted_debt": post.getlist("counted_debt")}


def _chosen(form: SettingsForm, proposal: SizeProposal) -> Settings:
    """What the form says. Raises Refusal when the proposal is wanted and there is none."""
    entered = form.cleaned_data
    size, reason = _size(entered["size"], entered["size_words"].strip(), proposal)
    return Settings(
        industry_code=entered["industry_code"],
        size=size,
        size_reason=reason,
        edition=entered["edition"],
        unit=YenUnit(int(entered["unit"])),
        counted_debt=frozenset(entered["counted_debt"]),
    )


def _size(choice: str, words: str, proposal: SizeProposal) -> tuple[BusinessSize, str]:
    if choice == PROPOSED:
        if proposal.size is None:
            raise Refusal(
                "size_unknown",
                "従業員数も資本金もわからないため、提案できません。中規模か小規模かを選んでください。",
                "size",
            )
        return proposal.size, f"{AS_PROPOSED}：{proposal.reason}"
    because = f"（{words}）" if words else ""
    offered = f"。提案は{proposal.size.label}：{proposal.reason}" if proposal.size else ""
    return BusinessSize(choice), f"支援者が選択{because}{offered}"


def _both_versions(request: ActorRequest, engagement: Engagement, form: SettingsForm) -> HttpResponse:
    """Somebody saved first: both versions, and a choice."""
    current = sheet_of(engagement)
    page = {
        **sheet_frame(engagement, "locaben", ("業種・規模・基準", "")),
        "rows": compare(form, _stored(current), skip=("revision", "words")),
        "sheet": current,
    }
    return render(request, "sheets/versions_meet.html", page, status=409)
