"""Days of the stories: so many days ago, on a day on which people work."""

from datetime import date, datetime, time, timedelta

import jpholiday
from django.utils import timezone

_ONE_DAY = timedelta(days=1)


def ago(days: int, *, today: date | None = None) -> date:
    """That day, or the working day before it; ahead of today (negative) the working day after. 0 is today.

    Keeps the order of a story: more days ago is never a later day.
    """
    day = (today or timezone.localdate()) - timedelta(days=days)
    step = -_ONE_DAY if days > 0 else _ONE_DAY
    while days and not _is_working_day(day):
        day += step
    return day


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not jpholiday.is_holiday(day)


def moment(day: date, clock: str = "17:30") -> datetime:
    """`clock` of that day, never later than now."""
    local = timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
    return min(local, timezone.now())


def ahead(days: int, clock: str) -> datetime:
    """`clock` on the working day that many days from now."""
    return timezone.make_aware(datetime.combine(ago(-days), time.fromisoformat(clock)))
