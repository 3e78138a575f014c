import pytest

from bansou.domain.listening import SpeakerSide, guess_supporter, read_transcript

KNOWN = {
    "佐野 太郎": SpeakerSide.SUPPORTER,
    "港　健一": SpeakerSide.LEADER,
    "髙橋 花": SpeakerSide.LEADER,
    "林 一": SpeakerSide.SUPPORTER,
    "林 二": SpeakerSide.LEADER,
}


def side_of(*speakers):
    text = "\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n}.500\n<v {name}>はい</v>\n" for n, name in enumerate(speakers)
    )
    transcript = read_transcript(f"WEBVTT\n\n{text}".encode(), "a.vtt")
    return next(iter(guess_supporter(transcript, KNOWN).values()))


@pytest.mark.parametrize(
    ("speaker", "side"),
    [
        ("佐野太郎", SpeakerSide.SUPPORTER),
        ("佐野　太郎（みなと商工会議所）", SpeakerSide.SUPPORTER),
        ("佐野", SpeakerSide.SUPPORTER),
        ("佐野さん", SpeakerSide.SUPPORTER),
        ("港 健一 (みなと精機)", SpeakerSide.LEADER),
        ("港社長", SpeakerSide.LEADER),
        ("高橋花", SpeakerSide.LEADER),
        ("経営指導員", SpeakerSide.SUPPORTER),
        ("社長", SpeakerSide.LEADER),
        ("若女将", None),
        ("話者 1", None),
        ("林", None),
        ("知らない人", None),
    ],
)
def test_a_proposal_or_none(speaker, side):
    assert side_of(speaker) is side


def test_two_speakers_of_one_family_are_told_apart_by_their_word():
    assert side_of("港社長", "港(専務)") is SpeakerSide.LEADER
    assert side_of("港(専務)", "港社長") is None


def test_everybody_is_proposed_for_and_the_unnamed_are_open():
    transcript = read_transcript("はい。\n".encode(), "a.txt")
    assert guess_supporter(transcript, KNOWN) == {"": None}
