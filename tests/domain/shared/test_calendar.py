from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.shared import FiscalYear, Period, wareki, wareki_year


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 22), "令和8年11月22日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1800, 2, 3), "1800年2月3日"),
    ],
)
def test_wareki(day, written):
    assert wareki(day) == written
    assert written.startswith(wareki_year(day))


def test_a_period_holds_both_ends():
    period = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert date(2026, 4, 1) in period
    assert date(2026, 4, 30) in period
    assert date(2026, 5, 1) not in period
    assert period.days == 30


def test_periods_overlap_when_they_share_a_day():
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert april.overlaps(Period(date(2026, 4, 30), date(2026, 5, 1)))
    assert not april.overlaps(Period(date(2026, 5, 1), date(2026, 5, 1)))


def test_a_period_does_not_run_backwards():
    with pytest.raises(ValueError, match="ends"):
        Period(date(2026, 4, 2), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("day", "month", "label", "nendo"),
    [
        (date(2026, 3, 31), 3, "2026年3月期", "令和7年度"),
        (date(2026, 4, 1), 3, "2027年3月期", "令和8年度"),
        (date(2026, 12, 31), 12, "2026年12月期", "令和8年度"),
        (date(1989, 3, 31), 3, "1989年3月期", "昭和63年度"),
        (date(2024, 2, 29), 2, "2024年2月期", "令和5年度"),
        (date(2020, 3, 1), 3, "2020年3月期", "令和元年度"),
    ],
)
def test_a_fiscal_year_is_named_after_its_close(day, month, label, nendo):
    year = FiscalYear.containing(day, closing_month=month)
    assert year.label == label
    assert year.nendo_label == nendo


def test_a_fiscal_year_needs_a_real_month():
    with pytest.raises(ValueError, match="closing month"):
        FiscalYear(2026, 13)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 12))
def test_fiscal_years_follow_one_another_without_a_gap(day, month):
    year = FiscalYear.containing(day, closing_month=month)
    assert day in year.period
    assert (year.next().period.start - year.period.end).days == 1
    assert year.next().previous() == year
    assert year.period.days in (365, 366)
