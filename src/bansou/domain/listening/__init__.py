"""Listening to a dialogue: the transcript as it was spoken."""

from bansou.domain.listening.supporters import SpeakerSide, guess_supporter
from bansou.domain.listening.transcript import SourceKind, Transcript, Turn, read_transcript

__all__ = ["SourceKind", "SpeakerSide", "Transcript", "Turn", "guess_supporter", "read_transcript"]
