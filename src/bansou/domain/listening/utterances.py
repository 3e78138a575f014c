"""What every transcript format is read into, and the small rules the readers share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bansou.domain.japanese import normalise
from bansou.domain.shared import Refusal

MAX_NAME_LENGTH = 40


@dataclass(frozen=True)
class Utterance:
    """One cue or one labelled line, before neighbours are merged into turns. Times in seconds."""

    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: only CR, LF and CRLF end a line."""
    return re.split(r"\r\n|\r|\n", text)


# --- clock readings ---------------------------------------------------------------------------------------

CLOCK = r"\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?|(?:\d{1,2}\s*時間\s*)?\d{1,3}\s*分\s*\d{1,2}\s*秒"
_COLONS = re.compile(r"(?:(\d{1,4})[:：])?(\d{1,3})[:：](\d{2})(?:[.,](\d{1,3}))?")
# Teams wrote its times like this until 2022: 0:0:3.450.
_UNPADDED = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})\.(\d{1,3})")
_WORDS = re.compile(r"(?:(\d{1,2})\s*時間\s*)?(\d{1,3})\s*分\s*(\d{1,2})\s*秒()")


def seconds(clock: str) -> float | None:
    """「01:02:03.450」「2:03」「1 分 2 秒」→ seconds; ``None`` when it is no time of day or length."""
    shown = clock.strip()
    match = _COLONS.fullmatch(shown) or _UNPADDED.fullmatch(shown) or _WORDS.fullmatch(shown)
    if match is None:
        return None
    hours, minutes, secs, fraction = match.groups()
    if int(secs) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(secs)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def broken_time(line_number: int, shown: str) -> Refusal:
    return Refusal(
        "transcript_time",
        f"{line_number}行目の時刻「{shown.strip()[:40]}」を読み取れません。「00:01:23」のような形に直してください。",
    )


# --- clean text -------------------------------------------------------------------------------------------

_NESTED_MARKUP = 4
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>|<[\d:.]+>|</>")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """One line without markup, control and direction characters, and with single blanks."""
    for _ in range(_NESTED_MARKUP):
        text = _MARKUP.sub("", text)
    if _MARKUP.search(text):
        text = re.sub("[<>]", "", text)
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text)).strip()


# --- who speaks -------------------------------------------------------------------------------------------

_LABEL = re.compile(rf"^(?P<name>[^:：]{{1,{MAX_NAME_LENGTH}}})[:：](?P<text>.*)$")
_NOT_IN_A_NAME = re.compile(r"[。、!?！？,，;；「」『』…/\\=<>＜＞\[\]→※■●◆○*#]|^[・\-]|\.\s|\.$")
_NAME_LIKE_ENDING = re.compile(r"(?:は|を|が|です|ます|した|して|ので|から|けど|って)$")
_FORM_WORDS = """
    日時 日付 時間 時刻 場所 会場 参加者 出席者 欠席者 同席者 議題 議事 目的 テーマ 件名 題名
    タイトル 結論 決定事項 要点 ポイント まとめ 課題 目標 次回 宿題 備考 補足 注 注意 例 資料 作成
    作成者 作成日 記録 記録者 記録日 録音 録画 電話 tel fax url http https ftp mailto mail メール
    email e-mail 住所 所在地 売上 利益 経費 合計 質問 回答 理由 原因 対策 title date time note
"""
_HEADINGS = frozenset(_FORM_WORDS.split())
_ROLE_WORD = re.compile(
    r"(?:さん|様|氏|先生|社長|会長|専務|常務|部長|課長|店長|代表|女将|支援者|経営者|指導員|相談員|診断士|税理士|支援員|"
    r"コーディネーター|アドバイザー|事業者|後継者|先代|従業員|(?:話者|発言者|参加者|スピーカー|speaker)\s*[0-9a-z]*)$"
)
_MOSTLY = 0.8


def split_label(line: str) -> tuple[str, str] | None:
    """「名前: 発言」 → (name, words), when the part before the colon could be a name at all."""
    match = _LABEL.match(line)
    if match is None:
        return None
    name, words = clean(match["name"]), match["text"]
    if words.startswith("//") or (name[-1:].isdigit() and words[:1].isdigit()):
        return None
    return (name, words.strip()) if could_be_a_name(name) else None


def could_be_a_name(name: str) -> bool:
    """Short, holds a letter, no sentence punctuation, no particle at the end, no heading of a form."""
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        return False
    plain = normalise(name)
    return (
        any(char.isalpha() for char in plain)
        and _NOT_IN_A_NAME.search(name) is None
        and _NAME_LIKE_ENDING.search(plain) is None
        and plain not in _HEADINGS
    )


def accepted_speakers(names: Iterable[str], *, lines: int) -> frozenset[str]:
    """Which of the names found before a colon speak, out of ``lines`` lines that hold text.

    Our rule: a name speaks when it comes back at least once, or says what it is (さん, 社長, 話者 1 …);
    and every name speaks when four lines in five carry one, because then the file is plainly a dialogue.
    """
    counts = Counter(names)
    if lines and counts.total() >= _MOSTLY * lines:
        return frozenset(counts)
    return frozenset(
        name for name, times in counts.items() if times > 1 or _ROLE_WORD.search(normalise(name)) is not None
    )
