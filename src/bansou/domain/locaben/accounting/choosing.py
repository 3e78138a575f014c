"""Of totals and details of one figure takes one or the other, so that nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bansou.domain.locaben.accounting.statement import Sheet
from bansou.domain.locaben.accounting.vocabulary import Place, Role, kind_of, label_key
from bansou.domain.locaben.figures import FIGURE_LABELS

RECEIVABLES = ("notes_receivable", "accounts_receivable", "electronic_receivables")
PAYABLES = ("notes_payable", "accounts_payable", "electronic_payables")


@dataclass(frozen=True)
class Candidate:
    """A line with its amount in 円 (``None``: blank). ``position``: the caller's own number for it."""

    position: int
    line: int
    name: str
    amount: int | None
    place: Place | None
    parents: tuple[str, ...] = ()
    is_sub: bool = False
    sheet: Sheet | None = None

    @property
    def key(self) -> str:
        return label_key(self.name)


@dataclass
class Choice:
    """What makes one figure. ``covered``: lines that belong to it and are held by the taken ones already."""

    taken: list[Candidate] = field(default_factory=list)
    covered: list[Candidate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def choose(candidates: Iterable[Candidate]) -> dict[str, Choice]:
    """Figure key → the lines that make it. Blank lines are never taken."""
    fitting = [each for each in candidates if each.amount is not None and _fits(each)]
    choices: dict[str, Choice] = {}
    inside = {each.position for each in fitting if _is_inside(each, fitting)}
    for each in fitting:
        choice = choices.setdefault(_place(each).key, Choice())
        (choice.covered if each.position in inside else choice.taken).append(each)
    for key, choice in choices.items():
        _settle(key, choice)
    _settle_merged(choices, RECEIVABLES)
    _settle_merged(choices, PAYABLES)
    return choices


def _fits(each: Candidate) -> bool:
    """Balances come from the balance sheet, costs from the income statement, where the file says which."""
    if each.place is None:
        return False
    wrong: Sheet = "income" if kind_of(each.place.key) == "stock" else "balance"
    return each.sheet != wrong


def _place(each: Candidate) -> Place:
    if each.place is None:
        raise ValueError("only lines with a place are chosen from")
    return each.place


def _is_inside(each: Candidate, fitting: Sequence[Candidate]) -> bool:
    """A 補助科目, or a line under an account, whose account has its own amount."""
    if each.is_sub and any(other.key == each.key and not other.is_sub for other in fitting):
        return True
    parents = {label_key(parent) for parent in each.parents}
    return any(
        other.key in parents
        and other.position != each.position
        and _place(other).role is not Role.MERGED
        and (_place(other).key == _place(each).key or _place(other).role is Role.PART)
        for other in fitting
    )


def _settle(key: str, choice: Choice) -> None:
    wholes = [each for each in choice.taken if _place(each).role is Role.WHOLE]
    parts = [each for each in choice.taken if _place(each).role is Role.PART]
    merged = [each for each in choice.taken if _place(each).role is Role.MERGED]
    of_which = [each for each in choice.taken if _place(each).role is Role.OF_WHICH]
    if wholes:
        first = min(wholes, key=lambda each: (_place(each).rank, each.position))
        choice.taken = [first]
        choice.covered += [each for each in (*wholes, *parts, *merged, *of_which) if each is not first]
        _compare(key, choice, first, [each for each in wholes if each is not first])
        return
    if not parts and not merged:
        choice.taken = of_which
        _tell_of_which(key, choice)
        return
    choice.taken = parts or merged[:1]
    choice.covered += [*(merged if parts else merged[1:]), *of_which]
    _take_out_sums(choice)
    _tell_same_names(choice)


def _compare(key: str, choice: Choice, first: Candidate, others: Sequence[Candidate]) -> None:
    for other in others:
        if abs(other.amount or 0) != abs(first.amount or 0):
            choice.notes.append(
                f"{FIGURE_LABELS[key]}になりうる行が2つあり、金額が違います。{first.line}行目「{first.name}」"
                f"（{first.amount:,}円）を使い、{other.line}行目「{other.name}」（{other.amount:,}円）は"
                "使いませんでした。"
            )


def _take_out_sums(choice: Choice) -> None:
    """「売上高」 above 「製品売上高」「商品売上高」 may be their sum, printed without the word 合計."""
    for each in list(choice.taken):
        inner = [other for other in choice.taken if other.key != each.key and other.key.endswith(each.key)]
        if inner and sum(other.amount or 0 for other in inner) == each.amount:
            choice.taken = [other for other in choice.taken if other not in inner]
            choice.covered += inner
            choice.notes.append(
                f"{each.line}行目「{each.name}」は、"
                f"{'と'.join(f'「{other.name}」' for other in inner)}の合計とみて、1回だけ数えました。"
            )


def _tell_of_which(key: str, choice: Choice) -> None:
    """A detail of another line stands in when the figure has no line of its own."""
    label = FIGURE_LABELS[key]
    choice.notes += [
        f"{each.line}行目「{each.name}」は内訳の行ですが、ほかに{label}の行がないので、{label}に入れました。"
        for each in choice.taken
    ]
    _tell_same_names(choice)


def _tell_same_names(choice: Choice) -> None:
    mains = sorted((each for each in choice.taken if not each.is_sub), key=lambda each: each.key)
    for _, same in groupby(mains, key=lambda each: each.key):
        lines = list(same)
        if len(lines) > 1:
            where = "、".join(f"{each.line}行目（{each.amount:,}円）" for each in lines)
            choice.notes.append(f"「{lines[0].name}」が{len(lines)}行あり、足し合わせました：{where}")


def _settle_merged(choices: dict[str, Choice], keys: Sequence[str]) -> None:
    """受取手形及び売掛金 counts only when neither of the two has a line of its own."""
    for key in keys:
        choice = choices.get(key)
        if choice is None or not any(_place(each).role is Role.MERGED for each in choice.taken):
            continue
        line = choice.taken[0]
        own = [other for other in keys if other != key and other in choices and choices[other].taken]
        if own:
            choice.covered += choice.taken
            choice.taken = []
        else:
            choice.notes.append(
                f"{line.line}行目「{line.name}」は手形と掛けを合わせた行です。まとめて{FIGURE_LABELS[key]}に入れました。"
            )
