"""Laying out what already stands: pinned bookings as they are, previous ones while still legal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.planning.placing import Choice, Openings

if TYPE_CHECKING:
    from debrief_desk.planning.jobs import Job, Lead
    from debrief_desk.planning.roster import Booking
    from debrief_desk.planning.table import Table

Part = tuple[str | None, int, set[int]]


def lay_out(table: Table, *, keep: bool) -> None:
    """Put pinned bookings down for good, then every previous one that is still legal.

    With `keep` the previous ones stay for good too; without it a search may move them.
    """
    problem = table.day.problem
    for pin in problem.pinned:
        job = table.day.job_for(pin)
        if job is not None:
            table.put(table.placement(job, _choice(table, pin), fixed=pin))
    previous = problem.previous_plan
    if previous is None:
        return
    priority = {request.id: request.priority for request in problem.requests}
    told = [row for row in previous.bookings if set(row.requests) <= set(priority)]
    for booking in sorted(told, key=lambda row: min(priority[own] for own in row.requests)):
        job = table.day.job_for(booking)
        if job is None or not table.is_open(job):
            continue
        choice = _choice(table, booking)
        if still_legal(table, job, booking, choice):
            table.put(table.placement(job, choice, fixed=booking if keep else None))


def _choice(table: Table, booking: Booking) -> Choice:
    """Give a booking's start and team as numbers; who is unknown becomes -1."""
    day, number = table.day, table.day.number
    return Choice(
        slot=min(max(0, booking.start // day.grid), day.slots - 1),
        room=number.get(("room", booking.room), -1),
        lead=number.get(("interviewer", booking.lead), -1),
        second=number.get(("interviewer", booking.second or ""), -1),
        interpreter=number.get(("interpreter", booking.interpreter or ""), -1),
        mode=booking.mode,
        adult=number.get(("adult", booking.adult or ""), -1),
        price=0,
    )


def still_legal(table: Table, job: Job, booking: Booking, choice: Choice) -> bool:
    """Whether a booking keeps every hard rule beside what already lies on the table."""
    day = table.day
    if booking.start % day.grid or booking.start < 0 or booking.duration != job.minutes:
        return False
    bit = 1 << booking.start // day.grid
    leads = Openings(table.occupancy, job, bit).leads()
    lead = next((lead for lead, _ in leads if lead.number == choice.lead), None)
    return lead is not None and all(
        number in allowed and bool(table.occupancy.free(number, job.minutes) & bit)
        if allowed
        else named is None
        for named, number, allowed in _parts(job, lead, booking, choice)
    )


def _parts(job: Job, lead: Lead, booking: Booking, choice: Choice) -> list[Part]:
    """Give each part of a team but the lead: its name, its number, and who may be it."""
    seconds = {own for own, _ in job.pools[lead.pool]} - {lead.number} if job.with_second else set()
    option = next((row for row in job.options if row.mode == booking.mode), None)
    interpreted = None if lead.direct else option
    voices = {own for own, _ in interpreted.voices} if interpreted else set()
    rooms = interpreted.rooms if interpreted else job.rooms if lead.direct else ()
    mode_fits = interpreted is not None or (lead.direct and booking.mode is None)
    return [
        (booking.second, choice.second, seconds),
        (booking.interpreter, choice.interpreter, voices),
        (booking.adult, choice.adult, set(job.adults or ())),
        (booking.room, choice.room, set(rooms) if mode_fits else set()),
    ]
