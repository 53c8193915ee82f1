"""A clock time without a day is the last one there was, also just after midnight."""

from datetime import UTC, datetime, time

import pytest

from debrief_desk.wording.moments import latest


@pytest.mark.parametrize(
    ("typed", "now", "meant"),
    [
        (time(14, 2), datetime(2026, 11, 20, 14, 2, tzinfo=UTC), datetime(2026, 11, 20, 14, 2, tzinfo=UTC)),
        (time(23, 30), datetime(2026, 11, 20, 0, 20, tzinfo=UTC), datetime(2026, 11, 19, 23, 30, tzinfo=UTC)),
        (time(9, 30), datetime(2026, 11, 20, 8, 0, tzinfo=UTC), None),
        (time(8, 0), datetime(2026, 7, 1, 7, 30, tzinfo=UTC), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (time(1, 30), datetime(2026, 3, 29, 2, 0, tzinfo=UTC), None),
        (time(1, 30), datetime(2026, 10, 25, 2, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_clock_time_means_the_last_moment_that_read_so(
    typed: time, now: datetime, meant: datetime | None
) -> None:
    assert latest(typed, now) == meant
