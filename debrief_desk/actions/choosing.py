"""Everything a session can be put together from, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import desks, staff
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.rules.roles import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.desks import AgencyRow
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow, RoomRow


@dataclass(frozen=True, slots=True)
class Choices:
    """Agencies the account may plan for, rooms, and staff; `own_agency` is "" for the site's."""

    agencies: tuple[AgencyRow, ...] = ()
    rooms: tuple[RoomRow, ...] = ()
    interviewers: tuple[InterviewerRow, ...] = ()
    interpreters: tuple[InterpreterRow, ...] = ()
    own_agency: str = ""


@reads(Right.SEE_PEOPLE)
def choices(session: Session) -> Choices:
    """Give what may be chosen; who works for one agency plans for that one only."""
    own = own_agency_only(session)
    agencies = desks.agencies(session)
    return Choices(
        agencies=tuple(a for a in agencies if own is None or a.id == str(own)),
        rooms=staff.rooms(session),
        interviewers=staff.interviewers(session),
        interpreters=staff.interpreters(session),
        own_agency=desks.summary(session).agency,
    )
