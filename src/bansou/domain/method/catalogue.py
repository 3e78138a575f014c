"""The method as plain lists of dicts, for `bansou method …` and the API; keys are English, texts Japanese."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bansou.domain.method.audiences import Audience
from bansou.domain.method.guidance import LIST_FIELDS, Guidance, StepText, load_guidance
from bansou.domain.method.steps import Step
from bansou.domain.method.suitability import SuitabilityItem
from bansou.domain.method.walls import Wall

Entry: TypeAlias = dict[str, object]

_HEADINGS = {
    "purpose": "目的",
    **LIST_FIELDS,
    "question": "問い",
    "hint": "見るところ",
    "sign": "表れ",
    "task": "支援者の役割",
    "means": "手がかり",
    "steps": "主なステップ",
}


def steps_catalogue(guidance: Guidance | None = None) -> list[Entry]:
    """The seven steps in order with their texts per audience; as shipped unless a guidance is given."""
    source = guidance or load_guidance()
    return [
        {
            "key": step.value,
            "number": step.number,
            "mark": step.mark,
            "label": step.label,
            "subtitle": step.subtitle,
            "short_label": step.short_label,
            "guidance": [
                {"audience": audience.value, "label": audience.label, **_text(source.section(step, audience))}
                for audience in Audience
            ],
        }
        for step in Step
    ]


def checklist_catalogue() -> list[Entry]:
    """The five items of the 初期的チェックリスト in official order."""
    return [
        {"key": item.value, "label": item.label, "question": item.question, "hint": item.hint}
        for item in SuitabilityItem
    ]


def walls_catalogue() -> list[Entry]:
    """The five walls; `steps` holds step codes."""
    return [
        {
            "key": wall.value,
            "label": wall.label,
            "sign": wall.sign,
            "task": wall.task,
            "means": list(wall.means),
            "question": wall.question,
            "steps": [step.value for step in wall.steps],
        }
        for wall in Wall
    ]


def as_text(catalogue: Sequence[Mapping[str, object]]) -> str:
    """Any of the catalogues as Japanese text for a terminal; ends with a newline unless empty."""
    return "".join(f"{_title(entry, place)}\n{_body(entry)}\n" for place, entry in enumerate(catalogue, 1))


def _text(text: StepText) -> Entry:
    return {"purpose": text.purpose, **{name: list(getattr(text, name)) for name in LIST_FIELDS}}


def _title(entry: Mapping[str, object], place: int) -> str:
    mark = entry.get("mark") or f"{place}."
    subtitle = f" ～{entry['subtitle']}～" if entry.get("subtitle") else ""
    return f"{mark} {entry['label']}{subtitle}"


def _body(entry: Mapping[str, object]) -> str:
    lines = []
    for key, heading in _HEADINGS.items():
        lines += _lines(heading, _labels(entry.get(key)) if key == "steps" else entry.get(key))
    sections = entry.get("guidance")
    if isinstance(sections, list):
        for section in sections:
            lines.append(f"  【{section['label']}】\n{_body(section)}")
    return "".join(lines)


def _labels(steps: object) -> list[str]:
    codes = steps if isinstance(steps, list) else []
    return [f"{Step(code).mark}{Step(code).label}" for code in codes]


def _lines(heading: str, value: object) -> list[str]:
    if isinstance(value, str) and value:
        return [f"  {heading}：{value}\n"]
    if isinstance(value, list) and value:
        return [f"  {heading}\n", *(f"    ・{line}\n" for line in value)]
    return []
