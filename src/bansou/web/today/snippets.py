"""The words around a hit, from a layer the reader may see."""

from bansou.apps.dialogues.models import DialogueSession
from bansou.domain.japanese import search_key, search_words

_AROUND = 40


def snippet(dialogue: DialogueSession, words: str, *, on_team: bool) -> str:
    """A passage of the note (team) or the official record (organisation) around the first hit, or ""."""
    layers = []
    if on_team and hasattr(dialogue, "note"):
        layers.append(dialogue.note.text)
    if hasattr(dialogue, "official_record"):
        layers.append(dialogue.official_record.text)
    wanted = search_words(words)
    for text in layers:
        for word in wanted:
            place = search_key(text).find(word)
            if place >= 0:
                return _cut(text, place)
    return ""


def _cut(text: str, place: int) -> str:
    # Folding can shift places by a few characters; the window is wide enough to show the word.
    start, end = max(0, place - _AROUND), place + 2 * _AROUND
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
