"""計算のしかた: formulas, rules with how well they are known, points, and the norms of this industry."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.reading import norms_of, sheet_of
from bansou.domain.access import Capability
from bansou.domain.locaben import (
    INDUSTRIES,
    STANDING_RULES,
    Indicator,
    Norm,
    Norms,
    Note,
    RuleMark,
    shown,
)
from bansou.domain.locaben.words import indicator_in_words
from bansou.domain.method import BusinessSize
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest

from .tabs import sheet_frame

_TONES = {RuleMark.CONFIRMED: "good", RuleMark.ONE_SOURCE: "quiet", RuleMark.OUR_RULE: "caution"}


@require_safe
def how(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Everything a score rests on, for whoever may open the sheet."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet = sheet_of(engagement)
    norms, size = norms_of(sheet), sheet.firm_size
    page = {
        **sheet_frame(engagement, "locaben", ("計算のしかた", "")),
        "sheet": sheet,
        "indicators": [(indicator, indicator_in_words(indicator)) for indicator in Indicator],
        "rules": [(rule, _TONES[rule.mark]) for rule in STANDING_RULES],
        "special": [note for note in Note if not note.blank_figure],
        "industry": INDUSTRIES.get(sheet.industry_code),
        "size": size,
        "edition": norms.edition if norms else None,
        "norm_rows": _norm_rows(norms, sheet.industry_code, size) if norms and size else [],
    }
    return render(request, "sheets/how.html", page)


def _norm_rows(
    norms: Norms, industry_code: str, size: BusinessSize
) -> list[tuple[Indicator, str, list[str]]]:
    """Indicator, median, and what five to two points ask for; empty when the edition lacks the industry."""
    try:
        found = [(indicator, norms.norm(industry_code, size, indicator)) for indicator in Indicator]
    except Refusal:
        return []
    return [(indicator, shown(indicator, norm.median), _bounds(indicator, norm)) for indicator, norm in found]


def _bounds(indicator: Indicator, norm: Norm) -> list[str]:
    words = "以下" if indicator.lower_is_better else "以上"
    return [f"{shown(indicator, cut)}{words}" for cut in reversed(norm.cuts)]
