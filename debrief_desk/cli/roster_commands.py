"""Issuing the roster."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from debrief_desk.actions import rosters
from debrief_desk.cli import session
from debrief_desk.errors import WrongCall
from debrief_desk.wording import _, from_london, ngettext

if TYPE_CHECKING:
    import argparse


def roster_command(options: argparse.Namespace) -> int:
    """Write the roster of a London day or shift."""
    starts, ends = _span(options)
    with session.signed_in(options) as desk:
        order = rosters.RosterOrder(
            starts_from=starts,
            starts_before=ends,
            agency=options.agency,
            level=options.level,
            include_uncleared=options.include_uncleared,
            recipient=options.recipient or desk.who.name,
        )
        issued = desk.write(rosters.issue, order, options.out, options.format)
    if options.json:
        session.print_json(
            {
                "path": issued.path,
                "version": issued.version,
                "lines": issued.lines,
                "changed": issued.changed,
                "uncleared": issued.uncleared,
            }
        )
        return 0
    session.say(
        ngettext(
            "Wrote version {version} with {lines} line to {path}.",
            "Wrote version {version} with {lines} lines to {path}.",
            issued.lines,
        ).format(version=issued.version, lines=issued.lines, path=issued.path)
    )
    if issued.uncleared:
        session.say(
            _("{count} uncleared left out; --include-uncleared lists them.").format(
                count=issued.uncleared
            )
        )
    return 0


def _span(options: argparse.Namespace) -> tuple[datetime, datetime]:
    """Give the UTC span of the London day and clock times that were asked for."""
    day = day_of(options.date)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - London wall clock
    start, end = minutes_of(options.start), minutes_of(options.end)
    if end <= start:
        end += 24 * 60
    return (
        from_london(midnight + timedelta(minutes=start)),
        from_london(midnight + timedelta(minutes=end)),
    )


def day_of(text: str) -> date:
    """Read a London day such as 2026-11-20."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongCall("day-unreadable", text=text) from None


def minutes_of(text: str) -> int:
    """Read a clock time as minutes after midnight; 24:00 is the end of the day."""
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours.isdecimal() and minutes.isdecimal()):
        raise WrongCall("time-unreadable", text=text)
    return int(hours) * 60 + int(minutes)
