"""Who comes before, who stands beside, who comes after: a chain with one's own firm in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PARTIES = 4


@dataclass(frozen=True)
class Party:
    """Somebody in the chain; `ours` is why we chose them, `theirs` why they choose us."""

    name: str
    share: str = ""
    ours: str = ""
    theirs: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(words.strip() for words in (self.name, self.share, self.ours, self.theirs))


@dataclass(frozen=True)
class Group:
    """A column of the chain with up to four parties; one without any words is left out."""

    label: str
    parties: Sequence[Party] = ()

    @property
    def written(self) -> list[Party]:
        return [party for party in self.parties if not party.is_empty]


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Columns `before`, then oneself with those who stand `beside`, then columns `after`."""

    own_name: str
    own_strength: str = ""
    title: str
    before: Sequence[Group] = ()
    beside: Group | None = None
    after: Sequence[Group] = ()
    own_word: str = "自社"
    ours_word: str = "選んだ理由"
    theirs_word: str = "選ばれる理由"
    strength_word: str = "強み"
    note: str = ""

    @property
    def description(self) -> str:
        return "".join(f"{'、'.join(filter(None, row))}。" for row in self.rows)

    @property
    def head(self) -> tuple[str, ...]:
        return ("立場", "名前", "割合", self.ours_word, self.theirs_word)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Everybody from left to right; one's own strength stands where the others have their reasons."""
        own = (
            self.own_word,
            self.own_name,
            "",
            "",
            self.own_strength and f"{self.strength_word}：{self.own_strength}",
        )
        beside = [self.beside] if self.beside else []
        return [*_rows(self.before), own, *_rows(beside), *_rows(self.after)]


def _rows(groups: Sequence[Group]) -> list[tuple[str, ...]]:
    return [
        (group.label, party.name, party.share, party.ours, party.theirs)
        for group in groups
        for party in group.written
    ]
