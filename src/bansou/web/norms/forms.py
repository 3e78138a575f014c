"""What is asked when an edition of norms is loaded."""

import re
from datetime import date
from typing import Any

from django import forms

from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor, Role
from bansou.domain.locaben import Edition
from bansou.ui.forms import BaseForm

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,35}")
FOR_ALL = "all"


class EditionForm(BaseForm, forms.Form):
    """An edition's name and source, and the file; `table` carries what was read to the second screen."""

    file = forms.FileField(label="基準値のファイル", required=False)
    table = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(label="版の記号", max_length=36)
    label = forms.CharField(label="版の名前", max_length=120)
    source = forms.CharField(label="出典", max_length=300)
    dated = forms.CharField(label="基準の時点", max_length=60)
    provenance = forms.CharField(
        label="由来の説明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    audience = forms.ChoiceField(label="だれが使うか")
    official = forms.BooleanField(
        label="経済産業省が公表したローカルベンチマークの基準値そのものである", required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = SupportOrganisation.objects.filter(pk__in=actor.organisations_as(Role.ADMINISTRATOR))
        self.offices = {office.public_id: office for office in offices.order_by("pk")}
        choices = [(key, f"{office.name}の中だけで使う") for key, office in self.offices.items()]
        self.is_for_all = bool(actor.organisations_as(Role.SECRETARIAT))
        if self.is_for_all:
            choices.append((FOR_ALL, "全国のすべての機関で使う"))
        else:
            del self.fields["official"]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["audience"].initial = choices[0][0]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not _CODE.fullmatch(code):
            raise forms.ValidationError("半角の英数字で書いてください（例：2024、kenkyo-2025）。")
        return code

    def office(self) -> SupportOrganisation | None:
        return self.offices.get(self.cleaned_data["audience"])

    def is_official(self) -> bool:
        return bool(self.cleaned_data.get("official")) and self.office() is None

    def edition(self) -> Edition:
        given = self.cleaned_data
        return Edition(
            code=given["code"],
            label=given["label"],
            source=given["source"],
            dated=given["dated"],
            official=self.is_official(),
            provenance=given["provenance"],
        )


def first_values(today: date) -> dict[str, str]:
    return {"dated": f"{today.year}年度"}
