"""The file itself, and which account of it goes where."""

from typing import Any, cast

from django import forms

from bansou.domain.locaben import FIGURE_LABELS
from bansou.domain.locaben.accounting import (
    BALANCE_PAIR,
    STATEMENT_KEYS,
    AccountLine,
    ColumnRole,
    Mapping,
    MappingEntry,
    Sign,
    Statement,
)
from bansou.domain.locaben.accounting.vocabulary import label_key
from bansou.domain.shared.written_figures import YenUnit
from bansou.ui.forms import BaseForm

# Accounts beyond these keep their proposal; a form of thousands of fields helps nobody.
_MOST_ACCOUNTS = 300
_GROUPS = (
    (Sign.PLUS, "入れる欄", ""),
    (Sign.LESS, "引く（値引や損失）", "から引く"),
    (Sign.MINUS, "符号を逆にして入れる", "（符号を逆に）"),
)


class AccountsFileForm(BaseForm, forms.Form):
    file = forms.FileField(
        label="会計ソフトから書き出したファイル",
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "ファイルが空です。中身のあるファイルをお選びください。",
        },
    )


class MappingForm(BaseForm, forms.Form):
    """Year end, unit, columns, and one select per account: the figure it enters, or none."""

    end = forms.DateField(label="この表の決算日")
    months = forms.IntegerField(
        label="月数",
        min_value=1,
        max_value=24,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "月数は1から24までの数字で入れてください。"
        ),
    )
    unit = forms.ChoiceField(
        label="表の単位",
        choices=[(str(int(unit)), unit.label) for unit in (YenUnit.YEN, YenUnit.THOUSAND, YenUnit.MILLION)],
        widget=forms.RadioSelect,
    )
    stock_column = forms.ChoiceField(label="期末の残高がある列", required=False)
    flow_columns = forms.MultipleChoiceField(
        label="一年分の金額がある列", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, statement: Statement, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statement, self.proposed = statement, mapping
        columns = [(column.name, column.name) for column in statement.columns]
        if statement.columns_of(ColumnRole.DEBIT_BALANCE) and statement.columns_of(ColumnRole.CREDIT_BALANCE):
            columns.append((BALANCE_PAIR, BALANCE_PAIR))
        cast("forms.ChoiceField", self.fields["stock_column"]).choices = [("", "ない"), *columns]
        cast("forms.ChoiceField", self.fields["flow_columns"]).choices = columns
        self.initial.setdefault("stock_column", mapping.stock_column or "")
        self.initial.setdefault("flow_columns", list(mapping.flow_columns))
        self.accounts = _accounts(statement)
        entries = {label_key(entry.account): entry for entry in mapping.entries}
        for place, line in enumerate(self.accounts):
            entry = entries.get(label_key(line.name))
            self.fields[f"account_{place}"] = forms.ChoiceField(
                label=line.name,
                required=False,
                choices=_choices(),
                initial=f"{entry.key}:{entry.sign.value}" if entry else "",
            )

    def yen_unit(self) -> YenUnit:
        return YenUnit(int(self.cleaned_data["unit"] if self.is_bound else self.initial.get("unit", 1)))

    def mapping(self) -> Mapping:
        """As the person has it. What they set to nothing is remembered as left out, if it was proposed."""
        entered = self.cleaned_data
        shown = {label_key(line.name) for line in self.accounts}
        entries = [entry for entry in self.proposed.entries if label_key(entry.account) not in shown]
        proposed = {label_key(entry.account) for entry in self.proposed.entries}
        ignored = [name for name in self.proposed.ignored if label_key(name) not in shown]
        left = {label_key(name) for name in self.proposed.ignored}
        for place, line in enumerate(self.accounts):
            key, _, sign = entered[f"account_{place}"].partition(":")
            if key:
                entries.append(MappingEntry(line.name, key, Sign(sign)))
            elif label_key(line.name) in proposed | left:
                ignored.append(line.name)
        return Mapping(
            signature=self.statement.signature,
            stock_column=entered["stock_column"] or None,
            flow_columns=tuple(entered["flow_columns"]),
            entries=tuple(entries),
            ignored=tuple(ignored),
        )

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Accounts that enter a figure, and the others."""
        wanted = dict.fromkeys((self.proposed.stock_column or "", *self.proposed.flow_columns[-1:]))
        placed: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for place, line in enumerate(self.accounts):
            bound = self[f"account_{place}"]
            amounts = [line.amounts[name] for name in wanted if name in line.amounts]
            row = {"line": line, "bound": bound, "amounts": amounts or list(line.amounts.values())[-1:]}
            (placed if bound.value() else others).append(row)
        return placed, others


def _accounts(statement: Statement) -> list[AccountLine]:
    """Each account once, by its first line; a 補助科目 goes with its account."""
    found: dict[str, AccountLine] = {}
    for line in statement.lines:
        found.setdefault(label_key(line.name), line)
    return list(found.values())[:_MOST_ACCOUNTS]


def _choices() -> list[Any]:
    groups: list[Any] = [("", "使わない")]
    for sign, heading, suffix in _GROUPS:
        groups.append(
            (heading, [(f"{key}:{sign.value}", f"{FIGURE_LABELS[key]}{suffix}") for key in STATEMENT_KEYS])
        )
    return groups
