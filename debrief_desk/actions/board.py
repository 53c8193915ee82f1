"""A day on the board: everything it shows in one look, and a plan moved to another place on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import debriefs, desks, plans, staff
from debrief_desk.actions.rights import reads, writes
from debrief_desk.rules.roles import Right
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.desks import AgencyRow
    from debrief_desk.actions.plans import Registered
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow, RoomRow


@dataclass(frozen=True, slots=True)
class BoardDay:
    """The plans of a span, and whom and what they may be planned with."""

    debriefs: tuple[DebriefRow, ...]
    rooms: tuple[RoomRow, ...]
    interviewers: tuple[InterviewerRow, ...]
    interpreters: tuple[InterpreterRow, ...]
    agencies: tuple[AgencyRow, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """Where a plan shall stand; what is None stays, "" takes room or person away."""

    debrief_id: str
    version: int
    starts_at: datetime | None = None
    minutes: int | None = None
    room_id: str | None = None
    lead_id: str | None = None
    second_id: str | None = None
    interpreter_id: str | None = None


@reads(Right.SEE_PEOPLE)
def day(session: Session, starts_from: datetime, starts_before: datetime) -> BoardDay:
    """Give what the board shows of a span (UTC)."""
    return BoardDay(
        debriefs=debriefs.on_board(session, starts_from, starts_before),
        rooms=staff.rooms(session),
        interviewers=staff.interviewers(session),
        interpreters=staff.interpreters(session),
        agencies=desks.agencies(session),
        now=step_of(session).now,
    )


@writes(Right.EDIT_OWN)
def move(session: Session, wanted: Move) -> Registered:
    """Move a plan and check everybody it touches.

    Raises:
        Stale: somebody changed the plan after it was shown; nothing was overwritten.
    """
    return plans.move(session, **asdict(wanted))
