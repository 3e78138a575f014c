"""Reading WebVTT as Teams, Zoom and others really write it.

A reader of our own, because libraries stop at a comma in a time or a missing blank line and cannot say which
line is broken.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bansou.domain.listening.utterances import (
    MAX_NAME_LENGTH,
    Utterance,
    accepted_speakers,
    broken_time,
    clean,
    seconds,
    split_label,
    split_lines,
)

_ARROW = "-->"
_TIMING = re.compile(r"^\s*(\S+)\s*-->\s*(\S+)")
_MISTYPED_ARROW = re.compile(r"^\s*\d[\d:.,]+\s*(?:->|—+>|–+>|=+>|→|~|〜)\s*\d[\d:.,]+\s*$")
_NUMBER = re.compile(r"\s*\d+\s*")
_TEAMS_ID = re.compile(r"\s*[0-9a-fA-F-]{36}(?:[/-][\w-]+)?\s*")
_SKIPPED_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")


@dataclass
class _Cue:
    start_s: float
    end_s: float
    payload: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class VttReading:
    """``voiced``: names stood in ``<v …>`` tags (Teams); ``labelled``: before a colon (Zoom)."""

    utterances: tuple[Utterance, ...]
    voiced: bool
    labelled: bool
    reordered: bool


def looks_like_vtt(text: str) -> bool:
    return text.lstrip().startswith("WEBVTT") or any(
        _TIMING.match(line) and line.lstrip()[:1].isdigit() for line in split_lines(text)
    )


def read_vtt(text: str) -> VttReading:
    """Cues in time order. Raises ``Refusal`` naming the line of a time that cannot be read."""
    cues = list(_cues(split_lines(text)))
    ordered = sorted(cues, key=lambda cue: cue.start_s)
    voiced = any(_VOICE.search(line) for cue in cues for line in cue.payload)
    if voiced:
        utterances = [part for cue in ordered for part in _voices(cue)]
        labelled = False
    else:
        utterances = _labelled(ordered)
        labelled = any(utterance.speaker for utterance in utterances)
    spoken = tuple(utterance for utterance in utterances if utterance.text)
    return VttReading(spoken, voiced, labelled, reordered=ordered != cues)


def _cues(lines: list[str]) -> Iterator[_Cue]:
    cue: _Cue | None = None
    skipping = True  # the WEBVTT header with its metadata
    for index, line in enumerate(lines):
        if _is_timing(lines, index):
            if cue is not None:
                yield cue
            cue, skipping = _open_cue(line, index + 1), False
        elif not line.strip():
            skipping = False
        elif _SKIPPED_BLOCK.match(line) and _starts_block(lines, index):
            skipping = True
        else:
            _refuse_mistyped_arrow(line, index + 1)
            if cue is not None and not skipping and not _is_identifier(lines, index):
                cue.payload.append(line)
    if cue is not None:
        yield cue


def _starts_block(lines: list[str], index: int) -> bool:
    return index == 0 or not lines[index - 1].strip()


def _is_timing(lines: list[str], index: int) -> bool:
    if not 0 <= index < len(lines) or _ARROW not in lines[index]:
        return False
    before = lines[index].split(_ARROW)[0]
    return any(char.isdigit() or char in ":：" for char in before) or _starts_block(lines, index)


def _is_identifier(lines: list[str], index: int) -> bool:
    """The line before a timing, when it opens a block or (blank line forgotten) is plainly an identifier."""
    if not _is_timing(lines, index + 1):
        return False
    if _starts_block(lines, index) or _TEAMS_ID.fullmatch(lines[index]):
        return True
    return _NUMBER.fullmatch(lines[index]) is not None and not _is_timing(lines, index - 1)


def _open_cue(line: str, number: int) -> _Cue:
    match = _TIMING.match(line)
    start = seconds(match[1]) if match else None
    end = seconds(match[2]) if match else None
    if start is None or end is None or end < start:
        raise broken_time(number, line)
    return _Cue(start, end)


def _refuse_mistyped_arrow(line: str, number: int) -> None:
    if _MISTYPED_ARROW.match(line):
        raise broken_time(number, line)


def _plain(text: str) -> str:
    return clean(_ENTITY.sub(lambda entity: html.unescape(entity.group()), clean(text)))


def _join(lines: list[str]) -> str:
    """Caption lines are broken by width, not by sense: only Latin words need a blank between them."""
    joined = ""
    for line in filter(None, lines):
        both_latin = bool(joined) and joined[-1].isascii() and line[0].isascii()
        joined += f" {line}" if both_latin else line
    return joined


def _voices(cue: _Cue) -> Iterator[Utterance]:
    before, *parts = _VOICE.split("\n".join(cue.payload))
    for speaker, words in [("", before), *zip(parts[0::2], parts[1::2], strict=True)]:
        name = _plain(speaker or "")[:MAX_NAME_LENGTH]
        yield Utterance(name, _join([_plain(line) for line in words.split("\n")]), cue.start_s, cue.end_s)


def _labelled(cues: list[_Cue]) -> list[Utterance]:
    texts = [[_plain(line) for line in cue.payload] for cue in cues]
    labels = [split_label(lines[0]) if lines else None for lines in texts]
    speakers = accepted_speakers((label[0] for label in labels if label), lines=len(cues))
    utterances = []
    for cue, lines, label in zip(cues, texts, labels, strict=True):
        speaker = ""
        if label is not None and label[0] in speakers:
            speaker, lines = label[0], [label[1], *lines[1:]]
        utterances.append(Utterance(speaker, _join(lines), cue.start_s, cue.end_s))
    return utterances
