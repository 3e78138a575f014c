"""Forms of an engagement's course. They check shapes; what may happen the operations decide."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.models import Membership, SupportOrganisation
from bansou.domain.access import Role
from bansou.domain.method import (
    Answer,
    CadencePreset,
    EngagementStatus,
    Mark,
    Step,
    SuitabilityItem,
    SupportIntensity,
    TeamRole,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.ui.forms import BaseForm, RevisionMixin

INTENSITY_WORDS = {
    SupportIntensity.SOLVING_ONLY: (
        "困りごとがはっきりしていて、まず解決を急ぐとき。"
        "制度や専門家の力も使って、目の前の課題を一緒に解きます。"
    ),
    SupportIntensity.PARALLEL: (
        "目の前の困りごとを解きながら、「なぜそうなるのか」も一緒に考えていくとき。"
        "迷ったときは、ここから始められます。"
    ),
    SupportIntensity.FRAMING: (
        "困りごとの奥にある本質的な課題を、対話を重ねて経営者と一緒に見つけていくとき。"
        "時間をかけてじっくり進めます。"
    ),
}
CADENCE_WORDS = {
    CadencePreset.MONTHLY: "じっくり進めるときのめやす。30日を過ぎる前に、次の対話をお知らせします。",
    CadencePreset.COMPACT: "時間の限られた小規模の事業者に。おおむね3週間おきに、3回お会いします。",
    CadencePreset.QUARTERLY: "自走が始まったあとの見守りに。3か月に一度、様子を確かめます。",
    CadencePreset.OWN: "決まった間隔があるときに。下の欄へ日数を入れてください。",
}
FURTHEST_DIALOGUE = timedelta(days=3 * 366)


def show_refusal(form: forms.Form, refused: Refusal | Refusals, **places: str) -> None:
    """Put what an operation refused at its field; `places` renames fields, others speak for the form."""
    for refusal in refused if isinstance(refused, Refusals) else [refused]:
        name = places.get(refusal.field or "", refusal.field)
        form.add_error(name if name in form.fields else None, refusal.message)


def _intensities() -> list[tuple[str, str]]:
    return [(each.value, f"{each.label}\n{INTENSITY_WORDS[each]}") for each in SupportIntensity]


def _cadences() -> list[tuple[str, str]]:
    return [(each.value, f"{each.label}\n{CADENCE_WORDS[each]}") for each in CadencePreset]


def advisers_of(organisation: SupportOrganisation) -> QuerySet[Account]:
    """The accounts that hold 支援者 in this organisation today, by name."""
    members = Membership.objects.current().filter(organisation=organisation, role=Role.ADVISER)
    return Account.objects.filter(pk__in=members.values("account"), is_active=True).order_by("kana", "name")


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class IntensityField(forms.TypedChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="支援の濃淡", choices=_intensities(), coerce=SupportIntensity, widget=forms.RadioSelect
        )


class PaceFields(BaseForm, forms.Form):
    cadence = forms.TypedChoiceField(
        label="対話の間隔", choices=_cadences(), coerce=CadencePreset, widget=forms.RadioSelect
    )
    interval_days = forms.IntegerField(
        label="独自の間隔", required=False, help_text="「独自の間隔」を選んだときだけ使います。"
    )
    planned_until = forms.DateField(
        label="終了の見込み", required=False, help_text="決まっていなければ、空けておいてかまいません。"
    )


class StartForm(PaceFields):
    lead = forms.ModelChoiceField(
        label="主担当",
        queryset=Account.objects.none(),
        to_field_name="public_id",
        empty_label="選んでください",
    )
    started_on = forms.DateField(label="開始日")
    intensity = IntensityField()
    how_it_began = forms.CharField(
        label="支援のきっかけ",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="経営者がおっしゃったことを、そのままの言い方で。例：「補助金のことを聞きたくて」",
    )
    experts = forms.ModelMultipleChoiceField(
        label="専門家",
        queryset=Account.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    observers = forms.ModelMultipleChoiceField(
        label="同席・OJT",
        queryset=Account.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        advisers = advisers_of(business.organisation)
        for name in ("lead", "experts", "observers"):
            _offer(self, name, advisers)

    def companions(self) -> list[tuple[Account, TeamRole]]:
        """Who joins beside the lead; somebody ticked twice joins once, as an expert."""
        experts = [
            account for account in self.cleaned_data["experts"] if account != self.cleaned_data["lead"]
        ]
        seen = {self.cleaned_data["lead"], *experts}
        observers = [account for account in self.cleaned_data["observers"] if account not in seen]
        return [(account, TeamRole.EXPERT) for account in experts] + [
            (account, TeamRole.OBSERVER) for account in observers
        ]


class PaceForm(RevisionMixin, PaceFields):
    pass


class NextDialogueForm(RevisionMixin, BaseForm, forms.Form):
    at = forms.DateTimeField(
        label="次の対話", required=False, help_text="空にすると、予定の取り消しになります。"
    )

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        today = timezone.localdate()
        if at is not None and not today <= timezone.localdate(at) <= today + FURTHEST_DIALOGUE:
            raise forms.ValidationError("今日から3年先までの日時を入れてください。")
        return at


class StepMoveForm(BaseForm, forms.Form):
    target = forms.TypedChoiceField(
        label="移る先のステップ", choices=Step.choices(), coerce=Step, widget=forms.HiddenInput
    )
    reason = forms.CharField(label="理由", required=False, widget=forms.Textarea)


class IntensityForm(BaseForm, forms.Form):
    intensity = IntensityField()
    reason = forms.CharField(
        label="変える理由",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="後で読み返したときに、なぜ変えたのかがわかるように。",
    )


class StatusForm(BaseForm, forms.Form):
    target = forms.TypedChoiceField(
        label="これからの状態", choices=[], coerce=EngagementStatus, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="理由", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["target"]).choices = choices


class SupportMemberForm(BaseForm, forms.Form):
    """Somebody for the support side: a colleague by name, or anybody who supports elsewhere by e-mail."""

    role = forms.TypedChoiceField(
        label="役割",
        coerce=TeamRole,
        choices=[
            (role.value, role.label) for role in (TeamRole.EXPERT, TeamRole.OBSERVER, TeamRole.GATEKEEPER)
        ],
        widget=forms.RadioSelect,
        initial=TeamRole.EXPERT.value,
    )
    account = forms.ModelChoiceField(
        label="同じ機関の方",
        queryset=Account.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="選んでください",
    )
    email = forms.EmailField(
        label="ほかの機関の方のメールアドレス",
        required=False,
        help_text="この方がBansōで使っているメールアドレスです。加わると、この事業者の記録を読めるようになります。",
    )
    joined_on = forms.DateField(label="加わった日")

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="support_%s", **kwargs)
        _offer(self, "account", advisers_of(engagement.organisation))

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        account, email = entered.get("account"), entered.get("email")
        if account and email:
            self.add_error("email", "名前とメールアドレスは、どちらか一つにしてください。")
        elif email:
            entered["account"] = self._by_email(email)
        return entered

    def _by_email(self, email: str) -> Account | None:
        found = (
            Membership.objects.current()
            .supporting()
            .filter(account__email=email.lower(), account__is_active=True)
            .select_related("account")
            .first()
        )
        if found is None:
            self.add_error("email", "このメールアドレスで利用している支援者は見つかりませんでした。")
            return None
        return found.account


class FirmMemberForm(BaseForm, forms.Form):
    person = forms.ModelChoiceField(
        label="事業者側の方",
        queryset=BusinessPerson.objects.none(),
        to_field_name="public_id",
        empty_label="選んでください",
    )
    joined_on = forms.DateField(label="加わった日")

    def __init__(self, *args: Any, engagement: Engagement, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="firm_%s", **kwargs)
        people = BusinessPerson.objects.current().filter(business=engagement.business)
        _offer(self, "person", people.order_by("pk"))


class LeavingForm(BaseForm, forms.Form):
    left_on = forms.DateField(label="外れた日")


class ChecklistForm(BaseForm, forms.Form):
    """Five items, each with a mark and a reason. What is missing the domain says, so nothing is required."""

    reassess_on = forms.DateField(
        label="再評価予定日",
        required=False,
        help_text="もう一度見極める日です。×が一つでもあるときは、必ず決めてください。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(mark.value, f"{mark.symbol} {mark.spoken}") for mark in Mark]
        for item in SuitabilityItem:
            self.fields[f"{item.value}_mark"] = forms.ChoiceField(
                label=item.label, choices=marks, required=False, widget=forms.RadioSelect
            )
            self.fields[f"{item.value}_reason"] = forms.CharField(
                label="そう考えた理由", required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.order_fields([name for name in self.fields if name != "reassess_on"] + ["reassess_on"])

    def items(self) -> list[dict[str, Any]]:
        """One row per item for the page: number, item, and its two fields."""
        return [
            {
                "number": number,
                "item": item,
                "mark": self[f"{item.value}_mark"],
                "reason": self[f"{item.value}_reason"],
            }
            for number, item in enumerate(SuitabilityItem, 1)
        ]

    def answers(self) -> dict[SuitabilityItem, Answer]:
        return {
            item: Answer(
                mark=Mark.parse(self.cleaned_data.get(f"{item.value}_mark") or ""),
                reason=self.cleaned_data.get(f"{item.value}_reason") or "",
            )
            for item in SuitabilityItem
        }

    def reassess(self) -> date | None:
        return self.cleaned_data.get("reassess_on")
