"""What can happen in a story. Each takes the story and one [[firm.course]] table with `kind` and `ago`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.dialogues.models import ContactMethod, DialogueSession, PromiseSide, SpeakerSide
from bansou.apps.dialogues.operations import (
    DialogueEntry,
    PromiseInput,
    Speaker,
    bring_in_transcript,
    settle_promise,
    write_dialogue,
)
from bansou.apps.dialogues.words import keep_words, share_with_leader
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import (
    add_member,
    assess_suitability,
    change_intensity,
    move_to_step,
)
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.listening import read_transcript
from bansou.domain.method import Answer, Mark, Step, SuitabilityItem, SupportIntensity, TeamRole

from .benchmarks import leader_of, tell_benchmark
from .captions import as_vtt
from .days import ago, ahead, moment

_MARKS = {mark.symbol: mark for mark in Mark}


@dataclass(frozen=True)
class World:
    bodies: Mapping[str, SupportOrganisation]
    accounts: Mapping[str, Account]

    def actor(self, key: str) -> Actor:
        return actor_for(self.accounts[key])


@dataclass(frozen=True)
class Story:
    """One firm while its story is told; `teller` writes where a happening does not say `by` whom."""

    world: World
    business: Business
    people: Mapping[str, BusinessPerson]
    engagement: Engagement
    teller: str

    def actor(self, happening: Mapping[str, Any]) -> Actor:
        return self.world.actor(happening.get("by", self.teller))


def _move(story: Story, happening: Mapping[str, Any]) -> None:
    """`to`, `reason`."""
    move_to_step(
        actor=story.actor(happening),
        engagement=story.engagement,
        target=Step(happening["to"]),
        reason=happening.get("reason", ""),
        at=_when(happening),
    )


def _checklist(story: Story, happening: Mapping[str, Any]) -> None:
    """`answers`: five strings in official order, the sign first; `again`: days from today to look again."""
    answers = {
        item: Answer(_MARKS[words[0]], words[1:].strip())
        for item, words in zip(SuitabilityItem, happening["answers"], strict=True)
    }
    assess_suitability(
        actor=story.actor(happening),
        engagement=story.engagement,
        answers=answers,
        reassess_on=ago(-happening["again"]) if "again" in happening else None,
        at=_when(happening),
    )


def _depth(story: Story, happening: Mapping[str, Any]) -> None:
    """`to`, `reason`."""
    change_intensity(
        actor=story.actor(happening),
        engagement=story.engagement,
        target=SupportIntensity(happening["to"]),
        reason=happening["reason"],
        at=_when(happening),
    )


def _join(story: Story, happening: Mapping[str, Any]) -> None:
    """`account` or `person`, `role`."""
    add_member(
        actor=story.actor(happening),
        engagement=story.engagement,
        role=TeamRole(happening["role"]),
        joined_on=max(ago(happening["ago"]), story.engagement.started_on),
        account=story.world.accounts.get(happening.get("account", "")),
        person=story.people.get(happening.get("person", "")),
    )


def _handover(story: Story, happening: Mapping[str, Any]) -> None:
    """`to`, `reason`, `message`; written by the 管理者 today."""
    hand_over(
        actor=story.world.actor("kanri"),
        engagement=story.engagement,
        successor=story.world.accounts[happening["to"]],
        reason=happening["reason"],
        message=happening["message"],
    )


def _dialogue(story: Story, happening: Mapping[str, Any]) -> None:
    """The fields of `DialogueEntry`; `firm`, `support`: who was there; `next`: days until the next one."""
    dialogue = write_dialogue(
        actor=story.actor(happening), engagement=story.engagement, meeting=_meeting(story, happening)
    )
    _settle(story, dialogue, happening)


def _transcript(story: Story, happening: Mapping[str, Any]) -> None:
    """A dialogue with `turns` (speaker key, words), `filename`, and `keep`: spans worth keeping."""
    names = {**{key: story.world.accounts[key].name for key in happening["support"]}}
    names |= {key: story.people[key].name for key in happening["firm"]}
    content = as_vtt((names[key], words) for key, words in happening["turns"])
    speakers = {
        names[key]: Speaker(SpeakerSide.SUPPORTER, account=story.world.accounts[key])
        for key in happening["support"]
    }
    speakers |= {names[key]: Speaker(SpeakerSide.FIRM, person=story.people[key]) for key in happening["firm"]}
    dialogue = bring_in_transcript(
        actor=story.actor(happening),
        engagement=story.engagement,
        meeting=_meeting(story, happening),
        turns=read_transcript(content, happening["filename"]).turns,
        speakers=speakers,
        filename=happening["filename"],
    )
    _keep(story, dialogue, happening)
    _settle(story, dialogue, happening)


def _benchmark(story: Story, happening: Mapping[str, Any]) -> None:
    """The fields of `tell_benchmark`. The versions are dated today: a sheet is filled at the screen."""
    tell_benchmark(
        actor=story.actor(happening),
        leader=leader_of(story.business),
        engagement=story.engagement,
        told=happening,
    )


HAPPENINGS: Mapping[str, Callable[[Story, Mapping[str, Any]], None]] = {
    "move": _move,
    "checklist": _checklist,
    "depth": _depth,
    "join": _join,
    "handover": _handover,
    "dialogue": _dialogue,
    "transcript": _transcript,
    "benchmark": _benchmark,
}


def _when(happening: Mapping[str, Any]) -> datetime:
    return moment(ago(happening["ago"]), happening.get("clock", "17:30"))


def _meeting(story: Story, happening: Mapping[str, Any]) -> DialogueEntry:
    preparation, talk, travel = happening.get("minutes", (None, None, None))
    return DialogueEntry(
        held_on=ago(happening["ago"]),
        method=ContactMethod(happening.get("method", "visit")),
        started_at=time.fromisoformat(happening["at"]) if "at" in happening else None,
        place=happening.get("place", ""),
        title=happening["title"],
        minutes_preparation=preparation,
        minutes_talk=talk,
        minutes_travel=travel,
        people=[story.people[key] for key in happening.get("firm", ())],
        accounts=[story.world.accounts[key] for key in happening.get("support", (story.teller,))],
        other_names=happening.get("others", ()),
        note=happening.get("note", "").strip(),
        leader_words=happening.get("words", ()),
        official_record=happening.get("official", "").strip(),
        hypothesis=happening.get("hypothesis", "").strip(),
        promises=[_promise(given) for given in happening.get("promises", ())],
        next_dialogue_at=ahead(happening["next"], happening["next_at"]) if "next" in happening else None,
    )


def _promise(given: Mapping[str, Any]) -> PromiseInput:
    """`side` (firm or support), `who`, `text`, `due`: days from today, negative when it has passed."""
    return PromiseInput(
        side=PromiseSide(given["side"]),
        who=given.get("who", ""),
        text=given["text"],
        due_on=ago(-given["due"]) if "due" in given else None,
    )


def _settle(story: Story, dialogue: DialogueSession, happening: Mapping[str, Any]) -> None:
    """Tick off what was `kept` (days before today), and show the 経営者 the own words marked `shared`."""
    actor = story.actor(happening)
    for given in happening.get("promises", ()):
        if "kept" in given:
            promise = dialogue.promises.get(text=given["text"])
            settle_promise(actor=actor, promise=promise, kept=True, at=moment(ago(given["kept"])))
    for words in happening.get("shared", ()):
        statement = next(row for row in dialogue.statements.all() if words in row.text)
        share_with_leader(actor=actor, statement=statement, shared=True)


def _keep(story: Story, dialogue: DialogueSession, happening: Mapping[str, Any]) -> None:
    for words in happening["keep"]:
        statement = next(row for row in dialogue.statements.all() if words in row.text)
        start = statement.text.index(words)
        keep_words(actor=story.actor(happening), statement=statement, start=start, end=start + len(words))
