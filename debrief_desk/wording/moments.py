"""Which moments does a day and a clock time typed at a desk in London mean?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from debrief_desk.wording import LONDON, from_london

_REACH: Final = timedelta(hours=12)
"""How far back a clock time without a day may lie."""


def moments(on: date, at: time) -> tuple[datetime, ...]:
    """Give the UTC moments that read so in London, earliest first.

    None for a time the clocks skip in March, two for one that comes twice in October.
    """
    local = datetime.combine(on, at)
    found = {local.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(
        sorted(one for one in found if one.astimezone(LONDON).replace(tzinfo=None) == local)
    )


def latest(at: time, now: datetime) -> datetime | None:
    """Give the last moment of the 12 hours up to `now` at which London's clocks read `at`.

    Just after midnight that is one of the evening before. None where there was no such time.
    """
    today = now.astimezone(LONDON).date()
    past = [one for day in (today, today - timedelta(days=1)) for one in moments(day, at)]
    return max((one for one in past if now - _REACH < one <= now), default=None)


def given(text: str) -> datetime | None:
    """Read an ISO 8601 moment as UTC; without an offset it is London time; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return from_london(moment) if moment.tzinfo is None else moment.astimezone(UTC)
