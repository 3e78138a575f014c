import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.japanese import UndecodableText, decode

TEXT = "名称,電話番号\r\n株式会社みなと精機,027-000-1234\r\n髙橋商店①,090\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932"])
def test_the_encodings_of_an_office_are_read(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_plain_ascii_and_nothing_are_text():
    assert decode(b"a,b\n") == "a,b\n"
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("一行目です\n二行目です\n".encode() + b"\xff" + "三行目です\n".encode(), 3),
        ("一行目\r\n二".encode("cp932") + b"\x00", 2),
        (b"abc\n\x89PNG\x00\x01", 2),
    ],
)
def test_broken_bytes_name_their_line(content, line):
    with pytest.raises(UndecodableText) as caught:
        decode(content)
    assert caught.value.line == line


@given(st.binary())
def test_any_bytes_give_text_or_a_refusal(content):
    try:
        text = decode(content)
    except UndecodableText:
        return
    assert "\x00" not in text
