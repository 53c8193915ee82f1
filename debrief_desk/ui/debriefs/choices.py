"""What can be chosen for a session, as lines of text, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Mode
from debrief_desk.wording import _, names, planning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debrief_desk.actions.choosing import Choices
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow

Pairs = tuple[tuple[str, str], ...]
LENGTHS = (30, 45, 60, 75, 90)


def agencies(offered: Choices) -> Pairs:
    """Give the agencies by name."""
    return tuple((row.name, row.name) for row in offered.agencies)


def rooms(offered: Choices) -> Pairs:
    """Give the rooms, and that there is none yet."""
    rows = ((row.id, planning.room(row.name, row.seats, row.features)) for row in offered.rooms)
    return _with_none(rows)


def team(offered: Choices, agency: str) -> Pairs:
    """Give the interviewers of an agency; all of them while it is not chosen."""
    rows = [row for row in offered.interviewers if not agency or row.agency == agency]
    return _with_none((row.id, _interviewer(row)) for row in rows)


def interpreters(offered: Choices, language: str) -> Pairs:
    """Give the interpreters, those of the person's language first."""
    wanted = language.casefold().split("(")[0].strip()
    rows = sorted(offered.interpreters, key=lambda row: not _speaks(row, wanted))
    return _with_none((row.id, _interpreter(row)) for row in rows)


def lengths(also: int) -> Pairs:
    """Give the usual lengths, and one more that is in use."""
    return tuple((str(n), planning.minutes(n)) for n in sorted({*LENGTHS, also}))


def _with_none(rows: Iterable[tuple[str, str]]) -> Pairs:
    return (("", _("Not named yet")), *rows)


def _interviewer(row: InterviewerRow) -> str:
    return planning.interviewer(
        row.name,
        row.led,
        authorisation=row.authorisation,
        valid_to=row.valid_to,
        level=row.level,
        reason=row.reason,
    )


def _interpreter(row: InterpreterRow) -> str:
    modes = [names.name(Mode(mode)) for mode in row.modes if mode in set(Mode)]
    return planning.interpreter(row.name, row.languages, modes, expired=row.expired)


def _speaks(row: InterpreterRow, wanted: str) -> bool:
    return bool(wanted) and any(wanted in spoken.casefold() for spoken in row.languages)
