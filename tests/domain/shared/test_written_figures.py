import pytest

from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit, read_headcount, read_month, read_year, read_yen


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1,000万円", 10_000_000),
        ("１０００万", 10_000_000),
        ("1億2000万円", 120_000_000),
        ("3百万円", 3_000_000),
        ("1.5億", 150_000_000),
        ("¥3,000,000", 3_000_000),
        ("5,000千円", 5_000_000),
        ("2千5百万円", 25_000_000),
        ("1億2千5百万", 125_000_000),
        ("3千万", 30_000_000),
        ("1百万5千円", 1_005_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_offices_write_it(text, yen):
    assert read_yen(text) == yen


def test_a_bare_number_counts_in_the_given_unit_and_a_named_unit_wins():
    assert read_yen("1000", unit=YenUnit.THOUSAND) == 1_000_000
    assert read_yen("1000円", unit=YenUnit.THOUSAND) == 1000
    assert read_yen("1000万", unit=YenUnit.THOUSAND) == 10_000_000


@pytest.mark.parametrize(
    "text",
    ["", "約百万", "abc", "1000万円くらい", "-5", "0.5円", "99999億円億", "5千3億", "3万3万", "2千3千万"],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Refusal):
        read_yen(text)


def test_a_heading_names_its_unit():
    assert YenUnit.named_in("資本金（百万円）") is YenUnit.MILLION
    assert YenUnit.named_in("資本金（円）") is YenUnit.YEN
    assert YenUnit.named_in("資本金") is None


@pytest.mark.parametrize("text", ["12", "12人", "１２名", "約12人", "12名（うちパート3名）", "12.0"])
def test_a_headcount_is_read(text):
    assert read_headcount(text) == 12


@pytest.mark.parametrize("text", ["", "10〜20人", "多数", "12.5", "9999999人"])
def test_what_is_no_headcount_is_refused(text):
    with pytest.raises(Refusal):
        read_headcount(text)


@pytest.mark.parametrize("text", ["3", "３月", "3月末", "3月31日", "3/31", "2026年3月期", "2026-03-31", "03"])
def test_a_month_is_read(text):
    assert read_month(text) == 3


@pytest.mark.parametrize("text", ["", "13月", "0", "春", "3月・9月"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(Refusal):
        read_month(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [("1970", 1970), ("昭和45年4月1日", 1970), ("S45.4.1", 1970), ("平成元年", 1989), ("1970/4/1", 1970)],
)
def test_a_year_is_read(text, year):
    assert read_year(text) == year


@pytest.mark.parametrize("text", ["", "45", "むかし", "9999"])
def test_what_is_no_year_is_refused(text):
    with pytest.raises(Refusal):
        read_year(text)
