"""決算を入れる: what people type, kept to the yen; nothing typed is lost, nothing old is touched."""

from dataclasses import replace
from datetime import date

import pytest

from bansou.apps.sheets.models import FiscalYearAccounts
from bansou.domain.locaben import FIGURE_FIELDS
from bansou.domain.shared.written_figures import YenUnit
from bansou.web.sheets.account_fields import written
from tests.web.sheets.conftest import a_year, page_of


def grid(*ends: str, unit: str = "1000", revision: int = 0, **cells: str) -> dict[str, str]:
    """A posted grid; cells as `y2026_sales` for the column that closes on 31 March of that year."""
    sent = {
        "revision": str(revision),
        "unit": unit,
        "columns": ",".join(end.replace("-", "") for end in ends),
    }
    for end in ends:
        sent[f"{end.replace('-', '')}_end"] = end
    return sent | {f"{name[1:5]}0331{name[5:]}": text for name, text in cells.items()}


@pytest.fixture
def url(office):
    return office.url("locaben-accounts")


def test_a_new_sheet_offers_three_years_that_have_ended(office, adviser, url):
    page = page_of(adviser.get(url))
    assert page.count('class="accounts-year"') == 3
    for field in FIGURE_FIELDS:
        assert field.label in page
        assert field.help in page


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("320,000", "1000", 320_000_000),
        ("△1,200", "1000", -1_200_000),
        ("▲１，２００", "1000", -1_200_000),
        ("(1200)", "1", -1200),
        ("−5", "1", -5),
        ("1,234.567", "1000", 1_234_567),
        ("1,200万円", "1000", 12_000_000),
        ("0", "1000", 0),
        ("", "1000", None),
        ("―", "1000", None),
    ],
)
def test_an_amount_is_kept_in_whole_yen(office, adviser, url, typed, unit, kept):
    adviser.post(url, grid("2026-03-31", unit=unit, y2026_sales="1", y2026_operating_profit=typed))
    assert office.year.operating_profit == kept
    assert office.sheet.unit == int(unit)


@pytest.mark.parametrize("amount", [0, 7, -7, 1_000, 1_234_567, -999_999_999_999, 320_000_000, 10, 100])
@pytest.mark.parametrize("unit", [YenUnit.THOUSAND, YenUnit.YEN])
def test_showing_an_amount_and_saving_it_again_changes_no_yen(office, adviser, url, amount, unit):
    text = written(amount, unit)
    adviser.post(url, grid("2026-03-31", unit=str(int(unit)), y2026_operating_profit=text))
    assert office.year.operating_profit == amount
    assert f'value="{text}"' in page_of(adviser.get(url))


def test_blank_is_not_zero_and_a_blank_column_is_not_kept(office, adviser, url):
    adviser.post(url, grid("2026-03-31", "2025-03-31", y2026_cash="0"))
    year = office.year
    assert (year.fiscal_year_end, year.cash, year.sales, year.months) == (date(2026, 3, 31), 0, None, 12)


def test_switching_the_unit_converts_and_saves_nothing(office, adviser, url):
    office.keep(a_year(sales=1_234_567))
    sent = grid("2026-03-31", revision=1, y2026_sales="1,234.567", y2026_cash="△8")
    answer = adviser.post(url, sent | {"switch": "1"})
    page = page_of(answer)
    assert answer.status_code == 200
    assert 'value="1,234,567"' in page
    assert 'value="△8,000"' in page
    assert "単位：<b>円</b>" in page
    assert office.year.sales == 1_234_567
    assert office.sheet.unit == 1000
    back = grid("2026-03-31", unit="1", revision=1, y2026_sales="1,234,567") | {"switch": "1"}
    assert 'value="1,234.567"' in page_of(adviser.post(url, back))


def test_what_cannot_be_read_is_said_at_its_cell_and_kept(office, adviser, url):
    answer = adviser.post(url, grid("2026-03-31", y2026_sales="三百くらい", y2026_cash="35,000"))
    page = page_of(answer)
    assert answer.status_code == 422
    assert "「三百くらい」を金額として読めません。" in page
    assert 'id="id_20260331_sales_error"' in page
    assert 'value="三百くらい"' in page
    assert 'value="35,000"' in page
    assert not FiscalYearAccounts.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"20260331_sales": "0.0005"}, "1円に満たない"),
        ({"20260331_sales": "9" * 30}, "大きすぎます"),
        ({"20260331_sales": "9" * 400}, "40"),
        ({"20260331_employees": "-3"}, "人数として読めません"),
        ({"20260331_months": "0"}, "月数は1から24まで"),
        ({"20260331_months": "99"}, "月数は1から24まで"),
        ({"20260331_end": "きのう"}, "決算日を、2026-03-31 のように"),
        ({"20260331_end": ""}, "この期の決算日を入れてください。"),
        ({"20260331_end": "1900-01-31"}, "決算日の年を確かめてください。"),
        ({"20250331_end": "2026-03-31", "20250331_sales": "1"}, "同じ決算日の期がもうひとつあります。"),
    ],
)
def test_refusals_change_nothing(office, adviser, url, change, sentence):
    sent = grid("2026-03-31", "2025-03-31", y2026_sales="1") | change
    answer = adviser.post(url, sent)
    assert answer.status_code == 422
    assert sentence in page_of(answer)
    assert not FiscalYearAccounts.objects.exists()


@pytest.mark.parametrize("columns", ["", "abc", "99999999", "20260231", "00010101," * 9, "20260331" * 9])
def test_columns_nobody_offered_are_ignored(office, adviser, url, columns):
    answer = adviser.post(url, grid("2026-03-31", y2026_sales="1") | {"columns": columns})
    assert answer.status_code in (302, 422)
    assert not FiscalYearAccounts.objects.exists()


def test_years_beyond_the_five_on_the_page_stay_as_they_are(office, adviser, url):
    office.keep(*(a_year(year) for year in range(2019, 2027)))
    page = page_of(adviser.get(url))
    assert page.count('class="accounts-year"') == 5
    assert "?until=2021-03-31" in page
    older = page_of(adviser.get(f"{url}?until=2021-03-31"))
    assert 'name="20190331_sales"' in older
    assert 'name="20260331_sales"' not in older
    adviser.post(url, grid("2026-03-31", revision=1, y2026_sales="1"))
    assert FiscalYearAccounts.objects.count() == 8
    assert FiscalYearAccounts.objects.get(fiscal_year_end__year=2019).sales == 320_000_000


def test_the_next_year_can_be_opened_when_five_stand(office, adviser, url):
    office.keep(*(a_year(year) for year in range(2022, 2027)))
    assert "?until=2027-03-31" in page_of(adviser.get(url))
    assert 'name="20270331_sales"' in page_of(adviser.get(f"{url}?until=2027-03-31"))


def test_a_year_goes_only_when_its_box_is_ticked(office, adviser, url):
    office.keep(a_year(2025), a_year(2026))
    blank = grid("2026-03-31", "2025-03-31", revision=1, y2026_sales="1")
    adviser.post(url, blank)
    assert FiscalYearAccounts.objects.count() == 2
    adviser.post(url, blank | {"revision": "2", "20250331_remove": "on"})
    assert [year.fiscal_year_end.year for year in FiscalYearAccounts.objects.all()] == [2026]


def test_a_mended_year_end_moves_the_year(office, adviser, url):
    office.keep(a_year(2026))
    sent = grid("2026-03-31", revision=1, y2026_sales="5") | {"20260331_end": "2026-06-30"}
    adviser.post(url, sent)
    assert (office.year.fiscal_year_end, office.year.sales) == (date(2026, 6, 30), 5_000)


def test_a_year_end_does_not_land_on_a_year_off_the_page(office, adviser, url):
    office.keep(*(a_year(year) for year in range(2019, 2027)))
    sent = grid("2026-03-31", revision=1, y2026_sales="5") | {"20260331_end": "2019-03-31"}
    assert adviser.post(url, sent).status_code == 422
    assert FiscalYearAccounts.objects.get(fiscal_year_end__year=2019).sales == 320_000_000


def test_adding_a_year_keeps_what_was_typed_and_saves_nothing(office, adviser, url):
    sent = grid("2026-03-31", y2026_sales="三百くらい") | {"add": "older"}
    page = page_of(adviser.post(url, sent))
    assert 'name="20250331_sales"' in page
    assert 'value="三百くらい"' in page
    assert 'name="20270331_sales"' in page_of(adviser.post(url, sent | {"add": "newer"}))
    assert not FiscalYearAccounts.objects.exists()


def test_sales_of_the_year_before_are_typed_once(office, adviser, url):
    office.keep(a_year(2025, sales=300_000_000), a_year(2026))
    page = page_of(adviser.get(url))
    assert page.count("前の期の売上高を使います") == 1
    assert '<input type="hidden" name="20260331_previous_sales"' in page


@pytest.mark.parametrize(
    ("end", "months", "follows"),
    [("2025-12-31", 9, 1), ("2025-12-31", 12, 0), ("2025-09-30", 6, 1), ("2026-03-31", 6, 0)],
)
def test_the_year_before_a_short_year_is_the_one_that_adjoins(office, adviser, url, end, months, follows):
    short = replace(a_year(2026), fiscal_year_end=date.fromisoformat(end), months=months)
    office.keep(a_year(2025, sales=300_000_000), short)
    assert page_of(adviser.get(url)).count("前の期の売上高を使います") == follows


def test_hints_are_told_and_hold_nothing_up(office, adviser, url):
    sent = grid("2026-03-31", y2026_sales="100", y2026_operating_profit="500")
    answer = adviser.post(url, sent)
    assert answer.headers["Location"] == url
    assert office.year.operating_profit == 500_000
    page = page_of(adviser.get(url))
    assert "営業利益（500,000円）が売上高（100,000円）を上回っています。" in page
    assert 'href="#id_20260331_operating_profit"' in page


def test_two_people_in_different_cells_both_stand(office, adviser, client_as, url):
    office.keep(a_year(2026, sales=1_000, cash=2_000))
    page = grid("2026-03-31", revision=1, y2026_sales="1", y2026_cash="2")
    client_as(office.second).post(url, page | {"20260331_cash": "9"})
    assert adviser.post(url, page | {"20260331_sales": "8"}).status_code == 302
    assert (office.year.sales, office.year.cash) == (8_000, 9_000)


def test_two_people_in_one_cell_see_both_and_choose(office, adviser, client_as, url):
    office.keep(a_year(2026, sales=1_000))
    page = grid("2026-03-31", revision=1, y2026_sales="1")
    client_as(office.second).post(url, page | {"20260331_sales": "9"})
    answer = adviser.post(url, page | {"20260331_sales": "8.5"})
    text = page_of(answer)
    assert answer.status_code == 409
    assert "2026年3月期 売上高" in text
    assert 'value="8.5"' in text
    assert 'value="9"' in text
    assert office.year.sales == 9_000
    adviser.post(url, page | {"revision": "2", "20260331_sales": "8.5"})
    assert office.year.sales == 8_500


def test_a_typed_previous_year_gives_way_to_the_year_beside_it(office, adviser):
    office.keep(a_year(2026, previous_sales=1))
    grid = {
        "columns": "20260331,20250331",
        "unit": "1000",
        "revision": office.sheet.revision,
        "20260331_end": "2026-03-31",
        "20260331_months": "12",
        "20260331_sales": "300",
        "20260331_previous_sales": "1",
        "20250331_end": "2025-03-31",
        "20250331_months": "12",
        "20250331_sales": "200",
    }
    adviser.post(office.url("locaben-accounts"), grid)
    rows = {row.fiscal_year_end.year: row.previous_sales for row in office.sheet.years.all()}
    assert rows == {2025: None, 2026: None}
