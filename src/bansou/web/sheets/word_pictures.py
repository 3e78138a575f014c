"""業務フロー and 商流 as pictures, drawn from what is written; nothing is drawn where nothing stands."""

from collections.abc import Mapping

from bansou.domain.locaben.boxes import CHAIN_PLACES, FLOW_STEPS, box
from bansou.ui.pictures.chain import Chain, Group, Party
from bansou.ui.pictures.flow import Flow, Step

_NOTE = "書いた欄から描いています。"


def flow_picture(texts: Mapping[str, str]) -> Flow | None:
    """`texts`: box key → words. None as long as no step is written."""
    steps = [
        Step(*(texts.get(f"flow.{number}.{field}", "") for field in ("name", "content", "distinction")))
        for number in FLOW_STEPS
    ]
    if all(step.is_empty for step in steps):
        return None
    return Flow(
        steps=steps,
        title="業務フロー",
        name_word="業務",
        text_word="実施内容",
        highlight_word="差別化ポイント",
        note=_NOTE,
    )


def chain_picture(texts: Mapping[str, str], own_name: str) -> Chain | None:
    """`texts`: box key → words. None as long as neither a partner nor the own strength is written."""
    groups = {
        kind: _group(texts, kind, label)
        for kind, label in (
            ("suppliers", "仕入先"),
            ("partners", "協力先"),
            ("customers", "得意先"),
            ("end_users", "エンドユーザー"),
        )
    }
    strength = texts.get("chain.own.strength", "")
    if not strength and not any(group.written for group in groups.values()):
        return None
    return Chain(
        own_name=own_name,
        own_strength=strength,
        title="商流",
        before=[groups["suppliers"]],
        beside=groups["partners"],
        after=[groups["customers"], groups["end_users"]],
        ours_word="選定理由",
        theirs_word="選ばれている理由",
        strength_word=box("chain.own.strength").label,
        note=_NOTE,
    )


def _group(texts: Mapping[str, str], kind: str, label: str) -> Group:
    fields = ("name", "share", "why_chosen_by_us", "why_they_choose_us")
    return Group(
        label,
        [
            Party(*(texts.get(f"chain.{kind}.{place}.{field}", "") for field in fields))
            for place in CHAIN_PLACES
        ],
    )
