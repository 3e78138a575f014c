"""A transcript: who said what, when. Read from the files people have; never from markup or machines' code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bansou.domain.japanese import UndecodableText, decode, search_key
from bansou.domain.listening.labelled_text import TextReading, read_headings, read_labels, read_paragraphs
from bansou.domain.listening.utterances import Utterance
from bansou.domain.listening.vtt import looks_like_vtt, read_vtt
from bansou.domain.shared import Refusal

MAX_BYTES = 20 * 1024 * 1024
MAX_LINES = 200_000
MERGE_GAP_S = 2.0
EXTENSIONS = (".vtt", ".txt")


class SourceKind(StrEnum):
    """The form a transcript came in."""

    TEAMS_VTT = "teams_vtt"
    ZOOM_VTT = "zoom_vtt"
    PLAIN_VTT = "plain_vtt"
    TEAMS_TEXT = "teams_text"
    HEADED_TEXT = "headed_text"
    LABELLED_TEXT = "labelled_text"
    PLAIN_TEXT = "plain_text"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    SourceKind.TEAMS_VTT: "Teams の文字起こし(VTT)",
    SourceKind.ZOOM_VTT: "Zoom の文字起こし(VTT)",
    SourceKind.PLAIN_VTT: "話者名のない字幕(VTT)",
    SourceKind.TEAMS_TEXT: "Teams から写したテキスト",
    SourceKind.HEADED_TEXT: "名前と時刻の見出しがあるテキスト(CLOVA Note、Notta など)",
    SourceKind.LABELLED_TEXT: "「名前: 発言」のテキスト",
    SourceKind.PLAIN_TEXT: "話者名のないテキスト",
}


@dataclass(frozen=True)
class Turn:
    """What one person said until another spoke. ``index`` counts from 0; ``speaker`` is ``""`` if unknown.

    ``start_s``/``end_s`` in seconds from the start of the recording, ``None`` where the file has no time.
    Line breaks in ``text`` are those of a text file; captions are joined without any.
    """

    index: int
    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Transcript:
    """``speakers`` in order of appearance (``""`` among them when someone is unnamed).

    ``notices``: Japanese sentences for the person who brought the file, about what was left out or guessed.
    """

    turns: tuple[Turn, ...]
    speakers: tuple[str, ...]
    source_kind: SourceKind
    notices: tuple[str, ...] = ()


def read_transcript(content: bytes, filename: str) -> Transcript:
    """Read a .vtt (Teams, Zoom, plain) or .txt transcript in UTF-8, UTF-16 or CP932, up to 20 MB and
    200,000 lines (four hours of captions have about 20,000).

    The content decides the form, not the name. Neighbouring utterances of one named speaker become one turn
    when the pause between them is at most 2 s or unknown (our rule). Spellings of a name that differ only in
    width or blanks are one speaker. Markup is dropped, never kept.

    Raises ``Refusal`` (field ``"file"``) for everything else: too large, empty, not a text, HTML, another
    kind of file, broken bytes or times (naming the line).
    """
    try:
        text = _text_of(content, filename)
        kind, utterances, notices = _read(text)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, "file") from None
    turns = _merge(_one_spelling_per_name(utterances))
    if not turns:
        raise Refusal("transcript_empty", "このファイルには発言が1つもありません。", "file")
    speakers = tuple(dict.fromkeys(turn.speaker for turn in turns))
    if "" in speakers and len(speakers) > 1:
        unnamed = sum(1 for turn in turns if not turn.speaker)
        notices += (f"話者名のない発言が{unnamed}件あります。",)
    return Transcript(turns, speakers, kind, notices)


# --- the file ---------------------------------------------------------------------------------------------

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Word や Excel、ZIP のファイル"),
    (b"PK\x05\x06", "ZIP ファイル"),
    (b"\xd0\xcf\x11\xe0", "古い形式の Word や Excel のファイル"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"{\\rtf", "リッチテキスト"),
    (b"ID3", "録音"),
    (b"RIFF", "録音か録画"),
    (b"OggS", "録音"),
    (b"fLaC", "録音"),
    (b"\x1aE\xdf\xa3", "録画"),
    (b"\x1f\x8b", "圧縮ファイル"),
    (b"7z\xbc\xaf", "圧縮ファイル"),
)
_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<head|<body|<\?xml|<svg)", re.IGNORECASE)
_HOW_TO = "文字起こしを .vtt か .txt で保存してから、もう一度お選びください。"


def _text_of(content: bytes, filename: str) -> str:
    if len(content) > MAX_BYTES:
        raise Refusal("transcript_too_large", "ファイルが大きすぎます。20MBまでのファイルを読み込めます。")
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("transcript_empty", "ファイルが空です。中身のある文字起こしをお選びください。")
    _refuse_other_kinds(content, filename)
    try:
        text = decode(content)
    except UndecodableText as error:
        where = f"{error.line}行目に" if error.line else ""
        raise Refusal(
            "transcript_not_text",
            f"{where}文字として読めないところがあります。UTF-8 か Shift_JIS で保存し直してください。",
        ) from None
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise Refusal("transcript_too_long", "行数が多すぎて読み込めません。ファイルを分けてください。")
    if _HTML.match(text):
        raise Refusal("transcript_html", f"これはウェブページ(HTML)か XML のファイルです。{_HOW_TO}")
    return text


def _refuse_other_kinds(content: bytes, filename: str) -> None:
    kind = next((name for magic, name in _MAGIC if content.startswith(magic)), None)
    if kind is None and content[4:8] == b"ftyp":
        kind = "録音か録画"
    if kind is not None:
        raise Refusal("transcript_wrong_kind", f"このファイルの中身は{kind}のようです。{_HOW_TO}")
    if not filename.lower().endswith(EXTENSIONS):
        raise Refusal("transcript_extension", f"読み込めるのは .vtt と .txt のファイルです。{_HOW_TO}")


# --- the form ---------------------------------------------------------------------------------------------

_Reading = tuple[SourceKind, tuple[Utterance, ...], tuple[str, ...]]


def _read(text: str) -> _Reading:
    if looks_like_vtt(text):
        return _from_vtt(text)
    headed = read_headings(text)
    labelled = read_labels(text)
    if headed is not None and (labelled is None or len(headed[0].utterances) >= len(labelled.utterances)):
        kind = SourceKind.TEAMS_TEXT if headed[1] else SourceKind.HEADED_TEXT
        return kind, *_with_preamble(headed[0])
    if labelled is not None:
        return SourceKind.LABELLED_TEXT, *_with_preamble(labelled)
    notice = "話者名が見つからなかったので、段落ごとに分けて読み込みました。"
    return SourceKind.PLAIN_TEXT, read_paragraphs(text).utterances, (notice,)


def _from_vtt(text: str) -> _Reading:
    reading = read_vtt(text)
    notices: tuple[str, ...] = ()
    if reading.reordered:
        notices += ("時刻の順になっていない字幕があったので、時刻の順に並べ直しました。",)
    if reading.voiced:
        return SourceKind.TEAMS_VTT, reading.utterances, notices
    if reading.labelled:
        return SourceKind.ZOOM_VTT, reading.utterances, notices
    return SourceKind.PLAIN_VTT, reading.utterances, (*notices, "話者名のない字幕でした。")


_LONGEST_PREAMBLE = 10


def _with_preamble(reading: TextReading) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """A short head (title, date, those present) is left out and said so; a long one is kept as words."""
    head = reading.preamble
    if not head:
        return reading.utterances, ()
    if len(head) > _LONGEST_PREAMBLE:
        return (Utterance("", "\n".join(head)), *reading.utterances), ()
    notice = f"はじめの{len(head)}行(「{head[0][:20]}」など)は発言ではないとみて、読み込みませんでした。"
    return reading.utterances, (notice,)


# --- turns ------------------------------------------------------------------------------------------------


def _one_spelling_per_name(utterances: Sequence[Utterance]) -> list[Utterance]:
    spelling: dict[str, str] = {"": ""}
    return [
        replace(u, speaker=spelling.setdefault(search_key(u.speaker) or u.speaker, u.speaker))
        for u in utterances
    ]


def _merge(utterances: Iterable[Utterance]) -> tuple[Turn, ...]:
    groups: list[list[Utterance]] = []
    for utterance in utterances:
        if groups and _goes_on(groups[-1][-1], utterance):
            groups[-1].append(utterance)
        else:
            groups.append([utterance])
    return tuple(_turn(index, group) for index, group in enumerate(groups))


def _goes_on(before: Utterance, after: Utterance) -> bool:
    if not after.speaker or before.speaker != after.speaker:
        return False
    if before.end_s is None or after.start_s is None:
        return True
    return after.start_s - before.end_s <= MERGE_GAP_S


def _turn(index: int, group: list[Utterance]) -> Turn:
    ends = [utterance.end_s for utterance in group if utterance.end_s is not None]
    captions = all(utterance.end_s is not None for utterance in group)
    text = _join_captions(group) if captions else "\n".join(utterance.text for utterance in group)
    return Turn(index, group[0].speaker, text, group[0].start_s, max(ends, default=None))


def _join_captions(group: list[Utterance]) -> str:
    joined = group[0].text
    for utterance in group[1:]:
        both_latin = joined[-1].isascii() and utterance.text[0].isascii()
        joined += f" {utterance.text}" if both_latin else utterance.text
    return joined
