import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.listening import read_transcript
from bansou.domain.listening.transcript import MAX_BYTES, MAX_LINES
from bansou.domain.shared import Refusal


def a_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [
        (b"", "a.vtt", "transcript_empty", "空"),
        (b"\xef\xbb\xbf \r\n", "a.txt", "transcript_empty", "1つもありません"),
        (b"\n \n\n", "a.txt", "transcript_empty", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.vtt", "transcript_wrong_kind", "画像"),
        (a_zip(), "a.txt", "transcript_wrong_kind", "Word"),
        (a_zip(), "a.docx", "transcript_wrong_kind", "Word"),
        (b"%PDF-1.7", "a.txt", "transcript_wrong_kind", "PDF"),
        (b"\x00\x00\x00\x20ftypisom", "a.vtt", "transcript_wrong_kind", "録画"),
        (b"<!DOCTYPE html><p>x", "a.txt", "transcript_html", "HTML"),
        (b"  <html><script>", "a.vtt", "transcript_html", "HTML"),
        ("佐野: はい".encode(), "a.csv", "transcript_extension", ".vtt"),
        ("佐野: はい".encode(), "transcript", "transcript_extension", ".txt"),
        ("佐野: はい\n港: ".encode() + b"\x00\x01\x02", "a.txt", "transcript_not_text", "2行目"),
        ("佐野: はい\n港: ええ\n佐野: ".encode() + b"\xff\xfe", "a.txt", "transcript_not_text", "3行目"),
        (b"a\n" * (MAX_LINES + 2), "a.txt", "transcript_too_long", "行数"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "transcript_too_large", "20MB"),
        ("佐野:\n港:\n佐野:\n".encode(), "a.txt", "transcript_empty", "1つもありません"),
    ],
)
def test_what_is_no_transcript_gets_a_sentence(content, name, code, words):
    with pytest.raises(Refusal) as caught:
        read_transcript(content, name)
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.field == "file"


def test_an_extension_in_capitals_is_fine():
    assert read_transcript("佐野: はい".encode(), "A.TXT").speakers == ("佐野",)


def _never_anything_but_a_refusal(content, name):
    try:
        transcript = read_transcript(content, name)
    except Refusal:
        return
    assert transcript.turns
    assert set(transcript.speakers) == {turn.speaker for turn in transcript.turns}
    assert all(turn.text.strip() for turn in transcript.turns)


@given(st.binary(max_size=400), st.sampled_from(["a.vtt", "a.txt"]))
def test_any_bytes(content, name):
    _never_anything_but_a_refusal(content, name)


PIECES = """WEBVTT|NOTE x|STYLE|1|00:00:01.000 --> 00:00:02.000|00:03 --> 00:04|<v 佐野>はい</v>|<v.loud 港>
<v
佐野: はい|港：ええ|[00:01:02] 佐野: はい|(0:75) 港: x|佐野 00:12|0:12|3 分 4 秒|&lt;b&gt;|&#0;|-->|：
00:00 --> |社長は|[|&#xD800;""".replace("\n", "|").split("|")
pieces = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(PIECES),
    ),
    max_size=14,
)


@given(
    pieces, st.sampled_from(["\n", "\r\n", "\n\n", "\r", " "]), st.sampled_from(["utf-8", "utf-16", "cp932"])
)
def test_any_mixture_of_the_forms(parts, end, encoding):
    _never_anything_but_a_refusal(end.join(parts).encode(encoding, errors="replace"), "a.txt")


HOSTILE = {
    "blanks": " " * 300_000 + "x",
    "open voices": "WEBVTT\n\n00:01 --> 00:02\n" + "<v " * 100_000,
    "open classes": "WEBVTT\n\n00:01 --> 00:02\n" + "<v." * 100_000,
    "nested markup": "佐野: " + "<a" * 60_000 + ">" * 60_000,
    "a voice of blanks": "WEBVTT\n\n00:01 --> 00:02\n<v" + " " * 200_000,
    "one long turn": "佐野: はい\n佐野: ええ\n" + "続き\n" * 20_000,
    "digits": "1" * 200_000 + ":" + "1" * 200_000,
    "arrows": "00:01 " + "-->" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_without_choking(name):
    _never_anything_but_a_refusal(HOSTILE[name].encode(), "a.txt")
