"""The 初期的チェックリスト: five items, three marks, one verdict (guideline summary 2023, steps ① and ②).

A × never closes anything: it asks for a reason and a day to look again, and offers other paths (our rule).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bansou.domain.method.content_files import read_content
from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.method.steps import Step
from bansou.domain.shared import Refusal

REASON_LIMIT = 1000


class Mark(LabelledEnum):
    """How far one item is met; the label is the sign shown."""

    MET = "met", "○"
    PARTLY_MET = "partly_met", "△"
    NOT_MET = "not_met", "×"

    @property
    def symbol(self) -> str:
        """○, △ or ×."""
        return self.label

    @property
    def spoken(self) -> str:
        """The word read out in place of the sign, which screen readers skip."""
        return _SPOKEN_MARKS[self]

    @classmethod
    def parse(cls, text: str) -> "Mark | None":
        """The mark a person or file wrote: a sign in any usual shape, or the code; None if unknown."""
        return _SIGNS.get(text.strip().lower())


_SPOKEN_MARKS = {Mark.MET: "当てはまる", Mark.PARTLY_MET: "一部当てはまる", Mark.NOT_MET: "当てはまらない"}
# The official page writes the ideographic zero 〇 (U+3007); keyboards give circles of several sizes.
_SIGNS = (
    dict.fromkeys("○〇◯", Mark.MET)
    | dict.fromkeys("△▲", Mark.PARTLY_MET)
    | dict.fromkeys("×✕✖xｘ", Mark.NOT_MET)
    | {mark.value: mark for mark in Mark}
)


class SuitabilityItem(LabelledEnum):
    """The five items with their exact official labels."""

    GROWTH_WILL = (
        "growth_will",
        "事業者に事業の成長に対する問題意識や意欲がある（あるいは、それを引き出させる可能性を感じる）",
    )
    NOT_EMERGENCY = (
        "not_emergency",
        "打てる手立てが限定的かつ緊急的な支援が求められる事業者ではない",
    )
    METHOD_UNDERSTOOD = (
        "method_understood",
        "経営力再構築伴走支援の支援手法についての理解を事業者が示している",
    )
    CAPACITY = (
        "capacity",
        "支援を通じて生じる負担を受容できる事業者のリソース・キャパシティがある",
    )
    SELF_RESPONSIBILITY = (
        "self_responsibility",
        "他人まかせではなく、当事者意識を持とうとしている",
    )

    @property
    def question(self) -> str:
        """どう確かめるか: a plain question the adviser can ask or ask themselves (our wording)."""
        return str(read_content("checklist")[self.value]["question"])

    @property
    def hint(self) -> str:
        """What to look at before marking (our wording)."""
        return str(read_content("checklist")[self.value]["hint"])


class Verdict(LabelledEnum):
    """What the marks say, with the exact official labels."""

    RECOMMENDED = "recommended", "積極的な展開を推奨"
    WITH_CAUTION = "with_caution", "可（要注意）"
    CONSIDER_ALTERNATIVES = "consider_alternatives", "他の選択肢を検討"


class NextPath(LabelledEnum):
    """What is offered beside the method when an item is ×; neither ends the engagement (our rule)."""

    PROBLEM_SOLVING = "problem_solving", "課題解決型支援"
    BRIDGING = "bridging", "橋渡し"


def judge(marks: Mapping[SuitabilityItem, Mark | None]) -> Verdict | None:
    """The verdict over all five items; None while any is unanswered (our rule). × governs △ (our rule)."""
    answered = [marks.get(item) for item in SuitabilityItem]
    if None in answered:
        return None
    if Mark.NOT_MET in answered:
        return Verdict.CONSIDER_ALTERNATIVES
    if Mark.PARTLY_MET in answered:
        return Verdict.WITH_CAUTION
    return Verdict.RECOMMENDED


@dataclass(frozen=True)
class Answer:
    """One item's mark and the adviser's reason for it."""

    mark: Mark | None = None
    reason: str = ""


@dataclass(frozen=True)
class Assessment:
    """A complete assessment, to be kept as a version of its own. It carries no power to close anything."""

    answers: Mapping[SuitabilityItem, Answer] = field(hash=False)
    verdict: Verdict
    reassess_on: date | None
    next_paths: tuple[NextPath, ...]
    is_urgent: bool
    """True when `not_emergency` is ×: swift problem-solving support comes first (our rule)."""


def plan_assessment(
    answers: Mapping[SuitabilityItem, Answer], *, reassess_on: date | None = None, today: date
) -> Assessment | list[Refusal]:
    """Decide whether these answers make an assessment (our rules).

    Every item needs a mark and a reason of at most 1000 characters; with any × a day to look again is needed;
    that day, when given, lies after `today`. Refusal fields: `<item>_mark`, `<item>_reason`, `reassess_on`.
    """
    marks = {item: answers.get(item, Answer()).mark for item in SuitabilityItem}
    refusals = [
        refusal for item in SuitabilityItem for refusal in _check_answer(item, answers.get(item, Answer()))
    ]
    refusals += _check_day(marks, reassess_on, today)
    verdict = judge(marks)
    if refusals or verdict is None:
        return refusals
    alternatives = verdict is Verdict.CONSIDER_ALTERNATIVES
    return Assessment(
        answers={item: Answer(marks[item], answers[item].reason.strip()) for item in SuitabilityItem},
        verdict=verdict,
        reassess_on=reassess_on,
        next_paths=tuple(NextPath) if alternatives else (),
        is_urgent=marks[SuitabilityItem.NOT_EMERGENCY] is Mark.NOT_MET,
    )


def _check_answer(item: SuitabilityItem, answer: Answer) -> list[Refusal]:
    refusals = []
    reason = answer.reason.strip()
    if answer.mark is None:
        message = "○・△・×のどれかを選んでください。わからないときは△にして、理由に「未確認」と書けます。"
        refusals.append(Refusal("mark_required", message, f"{item.value}_mark"))
    if not reason:
        message = "そう考えた理由を書いてください。"
        if answer.mark is Mark.NOT_MET:
            message = "×とした理由を書いてください。次に見直すときの手がかりになります。"
        refusals.append(Refusal("reason_required", message, f"{item.value}_reason"))
    if len(reason) > REASON_LIMIT:
        message = f"理由は{REASON_LIMIT}文字以内にしてください（いま{len(reason)}文字）。"
        refusals.append(Refusal("reason_too_long", message, f"{item.value}_reason"))
    return refusals


def _check_day(
    marks: Mapping[SuitabilityItem, Mark | None], reassess_on: date | None, today: date
) -> list[Refusal]:
    if reassess_on is None:
        if Mark.NOT_MET not in marks.values():
            return []
        message = "×があるときは、あらためて見直す日（再評価予定日）を決めてください。"
        return [Refusal("reassessment_required", message, "reassess_on")]
    if reassess_on <= today:
        message = "再評価予定日には、明日以降の日付を入れてください。"
        return [Refusal("reassessment_not_in_future", message, "reassess_on")]
    return []


EARLY_DIALOGUES = 2


def early_judgement_warning(
    *, step: Step, marks: Mapping[SuitabilityItem, Mark | None], dialogues_held: int
) -> str | None:
    """A sentence where the guideline warns against judging early, or None.

    Warns when any item is × or △ and the judgement rests on little: at step ① or before the first dialogue on
    prior information alone; until two dialogues were held (our rule) on a cool reaction, a one-sided
    impression of support, a missing will, or the environment. Worded by us in `content/checklist.toml`.
    """
    doubtful = [item for item in SuitabilityItem if marks.get(item) in (Mark.NOT_MET, Mark.PARTLY_MET)]
    if not doubtful:
        return None
    texts: dict[str, str] = read_content("checklist")["early_judgement"]
    if step is Step.BEFORE_CONTACT or dialogues_held == 0:
        return texts["prior_information"]
    if dialogues_held >= EARLY_DIALOGUES:
        return None
    for item in (SuitabilityItem.METHOD_UNDERSTOOD, SuitabilityItem.GROWTH_WILL):
        if item in doubtful:
            return texts[item.value]
    return texts["environment"]
