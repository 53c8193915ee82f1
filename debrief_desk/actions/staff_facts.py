"""Staff, interpreters and rooms as the rules see them on the day of a plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Gender, Mode, Qualification
from debrief_desk.rules.facts import InterpreterFacts, InterviewerFacts, Language, RoomFacts
from debrief_desk.rules.times import Window, london_day
from debrief_desk.wording import from_london

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debrief_desk.store.models import Interpreter, Interviewer, Room

_DAY = 24 * 60


def windows(start: int | None, end: int | None, moment: datetime) -> tuple[Window, ...]:
    """Give a daily span (minutes after London midnight) on the days around a moment.

    A span whose end is not after its start runs past midnight.
    """
    if start is None or end is None:
        return ()
    length_end = end if end > start else end + _DAY
    days = (london_day(moment) + timedelta(days=n) for n in (-1, 0, 1))
    return tuple(
        Window(_at(day_start, start), _at(day_start, length_end))
        for day in days
        for day_start in (datetime(day.year, day.month, day.day),)  # noqa: DTZ001 - London wall clock
    )


def _at(day: datetime, minute: int) -> datetime:
    return from_london(day + timedelta(minutes=minute))


def interviewer(row: Interviewer | None, moment: datetime) -> InterviewerFacts | None:
    """Give an interviewer's facts; the authorisation that lasts longest counts."""
    if row is None:
        return None
    live = [a for a in row.accreditations if a.revoked_on is None]
    best = max(live, key=lambda a: (a.valid_to is not None, a.valid_to), default=None)
    return InterviewerFacts(
        id=str(row.id),
        name=row.name,
        agency=row.agency.name,
        authorisation=best.kind if best else None,
        awarded_on=best.awarded_on if best else None,
        valid_to=best.valid_to if best else None,
        revoked=bool(row.accreditations) and not live,
        tier=row.tier,
        led=row.led or 0,
        supervised=row.supervised or 0,
        last_debrief_on=row.last_debrief_on,
        refresher_on=row.refresher_on,
        vetting=row.vetting or None,
        vetting_to=row.vetting_to,
        languages=frozenset(Language.parse(text) for text in row.languages),
        gender=Gender(row.gender) if row.gender in set(Gender) else None,
        shifts=windows(row.shift_start, row.shift_end, moment),
    )


def interpreter(row: Interpreter | None, moment: datetime) -> InterpreterFacts | None:
    """Give an interpreter's facts."""
    if row is None:
        return None
    qualification = row.qualification.casefold()
    return InterpreterFacts(
        id=str(row.id),
        name=row.name,
        languages=frozenset(Language.parse(text) for text in row.languages),
        modes=frozenset(Mode(mode) for mode in row.modes if mode in set(Mode)),
        qualification=Qualification(qualification) if qualification in set(Qualification) else None,
        valid_to=row.valid_to,
        gender=Gender(row.gender) if row.gender in set(Gender) else None,
        shifts=windows(row.shift_start, row.shift_end, moment),
    )


def room(row: Room | None, moment: datetime, named: Mapping[str, str]) -> RoomFacts | None:
    """Give a room's facts; `named` are the ids of rooms by name, as neighbours are kept by name."""
    if row is None:
        return None
    return RoomFacts(
        id=str(row.id),
        name=row.name,
        seats=row.seats,
        features=frozenset(row.features),
        open=windows(row.opens, row.closes, moment),
        neighbours=frozenset(named[name] for name in row.neighbours if name in named),
    )
