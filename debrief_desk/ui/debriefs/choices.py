"""What can be chosen for a session, as lines of text, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Mode
from debrief_desk.wording import _, names, planning, teams

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from debrief_desk.actions.choosing import Choices
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow
    from debrief_desk.actions.teams import CandidateRow

Pairs = tuple[tuple[str, str], ...]
LENGTHS = (30, 45, 60, 75, 90)


def agencies(offered: Choices) -> Pairs:
    """Give the agencies by name."""
    return tuple((row.name, row.name) for row in offered.agencies)


def rooms(offered: Choices) -> Pairs:
    """Give the rooms, and that there is none yet."""
    rows = ((row.id, planning.room(row.name, row.seats, row.features)) for row in offered.rooms)
    return _with_none(rows)


def team(offered: Choices, agency: str, judged: Collection[str] = ()) -> Pairs:
    """Give the interviewers of an agency, and `judged` ones; all of them while none is chosen."""
    rows = [
        row
        for row in offered.interviewers
        if not agency or row.agency == agency or row.id in judged
    ]
    return _with_none((row.id, _interviewer(row)) for row in rows)


def interpreters(offered: Choices, language: str) -> Pairs:
    """Give the interpreters, those of the person's language first."""
    wanted = language.casefold().split("(")[0].strip()
    rows = sorted(offered.interpreters, key=lambda row: not _speaks(row, wanted))
    return _with_none((row.id, _interpreter(row)) for row in rows)


def ranked(base: Pairs, candidates: Sequence[CandidateRow]) -> Pairs:
    """Put who is fit first, then what is not judged, then the others with their first reason."""
    known = dict(base)
    fit = [
        (c.id, teams.warned(known[c.id], c.short)) for c in candidates if c.fit and c.id in known
    ]
    out = [
        (c.id, teams.left_out(c.name, c.short)) for c in candidates if not c.fit and c.id in known
    ]
    judged = {c.id for c in candidates}
    nobody = [(key, text) for key, text in base if not key]
    rest = [(key, text) for key, text in base if key and key not in judged]
    return (*nobody, *fit, *rest, *out)


def with_standing(rows: Pairs, standing: tuple[str, str] | None) -> Pairs:
    """Keep (id, name) of who stands in a debrief on offer, though nobody would be chosen anew."""
    if standing is None or not standing[0] or standing[0] in dict(rows):
        return rows
    key, name = standing
    return (*rows, (key, planning.no_longer_here(name)))


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
