"""Forms of the figures: what they are measured against, files, and the small ones."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from bansou.domain.locaben import (
    COUNTABLE_DEBT,
    FIGURE_LABELS,
    INDUSTRIES,
    BusinessSize,
    Edition,
    Industry,
    SizeProposal,
)
from bansou.domain.shared.written_figures import YenUnit
from bansou.ui.forms import BaseForm, RevisionMixin

PROPOSED = "proposed"
UNITS = [(str(unit.value), unit.label) for unit in (YenUnit.THOUSAND, YenUnit.YEN)]
Choices = list[tuple[str, Any]]


def industry_choices(found: Iterable[Industry] = (), words: str = "") -> Choices:
    """The 27 小分類 below their 大分類; what a search found stands above them."""
    choices: Choices = [("", "選んでください")]
    if hits := [(industry.code, _named(industry)) for industry in found]:
        choices.append((f"「{words}」で見つかった業種", hits))
    majors: dict[str, list[tuple[str, str]]] = {}
    for industry in INDUSTRIES.values():
        heading = f"{industry.major_code} {industry.major_label}"
        majors.setdefault(heading, []).append((industry.code, _named(industry)))
    return choices + list(majors.items())


def _named(industry: Industry) -> str:
    return f"{industry.code} {industry.label}"


class SettingsForm(RevisionMixin, BaseForm, forms.Form):
    words = forms.CharField(
        label="ことばで業種を探す",
        required=False,
        max_length=60,
        help_text="「めっき」「旅館」「美容」のように入れて「探す」を押すと、近い業種が一覧の上に並びます。",
    )
    industry_code = forms.ChoiceField(label="業種", choices=industry_choices)
    size = forms.ChoiceField(label="事業規模", widget=forms.RadioSelect)
    size_words = forms.CharField(
        label="自分で選んだときは、その理由",
        required=False,
        max_length=100,
        help_text="後から見た人にわかるように。書かなくてもかまいません。",
    )
    edition = forms.ChoiceField(label="基準の版")
    unit = forms.ChoiceField(label="金額を入れる単位", choices=UNITS, widget=forms.RadioSelect)
    counted_debt = forms.MultipleChoiceField(
        label="借入金に含めるもの",
        required=False,
        choices=[(key, FIGURE_LABELS[key]) for key in COUNTABLE_DEBT],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        editions: list[Edition],
        proposal: SizeProposal,
        found: list[Industry] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("edition", [(one.code, _edition_words(one)) for one in editions])
        sizes = [(size.value, f"{size.label}を選ぶ") for size in BusinessSize]
        offered = f"提案のとおり{proposal.size.label}にする" if proposal.size else "提案のとおりにする"
        self._offer("size", [(PROPOSED, f"{offered}\n{proposal.reason}"), *sizes])
        if found:
            words = self["words"].value() or ""
            self._offer("industry_code", industry_choices(found, words))
            if len(found) == 1 or self["industry_code"].value() not in {one.code for one in found}:
                self.initial["industry_code"] = found[0].code

    def _offer(self, name: str, choices: Choices) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices


def _edition_words(edition: Edition) -> str:
    return edition.label if edition.official else f"{edition.label}（独自の基準値）"
