"""これまで: dialogues and the lines of the course in one order of time, a page at a time.

Paging is by key: each source gives at most one page beyond the key, the pages are merged and cut. The cost
of a page is therefore the same for ten dialogues and for thousands.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from bansou.apps.dialogues.models import DialogueParticipant, DialogueSession
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.japanese import search_key, search_words
from bansou.domain.method import Step

from .entries import DIALOGUE, Entry, Order, Quote, course_entries
from .history import Line

PAGE = 30
KINDS = {
    "": "すべて",
    "dialogue": "対話",
    "step": "ステップ",
    "suitability": "見極め",
    "team": "チーム",
    "figures": "数字",
}


@dataclass(frozen=True)
class Filter:
    """What a reader asked for: a kind, words, and a place to go on from (`older` or `newer` than a key)."""

    kind: str = ""
    words: str = ""
    older: Order | None = None
    newer: Order | None = None

    @classmethod
    def from_query(cls, query: dict[str, str]) -> "Filter":
        """Anything that is not understood is left out."""
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in KINDS else "",
            words="".join(sign for sign in query.get("q", "")[:100] if sign.isprintable()).strip(),
            older=_read_order(query.get("older", "")),
            newer=_read_order(query.get("newer", "")),
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.words)

    def query(self, **changes: str) -> str:
        """The address that keeps this filter, with `changes`, from the newest entry on."""
        wanted = {"kind": self.kind, "q": self.words} | changes
        return "?" + urlencode({name: value for name, value in wanted.items() if value})

    def links(self) -> list[dict[str, object]]:
        return [
            {"label": label, "url": self.query(kind=kind) + "#timeline", "current": kind == self.kind}
            for kind, label in KINDS.items()
        ]


@dataclass(frozen=True)
class Timeline:
    """One page, newest first. The addresses are empty at either end."""

    entries: list[Entry] = field(default_factory=list)
    newer_url: str = ""
    older_url: str = ""

    @property
    def months(self) -> Iterator[tuple[str, list[Entry]]]:
        for (year, month), entries in groupby(self.entries, lambda entry: (entry.day.year, entry.day.month)):
            yield f"{year}年{month}月", list(entries)

    @property
    def dialogues(self) -> list[DialogueSession]:
        return [entry.dialogue for entry in self.entries if entry.dialogue is not None]

    def with_quotes(self, quotes: dict[int, list[Quote]]) -> "Timeline":
        """The same page with the words kept from each dialogue, at most two each."""
        return replace(self, entries=[_quoted(entry, quotes) for entry in self.entries])


def _quoted(entry: Entry, quotes: dict[int, list[Quote]]) -> Entry:
    found = quotes.get(entry.dialogue.pk, []) if entry.dialogue else []
    return replace(entry, quotes=tuple(found[:2]), more_quotes=max(len(found) - 2, 0))


def timeline_of(
    engagements: Sequence[Engagement],
    course: Iterable[Line],
    actor: Actor,
    asked: Filter,
    *,
    limit: int = PAGE,
) -> Timeline:
    """The page of these engagements that `asked` names; the first engagement is the present one."""
    forward = asked.newer is not None
    entries = [entry for entry in course_entries(engagements, course, actor) if _fits(entry, asked)]
    if asked.kind in ("", "dialogue"):
        entries += _dialogue_entries(engagements, actor, asked, limit + 1)
    entries.sort(key=lambda entry: entry.order, reverse=not forward)
    shown, has_more = entries[:limit], len(entries) > limit
    if forward:
        shown.reverse()
    return Timeline(
        shown,
        newer_url=_beside(asked, "newer", shown[:1], has_more if forward else asked.older is not None),
        older_url=_beside(asked, "older", shown[-1:], forward or has_more),
    )


def _beside(asked: Filter, name: str, edge: list[Entry], there_is_more: bool) -> str:
    if not (edge and there_is_more):
        return ""
    day, rank, key = edge[0].order
    return asked.query(**{name: f"{day.isoformat()}.{rank}.{key}"}) + "#timeline"


def _read_order(text: str) -> Order | None:
    day, _, rest = text.partition(".")
    rank, _, key = rest.partition(".")
    if not (rank.isascii() and rank.isdigit() and key.isascii() and key.isdigit() and len(rest) < 20):
        return None
    try:
        return date.fromisoformat(day), int(rank), int(key)
    except ValueError:
        return None


def _fits(entry: Entry, asked: Filter) -> bool:
    if asked.kind and entry.group != asked.kind:
        return False
    if asked.older is not None and entry.order >= asked.older:
        return False
    if asked.newer is not None and entry.order <= asked.newer:
        return False
    if not asked.words:
        return True
    text = search_key(f"{entry.kind} {entry.heading} {entry.note} {entry.words}")
    return all(word in text for word in search_words(asked.words))


# Dialogues -------------------------------------------------------------------------------------


def _dialogue_entries(
    engagements: Sequence[Engagement], actor: Actor, asked: Filter, limit: int
) -> list[Entry]:
    dialogues = DialogueSession.objects.visible_to(actor).filter(engagement__in=[e.pk for e in engagements])
    if asked.words:
        titled = dialogues
        for word in asked.words.split():
            titled = titled.filter(title__icontains=word)
        spoken = dialogues.standing().speaking_of(asked.words, actor).values("pk")
        dialogues = dialogues.filter(Q(pk__in=titled.values("pk")) | Q(pk__in=spoken))
    return dialogue_entries(_beyond(dialogues, asked)[:limit], present=engagements[0].pk)


def _beyond(dialogues: QuerySet[DialogueSession], asked: Filter) -> QuerySet[DialogueSession]:
    """Dialogues on the asked side of the key, nearest first."""
    if asked.newer is not None:
        day, rank, key = asked.newer
        same_day = Q(held_on=day) if rank < DIALOGUE else Q(held_on=day, pk__gt=key)
        beyond = Q(held_on__gt=day) | same_day if rank <= DIALOGUE else Q(held_on__gt=day)
        return dialogues.filter(beyond).order_by("held_on", "pk")
    if asked.older is not None:
        day, rank, key = asked.older
        same_day = Q(held_on=day) if rank > DIALOGUE else Q(held_on=day, pk__lt=key)
        beyond = Q(held_on__lt=day) | same_day if rank >= DIALOGUE else Q(held_on__lt=day)
        dialogues = dialogues.filter(beyond)
    return dialogues.order_by("-held_on", "-pk")


def dialogue_entries(dialogues: QuerySet[DialogueSession], *, present: int) -> list[Entry]:
    """Entries of these dialogues with who was there; official records come along, spoken words do not."""
    there = DialogueParticipant.objects.select_related("person", "account").order_by("pk")
    rows = dialogues.select_related("official_record").prefetch_related(Prefetch("participants", there))
    return [_dialogue_entry(dialogue, former=dialogue.engagement_id != present) for dialogue in rows]


def _dialogue_entry(dialogue: DialogueSession, *, former: bool) -> Entry:
    record = getattr(dialogue, "official_record", None)
    heading = f"第{dialogue.number}回" + (f"　{dialogue.title}" if dialogue.title else "")
    entry = Entry(
        order=(dialogue.held_on, DIALOGUE, dialogue.pk),
        group="dialogue",
        kind="対話（前の伴走支援）" if former else "対話",
        heading=heading,
        note=_facts(dialogue),
        words=record.text if record else "",
        url=reverse("dialogue", args=[dialogue.public_id]),
        step=Step(dialogue.step),
        dialogue=dialogue,
    )
    if dialogue.is_withdrawn:
        why = f"この記録は取り下げられました。理由：{dialogue.withdrawn_why}"
        return replace(entry, kind="取り下げ", tone="quiet", note="", words=why)
    return entry


def _facts(dialogue: DialogueSession) -> str:
    """巡回・90分（準備20分）・佐野 恵、小田切 守 ／ 港 健一."""
    parts = [dialogue.get_method_display()]
    if dialogue.minutes_talk is not None:
        prepared = f"（準備{dialogue.minutes_preparation}分）" if dialogue.minutes_preparation else ""
        parts.append(f"{dialogue.minutes_talk}分{prepared}")
    support, firm = [], []
    for somebody in dialogue.participants.all():
        if somebody.account is not None:
            support.append(str(somebody.account))
        else:
            firm.append(somebody.person.name if somebody.person else somebody.name)
    sides = [name for name in ("、".join(support), "、".join(firm)) if name]
    return "・".join([*parts, " ／ ".join(sides)] if sides else parts)
