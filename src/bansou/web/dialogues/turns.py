"""Statements as a page shows them: who, when, and which words were kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bansou.apps.dialogues.models import Excerpt, SpeakerSide, Statement
from bansou.domain.method import Viewpoint

_TONES = {SpeakerSide.SUPPORTER: "adviser", SpeakerSide.FIRM: "firm"}


@dataclass(frozen=True)
class Part:
    text: str
    kept: bool


@dataclass(frozen=True)
class ShownTurn:
    statement: Statement
    parts: Sequence[Part]
    tone: str
    clock: str

    @property
    def name(self) -> str:
        return speaker_name(self.statement)

    @property
    def is_kept(self) -> bool:
        return any(part.kept for part in self.parts)

    @property
    def is_of_the_firm(self) -> bool:
        return self.statement.side == SpeakerSide.FIRM

    @property
    def is_of_the_leader(self) -> bool:
        return self.is_of_the_firm and self.statement.viewpoint == Viewpoint.LEADER


def speaker_name(statement: Statement) -> str:
    """The person's own name once it is known; else what the file calls the speaker."""
    known = statement.person or statement.account
    return (known.name if known else statement.speaker) or "名前なし"


def shown_turns(statements: Iterable[Statement], excerpts: Iterable[Excerpt]) -> list[ShownTurn]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for excerpt in excerpts:
        spans.setdefault(excerpt.statement_id, []).append((excerpt.start, excerpt.end))
    return [
        ShownTurn(
            statement=statement,
            parts=parts(statement.text, spans.get(statement.pk, [])),
            tone=_tone(statement),
            clock=clock(statement.start_s),
        )
        for statement in statements
    ]


def _tone(statement: Statement) -> str:
    if statement.side == SpeakerSide.FIRM and statement.viewpoint == Viewpoint.LEADER:
        return "leader"
    return _TONES.get(SpeakerSide(statement.side), "unknown")


def parts(text: str, spans: Iterable[tuple[int, int]]) -> list[Part]:
    """The text cut where kept spans begin and end; overlapping spans become one."""
    found: list[Part] = []
    place = 0
    for start, end in sorted(spans):
        start, end = max(start, place), min(end, len(text))
        if start >= end:
            continue
        if found and start == place and found[-1].kept:
            found[-1] = Part(found[-1].text + text[start:end], True)
        else:
            if start > place:
                found.append(Part(text[place:start], False))
            found.append(Part(text[start:end], True))
        place = end
    if place < len(text):
        found.append(Part(text[place:], False))
    return found


def clock(seconds: float | None) -> str:
    """Minutes and seconds ("61:58") from the start of the recording; "" without a time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
