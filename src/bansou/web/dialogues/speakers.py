"""誰が支援者ですか: what is shown of each speaker, the proposal, and the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.dialogues.models import SpeakerSide
from bansou.apps.dialogues.operations import DialogueEntry, Speaker
from bansou.domain.japanese import search_key
from bansou.domain.listening import SpeakerSide as Guess
from bansou.domain.listening import Transcript, guess_supporter
from bansou.domain.method import Viewpoint
from bansou.ui.forms import BaseForm

from .circle import Circle
from .forms import _FactsFields

SENTENCES_SHOWN, LONGEST_SENTENCE = 3, 80
UNNAMED = "名前のない発言"
_ENDS = re.compile(r"(?<=[。！？!?])|\n")
_OTHER_SUPPORTER, _NEW, _UNKNOWN = "supporter", "new", "unknown"


@dataclass(frozen=True)
class Heard:
    """One speaker as the file has it; `minutes` is None without time stamps."""

    name: str
    turns: int
    minutes: int | None
    letters: int
    sentences: Sequence[str]


def heard(transcript: Transcript) -> list[Heard]:
    return [_heard(transcript, speaker) for speaker in transcript.speakers]


def _heard(transcript: Transcript, speaker: str) -> Heard:
    own = [turn for turn in transcript.turns if turn.speaker == speaker]
    lengths = [t.end_s - t.start_s for t in own if t.start_s is not None and t.end_s is not None]
    sentences: list[str] = []
    for turn in own:
        sentences += [part.strip() for part in _ENDS.split(turn.text[:1000]) if part.strip()]
        if len(sentences) >= SENTENCES_SHOWN:
            break
    shown = [s if len(s) <= LONGEST_SENTENCE else s[:LONGEST_SENTENCE] + "…" for s in sentences]
    return Heard(
        name=speaker or UNNAMED,
        turns=len(own),
        minutes=max(round(sum(lengths) / 60), 1) if lengths else None,
        letters=sum(len(turn.text) for turn in own),
        sentences=shown[:SENTENCES_SHOWN],
    )


def presets(transcript: Transcript, circle: Circle) -> dict[str, Any]:
    """A proposal per speaker: the person whose full name it is, else the only one it can be, else nothing."""
    names = {a.name: Guess.SUPPORTER for a in circle.accounts} | {p.name: Guess.LEADER for p in circle.people}
    guesses = guess_supporter(transcript, names)
    sides = list(guesses.values())
    found: dict[str, Any] = {}
    for place, speaker in enumerate(transcript.speakers):
        found[f"name_{place}"] = speaker[:80]
        found[f"viewpoint_{place}"] = Viewpoint.EMPLOYEE.value
        alone = sides.count(guesses[speaker]) == 1
        found[f"who_{place}"] = _proposal(speaker, guesses[speaker], circle, alone=alone)
    return found


def _proposal(speaker: str, side: Guess | None, circle: Circle, *, alone: bool) -> str:
    accounts = [f"account:{a.public_id}" for a in circle.accounts if _is_named(speaker, a.name)]
    people = [f"person:{p.public_id}" for p in circle.people if _is_named(speaker, p.name)]
    named = accounts + people
    if len(named) == 1:
        return named[0]
    if side is Guess.SUPPORTER and alone:
        return f"account:{circle.me}" if circle.chosen_accounts([circle.me]) else _OTHER_SUPPORTER
    if side is Guess.LEADER and alone and circle.leader is not None:
        return f"person:{circle.leader.public_id}"
    return ""


def _is_named(speaker: str, name: str) -> bool:
    """The whole name, whatever the width, blanks and additions in brackets."""
    key = search_key(name).replace(" ", "")
    return bool(key) and key in search_key(speaker).replace(" ", "")


class _SpeakersFields(_FactsFields):
    def __init__(
        self, *args: Any, circle: Circle, speakers: Sequence[str], business: Business, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.circle, self.speakers, self.business = circle, speakers, business
        choices: list[Any] = [
            ("", "選んでください"),
            (
                "支援者",
                [(f"account:{key}", label) for key, label in circle.account_choices()]
                + [(_OTHER_SUPPORTER, "ほかの支援者")],
            ),
            (
                "事業者の人",
                [(f"person:{key}", label) for key, label in circle.people_choices()]
                + [(_NEW, "ほかの人（新しく登録する）")],
            ),
            ("そのほか", [(_UNKNOWN, "わからない・どちらでもない")]),
        ]
        for place, speaker in enumerate(speakers):
            shown = speaker or UNNAMED
            self.fields[f"who_{place}"] = forms.ChoiceField(
                label=f"「{shown}」はどなたですか",
                choices=choices,
                error_messages={"required": f"「{shown}」がどなたかを選んでください。"},
            )
            self.fields[f"name_{place}"] = forms.CharField(
                label="登録する名前", max_length=80, required=False
            )
            self.fields[f"viewpoint_{place}"] = forms.ChoiceField(
                label="立場", choices=Viewpoint.choices(), required=False
            )

    def speaker_fields(self, place: int) -> tuple[BoundField, BoundField, BoundField]:
        return self[f"who_{place}"], self[f"name_{place}"], self[f"viewpoint_{place}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for place in range(len(self.speakers)):
            if given.get(f"who_{place}") == _NEW and not given.get(f"name_{place}"):
                self.add_error(f"name_{place}", "新しく登録する人の名前を書いてください。")
        return given

    def named_speakers(self) -> dict[str, Speaker]:
        """Name in the file → who it is. A new person is unsaved, and one person under two names is one."""
        new: dict[tuple[str, str], BusinessPerson] = {}
        people = {person.public_id: person for person in self.circle.people}
        accounts = {account.public_id: account for account in self.circle.accounts}
        named = {}
        for place, speaker in enumerate(self.speakers):
            kind, _, key = self.cleaned_data[f"who_{place}"].partition(":")
            if kind == "account":
                named[speaker] = Speaker(SpeakerSide.SUPPORTER, account=accounts[key])
            elif kind == "person":
                named[speaker] = Speaker(SpeakerSide.FIRM, person=people[key])
            elif kind == _NEW:
                named[speaker] = Speaker(SpeakerSide.FIRM, person=self._new_person(place, new))
            else:
                side = SpeakerSide.SUPPORTER if kind == _OTHER_SUPPORTER else SpeakerSide.UNKNOWN
                named[speaker] = Speaker(side)
        return named

    def _new_person(self, place: int, new: dict[tuple[str, str], BusinessPerson]) -> BusinessPerson:
        name = self.cleaned_data[f"name_{place}"]
        viewpoint = self.cleaned_data[f"viewpoint_{place}"] or Viewpoint.EMPLOYEE.value
        return new.setdefault(
            (name, viewpoint), BusinessPerson(business=self.business, name=name, viewpoint=viewpoint)
        )


class SpeakersForm(BaseForm, _SpeakersFields):
    """The facts of the meeting, and who each speaker of the file is."""

    def meeting(self) -> DialogueEntry:
        return DialogueEntry(**self.facts())
