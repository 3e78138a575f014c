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
from bansou.domain.method import EngagementStatus, Step, SupportIntensity, TeamRole, Verdict

from .history import Line, Source

PAGE = 30
# The place within one day, oldest first: a talk comes before what was decided after it.
_START, _DIALOGUE = 0, 1
_RANKS = {
    Source.MEMBER: 2,
    Source.ASSESSMENT: 3,
    Source.MOVE: 4,
    Source.INTENSITY: 5,
    Source.HANDOVER: 6,
    Source.STATUS: 7,
    Source.FIGURES: 9,
}
_RANK_LEAVING = 8

KINDS = {"": "すべて", "dialogue": "対話", "step": "ステップ", "suitability": "見極め", "team": "チーム", "figures": "数字"}

Order = tuple[date, int, int]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words with who said them."""

    words: str
    cite: str


@dataclass(frozen=True)
class Entry:
    """One happening as page and paper show it. `kind` is the word in front, `group` what filters ask for."""

    order: Order
    group: str
    kind: str
    heading: str
    note: str = ""
    words: str = ""
    tone: str = ""
    url: str = ""
    step: Step | None = None
    dialogue: DialogueSession | None = None
    quotes: tuple[Quote, ...] = ()
    more_quotes: int = 0

    @property
    def day(self) -> date:
        return self.order[0]


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
    entries = [entry for entry in _course_entries(engagements, course, actor) if _fits(entry, asked)]
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
        same_day = Q(held_on=day) if rank < _DIALOGUE else Q(held_on=day, pk__gt=key)
        beyond = Q(held_on__gt=day) | same_day if rank <= _DIALOGUE else Q(held_on__gt=day)
        return dialogues.filter(beyond).order_by("held_on", "pk")
    if asked.older is not None:
        day, rank, key = asked.older
        same_day = Q(held_on=day) if rank > _DIALOGUE else Q(held_on=day, pk__lt=key)
        beyond = Q(held_on__lt=day) | same_day if rank >= _DIALOGUE else Q(held_on__lt=day)
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
        order=(dialogue.held_on, _DIALOGUE, dialogue.pk),
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


# The course ------------------------------------------------------------------------------------


def _course_entries(
    engagements: Sequence[Engagement], course: Iterable[Line], actor: Actor
) -> Iterator[Entry]:
    by_key = {engagement.pk: engagement for engagement in engagements}
    leads = _first_leads(course := list(course))
    for line in course:
        engagement = by_key[line.engagement]
        if line.source is Source.MOVE and not line.before:
            yield _start_entry(engagement, line, leads.get(engagement.pk, ""))
        elif line.source is Source.MEMBER:
            yield from _member_entries(line, engagement)
        elif line.source is Source.HANDOVER:
            yield _handover_entry(line, on_team=line.engagement in actor.teams)
        elif line.source in _SAYINGS:
            yield replace(_SAYINGS[line.source](line), order=(line.day, _RANKS[line.source], line.key))


def _first_leads(course: Iterable[Line]) -> dict[int, str]:
    leads: dict[int, str] = {}
    for line in course:
        if line.source is Source.MEMBER and line.before == TeamRole.LEAD:
            leads.setdefault(line.engagement, line.after)
    return leads


def _entry(group: str, kind: str, heading: str, **rest: object) -> Entry:
    return Entry(order=(date.min, 0, 0), group=group, kind=kind, heading=heading, **rest)  # type: ignore[arg-type]


def _start_entry(engagement: Engagement, line: Line, lead: str) -> Entry:
    return Entry(
        order=(engagement.started_on, _START, line.key),
        group="step",
        kind="開始",
        heading="伴走支援を始めました",
        note=f"主担当 {lead}" if lead else "",
        words=engagement.how_it_began,
        tone="growth",
        step=Step.BEFORE_CONTACT,
    )


def _member_entries(line: Line, engagement: Engagement) -> Iterator[Entry]:
    """Leads come and go by handovers, which have entries of their own."""
    if line.before == TeamRole.LEAD:
        return
    role = TeamRole(line.before).label
    joined = _entry("team", "チーム", f"{line.after}さんが加わりました", note=role, tone="quiet")
    yield replace(joined, order=(line.day, _RANKS[Source.MEMBER], line.key))
    if line.until is not None:
        left = replace(joined, heading=f"{line.after}さんが外れました")
        yield replace(left, order=(line.until, _RANK_LEAVING, line.key))


def _move_entry(line: Line) -> Entry:
    start, target = Step(line.before), Step(line.after)
    back = target.number < start.number
    return _entry(
        "step",
        "ステップ",
        f"{start.mark} → {target.mark} {target.label}" + ("へ、いったん戻る" if back else ""),
        words=line.words and f"理由：{line.words}",
        tone="quiet" if back else "",
        step=target,
    )


def _assessment_entry(line: Line) -> Entry:
    day = line.until
    again = f"・もう一度見る日 {day.year}年{day.month}月{day.day}日" if day else ""
    return _entry(
        "suitability",
        "見極め",
        Verdict(line.after).label,
        note=f"初期的チェックリスト 第{line.number}版{again}",
    )


def _intensity_entry(line: Line) -> Entry:
    before, after = SupportIntensity(line.before).label, SupportIntensity(line.after).label
    return _entry("step", "支援の濃淡", f"{before} → {after}", words=f"理由：{line.words}", tone="quiet")


def _status_entry(line: Line) -> Entry:
    before, after = EngagementStatus(line.before).label, EngagementStatus(line.after).label
    reason = line.words and f"理由：{line.words}"
    return _entry("step", "伴走の状態", f"{before} → {after}", words=reason, tone="quiet")


def _handover_entry(line: Line, *, on_team: bool) -> Entry:
    """What was passed on with it is the team's to read."""
    return Entry(
        order=(line.day, _RANKS[Source.HANDOVER], line.key),
        group="team",
        kind="引継ぎ",
        heading=f"{line.before}さんから{line.after}さんへ" if line.before else f"{line.after}さんへ",
        words=f"理由：{line.words}",
        tone="quiet",
        url=reverse("handover", args=[line.public_id]) if on_team else "",
    )


_FIGURES = {"sales": ("売上高", "円"), "operating_profit": ("営業利益", "円"), "employees": ("従業員数", "人")}


def _figures_entry(line: Line) -> Entry:
    label, unit = _FIGURES[line.before]
    before, after = (int(amount) for amount in line.after.split("→"))
    return _entry(
        "figures",
        "決算に表れた変化",
        f"{label} {before:,}{unit} → {after:,}{unit}",
        note=f"{line.until.year}年{line.until.month}月期" if line.until else "",
        words=line.words,
        tone="growth",
    )


_SAYINGS = {
    Source.MOVE: _move_entry,
    Source.ASSESSMENT: _assessment_entry,
    Source.INTENSITY: _intensity_entry,
    Source.STATUS: _status_entry,
    Source.FIGURES: _figures_entry,
}
