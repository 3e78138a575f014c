"""Cells of the grid of accounts: amounts typed in 千円 or 円, heads, and the year they belong to."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


def written(amount: int | Decimal | None, unit: YenUnit) -> str:
    """A whole amount of 円 as typed: 「1,234.567」 in 千円, 「△500」; 「」 for a blank. No digit is lost."""
    if amount is None:
        return ""
    whole, rest = divmod(abs(int(amount)), int(unit))
    text = f"{whole:,}"
    if rest:
        text += "." + f"{rest:0{len(str(int(unit))) - 1}d}".rstrip("0")
    return f"△{text}" if amount < 0 else text


def year_name(end: date) -> str:
    return f"{end.year}年{end.month}月期"


class AmountField(forms.CharField):
    """Whole 円 or None. A number that names no unit counts in `unit`; what was typed is never lost."""

    def __init__(self, *, unit: YenUnit, may_be_negative: bool, **options: Any) -> None:
        # A phone's keypad for numbers has no minus.
        attrs = {"data-number": True, "autocomplete": "off"} | (
            {} if may_be_negative else {"inputmode": "decimal"}
        )
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **options)
        self.unit = unit

    def prepare_value(self, value: Any) -> Any:
        return written(value, self.unit) if isinstance(value, int | Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_amount(text, unit=self.unit)
        except Refusal as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused


class PeopleField(forms.CharField):
    """A headcount or None."""

    def __init__(self, **options: Any) -> None:
        attrs = {"data-number": True, "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=attrs), **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{int(value):,}" if isinstance(value, int | Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_people(text)
        except Refusal as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused
