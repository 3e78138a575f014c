"""A caption file as Teams writes it, so that the demo's transcript comes in through the ordinary reader."""

from collections.abc import Iterable

_LETTERS_A_SECOND = 6.0
_PAUSE_S = 2.5


def as_vtt(turns: Iterable[tuple[str, str]], *, begin_s: float = 4.0) -> bytes:
    """(speaker, words) in order → WebVTT; each turn lasts as long as saying it takes."""
    lines = ["WEBVTT", ""]
    clock = begin_s
    for number, (speaker, words) in enumerate(turns):
        end = clock + len(words) / _LETTERS_A_SECOND
        lines += [
            f"d3a0b1c2/{number}-0",
            f"{_stamp(clock)} --> {_stamp(end)}",
            f"<v {speaker}>{words}</v>",
            "",
        ]
        clock = end + _PAUSE_S
    return "\n".join(lines).encode()


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
