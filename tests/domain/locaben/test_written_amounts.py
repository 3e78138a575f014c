import pytest

from bansou.domain.locaben.written_amounts import read_amount, read_people
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


@pytest.mark.parametrize(
    "text",
    [
        "△1,234", "▲1,234", "−1,234", "－1,234", "-1,234", "‐1,234", "ー1,234", "△ 1,234",
        "(1,234)", "（１，２３４）", "(△1,234)", "△(1,234)", "1,234-", "1,234−", "¥-1,234", "-¥1,234",
        "△1,234円",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_minus(text):
    assert read_amount(text) == -1234


@pytest.mark.parametrize("text", ["", "  ", "-", "−", "―", "—", "ー", "--", "　"])
def test_a_dash_alone_is_blank_and_never_zero(text):
    assert read_amount(text) is None
    assert read_people(text) is None


@pytest.mark.parametrize(("text", "yen"), [("0", 0), ("０", 0), ("-0", 0), ("1,234", 1234), ("¥1,234", 1234)])
def test_zero_is_a_number(text, yen):
    assert read_amount(text) == yen


@pytest.mark.parametrize(
    ("text", "unit", "yen"),
    [
        ("1,234", YenUnit.THOUSAND, 1_234_000),
        ("1,234.5", YenUnit.THOUSAND, 1_234_500),
        ("△0.001", YenUnit.THOUSAND, -1),
        ("12.345678", YenUnit.MILLION, 12_345_678),
        ("1,234円", YenUnit.THOUSAND, 1234),
        ("1,234千円", YenUnit.YEN, 1_234_000),
        ("▲12百万円", YenUnit.YEN, -12_000_000),
        ("1,234.0", YenUnit.YEN, 1234),
    ],
)
def test_the_unit_counts_unless_the_cell_names_its_own(text, unit, yen):
    assert read_amount(text, unit=unit) == yen


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("1.5", YenUnit.YEN, "amount_below_one_yen"),
        ("1.2345", YenUnit.THOUSAND, "amount_below_one_yen"),
        ("9" * 16, YenUnit.YEN, "amount_out_of_range"),
        ("約千円", YenUnit.YEN, "amount_unreadable"),
        ("--5", YenUnit.YEN, "amount_unreadable"),
        ("#REF!", YenUnit.YEN, "amount_unreadable"),
        ("△", YenUnit.YEN, "amount_unreadable"),
        ("(1,234", YenUnit.YEN, "amount_unreadable"),
        ("10%", YenUnit.YEN, "amount_unreadable"),
    ],
)
def test_what_is_no_whole_amount_is_refused_with_its_words(text, unit, code):
    with pytest.raises(Refusal) as refused:
        read_amount(text, unit=unit, field="sales")
    assert (refused.value.code, refused.value.field) == (code, "sales")
    assert text in refused.value.message


def test_people():
    assert [read_people(text) for text in ("12", "12人", "約１２名", "0")] == [12, 12, 12, 0]
    with pytest.raises(Refusal):
        read_people("十二人くらい")
