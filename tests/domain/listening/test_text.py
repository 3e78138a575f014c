import pytest

from bansou.domain.listening import SourceKind, read_transcript
from bansou.domain.shared import Refusal


def read(text, encoding="utf-8"):
    return read_transcript(text.encode(encoding), "a.txt")


def said(transcript):
    return [(turn.speaker, turn.text) for turn in transcript.turns]


TALK = [("佐野", "どうですか。"), ("港", "売上が落ちています。"), ("佐野", "落ちている。"), ("港", "はい。")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932"])
@pytest.mark.parametrize("form", ["{}: {}", "{}：{}", "{} ： {}", "{}:{}"])
def test_labelled_lines(form, encoding):
    transcript = read("\r\n".join(form.format(*turn) for turn in TALK), encoding)
    assert transcript.source_kind is SourceKind.LABELLED_TEXT
    assert said(transcript) == TALK
    assert transcript.turns[0].start_s is None


@pytest.mark.parametrize(
    "form",
    [
        "[00:{:02}:05] {}: {}",
        "(0:{:02}:05) {}：{}",
        "00:{:02}:05 {}: {}",
        "［00:{:02}:05］{}：{}",
        "[00:{:02}:05 - 00:59:06] {}: {}",
    ],
)
def test_labelled_lines_with_a_time(form):
    transcript = read("\n".join(form.format(n, *turn) for n, turn in enumerate(TALK)))
    assert said(transcript) == TALK
    assert [turn.start_s for turn in transcript.turns] == [5.0, 65.0, 125.0, 185.0]


def test_a_time_between_name_and_colon():
    transcript = read("\n".join(f"{name} (00:0{n}): {text}" for n, (name, text) in enumerate(TALK)))
    assert said(transcript) == TALK
    assert transcript.turns[3].start_s == 3.0


@pytest.mark.parametrize(
    "form",
    [
        "{1} 00:{0:02}\n{2}\n",
        "{1}\t00:00:{0:02}\n{2}\n\n",
        "[00:{0:02}] {1}\n{2}\n",
        "{1}（00:{0:02}）\n{2}\n",
    ],
)
def test_headings_with_words_below(form):
    transcript = read("\n".join(form.format(n, *turn) for n, turn in enumerate(TALK)))
    assert transcript.source_kind is SourceKind.HEADED_TEXT
    assert said(transcript) == TALK
    assert transcript.turns[2].start_s == 2.0


@pytest.mark.parametrize(
    "form", ["{1}\n0:{0:02}\n{2}\n", "{1}\n0 分 {0} 秒\n{2}\n\n", "{1}\n\n00:00:{0:02}\n{2}"]
)
def test_copied_from_teams(form):
    text = "\n".join(form.format(n, *turn) for n, turn in enumerate(TALK))
    if "\n\n00:" in text:
        text = text.replace("\n\n00:", "\n00:")
    transcript = read(text)
    assert transcript.source_kind is SourceKind.TEAMS_TEXT
    assert said(transcript) == TALK
    assert transcript.turns[3].start_s == 3.0


def test_speakers_by_number():
    transcript = read("話者 1 00:01\nこんにちは。\n\n話者 2 00:04\nどうも。\n")
    assert said(transcript) == [("話者 1", "こんにちは。"), ("話者 2", "どうも。")]


def test_words_go_on_over_several_lines():
    transcript = read("佐野: 一つ目です。\n二つ目です。\n\n港: はい。\n佐野: では。\n港: ええ。\n")
    assert said(transcript)[0] == ("佐野", "一つ目です。\n二つ目です。")


def test_neighbouring_lines_of_one_speaker_are_one_turn():
    assert said(read("佐野: あ\n佐野: い\n港: う\n")) == [("佐野", "あ\nい"), ("港", "う")]


@pytest.mark.parametrize(
    "sentence",
    [
        "時間は10:30です",
        "http://example.jp/ を見てください",
        "https://example.jp/a:b です",
        "気になるのは：人のことです",
        "比率は3:1でした",
        "ポイント：値段を決めること",
        "社長は言いました。つまり：決めていなかったと",
    ],
)
def test_a_colon_in_a_sentence_makes_no_speaker(sentence):
    transcript = read(f"佐野: どうぞ。\n{sentence}\n港: はい。\n佐野: ええ。\n港: なるほど。\n")
    assert transcript.speakers == ("佐野", "港")
    assert said(transcript)[0] == ("佐野", f"どうぞ。\n{sentence}")


def test_a_word_before_a_colon_that_never_comes_back_makes_no_speaker():
    transcript = read(
        "今日は三つ話します。\n一つ目の話です。\n本題：人のこと\nそれから値段のこと。\n以上です。\n"
    )
    assert transcript.speakers == ("",)


def test_a_role_speaks_even_once():
    transcript = read("支援者: どうぞ。\n続けます。\nまだ続けます。\n社長: はい。\n")
    assert transcript.speakers == ("支援者", "社長")


def test_text_without_speakers_by_paragraph():
    transcript = read("一つ目の段落。\n続き。\n\n二つ目の段落。\n")
    assert transcript.source_kind is SourceKind.PLAIN_TEXT
    assert said(transcript) == [("", "一つ目の段落。\n続き。"), ("", "二つ目の段落。")]
    assert "話者名が見つからなかった" in transcript.notices[0]


def test_text_without_speakers_by_line():
    assert said(read("はい。\nええ。\n")) == [("", "はい。"), ("", "ええ。")]


@pytest.mark.parametrize(
    "text", ["0:03\nこんにちは\n0:07\nそうですか\n", "[0:03] こんにちは\n[0:07] そうですか\n"]
)
def test_times_without_speakers_are_kept(text):
    transcript = read(text)
    assert [(t.speaker, t.text, t.start_s) for t in transcript.turns] == [
        ("", "こんにちは", 3.0),
        ("", "そうですか", 7.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "佐野: はい\n[00:01:75] 港: ええ\n佐野: では\n港: どうぞ\n",
        "佐野: はい\n[00:0x:05] 港: ええ\n佐野: では\n港: どうぞ\n",
        "佐野 00:01\n港 00:75\nええ\n佐野 01:20\nはい\n港 02:00\nええ\n",
    ],
)
def test_a_broken_time_names_its_line(text):
    with pytest.raises(Refusal) as caught:
        read(text)
    assert caught.value.code == "transcript_time"
    assert "2行目" in caught.value.message


def test_a_long_head_is_kept_as_words():
    head = "\n".join(f"{n}行目の前書きです。" for n in range(11))
    transcript = read(f"{head}\n佐野: はい\n港: ええ\n佐野: では\n港: どうぞ\n")
    assert transcript.turns[0].speaker == ""
    assert "10行目の前書き" in transcript.turns[0].text


def test_markup_is_never_kept():
    transcript = read("佐野: <b>はい</b><script>x</script>\n港: ええ\n佐野: では\n港: どうぞ\n")
    assert transcript.turns[0].text == "はいx"


def test_subtitles_saved_as_text_are_read_as_subtitles():
    transcript = read("1\n00:00:01,000 --> 00:00:02,000\nはい\n\n2\n00:00:03,000 --> 00:00:04,000\nええ\n")
    assert transcript.source_kind is SourceKind.PLAIN_VTT
    assert said(transcript) == [("", "はい"), ("", "ええ")]


def test_zoom_s_own_text_has_its_names_in_brackets():
    names = ["佐野 恵", "港 健一"] * 2
    lines = [
        f"[{name}] 14:03:{10 + n}\n{text}\n"
        for n, (name, (_, text)) in enumerate(zip(names, TALK, strict=True))
    ]
    transcript = read("\n".join(lines))
    assert said(transcript) == [(name, text) for name, (_, text) in zip(names, TALK, strict=True)]
    assert transcript.speakers == ("佐野 恵", "港 健一")


def test_a_name_with_a_remark_in_brackets_keeps_it():
    transcript = read("港（社長） 0:01\nはい。\n佐野 0:03\nええ。\n港（社長） 0:05\nどうも。")
    assert transcript.speakers == ("港（社長）", "佐野")
