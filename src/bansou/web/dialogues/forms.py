"""Forms of a dialogue: they check shapes and typing slips; what may happen is decided by the operations."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from bansou.apps.dialogues.models import ContactMethod, PromiseSide
from bansou.apps.dialogues.operations import DialogueEntry, PromiseInput
from bansou.ui.forms import BaseForm, RevisionMixin

from .circle import Circle

LONGEST_TEXT = 200_000
ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 21
_USUAL_HOUR = time(10, 0)
_TIME_WORDS = {"invalid": "時刻を、14:00 のような形で入れてください。"}
_BETWEEN_NAMES = re.compile(r"[、,，\n]+")


class _Text(forms.CharField):
    """Long words with the line breaks of one kind."""

    def __init__(self, label: str, *, rows: int = 4) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={
                "max_length": f"「{label}」は{LONGEST_TEXT:,}文字までです（いまは%(show_value)d文字）。"
                "二つの記録に分けてください。"
            },
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _minutes(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=24 * 60,
        error_messages={
            "invalid": f"「{label}」は、分を数字で入れてください。",
            "min_value": f"「{label}」は、0以上の数字で入れてください。",
            "max_value": f"「{label}」は、1日（1440分）までです。",
        },
    )


class _FactsFields(forms.Form):
    """When, how, where, how long."""

    held_on = forms.DateField(
        label="日付", error_messages={"invalid": "日付を、2026-11-22 のような形で入れてください。"}
    )
    method = forms.ChoiceField(label="方法", choices=ContactMethod.choices, widget=forms.RadioSelect)
    started_at = forms.TimeField(
        label="開始時刻",
        required=False,
        error_messages={"invalid": "時刻を、14:00 のような形で入れてください。"},
    )
    place = forms.CharField(label="場所", required=False, max_length=120)
    minutes_talk = _minutes("対話")
    minutes_preparation = _minutes("準備")
    minutes_travel = _minutes("移動")

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("まだ来ていない日付です。対話をした日を入れてください。")
        if day.year < 1950:
            raise forms.ValidationError("日付の年を確かめてください。")
        return day

    def facts(self) -> dict[str, Any]:
        names = ("held_on", "started_at", "place", "minutes_talk", "minutes_preparation", "minutes_travel")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "method": ContactMethod(self.cleaned_data["method"]),
        }


class _NoteFields(_FactsFields):
    note = _Text("対話のメモ", rows=12)
    title = forms.CharField(label="見出し", required=False, max_length=120)
    people = forms.MultipleChoiceField(
        label="事業者の側", required=False, widget=forms.CheckboxSelectMultiple
    )
    accounts = forms.MultipleChoiceField(
        label="支援者の側", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_names = forms.CharField(label="ほかにいた人", required=False, max_length=400)
    leader_words = _Text("残しておきたい経営者の言葉", rows=3)
    official_record = _Text("公式記録", rows=5)
    hypothesis = _Text("見立て", rows=4)
    next_on = forms.DateField(
        label="次の対話の日", required=False, error_messages={"invalid": "日付を確かめてください。"}
    )
    next_at = forms.TimeField(label="時刻", required=False, error_messages=_TIME_WORDS)
    rows = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, circle: Circle, **options: Any) -> None:
        super().__init__(*args, **options)
        self.circle = circle
        self.fields["people"].choices = circle.people_choices()  # type: ignore[attr-defined]
        self.fields["accounts"].choices = circle.account_choices()  # type: ignore[attr-defined]
        self.row_count = self._row_count()
        self.initial["rows"] = self.row_count
        for place in range(self.row_count):
            self._add_promise(place)

    def _row_count(self) -> int:
        promises = self.initial.pop("promises", [])
        for place, promise in enumerate(promises):
            for part, value in promise.items():
                self.initial.setdefault(f"promise_{place}_{part}", value)
        given = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        wanted = int(given or 0) if re.fullmatch(r"[0-9]{1,3}", str(given or "")) else 0
        return min(max(wanted, ROWS, len(promises)), MOST_ROWS)

    def _add_promise(self, place: int) -> None:
        which = f"約束{place + 1}"
        self.fields[f"promise_{place}_text"] = forms.CharField(
            label=f"{which}の内容", required=False, max_length=300
        )
        # The firm's own promises are the heart of the matter, so they are the default.
        self.fields[f"promise_{place}_side"] = forms.ChoiceField(
            label=f"{which}はだれの約束か",
            choices=[(PromiseSide.FIRM.value, "事業者"), (PromiseSide.SUPPORT.value, "支援者")],
            initial=PromiseSide.FIRM.value,
            required=False,
        )
        self.fields[f"promise_{place}_who"] = forms.CharField(
            label=f"{which}の担当", required=False, max_length=80
        )
        self.fields[f"promise_{place}_due"] = forms.DateField(
            label=f"{which}の期限", required=False, error_messages={"invalid": "日付を確かめてください。"}
        )

    @property
    def promise_rows(self) -> list[dict[str, Any]]:
        """The rows as a template shows them: `number` and four bound fields."""
        return [
            {
                "number": place + 1,
                **{part: self[f"promise_{place}_{part}"] for part in ("text", "side", "who", "due")},
            }
            for place in range(self.row_count)
        ]

    @property
    def may_have_more_rows(self) -> bool:
        return self.row_count < MOST_ROWS

    def clean_other_names(self) -> list[str]:
        names = [name.strip() for name in _BETWEEN_NAMES.split(self.cleaned_data["other_names"])]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError("名前は一人80文字までです。「、」で区切ってください。")
        return list(dict.fromkeys(filter(None, names)))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for place in range(self.row_count):
            text, who, due = (given.get(f"promise_{place}_{part}") for part in ("text", "who", "due"))
            if (who or due) and not text and f"promise_{place}_text" not in self.errors:
                self.add_error(f"promise_{place}_text", "約束の内容を書いてください。")
        next_on = given.get("next_on")
        if given.get("next_at") and not next_on and "next_on" in self.fields and "next_on" not in self.errors:
            self.add_error("next_on", "次の対話の日を入れてください。")
        if next_on and given.get("held_on") and next_on < given["held_on"]:
            self.add_error("next_on", "次の対話の日が、この対話より前になっています。")
        return given

    def promises(self) -> list[PromiseInput]:
        given = self.cleaned_data
        return [
            PromiseInput(
                side=PromiseSide(given[f"promise_{place}_side"] or PromiseSide.FIRM),
                text=given[f"promise_{place}_text"],
                who=given[f"promise_{place}_who"],
                due_on=given[f"promise_{place}_due"],
            )
            for place in range(self.row_count)
            if given[f"promise_{place}_text"]
        ]

    def meeting(self) -> DialogueEntry:
        given = self.cleaned_data
        return DialogueEntry(
            **self.facts(),
            title=given["title"],
            people=self.circle.chosen_people(given["people"]),
            accounts=self.circle.chosen_accounts(given["accounts"]),
            other_names=given["other_names"],
            note=given["note"],
            leader_words=given.get("leader_words", "").split("\n"),
            official_record=given["official_record"],
            hypothesis=given["hypothesis"],
            promises=self.promises(),
            next_dialogue_at=_moment(given.get("next_on"), given.get("next_at")),
        )


def _moment(day: Any, hour: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, hour or _USUAL_HOUR)) if day else None


class NoteForm(BaseForm, _NoteFields):
    """A new record from a note."""


class EditForm(RevisionMixin, NoteForm):
    """A standing record. The next dialogue belongs to the engagement and is not changed from here."""

    def __init__(self, *args: Any, from_transcript: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("next_on", "next_at"):
            del self.fields[name]
        if from_transcript:
            del self.fields["leader_words"]


class TranscriptForm(BaseForm, forms.Form):
    file = forms.FileField(
        label="文字起こしのファイル",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".vtt,.txt,text/vtt,text/plain"}),
    )


class PartForm(BaseForm, forms.Form):
    words = _Text("残す言葉", rows=3)


class WithdrawForm(BaseForm, forms.Form):
    why = forms.CharField(
        label="取り下げる理由", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
