from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.method import (
    CadencePreset,
    EngagementStatus,
    StatusChange,
    TeamRole,
    days_quiet,
    is_quiet,
    next_dialogue_due,
    plan_status_change,
    quiet_after_days,
)
from bansou.domain.shared import Refusal

START = date(2026, 4, 1)
ACTIVE, PAUSED, CLOSED = EngagementStatus.ACTIVE, EngagementStatus.PAUSED, EngagementStatus.CLOSED


@pytest.mark.parametrize(
    ("current", "target"), [(ACTIVE, PAUSED), (ACTIVE, CLOSED), (PAUSED, CLOSED), (CLOSED, ACTIVE)]
)
def test_pausing_closing_and_reopening_need_a_reason(current, target):
    changed = plan_status_change(current=current, target=target, reason=" 繁忙期のため ")
    refused = plan_status_change(current=current, target=target, reason=" ")
    assert changed == StatusChange(current, target, "繁忙期のため")
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == ("reason_required", "reason")


def test_resuming_after_a_pause_needs_no_reason():
    assert plan_status_change(current=PAUSED, target=ACTIVE) == StatusChange(PAUSED, ACTIVE, "")


@pytest.mark.parametrize(
    ("current", "target", "code"),
    [(CLOSED, PAUSED, "closed_cannot_pause"), *((s, s, "same_status") for s in EngagementStatus)],
)
def test_changes_that_mean_nothing_are_refused(current, target, code):
    refused = plan_status_change(current=current, target=target, reason="訳")
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_only_members_of_the_firm_stand_outside_the_support_side():
    assert [role for role in TeamRole if not role.is_support_side] == [TeamRole.FIRM_MEMBER]


def test_presets_carry_their_figures_and_own_leaves_them_open():
    assert [(p.interval_days, p.duration_months, p.planned_sessions) for p in CadencePreset] == [
        (30, 24, 36),
        (21, 3, 3),
        (91, 12, 4),
        (None, None, None),
    ]
    assert CadencePreset.MONTHLY.label == "月1〜2回・24か月"


def test_the_next_dialogue_is_due_one_interval_after_the_last_contact_or_the_start():
    last = date(2026, 6, 10)
    assert next_dialogue_due(last_contact=last, started=START, interval_days=30) == date(2026, 7, 10)
    assert next_dialogue_due(last_contact=None, started=START, interval_days=30) == date(2026, 5, 1)


@pytest.mark.parametrize(("interval", "limit"), [(7, 30), (21, 42), (30, 60), (60, 120), (91, 151)])
def test_an_engagement_is_quiet_on_the_day_after_its_limit(interval, limit):
    assert quiet_after_days(interval) == limit
    for last in (None, START):
        on_limit = {"last_contact": last, "started": START, "today": START + timedelta(days=limit)}
        after = on_limit | {"today": START + timedelta(days=limit + 1)}
        assert not is_quiet(**on_limit, interval_days=interval)
        assert is_quiet(**after, interval_days=interval)


@given(st.integers(1, 1000))
def test_nothing_is_quiet_before_the_next_dialogue_is_due(interval):
    due = next_dialogue_due(last_contact=None, started=START, interval_days=interval)
    assert not is_quiet(last_contact=None, started=START, interval_days=interval, today=due)


def test_a_contact_that_lies_ahead_counts_no_silence():
    assert days_quiet(last_contact=date(2026, 5, 1), started=START, today=START) == 0
    assert days_quiet(last_contact=None, started=START, today=date(2026, 4, 11)) == 10


@pytest.mark.parametrize("interval", [0, -1])
def test_an_interval_of_no_days_is_refused(interval):
    with pytest.raises(ValueError, match="at least 1"):
        quiet_after_days(interval)
