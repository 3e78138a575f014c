"""The boxes of the non-financial sheets: what is asked, in words a firm's owner would use.

Order and labels follow METI's form of 2022 (4つの視点 exactly; flow and chain as far as known). Hints,
examples and questions are ours and lie in `content/boxes.toml`. Filling every box is not a goal (our rule).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bansou.domain.locaben.content_files import read_content
from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.shared import Refusal

FLOW_STEPS = (1, 2, 3, 4, 5)
CHAIN_PLACES = (1, 2, 3, 4)
PARTNER_KINDS = ("suppliers", "partners", "customers", "end_users")

_STEP_MARKS = "①②③④⑤"
_FLOW_FIELDS = ("name", "content", "distinction")
_PARTNER_FIELDS = ("name", "share", "why_chosen_by_us", "why_they_choose_us")
_ONE_LINE = 60
_WORD_KEYS = {"hint", "example", "question"}
_SETTING_KEYS = {"label", "max_length", "for_owner", "is_our_rule", "heading"}


class Part(LabelledEnum):
    """Where a box stands on the sheet; 地域の事情 stands with the 4つの視点 under a heading of its own."""

    FLOW = "flow", "業務フロー"
    CHAIN = "chain", "商流"
    VIEWS = "views", "4つの視点"
    SUMMARY = "summary", "対話内容の総括"


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box: `hint` says what is asked, `example` speaks in the owner's voice, `question` opens the talk.

    `heading` groups boxes within their part (業務①, 仕入先, ①経営者 …); `for_owner` boxes are offered on the
    owner's own page; `is_our_rule` marks a box METI's form does not have. `max_length` counts characters.
    """

    key: str
    label: str
    part: Part
    heading: str
    hint: str
    example: str
    question: str
    max_length: int
    for_owner: bool
    is_our_rule: bool = False

    @property
    def full_label(self) -> str:
        """The label as it reads far from its heading: 「業務② 実施内容」「得意先1 選ばれている理由」."""
        grouped = self.part is Part.FLOW or self.part is Part.CHAIN
        return f"{self.heading} {self.label}" if grouped and self.heading else self.label

    @property
    def is_one_line(self) -> bool:
        """Names and shares stand on one line; longer boxes grow with their words."""
        return self.max_length <= _ONE_LINE


def read_boxes(page: Mapping[str, Any]) -> tuple[Box, ...]:
    """Every box of a page laid out like `content/boxes.toml`, in the order of the sheet.

    Raises ValueError naming the box when a text is missing or empty, an example is longer than its box, or a
    key is unknown.
    """
    boxes = (*_flow(page["flow"]), *_chain(page["chain"]), *_views(page["views"]), *_rest(page))
    return tuple(boxes)


def _flow(page: Mapping[str, Any]) -> Iterator[Box]:
    if len(page["steps"]) != len(FLOW_STEPS):
        raise ValueError(f"flow: {len(FLOW_STEPS)} steps are needed, found {len(page['steps'])}")
    for number, step in zip(FLOW_STEPS, page["steps"], strict=True):
        heading = f"業務{_STEP_MARKS[number - 1]}"
        for field in _FLOW_FIELDS:
            table = {**page["fields"][field], **step[field]}
            yield _box(f"flow.{number}.{field}", table, Part.FLOW, heading)
    for field in ("products", "customer_value"):
        yield _box(f"flow.{field}", page[field], Part.FLOW, "")


def _chain(page: Mapping[str, Any]) -> Iterator[Box]:
    for kind in PARTNER_KINDS:
        for place in CHAIN_PLACES:
            for field in _PARTNER_FIELDS:
                table = {**page["fields"][field], **page[kind][field]}
                yield _box(
                    f"chain.{kind}.{place}.{field}", table, Part.CHAIN, f"{page[kind]['label']}{place}"
                )
        if kind == "partners":
            yield _box("chain.own.strength", page["own"]["strength"], Part.CHAIN, "自社")


def _views(page: Mapping[str, Any]) -> Iterator[Box]:
    headings = page["headings"]
    for field, table in page.items():
        if field != "headings":
            yield _box(f"views.{field}", table, Part.VIEWS, headings[table["heading"]])


def _rest(page: Mapping[str, Any]) -> Iterator[Box]:
    yield _box("region.note", page["region"]["note"], Part.VIEWS, page["region"]["note"]["label"])
    for field, table in page["summary"].items():
        yield _box(f"summary.{field}", table, Part.SUMMARY, Part.SUMMARY.label)


def _box(key: str, table: Mapping[str, Any], part: Part, heading: str) -> Box:
    unknown = set(table) - _WORD_KEYS - _SETTING_KEYS
    if unknown:
        raise ValueError(f"{key}: unknown keys {', '.join(sorted(unknown))}")
    empty = [name for name in ("label", *sorted(_WORD_KEYS)) if not str(table.get(name, "")).strip()]
    if empty:
        raise ValueError(f"{key}: {', '.join(empty)} must not be empty")
    if len(table["example"]) > table["max_length"]:
        raise ValueError(f"{key}: the example does not fit into {table['max_length']} characters")
    return Box(
        key=key,
        label=table["label"],
        part=part,
        heading=heading,
        **{name: table[name] for name in _WORD_KEYS},
        max_length=int(table["max_length"]),
        for_owner=bool(table["for_owner"]),
        is_our_rule=bool(table.get("is_our_rule", False)),
    )


BOXES: tuple[Box, ...] = read_boxes(read_content("boxes"))
"""All boxes in the order of the sheet: 業務フロー, 商流, 4つの視点 with 地域の事情, 対話内容の総括."""

BOX_BY_KEY: Mapping[str, Box] = MappingProxyType({box.key: box for box in BOXES})


def box(key: str) -> Box:
    """The box of this key; raises Refusal `unknown_box`."""
    found = BOX_BY_KEY.get(key)
    if found is None:
        raise Refusal("unknown_box", f"「{key}」という欄は、このシートにはありません。")
    return found


def boxes_of(part: Part, *, for_owner: bool = False) -> tuple[Box, ...]:
    """The boxes of one part in order; with `for_owner` only those offered on the owner's own page."""
    return tuple(one for one in BOXES if one.part is part and (one.for_owner or not for_owner))
