"""What a file says about its dialogue before a person says the rest."""

from datetime import date

import pytest

from bansou.apps.dialogues.importing import day_in_filename, talk_minutes
from bansou.domain.listening import Turn


@pytest.mark.parametrize(
    ("filename", "day"),
    [
        ("みなと精機_20261119.vtt", date(2026, 11, 19)),
        ("2026-11-19 対話.txt", date(2026, 11, 19)),
        ("対話 2026年1月9日.vtt", date(2026, 1, 9)),
        ("meeting.2026.6.18.vtt", date(2026, 6, 18)),
        ("GMT20261118-230000_Recording.transcript.vtt", date(2026, 11, 19)),
        ("GMT20261118-010000_Recording.transcript.vtt", date(2026, 11, 18)),
        ("20260230.vtt", None),
        ("GMT20261399-999999.vtt", None),
        ("audio12026111999.vtt", None),
        ("対話.vtt", None),
    ],
)
def test_the_day_is_read_from_the_file_name(filename, day):
    assert day_in_filename(filename) == day


def test_minutes_reach_to_the_last_time_stamp():
    assert talk_minutes([Turn(0, "港", "はい", 0.0, 61.0), Turn(1, "佐野", "ええ", 90.0)]) == 2
    assert talk_minutes([Turn(0, "港", "はい", 0.0, 500 * 3600.0)]) == 24 * 60
    assert talk_minutes([Turn(0, "港", "はい")]) is None
