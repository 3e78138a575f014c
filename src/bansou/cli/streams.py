"""Standard output and error: what cannot be said there must not change what a command did."""

import os
import sys
from typing import TextIO


def mend_streams() -> None:
    """Give a closed stream somewhere to go, and let letters the terminal lacks appear as their numbers."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Else the next file opened would take its number, and receive what is meant for it.
            nowhere = open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115 - stays open
            setattr(sys, name, nowhere)
        elif name != "stdin" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a line (on standard error unless told), or nothing when nobody can hear it any more."""
    stream = sys.stderr if stream is None else stream
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except (OSError, ValueError):
        silence(stream)


def silence(stream: TextIO) -> None:
    """What was kept back for a broken or full stream must not fail once more when Python ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a closed one keeps nothing back
        return
