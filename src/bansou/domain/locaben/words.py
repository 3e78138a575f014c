"""What a card says about one result and what to ask the owner: a description and questions, no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bansou.domain.locaben.assessment import IndicatorResult
from bansou.domain.locaben.content_files import read_content
from bansou.domain.locaben.display import shown
from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.notes import Note

_SIGNS = ("positive", "zero", "negative")
_RELATIONS = {"high": "better", "middle": "about", "low": "worse"}
_BANDS = tuple(_RELATIONS)
_PLACEHOLDERS = {"amount": "1%", "number": "1", "median": "1%", "blank": "売上高"}
# In this order the first that applies tells the whole card.
_SITUATIONS = (
    Note.NO_PREVIOUS_SALES,
    Note.SALES_NOT_POSITIVE,
    Note.EMPLOYEES_NEGATIVE,
    Note.NO_TOTAL_ASSETS,
    Note.EBITDA_NOT_POSITIVE,
    Note.NET_CASH,
    Note.INSOLVENT,
)


@dataclass(frozen=True)
class CardWords:
    """`what` the indicator is, what its value means for this firm, and 2–3 questions; the first is shown."""

    what: str
    meaning: str
    questions: tuple[str, ...]

    @property
    def question(self) -> str:
        return self.questions[0]


@dataclass(frozen=True)
class AgendaItem:
    """One part of a talk over the sheet."""

    minutes: int
    title: str
    words: str


def indicator_in_words(indicator: Indicator) -> str:
    """One sentence: what the indicator looks at."""
    return str(_page()[indicator.value]["what"])


def card_words(result: IndicatorResult) -> CardWords:
    """The words for one result, by its notes, its points and the sign of the value as shown.

    Near the median means three points: the median lies in that band in every edition we accept.
    """
    page = _page()
    words = page[result.indicator.value]
    blank = [FIGURE_LABELS[note.blank_figure] for note in result.notes if note.blank_figure]
    if blank:
        meaning = page["blank"]["meaning"].format(blank="」「".join(blank))
        return CardWords(words["what"], meaning, tuple(words["blank_questions"]))
    situation = _situation(result)
    if situation:
        told = words["situations"][situation]
        meaning, questions = told["meaning"].format(**_numbers(result)), told["questions"]
    else:
        meaning, questions = _described(words, result)
    asides = [page["asides"][note.value] for note in result.notes if note.value in page["asides"]]
    return CardWords(words["what"], "".join([meaning, *asides]), tuple(questions))


def _situation(result: IndicatorResult) -> str:
    note = next((one for one in _SITUATIONS if one in result.notes), None)
    if note is Note.EBITDA_NOT_POSITIVE and result.points is None:
        return "ebitda_not_positive_without_debt"
    return note.value if note else ""


def _described(words: Mapping[str, Any], result: IndicatorResult) -> tuple[str, list[str]]:
    sign, band = _sign(result), _band(result.points)
    fact = words["facts"][sign].format(**_numbers(result))
    relation = words["relation"][_RELATIONS[band]].format(**_numbers(result))
    questions = words["questions"]
    key = next(key for key in (f"{sign}_{band}", sign, band) if key in questions)
    return fact + relation, questions[key]


def _numbers(result: IndicatorResult) -> dict[str, str]:
    amount = _shown_value(result).lstrip("+−")
    return {
        "amount": amount,
        "number": amount.removesuffix(result.indicator.unit),
        "median": result.median_shown,
    }


def _shown_value(result: IndicatorResult) -> str:
    return "" if result.value is None else shown(result.indicator, result.value)


def _sign(result: IndicatorResult) -> str:
    # As shown: −0.04% reads 0.0%, and 「減りました」 beside it would puzzle.
    text = _shown_value(result)
    if not text.strip("+−").removesuffix(result.indicator.unit).strip("0.,"):
        return "zero"
    return "negative" if text.startswith("−") else "positive"


def _band(points: int | None) -> str:
    if points is None:
        raise ValueError("a result without points has a note that says why")
    return "low" if points <= 2 else "middle" if points == 3 else "high"


@cache
def _page() -> Mapping[str, Any]:
    page = read_content("words")
    check_words(page)
    return page


def check_words(page: Mapping[str, Any]) -> None:
    """Raises ValueError naming the first gap in a page laid out like `content/words.toml`: a missing text, a
    sign and band without questions, a placeholder that is not filled, an agenda that is not an hour."""
    for indicator in Indicator:
        _check_indicator(indicator.value, page[indicator.value])
    _check_sentence("blank.meaning", page["blank"]["meaning"])
    minutes = sum(item["minutes"] for item in page["talk"]["agenda"])
    if minutes != 60:
        raise ValueError(f"talk.agenda: {minutes} minutes instead of 60")


def _check_indicator(name: str, words: Mapping[str, Any]) -> None:
    for sign in _SIGNS:
        _check_sentence(f"{name}.facts.{sign}", words["facts"].get(sign, ""))
    for relation in _RELATIONS.values():
        _check_sentence(f"{name}.relation.{relation}", words["relation"].get(relation, ""))
    questions = words["questions"]
    reachable = [f"{name}.{sign}_{band}" for sign in _SIGNS for band in _BANDS
                 if not {f"{sign}_{band}", sign, band} & set(questions)]  # fmt: skip
    if reachable:
        raise ValueError(f"no questions for {', '.join(reachable)}")
    told = {**questions, "blank": words["blank_questions"]}
    for situation, table in words.get("situations", {}).items():
        _check_sentence(f"{name}.situations.{situation}", table["meaning"])
        told[situation] = table["questions"]
    for key, lines in told.items():
        if len(lines) not in (2, 3):
            raise ValueError(f"{name}.questions.{key}: two or three questions are needed")


def _check_sentence(name: str, sentence: str) -> None:
    if not sentence.endswith("。"):
        raise ValueError(f"{name}: a whole sentence is needed")
    try:
        sentence.format(**_PLACEHOLDERS)
    except (KeyError, IndexError) as unknown:
        raise ValueError(f"{name}: nothing fills {unknown}") from unknown


def _agenda() -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(**item) for item in _page()["talk"]["agenda"])


TALK_AGENDA: tuple[AgendaItem, ...] = _agenda()
"""How to use an hour over the sheet: the flow of work first, figures second, the owner's own words last."""

TALK_OPENING: tuple[str, ...] = tuple(_page()["talk"]["opening"])
"""What may be said at the beginning."""
