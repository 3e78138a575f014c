"""How often to meet and until when."""

from datetime import date

import pytest

from bansou.domain.method import CadencePreset, Pace, plan_pace

START = date(2026, 4, 1)


def test_a_preset_brings_its_own_interval():
    pace = plan_pace(cadence=CadencePreset.COMPACT, interval_days=99, started_on=START)
    assert pace == Pace(CadencePreset.COMPACT, 21, 3, None)


@pytest.mark.parametrize("days", [1, 366])
def test_an_interval_of_ones_own(days):
    pace = plan_pace(
        cadence=CadencePreset.OWN, interval_days=days, started_on=START, planned_until=date(2026, 4, 1)
    )
    assert pace == Pace(CadencePreset.OWN, days, None, START)


@pytest.mark.parametrize("days", [None, 0, -1, 367])
def test_what_is_no_interval(days):
    refusals = plan_pace(
        cadence=CadencePreset.OWN, interval_days=days, started_on=START, planned_until=date(2026, 3, 31)
    )
    assert [refusal.code for refusal in refusals] == ["interval_required", "end_before_start"]
