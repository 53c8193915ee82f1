"""What needs somebody now, and who goes into which room next: the page a shift begins with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from debrief_desk.actions import conflicts, desks, roster_lines, work_rows
from debrief_desk.actions.checks import settled_keys
from debrief_desk.actions.debriefs import DebriefRow, checks_of, rows_of
from debrief_desk.actions.rights import holds, own_agency_only, reads
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import worklist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.work_rows import WorkRow

SOON = timedelta(hours=2)
"""How far ahead a plan that is not cleared yet needs somebody."""
_MOST = 12
_LOOKED_AT = 200
_IN_A_ROOM = 2


@dataclass(frozen=True, slots=True)
class NextRow:
    """A coming debrief, and in a few words what keeps it from being cleared."""

    debrief: DebriefRow
    missing: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """The page *Today*: a greeting with counts, the nearest work, and who is next in the rooms.

    `more_conflicts` and `more_debriefs` count what is not shown here.
    """

    now: datetime
    greeting: str
    counts: str
    work: tuple[WorkRow, ...]
    more_conflicts: int
    more_debriefs: int
    next: tuple[NextRow, ...]
    any_debriefs: bool
    may_see_figures: bool


@reads(Right.SEE_PEOPLE)
def worklist_now(session: Session) -> Worklist:
    """Give what waits, nearest first, and the next debriefs in the rooms."""
    now = step_of(session).now
    waiting = conflicts.listed(session)
    named = {party.debrief_id for row in waiting for party in row.parties}
    uncleared = [d for d in _uncleared(session, now) if str(d.id) not in named]
    notices = work_rows.notices(session, _MOST)
    tasks = work_rows.tasks(session)
    work = [
        *map(work_rows.conflict, waiting[:_MOST]),
        *work_rows.debriefs(session, uncleared[:_MOST]),
        *notices,
        *tasks,
    ]
    planned, cleared = _today(session, now)
    counted = worklist.Waiting(len(waiting), len(uncleared), len(notices), len(tasks))
    return Worklist(
        now=now,
        greeting=worklist.greeting(now, desks.summary(session).account),
        counts=worklist.counts(now, counted, planned, cleared),
        work=tuple(sorted(work, key=lambda row: (row.at is None, row.at or now))),
        more_conflicts=max(0, len(waiting) - _MOST),
        more_debriefs=max(0, len(uncleared) - _MOST),
        next=_coming(session, now),
        any_debriefs=session.scalars(select(Debrief.id).limit(1)).first() is not None,
        may_see_figures=holds(session, Right.SEE_FIGURES),
    )


def _uncleared(session: Session, now: datetime) -> list[Debrief]:
    """Give the plans that begin soon, or should have begun, and are not cleared."""
    query = select(Debrief).where(
        Debrief.state.in_((DebriefState.PLANNED, DebriefState.WAITING)),
        Debrief.ends_at > now,
        Debrief.starts_at < now + SOON,
    )
    query = _own(session, query).order_by(Debrief.starts_at, Debrief.id)
    return list(session.scalars(query).unique())


def _coming(session: Session, now: datetime) -> tuple[NextRow, ...]:
    """Give the next debriefs of every room, and those without a room yet, by time."""
    states = (DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.IN_PROGRESS)
    query = select(Debrief).where(Debrief.state.in_(states), Debrief.ends_at > now)
    query = _own(session, query).order_by(Debrief.starts_at, Debrief.id).limit(_LOOKED_AT)
    found = list(islice(_next_of_each_room(session.scalars(query).unique()), _MOST))
    checks = checks_of(session, found)
    settled = settled_keys(session, [debrief.id for debrief in found])
    return tuple(
        NextRow(row, roster_lines.missing(debrief, checks.get(debrief.id), settled))
        for debrief, row in zip(found, rows_of(session, found), strict=True)
    )


def _next_of_each_room(coming: Iterable[Debrief]) -> Iterator[Debrief]:
    """Give who is in each room now or next, and who follows; everybody who has no room yet."""
    seen: Counter[str] = Counter()
    for debrief in coming:
        room = debrief.room.name if debrief.room else debrief.room_text
        seen[room] += 1
        if not room or seen[room] <= _IN_A_ROOM:
            yield debrief


def _today(session: Session, now: datetime) -> tuple[int, int]:
    """Count the debriefs of the London day that stand, and those of them that are cleared."""
    day = timedelta(hours=26)  # the longest day there is has 25
    query = select(Debrief).where(Debrief.starts_at > now - day, Debrief.starts_at < now + day)
    today = london_day(now)
    states = [
        debrief.state
        for debrief in session.scalars(_own(session, query)).unique()
        if debrief.state.is_open and london_day(debrief.starts_at) == today
    ]
    return len(states), states.count(DebriefState.CLEARED)


def _own(session: Session, query: Select[Debrief]) -> Select[Debrief]:
    own = own_agency_only(session)
    return query if own is None else query.where(Debrief.agency_id == own)
