"""Which moments does a day and a clock time typed at a desk in London mean?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from debrief_desk.wording import LONDON, from_london


def moments(on: date, at: time) -> tuple[datetime, ...]:
    """Give the UTC moments that read so in London, earliest first.

    None for a time the clocks skip in March, two for one that comes twice in October.
    """
    local = datetime.combine(on, at)
    found = {local.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(
        sorted(one for one in found if one.astimezone(LONDON).replace(tzinfo=None) == local)
    )


def given(text: str) -> datetime | None:
    """Read an ISO 8601 moment as UTC; without an offset it is London time; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return from_london(moment) if moment.tzinfo is None else moment.astimezone(UTC)
