import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.shared import PhoneNumber, Refusal


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("027-000-1234", "027-000-1234"),
        ("０２７（０００）１２３４", "027-000-1234"),
        ("(027)000-1234", "027-000-1234"),
        ("+81 27-000-1234", "027-000-1234"),
        ("+81(0)27-000-1234", "027-000-1234"),
        ("090 0000 1234", "090-0000-1234"),
        ("0270001234", "0270001234"),
        ("０２７－０００ー１２３４", "027-000-1234"),
    ],
)
def test_a_number_is_made_tidy(typed, tidy):
    assert str(PhoneNumber.parse(typed)) == tidy


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone_characters"),
        ("027-000-1234 内線5", "phone_characters"),
        ("000-1234", "phone_length"),
        ("27-000-12345", "phone_length"),
        ("027-000-123456", "phone_length"),
    ],
)
def test_what_is_not_a_number_is_refused(typed, code):
    with pytest.raises(Refusal) as caught:
        PhoneNumber.parse(typed)
    assert caught.value.code == code


@given(st.text())
def test_any_text_gives_a_number_or_a_refusal(text):
    try:
        number = PhoneNumber.parse(text)
    except Refusal:
        return
    assert PhoneNumber.parse(number.value) == number
