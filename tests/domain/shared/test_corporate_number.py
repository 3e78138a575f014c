import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.shared import CorporateNumber, Refusal, check_digit

PUBLISHED = "8700110005901"  # the worked example of the official formula
NATIONAL_TAX_AGENCY = "7000012050002"


@pytest.mark.parametrize(
    "typed",
    [PUBLISHED, "8-7001-1000-5901", "８７００１１０００５９０１", " 8 7001 1000 5901\n", "8ー7001−1000–5901"],
)
def test_what_people_type_is_read(typed):
    assert CorporateNumber.parse(typed).value == PUBLISHED


def test_a_known_number_is_right():
    assert str(CorporateNumber.parse(NATIONAL_TAX_AGENCY)) == NATIONAL_TAX_AGENCY


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "corporate_number_empty", "入力してください"),
        ("870011000590", "corporate_number_length", "12桁"),
        ("87001100059011", "corporate_number_length", "14桁"),
        ("870011000590O", "corporate_number_characters", "「O」"),
        ("T8700110005901", "corporate_number_characters", "「T」"),
        ("9700110005901", "corporate_number_check_digit", "検査用数字"),
        ("0700110005901", "corporate_number_check_digit", "検査用数字"),
        ("8700110005901\u0000", "corporate_number_characters", "目に見えない"),
        ("٨700110005901", "corporate_number_characters", "数字ではない"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(typed, code, words):
    with pytest.raises(Refusal) as caught:
        CorporateNumber.parse(typed)
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.field == "corporate_number"


def test_a_number_cannot_be_made_past_the_check():
    with pytest.raises(ValueError, match="parse"):
        CorporateNumber("9700110005901")


bases = st.text(alphabet="0123456789", min_size=12, max_size=12)


@given(bases)
def test_exactly_one_leading_digit_fits(base):
    fitting = [str(d) + base for d in range(10) if _is_accepted(str(d) + base)]
    assert fitting == [f"{check_digit(base)}{base}"]


@given(bases, st.integers(0, 11), st.integers(1, 8))
def test_one_mistyped_digit_is_noticed(base, place, shift):
    right = f"{check_digit(base)}{base}"
    digit = int(right[place + 1])
    wrong = right[: place + 1] + str((digit + shift) % 10) + right[place + 2 :]
    # 0 and 9 weigh the same modulo 9: the official formula cannot tell them apart.
    if {wrong[place + 1], right[place + 1]} != {"0", "9"}:
        assert not _is_accepted(wrong)


@given(st.text())
def test_any_text_gives_a_number_or_a_refusal(text):
    _is_accepted(text)


def _is_accepted(text):
    try:
        CorporateNumber.parse(text)
    except Refusal:
        return False
    return True
