"""Finding words that were copied by hand in the text they come from."""

import re


def span_of(text: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `text`; line breaks and blanks may differ. None when they do not."""
    wanted = re.sub(r"\s+", "", words)
    if not wanted:
        return None
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    start = "".join(text[place] for place in places).find(wanted)
    return (places[start], places[start + len(wanted) - 1] + 1) if start >= 0 else None
