"""Reading .txt transcripts: labelled lines, headings with a time (CLOVA Note, Notta, Teams), bare text.

Every pattern meets lines that ``clean`` has already stripped, so blanks are single; that keeps them linear.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bansou.domain.listening.utterances import (
    CLOCK,
    MAX_NAME_LENGTH,
    Utterance,
    accepted_speakers,
    broken_time,
    clean,
    could_be_a_name,
    seconds,
    split_label,
    split_lines,
)

_OPEN, _CLOSE = r"[\[(（［【〔]", r"[\])）］】〕]"
_NAME = rf"(?P<name>[^:：]{{1,{MAX_NAME_LENGTH}}}?)"
_START = rf"(?P<start>{CLOCK})"
_TIME_FIRST = re.compile(
    rf"^(?P<open>{_OPEN})? ?{_START}(?: ?(?:-->|[-–~〜～]) ?(?P<end>{CLOCK}))?"
    rf"(?: ?{_CLOSE}| )[ \-–—:：]*(?P<rest>.+)$"
)
# Zoom's own .txt export puts the name in brackets: 「[佐野 恵] 14:03:11」.
_BRACKETED_TIME_LAST = re.compile(rf"^\[ ?{_NAME} ?\] ?{_START}$")
_TIME_LAST = re.compile(rf"^{_NAME}(?: ?{_OPEN}| ){_START}{_CLOSE}?$")
_NAME_TIME_LABEL = re.compile(rf"^{_NAME} ?{_OPEN}{_START}{_CLOSE} ?[:：](?P<words>.+)$")
_BARE_TIME = re.compile(rf"^{_OPEN}? ?{_START} ?{_CLOSE}?$")
_BROKEN_TIME_FIRST = re.compile(rf"^{_OPEN} ?\d[\w.,]*[:：][\w:：.,]* ?{_CLOSE}")


@dataclass(frozen=True)
class TextReading:
    """``preamble``: lines before the first speaker, not among the utterances."""

    utterances: tuple[Utterance, ...]
    preamble: tuple[str, ...] = ()


def _clock(shown: str, index: int) -> float:
    start = seconds(shown)
    if start is None:
        raise broken_time(index + 1, shown)
    return start


def _spoken(utterances: list[Utterance]) -> tuple[Utterance, ...]:
    return tuple(utterance for utterance in utterances if utterance.text)


# --- headings: 「佐野 太郎 00:12」 and the words below -----------------------------------------------------


@dataclass(frozen=True)
class _Heading:
    """``name`` begins to speak at ``clock``; the words follow from line index ``words_from``."""

    at: int
    words_from: int
    name: str
    clock: str


def read_headings(text: str) -> tuple[TextReading, bool] | None:
    """Words under heading lines, and whether name and time stood on two lines (copied from Teams).

    ``None`` when the file is not of this form (our rule): fewer than two headings with words below, or
    headings mostly without words, or no name that comes back while the first line is no heading.
    Raises ``Refusal`` for a heading whose time cannot be.
    """
    lines = [clean(line) for line in split_lines(text)]
    one_line, two_lines = _one_line_headings(lines), _two_line_headings(lines)
    headings = max(one_line, two_lines, key=len)
    if not headings:
        return None
    ends = [heading.at for heading in headings[1:]] + [len(lines)]
    words = [
        "\n".join(filter(None, lines[heading.words_from : end]))
        for heading, end in zip(headings, ends, strict=True)
    ]
    preamble = tuple(filter(None, lines[: headings[0].at]))
    if not _plausible(headings, words, starts_with_heading=not preamble):
        return None
    utterances = [
        Utterance(heading.name, said, _clock(heading.clock, heading.words_from - 1))
        for heading, said in zip(headings, words, strict=True)
    ]
    return TextReading(_spoken(utterances), preamble), headings is two_lines


def _one_line_headings(lines: list[str]) -> list[_Heading]:
    headings = []
    for index, line in enumerate(lines):
        match = _BRACKETED_TIME_LAST.match(line) or _TIME_LAST.match(line)
        name = match["name"] if match else ""
        if match is None:
            match = _TIME_FIRST.match(line)
            name = match["rest"].rstrip(" :：") if match else ""
        if match is not None and could_be_a_name(name):
            headings.append(_Heading(index, index + 1, name, match["start"]))
    return headings


def _two_line_headings(lines: list[str]) -> list[_Heading]:
    headings = []
    for index in range(1, len(lines)):
        match = _BARE_TIME.match(lines[index])
        if match is not None and could_be_a_name(lines[index - 1]):
            headings.append(_Heading(index - 1, index + 1, lines[index - 1], match["start"]))
    return headings


def _plausible(headings: list[_Heading], words: list[str], *, starts_with_heading: bool) -> bool:
    with_words = sum(1 for said in words if said)
    comes_back = max(Counter(heading.name for heading in headings).values()) > 1
    return with_words >= 2 and 2 * with_words >= len(headings) and (comes_back or starts_with_heading)


# --- labels: 「名前: 発言」 --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A line taken apart: its time and, where there may be one, the name before the colon."""

    text: str
    name: str = ""
    words: str = ""
    start_s: float | None = None
    end_s: float | None = None


def read_labels(text: str) -> TextReading | None:
    """Lines 「名前: 発言」, with or without a time; other lines carry on what was being said.

    ``None`` when no line names a speaker. Raises ``Refusal`` for a time in brackets that cannot be.
    """
    numbered = [(index, clean(line)) for index, line in enumerate(split_lines(text))]
    lines = [_take_apart(line, index) for index, line in numbered if line]
    speakers = accepted_speakers((line.name for line in lines if line.name), lines=len(lines))
    speakers |= {line.name for line in lines if line.name and line.start_s is not None}
    if not speakers:
        return None
    preamble: list[str] = []
    said: list[tuple[_Line, list[str]]] = []
    for line in lines:
        if line.name in speakers:
            said.append((line, [line.words]))
        elif line.start_s is not None:
            said.append((_Line(line.text, start_s=line.start_s, end_s=line.end_s), [line.text]))
        else:
            (said[-1][1] if said else preamble).append(line.text)
    utterances = [
        Utterance(line.name, "\n".join(filter(None, words)), line.start_s, line.end_s) for line, words in said
    ]
    return TextReading(_spoken(utterances), tuple(preamble))


def _take_apart(line: str, index: int) -> _Line:
    named = _NAME_TIME_LABEL.match(line)
    if named is not None and could_be_a_name(named["name"]):
        return _Line(line, named["name"], named["words"].strip(), _clock(named["start"], index))
    timed = _TIME_FIRST.match(line)
    if timed is None and _BROKEN_TIME_FIRST.match(line) and not _BARE_TIME.match(line):
        raise broken_time(index + 1, line)
    name, words = split_label(timed["rest"] if timed else line) or ("", "")
    if timed is None or not (name or timed["open"]):
        return _Line(line, name, words)
    end = _clock(timed["end"], index) if timed["end"] else None
    return _Line(timed["rest"], name, words, _clock(timed["start"], index), end)


# --- no speakers ------------------------------------------------------------------------------------------


def read_paragraphs(text: str) -> TextReading:
    """One utterance per paragraph (blank lines between), or per line when there is no blank line.

    A line that is a time, or begins with one in brackets, starts a new utterance at that time.
    """
    lines = [clean(line) for line in split_lines(text.strip())]
    by_line = "" not in lines
    utterances: list[Utterance] = []
    words: list[str] = []
    start: float | None = None
    for line in [*lines, ""]:
        time = _BARE_TIME.match(line) or _TIME_FIRST.match(line)
        timed = time is not None and ("rest" not in time.groupdict() or time["open"] is not None)
        if words and (timed or by_line or not line):
            utterances.append(Utterance("", "\n".join(words), start))
            words, start = [], None
        if time is not None and timed:
            start = seconds(time["start"])
            line = time.groupdict().get("rest", "")
        if line:
            words.append(line)
    return TextReading(_spoken(utterances))
