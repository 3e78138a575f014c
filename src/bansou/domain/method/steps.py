"""The seven steps of 経営力再構築伴走支援 (guideline summary 2023, chapter 4 section 1)."""

from enum import StrEnum

_MARKS = "①②③④⑤⑥⑦"


class Step(StrEnum):
    """One step of the journey. Steps are guidance, not gates: any step may be revisited (our rule)."""

    BEFORE_CONTACT = "before_contact"
    MUTUAL_UNDERSTANDING = "mutual_understanding"
    TRUST_BUILDING = "trust_building"
    INSIGHT = "insight"
    MOTIVATION = "motivation"
    RESOLUTION = "resolution"
    FOLLOW_UP = "follow_up"

    @property
    def number(self) -> int:
        """1 to 7."""
        return list(Step).index(self) + 1

    @property
    def mark(self) -> str:
        """The circled number: ① to ⑦."""
        return _MARKS[self.number - 1]

    @property
    def label(self) -> str:
        """The official heading, without its subtitle."""
        return _TEXTS[self][0]

    @property
    def subtitle(self) -> str:
        """The official subtitle, without the wave dashes around it."""
        return _TEXTS[self][1]

    @property
    def short_label(self) -> str:
        """A few characters for the step line (our wording)."""
        return _TEXTS[self][2]

    @classmethod
    def from_number(cls, number: int) -> "Step":
        """The step with this number; ValueError outside 1 to 7."""
        if not 1 <= number <= len(cls):
            raise ValueError(f"there is no step {number}")
        return list(cls)[number - 1]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, mark and label) in the order of the journey."""
        return [(step.value, f"{step.mark} {step.label}") for step in cls]


_TEXTS = {
    Step.BEFORE_CONTACT: ("事業者と接する前", "支援対象について", "接する前"),
    Step.MUTUAL_UNDERSTANDING: ("事業者・支援者双方の理解", "伴走支援に入る前に", "双方の理解"),
    Step.TRUST_BUILDING: ("伴走支援の開始", "信頼関係の構築", "信頼関係"),
    Step.INSIGHT: ("気づき・腹落ちの促進", "本質的な課題へのアプローチ", "気づき・腹落ち"),
    Step.MOTIVATION: ("内発的動機づけ", "オーナーシップの発揮", "内発的動機づけ"),
    Step.RESOLUTION: ("課題解決", "行動変容・成功体験の蓄積", "課題解決"),
    Step.FOLLOW_UP: ("フォローアップ", "自走化、自己変革の実現", "フォローアップ"),
}
