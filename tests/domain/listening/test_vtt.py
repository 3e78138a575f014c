import pytest

from bansou.domain.listening import SourceKind, read_transcript
from bansou.domain.shared import Refusal


def read(text, name="a.vtt"):
    return read_transcript(text.encode(), name)


def said(transcript):
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_teams_with_ids_and_several_lines():
    transcript = read(
        "WEBVTT\n\n0a1b2c3d-0000-4000-8000-000000000001/12-0\n"
        "00:00:01.000 --> 00:00:03.500\n"
        "<v 佐野 太郎>こんにちは。\n今日はよろしく</v>\n\n"
        "0a1b2c3d-0000-4000-8000-000000000001/13-0\n"
        "00:00:04.000 --> 00:00:05.000\n<v 港 健一>こちらこそ。</v>\n"
    )
    assert said(transcript) == [("佐野 太郎", "こんにちは。今日はよろしく"), ("港 健一", "こちらこそ。")]
    assert (transcript.turns[0].start_s, transcript.turns[0].end_s) == (1.0, 3.5)


def test_real_world_untidiness_is_read():
    transcript = read(
        "\ufeffWEBVTT - 面談\r\nKind: captions\r\n\r\nNOTE これは\r\nメモです\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\n"
        "00:01,000 --> 00:03,000 align:start\r\n<v.loud 佐野　太郎>値段&amp;品質</v>\r\n"
        "00:02.000 --> 00:04.000\r\n<v 港 健一（みなと精機）>はい<i>そうです</i></v>\r\n"
        "2\r\n00:05 --> 00:06\r\n声の主は不明です\r\n\r\n"
    )
    assert said(transcript) == [
        ("佐野 太郎", "値段&品質"),
        ("港 健一（みなと精機）", "はいそうです"),
        ("", "声の主は不明です"),
    ]
    assert transcript.source_kind is SourceKind.TEAMS_VTT
    assert transcript.notices == ("話者名のない発言が1件あります。",)


def test_two_voices_in_one_cue():
    transcript = read("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v 佐野>どうぞ</v><v 港>はい</v>\n")
    assert said(transcript) == [("佐野", "どうぞ"), ("港", "はい")]


def test_zoom_labels_and_a_time_inside_a_sentence():
    transcript = read(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n佐野 太郎: 時間は10:30でよいですか\n\n"
        "2\n00:00:04.000 --> 00:00:05.000\n港 健一: はい\n\n"
        "3\n00:00:06.000 --> 00:00:07.000\n10:30ですね\n\n"
        "4\n00:00:08.000 --> 00:00:09.000\n佐野 太郎: では\n\n"
        "5\n00:00:09.000 --> 00:00:10.000\n港 健一: ええ\n"
    )
    assert transcript.source_kind is SourceKind.ZOOM_VTT
    assert said(transcript)[0] == ("佐野 太郎", "時間は10:30でよいですか")
    assert ("", "10:30ですね") in said(transcript)


def test_without_names_every_cue_stays_a_turn():
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\nはい\n\n00:02.000 --> 00:03.000\nええ\n")
    assert transcript.source_kind is SourceKind.PLAIN_VTT
    assert said(transcript) == [("", "はい"), ("", "ええ")]


def test_a_number_said_aloud_is_not_an_identifier():
    transcript = read(
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n30\n\n"
        "2\n00:03.000 --> 00:04.000\nはい\n3\n00:05.000 --> 00:06.000\nええ\n"
    )
    assert said(transcript) == [("", "30"), ("", "はい"), ("", "ええ")]


def test_one_speaker_goes_on_up_to_two_seconds():
    cue = "00:{}.000 --> 00:{}.000\n<v 佐野>{}</v>\n\n"
    text = (
        "WEBVTT\n\n"
        + cue.format("01", "02", "あ")
        + cue.format("04", "05", "い")
        + cue.format("08", "09", "う")
    )
    transcript = read(text)
    assert said(transcript) == [("佐野", "あい"), ("佐野", "う")]
    assert (transcript.turns[0].start_s, transcript.turns[0].end_s) == (1.0, 5.0)


def test_latin_words_keep_their_blank():
    cue = "00:0{}.000 --> 00:0{}.000\n<v Sano>{}</v>\n\n"
    assert said(read("WEBVTT\n\n" + cue.format(1, 2, "hello") + cue.format(2, 3, "world"))) == [
        ("Sano", "hello world")
    ]


def test_cues_out_of_order_are_put_in_order():
    transcript = read(
        "WEBVTT\n\n00:05.000 --> 00:06.000\n<v 港>後</v>\n\n00:01.000 --> 00:02.000\n<v 佐野>先</v>\n"
    )
    assert said(transcript) == [("佐野", "先"), ("港", "後")]
    assert "時刻の順" in transcript.notices[0]


@pytest.mark.parametrize("spelling", ["港　健一", "港健一", "港  健一"])
def test_one_name_in_two_spellings_is_one_speaker(spelling):
    transcript = read(
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v 港 健一>あ</v>\n\n"
        f"00:09.000 --> 00:10.000\n<v {spelling}>い</v>\n"
    )
    assert transcript.speakers == ("港 健一",)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<<b>script>alert(1)<</b>/script>",
        "<img src=x onerror=alert(1)>はい",
        "<a<a<a<a<a<a<a<a>>>>>>>>はい",
    ],
)
def test_markup_is_never_kept(payload):
    turns = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{payload}\n").turns
    assert not {"<", ">"} & set(turns[0].text)


def test_less_than_is_not_markup():
    turns = read("WEBVTT\n\n00:01.000 --> 00:02.000\n3 &lt; 5 ですね\n").turns
    assert turns[0].text == "3 < 5 ですね"


@pytest.mark.parametrize(
    ("timing", "shown"),
    [
        ("00:00:0x.000 --> 00:00:02.000", "00:00:0x.000"),
        ("00:61:00.000 --> 00:62:00.000", None),
        ("00:00:75.000 --> 00:00:76.000", None),
        ("00:00:05.000 --> 00:00:02.000", None),
        ("00:00:01.000 -->", None),
        ("--> 00:00:01.000", None),
        ("00:00:01.000 -> 00:00:02.000", None),
        ("00:00:01.000 → 00:00:02.000", None),
        ("99999999999999:00:00.000 --> 99999999999999:00:01.000", None),
    ],
)
def test_a_broken_time_names_its_line(timing, shown):
    text = f"WEBVTT\n\n00:00:00.000 --> 00:00:00.500\n<v 佐野>はい</v>\n\n{timing}\n<v 港>ええ</v>\n"
    with pytest.raises(Refusal) as caught:
        read(text)
    assert caught.value.code == "transcript_time"
    assert "6行目" in caught.value.message
    assert shown is None or shown in caught.value.message


def test_a_header_alone_has_no_words():
    with pytest.raises(Refusal) as caught:
        read("WEBVTT\n\n")
    assert caught.value.code == "transcript_empty"


def test_four_hours_of_talk_are_read():
    cues = [
        f"{n // 1200:02}:{n // 20 % 60:02}:{n % 20 * 3:02}.000 --> "
        f"{n // 1200:02}:{n // 20 % 60:02}:{n % 20 * 3 + 2:02}.000\n"
        f"<v {'佐野' if n % 2 else '港'}>{n}番目の発言です。</v>\n"
        for n in range(4800)
    ]
    transcript = read("WEBVTT\n\n" + "\n".join(cues))
    assert len(transcript.turns) == 4800
    assert transcript.turns[-1].end_s == 4 * 3600 - 1


def test_the_unpadded_times_of_older_teams_files_are_read():
    content = b"WEBVTT\n\n0:0:0.0 --> 0:0:3.450\n<v Sano>A</v>\n\n0:1:5.20 --> 0:1:9.0\n<v Minato>B</v>\n"
    first, second = read_transcript(content, "meeting.vtt").turns
    assert (first.start_s, first.end_s) == (0.0, 3.45)
    assert second.start_s == pytest.approx(65.2)
