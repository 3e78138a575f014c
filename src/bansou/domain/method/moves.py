"""Moving between the seven steps: soft-gated, never blocked by what is missing (our rule).

The guideline gives an order, not gates: every step can be reached; what is usual before it comes as advice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.method.steps import Step
from bansou.domain.method.suitability import Verdict
from bansou.domain.shared import Refusal

REASON_LIMIT = 1000


class Direction(LabelledEnum):
    """Whether a move follows the order of the steps."""

    FORWARD = "forward", "進む"
    BACK = "back", "戻る"


@dataclass(frozen=True)
class Move:
    """An allowed move. `advice` holds gentle hints for the target step and never blocks."""

    from_step: Step
    to_step: Step
    direction: Direction
    reason: str
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoveFacts:
    """What is known about an engagement. None means "not kept by the program": no hint is drawn from it."""

    has_assessment: bool | None = None
    verdict: Verdict | None = None
    method_explained: bool | None = None
    dialogues_held: int | None = None
    leader_statements: int | None = None
    viewpoints_heard: int | None = None
    leader_insights: int | None = None
    ownership_signs: int | None = None
    firm_members: int | None = None
    small_steps_done: int | None = None
    measurements: int | None = None


def plan_move(
    *, current: Step, target: Step, reason: str = "", open_points: Sequence[str] = ()
) -> Move | Refusal:
    """Decide a move. `open_points` (see `open_entry_points`) become the advice of a forward move.

    Refuses: the same step; a move back, or forward over a step, without a reason; a reason over 1000
    characters. A move forward by one step needs no reason.
    """
    words = reason.strip()
    if current is target:
        return Refusal("same_step", f"いまのステップが「{target.label}」です。", "target")
    if len(words) > REASON_LIMIT:
        return Refusal("reason_too_long", f"理由は{REASON_LIMIT}文字以内にしてください。", "reason")
    back = target.number < current.number
    if not words and back:
        return Refusal(
            "reason_required",
            "前のステップに戻る理由を書いてください。戻ることも大切な一歩として記録に残ります。",
            "reason",
        )
    if not words and target.number > current.number + 1:
        return Refusal("reason_required", "間のステップを飛ばして進む理由を書いてください。", "reason")
    if back:
        return Move(current, target, Direction.BACK, words)
    return Move(current, target, Direction.FORWARD, words, tuple(open_points))


def open_entry_points(target: Step, facts: MoveFacts) -> tuple[str, ...]:
    """What is usual before `target` and not seen yet, as sentences for the adviser (our rule)."""
    return tuple(text for is_open, text in _entry_points(target, facts) if is_open)


def _missing(count: int | None, at_least: int = 1) -> bool:
    return count is not None and count < at_least


def _entry_points(target: Step, facts: MoveFacts) -> list[tuple[bool, str]]:
    points: dict[Step, list[tuple[bool, str]]] = {
        Step.BEFORE_CONTACT: [],
        Step.MUTUAL_UNDERSTANDING: [
            (
                facts.has_assessment is False,
                "初期的チェックリストがまだ空です。仮の見立てでかまいませんので、書いておくと後で見比べられます。",
            ),
        ],
        Step.TRUST_BUILDING: [
            (
                facts.method_explained is False,
                "伴走支援の進め方を説明した記録がまだありません。期間・対話・事業者自身の取組が要ることを、お伝えしましたか。",
            ),
            (facts.has_assessment is False, "初期的チェックリストの記録がまだありません。"),
            (
                facts.verdict is Verdict.CONSIDER_ALTERNATIVES,
                "チェックリストに×があります。対話を続けながら、課題解決型支援や橋渡しも並べて考えてみましょう。",
            ),
        ],
        Step.INSIGHT: [
            (
                _missing(facts.dialogues_held, 2),
                "対話の記録がまだ少ないようです。課題の話に入る前に、もう少しお人柄や歩みを聴けるかもしれません。",
            ),
            (
                _missing(facts.leader_statements),
                "経営者ご本人の言葉がまだ記録されていません。まずは言葉をそのまま書き留めてみましょう。",
            ),
        ],
        Step.MOTIVATION: [
            (
                _missing(facts.leader_insights),
                "経営者が自分の言葉で語った気づきが、まだ記録されていません。支援者の見立てで先に進んでいないか、振り返ってみましょう。",
            ),
            (
                _missing(facts.viewpoints_heard, 2),
                "経営者以外の方の声がまだ記録されていません。現場からはどう見えているでしょうか。",
            ),
        ],
        Step.RESOLUTION: [
            (
                _missing(facts.ownership_signs),
                "当事者意識の表れ（自分から動いた、社員に話したなど）が、まだ記録されていません。",
            ),
            (
                _missing(facts.firm_members),
                "事業者側で一緒に動く方がまだ決まっていません。誰と始めるかを、経営者に尋ねてみましょう。",
            ),
        ],
        Step.FOLLOW_UP: [
            (
                _missing(facts.small_steps_done),
                "やり切ったスモールステップがまだ記録されていません。小さな成功を一つ、一緒に確かめられると安心です。",
            ),
            (
                _missing(facts.measurements),
                "数字の記録がまだありません。変化を印象だけでなく数字でも確かめられるよう、一つだけ選んでみましょう。",
            ),
        ],
    }
    return points[target]
