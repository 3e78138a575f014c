"""Forms of a business: they check shapes and typing slips; what may happen is decided by the operations."""

from collections.abc import Callable
from typing import Any

from django import forms

from bansou.apps.businesses.list_columns import Columns, ListColumn
from bansou.apps.businesses.models import Business, BusinessPerson, LegalForm, Site
from bansou.apps.businesses.operations import size_with_reason
from bansou.domain.method import BusinessSize, Step, Viewpoint, industry_choices, propose_size
from bansou.domain.shared import PREFECTURES, CorporateNumber, PhoneNumber, Refusal
from bansou.domain.shared.written_figures import YenUnit, read_headcount, read_year, read_yen
from bansou.ui.forms import BaseForm, RevisionMixin

PROPOSED = "proposed"
_SIZES = [(PROPOSED, "提案のとおりにする"), *BusinessSize.choices()]
_INDUSTRIES = [("", "選んでください"), *industry_choices()]
_PREFECTURES = [("", "選んでください"), *PREFECTURES.items()]
_MONTHS = [("", "未記入"), *((str(month), f"{month}月") for month in range(1, 13))]


class ReadField(forms.CharField):
    """Text as a person writes it, read by a rule of the domain; `empty` stands for nothing written."""

    def __init__(self, label: str, read: Callable[[str], Any], *, empty: Any = "", **options: Any) -> None:
        super().__init__(label=label, required=False, **options)
        self.read, self.nothing = read, empty

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return self.nothing
        try:
            return self.read(text)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal


def _phone(label: str = "電話番号") -> ReadField:
    return ReadField(label, lambda text: PhoneNumber.parse(text).value, max_length=40, widget=forms.TelInput)


def read_capital(text: str) -> int:
    """Yen from what is typed; a bare number counts in 万円."""
    return read_yen(text, unit=YenUnit.TEN_THOUSAND)


class BusinessForm(RevisionMixin, BaseForm, forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a business. Capital is typed in 万円, the size may be left to the proposal."""

    corporate_number = ReadField("法人番号", lambda text: CorporateNumber.parse(text).value, max_length=40)
    legal_form = forms.ChoiceField(label="法人・個人", choices=LegalForm.choices, widget=forms.RadioSelect)
    phone = _phone()
    prefecture = forms.ChoiceField(label="都道府県", choices=_PREFECTURES, required=False)
    industry = forms.ChoiceField(label="業種（大分類）", choices=_INDUSTRIES, required=False)
    capital_yen = ReadField("資本金", read_capital, empty=None, max_length=40)
    headcount = ReadField("従業員数", read_headcount, empty=None, max_length=40)
    size = forms.ChoiceField(label="規模", choices=_SIZES, widget=forms.RadioSelect)
    closing_month = forms.TypedChoiceField(
        label="決算月", choices=_MONTHS, coerce=int, empty_value=None, required=False
    )
    founded_year = ReadField("創業年", read_year, empty=None, max_length=40)

    class Meta:
        model = Business
        fields = (
            "name",
            "kana",
            "legal_form",
            "corporate_number",
            "phone",
            "email",
            "prefecture",
            "address",
            "industry",
            "industry_detail",
            "capital_yen",
            "headcount",
            "size",
            "closing_month",
            "founded_year",
            "succession",
            "memo",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        standing = written(instance) if instance else {"legal_form": LegalForm.CORPORATION, "size": PROPOSED}
        kwargs["initial"] = standing | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Settle the size, unless one of the figures it rests on has to be written anew."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = cleaned.get("size")
        if not chosen or {"capital_yen", "headcount"} & set(self.errors):
            return cleaned
        try:
            cleaned["size"], self.instance.size_reason = size_with_reason(
                industry=cleaned.get("industry", ""),
                capital_yen=cleaned.get("capital_yen"),
                headcount=cleaned.get("headcount"),
                chosen=None if chosen == PROPOSED else BusinessSize(chosen),
            )
        except Refusal as refusal:
            self.add_error("size", refusal.message)
        return cleaned


class RegistrationForm(BusinessForm):
    """A new business, with its 経営者 in the same form."""

    leader_name = forms.CharField(label="経営者の氏名", max_length=80, required=False)
    leader_title = forms.CharField(label="役職", max_length=60, required=False)
    register_anyway = forms.BooleanField(label="別の事業者なので、それでも登録する", required=False)

    def leader(self) -> BusinessPerson | None:
        name = self.cleaned_data["leader_name"]
        return BusinessPerson(name=name, title=self.cleaned_data["leader_title"]) if name else None


def written(business: Business) -> dict[str, Any]:
    """The values of a record as the form shows them."""
    values: dict[str, Any] = forms.model_to_dict(business, fields=BusinessForm.Meta.fields)
    proposal = propose_size(
        industry_division=business.industry, capital_yen=business.capital_yen, headcount=business.headcount
    )
    as_proposed = proposal.size == business.size and proposal.reason == business.size_reason
    return values | {
        "capital_yen": _written_capital(business.capital_yen),
        "size": PROPOSED if as_proposed else business.size,
    }


def _written_capital(yen: int | None) -> str:
    if yen is None:
        return ""
    whole = yen % YenUnit.TEN_THOUSAND == 0
    return f"{yen // YenUnit.TEN_THOUSAND:,}" if whole else f"{yen:,}円"


class PersonForm(BaseForm, forms.ModelForm):  # type: ignore[type-arg]
    """A person of the business."""

    viewpoint = forms.ChoiceField(
        label="どの立場から話す人か", choices=Viewpoint.choices(), initial=Viewpoint.EMPLOYEE
    )
    phone = _phone()

    class Meta:
        model = BusinessPerson
        fields = ("name", "kana", "title", "viewpoint", "phone", "email")


class LeavingForm(BaseForm, forms.Form):
    """A person of the business leaves."""

    left_on = forms.DateField(
        label="離れた日", error_messages={"invalid": "「離れた日」を、2026-11-22のように入力してください。"}
    )


class SiteForm(BaseForm, forms.ModelForm):  # type: ignore[type-arg]
    phone = _phone()

    class Meta:
        model = Site
        fields = ("name", "address", "phone")


class FilterForm(BaseForm, forms.Form):
    """What the list is narrowed by. Whatever does not fit is left aside."""

    q = forms.CharField(
        label="名前・電話・法人番号", required=False, max_length=100, widget=forms.SearchInput
    )
    industry = forms.ChoiceField(label="業種", choices=[("", "すべて"), *industry_choices()], required=False)
    size = forms.ChoiceField(label="規模", choices=[("", "すべて"), *BusinessSize.choices()], required=False)
    engagement = forms.ChoiceField(
        label="伴走支援", choices=[("", "すべて"), ("open", "続いている"), ("none", "ない")], required=False
    )
    step = forms.ChoiceField(
        label="ステップ",
        choices=[("", "すべて"), *((step.value, f"{step.mark} {step.short_label}") for step in Step)],
        required=False,
    )
    mine = forms.BooleanField(label="自分が加わっている伴走だけ", required=False)


class UploadForm(BaseForm, forms.Form):
    file = forms.FileField(
        label="一覧表のファイル",
        error_messages={"empty": "ファイルが空です。中身のあるファイルをお選びください。"},
    )


class ColumnsForm(BaseForm, forms.Form):
    """One choice per column of a list, and what a bare amount of capital counts in."""

    def __init__(self, *args: Any, headers: list[str], columns: Columns, **kwargs: Any) -> None:
        self.width = len(headers)
        super().__init__(*args, **kwargs)
        choices = [("", "取り込まない"), *ListColumn.choices()]
        meanings = [*columns.meanings, *[None] * self.width]
        for place, header in enumerate(headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or f"（見出しなし・{place + 1}列目）",
                choices=choices,
                required=False,
                initial=meanings[place] or "",
            )
        self.fields["unit"] = forms.TypedChoiceField(
            label="資本金の数字の単位",
            choices=[(str(int(unit)), unit.label) for unit in YenUnit],
            coerce=int,
            initial=str(int(columns.unit)),
            help_text="「1,000」のように単位のない数字を、どう読むかです。「1,000万円」のような値はそのまま読みます。",
        )

    def columns(self) -> Columns:
        chosen = [self.cleaned_data[f"column_{place}"] for place in range(self.width)]
        meanings = tuple(ListColumn(code) if code else None for code in chosen)
        return Columns(meanings, YenUnit(self.cleaned_data["unit"]))

    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{place}"] for place in range(self.width)]
