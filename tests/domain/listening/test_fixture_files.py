"""The four fixture files: one dialogue each, in the form its tool writes."""

from pathlib import Path

import pytest

from bansou.domain.listening import SourceKind, read_transcript

FIXTURES = Path(__file__).parents[2] / "fixtures" / "transcripts"


@pytest.mark.parametrize(
    ("name", "kind", "speakers", "turns"),
    [
        ("teams_minato_seiki.vtt", SourceKind.TEAMS_VTT, ("佐野 太郎", "港 健一 (みなと精機)"), 28),
        ("zoom_otsuka_tofu.vtt", SourceKind.ZOOM_VTT, ("高梨 美咲", "大塚和子（大塚豆腐店）"), 24),
        ("labelled_tsuruya_ryokan_cp932.txt", SourceKind.LABELLED_TEXT, ("川端", "女将", "若女将"), 25),
        ("headed_kogure_komuten.txt", SourceKind.HEADED_TEXT, ("森下", "小暮社長", "小暮(専務)"), 22),
    ],
)
def test_each_form_is_read_whole(name, kind, speakers, turns):
    transcript = read_transcript((FIXTURES / name).read_bytes(), name)
    assert transcript.source_kind is kind
    assert transcript.speakers == speakers
    assert len(transcript.turns) == turns
    assert [turn.index for turn in transcript.turns] == list(range(turns))
    assert all(turn.text for turn in transcript.turns)
    assert "<" not in "".join(turn.text for turn in transcript.turns)


def test_captions_keep_their_times_and_words():
    content = (FIXTURES / "teams_minato_seiki.vtt").read_bytes()
    turns = read_transcript(content, "teams.vtt").turns
    assert turns[1].text.startswith("いえいえ、こちらこそ。ちょうど昼休みが終わったところで、工場のほうは")
    assert turns[1].start_s < turns[1].end_s <= turns[2].start_s
    assert any("R&D部門" in turn.text for turn in turns)
    assert turns[-1].text == "はい、やってみます。"


def test_the_head_of_a_text_is_left_out_and_said_so():
    content = (FIXTURES / "labelled_tsuruya_ryokan_cp932.txt").read_bytes()
    transcript = read_transcript(content, "つるや.txt")
    assert transcript.notices == (
        "はじめの2行(「日時：2026年10月8日 14:00」など)は発言ではないとみて、読み込みませんでした。",
    )
    assert any("https://example.jp/" in turn.text for turn in transcript.turns)
