"""Chooses a few questions and cautions for the 準備シート, so that every dialogue brings others."""

from dataclasses import dataclass

from bansou.domain.method.guidance import StepGuidance


@dataclass(frozen=True)
class Preparation:
    """What one sheet shows of a step."""

    questions: tuple[str, ...]
    avoid: tuple[str, ...]


def prepare(
    guidance: StepGuidance,
    *,
    dialogues_held: int,
    seed: int = 0,
    question_limit: int = 4,
    avoid_limit: int = 3,
) -> Preparation:
    """The questions and cautions for the next dialogue; the same arguments give the same sheet.

    `seed` (any whole number fixed for one engagement) only shifts where the rotation starts.
    Lists shorter than the limit are given whole.
    """
    turn = dialogues_held + seed
    return Preparation(
        questions=rotate(guidance.questions, turn=turn, limit=question_limit),
        avoid=rotate(guidance.avoid, turn=turn, limit=avoid_limit),
    )


def rotate(lines: tuple[str, ...], *, turn: int, limit: int) -> tuple[str, ...]:
    """`limit` lines spread evenly over the list, moved on by one each turn (our rule).

    Spread, because the base comes first and what is special to this business last: each sheet has some of
    both. Every line appears within `len(lines)` turns; two turns in a row share none once there are at least
    2 × limit lines.
    """
    if limit < 1:
        return ()
    if len(lines) <= limit:
        return lines
    stride = len(lines) // limit
    return tuple(lines[(turn + place * stride) % len(lines)] for place in range(limit))
