"""What is usual at each step: purpose, 望ましい, 避けるべき, what to record, questions, tools.

The text is ours, written after the guideline summary 2023; it lies in `content/step_<code>.toml`, one table
per `Audience`. The 事務局 may replace any table; its edits are checked by `plan_guidance_edit`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from bansou.domain.method.audiences import Audience
from bansou.domain.method.content_files import read_content
from bansou.domain.method.sizes import BusinessSize
from bansou.domain.method.steps import Step
from bansou.domain.shared import Refusal

PURPOSE_LIMIT = 400
LINE_LIMIT = 200
LINES_LIMIT = 30

LIST_FIELDS = {
    "desirable": "望ましい",
    "avoid": "避けるべき",
    "record": "記録すること",
    "questions": "問いかけ",
    "tools": "道具",
}
"""Field name → heading of the five lists of a step text."""

_BASE_NEEDS = ("desirable", "avoid", "record", "questions")
_BULLETS = "・●○◯■□◆◇-*–•‣ \t\u3000"


@dataclass(frozen=True)
class StepText:
    """One step's text for one audience, as written; entries are single lines without bullets."""

    purpose: str
    desirable: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepGuidance:
    """One step as shown for one business: the base first, then what its size and a succession add."""

    step: Step
    purpose: str
    purpose_notes: tuple[str, ...]
    desirable: tuple[str, ...]
    avoid: tuple[str, ...]
    record: tuple[str, ...]
    questions: tuple[str, ...]
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Guidance:
    """All step texts by (step, audience); every step has a text for ALL."""

    texts: Mapping[tuple[Step, Audience], StepText] = field(hash=False)

    def section(self, step: Step, audience: Audience) -> StepText:
        """The text as written for this audience alone; an empty one where none was written."""
        return self.texts.get((step, audience), StepText(purpose=""))

    def for_step(self, step: Step, size: BusinessSize | None, *, succession: bool = False) -> StepGuidance:
        """The merged text. An unknown size gives the base alone; a line said twice is shown once."""
        sections = [self.section(step, audience) for audience in _audiences(size, succession)]
        return StepGuidance(
            step=step,
            purpose=sections[0].purpose,
            purpose_notes=tuple(section.purpose for section in sections[1:] if section.purpose),
            desirable=_merged(section.desirable for section in sections),
            avoid=_merged(section.avoid for section in sections),
            record=_merged(section.record for section in sections),
            questions=_merged(section.questions for section in sections),
            tools=_merged(section.tools for section in sections),
        )

    def with_edits(self, edits: Mapping[tuple[Step, Audience], StepText]) -> "Guidance":
        """The same guidance with some texts replaced, such as the current versions of the 事務局."""
        return Guidance({**self.texts, **edits})


def _audiences(size: BusinessSize | None, succession: bool) -> list[Audience]:
    audiences = [Audience.ALL]
    if size is not None:
        audiences.append(Audience.MEDIUM if size is BusinessSize.MEDIUM else Audience.SMALL)
    if succession:
        audiences.append(Audience.SUCCESSION)
    return audiences


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for group in groups for line in group))


@cache
def load_guidance() -> Guidance:
    """The guidance as shipped, read once per process."""
    texts = {}
    for step in Step:
        page = read_content(f"step_{step.value}")
        for audience in Audience:
            texts[step, audience] = parse_section(page[audience.value])
    return Guidance(MappingProxyType(texts))


def parse_section(table: Mapping[str, str | list[str]]) -> StepText:
    """One audience table of a step page. Raises ValueError on an unknown key or a text in place of a list."""
    unknown = set(table) - {"purpose", *LIST_FIELDS}
    if unknown:
        raise ValueError(f"unknown keys in guidance: {', '.join(sorted(unknown))}")
    lists = {name: _lines_of(name, table.get(name, [])) for name in LIST_FIELDS}
    return StepText(purpose=str(table["purpose"]).strip(), **lists)


def _lines_of(name: str, value: str | list[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ValueError(f"{name} must be a list of lines")
    return tuple(value)


def as_lines(entries: Iterable[str]) -> str:
    """Entries as the text area shows them: one a line."""
    return "\n".join(entries)


def plan_guidance_edit(
    *,
    purpose: str,
    desirable: str = "",
    avoid: str = "",
    record: str = "",
    questions: str = "",
    tools: str = "",
    audience: Audience = Audience.ALL,
) -> StepText | list[Refusal]:
    """Check what the 事務局 typed: a purpose and text areas with one entry a line (our rules).

    Blank lines, leading bullets and repeated lines are dropped. Refuses an empty purpose or one over 400
    characters; an entry over 200 characters, named by its line number; over 30 entries; and, for the base
    text (ALL), an empty list of 望ましい, 避けるべき, 記録すること or 問いかけ.
    Refusal fields are the argument names.
    """
    areas = {
        "desirable": desirable,
        "avoid": avoid,
        "record": record,
        "questions": questions,
        "tools": tools,
    }
    words = purpose.strip()
    refusals = _check_purpose(words)
    entries = {}
    for name, text in areas.items():
        entries[name] = tuple(dict.fromkeys(entry for _, entry in _numbered_entries(text)))
        needed = audience is Audience.ALL and name in _BASE_NEEDS
        refusals += _check_area(name, text, len(entries[name]), needed=needed)
    return refusals or StepText(purpose=words, **entries)


def _numbered_entries(text: str) -> list[tuple[int, str]]:
    numbered = [(number, line.strip().lstrip(_BULLETS)) for number, line in enumerate(text.splitlines(), 1)]
    return [(number, entry) for number, entry in numbered if entry]


def _check_purpose(purpose: str) -> list[Refusal]:
    if not purpose:
        return [Refusal("purpose_required", "目的を書いてください。", "purpose")]
    if len(purpose) > PURPOSE_LIMIT:
        message = f"目的は{PURPOSE_LIMIT}文字以内にしてください（いま{len(purpose)}文字）。"
        return [Refusal("purpose_too_long", message, "purpose")]
    return []


def _check_area(name: str, text: str, count: int, *, needed: bool) -> list[Refusal]:
    heading = LIST_FIELDS[name]
    if needed and not count:
        return [Refusal("entries_required", f"「{heading}」を1行以上書いてください。", name)]
    refusals = [
        Refusal(
            "line_too_long",
            f"「{heading}」の{number}行目が長すぎます。{LINE_LIMIT}文字以内にしてください（いま{len(entry)}文字）。",
            name,
        )
        for number, entry in _numbered_entries(text)
        if len(entry) > LINE_LIMIT
    ]
    if count > LINES_LIMIT:
        message = f"「{heading}」は{LINES_LIMIT}行までにしてください（いま{count}行）。"
        refusals.append(Refusal("too_many_lines", message, name))
    return refusals
