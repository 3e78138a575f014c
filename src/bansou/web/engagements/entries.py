"""One line of これまで: what it shows, where it stands in its day, and what the course of a firm tells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from bansou.apps.dialogues.models import DialogueSession
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.method import EngagementStatus, Step, SupportIntensity, TeamRole, Verdict

from .history import Line, Source

# The place within one day, oldest first: a talk comes before what was decided after it.
START, DIALOGUE = 0, 1
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


def course_entries(
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
        order=(engagement.started_on, START, line.key),
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


_FIGURES = {
    "sales": ("売上高", "円"),
    "operating_profit": ("営業利益", "円"),
    "employees": ("従業員数", "人"),
}


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
