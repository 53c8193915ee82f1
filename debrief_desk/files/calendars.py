"""Rosters as calendars, without personal data in any field: a reference, a room, a time.

Above them stands what every form has: marking, version, copy, and for whom the issue is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from debrief_desk.files import rosters
from debrief_desk.files.cells import clean_text
from debrief_desk.files.writing import write_whole
from debrief_desk.wording import roster_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event

    from debrief_desk.files.rosters import RosterLine, RosterSheet

Method = Literal["PUBLISH", "CANCEL"]

_PRODUCT: Final = "-//Debrief Desk//Roster//EN"
_NOBODY: Final = "mailto:nobody@debrief-desk.invalid"  # the standard asks for an organizer


def write_calendars(path: Path, roster: RosterSheet) -> tuple[Path, ...]:
    """Write the roster as ICS and give the files written.

    What takes place stands in `path`. What was cancelled goes with METHOD:CANCEL into a second file
    beside it, `NAME-cancelled.ics`, since many calendar programs read one method a file.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    write_whole(path, calendar_bytes(roster, "PUBLISH"))
    if not any(line.change == "cancelled" for line in roster.rows):
        return (path,)
    cancelled = path.with_name(f"{path.stem}-cancelled{path.suffix or '.ics'}")
    write_whole(cancelled, calendar_bytes(roster, "CANCEL"))
    return path, cancelled


def calendar_bytes(roster: RosterSheet, method: Method) -> bytes:
    """Give a calendar of the debriefs that take place (PUBLISH) or were cancelled (CANCEL).

    Times are UTC; the UID of a debrief is the same in every issue and its SEQUENCE only rises.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("description", _plain(rosters.title_line(roster.meta)))
    calendar.add("comment", _plain(rosters.issue_line(replace(roster.meta, printed_by=""))))
    for line in roster.rows:
        if (line.change == "cancelled") == (method == "CANCEL"):
            calendar.add_component(_event(line, roster, method))
    return bytes(calendar.to_ical())


def _event(line: RosterLine, roster: RosterSheet, method: Method) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{line.uid}@debrief-desk.invalid")
    event.add("sequence", line.sequence)
    event.add("dtstamp", roster.meta.printed_at)
    event.add("dtstart", line.start)
    event.add("dtend", line.end)
    event.add("organizer", _NOBODY)
    event.add("summary", _plain(roster_sheets.calendar_title(line.reference, line.room)))
    if line.room:
        event.add("location", _plain(line.room))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    return event


def _plain(text: str) -> str:
    return clean_text(text)[0]
