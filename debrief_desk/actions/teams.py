"""Who could take part in a plan and where it could be; and why not the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import desks, plan_checks, plans_around, staff_facts
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.plans import as_shown, become
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.rules.proposals import Post, propose
from debrief_desk.rules.registry import check, refused
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Interpreter, Interviewer, Room
from debrief_desk.store.session import step_of
from debrief_desk.wording import findings as sentences
from debrief_desk.wording import teams as words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.rules.facts import (
        Case,
        InterpreterFacts,
        InterviewerFacts,
        PlanFacts,
        RoomFacts,
    )
    from debrief_desk.rules.finding import Finding
    from debrief_desk.rules.proposals import Proposals


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody, or a room, for one post.

    `why` is the first reason against who is not fit, or what to look at in who is; `short` says
    the same in a few words.
    """

    id: str
    name: str
    fit: bool
    speaks: bool
    why: str
    short: str


@dataclass(frozen=True, slots=True)
class Team:
    """Every candidate of each post: the fit, best first, then the others by name.

    All are empty where nobody may plan for the person.
    """

    lead: tuple[CandidateRow, ...] = ()
    second: tuple[CandidateRow, ...] = ()
    interpreter: tuple[CandidateRow, ...] = ()
    room: tuple[CandidateRow, ...] = ()

    def of(self, post: Post) -> tuple[CandidateRow, ...]:
        """Give the candidates of one post."""
        rows: tuple[CandidateRow, ...] = getattr(self, post.value)
        return rows


@reads(Right.REGISTER)
def fitting(session: Session, plan: DebriefPlan) -> Team:
    """Judge everybody and every room in use for a plan as it stands in a form.

    Interviewers are those of the plan's agency and its partners, of every agency while that is not
    chosen. For a person whom nobody may plan for there are no candidates at all.
    """
    case = plan_checks.considered(session, plan).case
    rules = desks.policy(session)
    if refused(check(case, rules, step_of(session).now)):
        return Team()
    plans = plans_around.within(session, case.plan.window, ())
    officers, interpreters = _staff(session, case)
    if not plan.agency:
        case = replace(
            case, plan=replace(case.plan, partners=frozenset(o.agency for o in officers))
        )
    by_id = _bookings(plans)
    return Team(
        lead=_rows(propose(case, Post.LEAD, officers, by_id, rules)),
        second=_rows(propose(case, Post.SECOND, officers, by_id, rules)),
        interpreter=_rows(propose(case, Post.INTERPRETER, interpreters, by_id, rules)),
        room=_rows(propose(case, Post.ROOM, _rooms(session, case), by_id, rules)),
    )


@writes(Right.EDIT_OWN)
def wait(session: Session, debrief_id: str, version: int) -> None:
    """Let a debrief wait because no suitable team exists; it cannot be cleared meanwhile.

    It is planned again as soon as it is given another time, team or room.

    Raises:
        Stale: somebody changed the debrief after it was shown.
        WrongCall: `state-cannot-follow`.
    """
    debrief = as_shown(session, debrief_id, version)
    become(debrief, DebriefState.WAITING)
    debrief.confirmed_at = None
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])


def _staff(session: Session, case: Case) -> tuple[list[InterviewerFacts], list[InterpreterFacts]]:
    officers = list(session.scalars(select(Interviewer).where(Interviewer.active)).unique())
    own = own_agency_only(session)
    if own is not None:
        officers = [row for row in officers if row.agency_id == own]
    wanted = {case.plan.agency, *case.plan.partners} - {""}
    if wanted:
        officers = [row for row in officers if row.agency.name in wanted]
    interpreters = list(session.scalars(select(Interpreter).where(Interpreter.active)))
    ids = [*(row.id for row in officers), *(row.id for row in interpreters)]
    records = staff_facts.load(session, ids, case.plan.window)
    at, person = case.plan.start, case.person.registrations
    known = [records.interviewer(row, at) for row in officers]
    spoken = [records.interpreter(row, at, person) for row in interpreters]
    return [one for one in known if one], [one for one in spoken if one]


def _rooms(session: Session, case: Case) -> list[RoomFacts]:
    rows = session.scalars(select(Room).where(Room.active)).all()
    named = {row.name: str(row.id) for row in rows}
    found = (staff_facts.room(row, case.plan.start, named) for row in rows)
    return [one for one in found if one is not None]


def _bookings(plans: list[PlanFacts]) -> dict[str, tuple[PlanFacts, ...]]:
    found: dict[str, tuple[PlanFacts, ...]] = {}
    for plan in plans:
        for key in (*plan.interviewers, plan.interpreter, plan.room):
            if key:
                found[key] = (*found.get(key, ()), plan)
    return found


def _rows(proposals: Proposals) -> tuple[CandidateRow, ...]:
    fit = (
        _row(one.id, one.name, one.warnings[0] if one.warnings else None, speaks=one.speaks)
        for one in proposals.fit
    )
    left_out = (_row(one.id, one.name, one.first, fit=False) for one in proposals.left_out)
    return (*fit, *left_out)


def _row(
    key: str, name: str, first: Finding | None, *, fit: bool = True, speaks: bool = False
) -> CandidateRow:
    if first is None:
        return CandidateRow(key, name, fit, speaks, "", "")
    return CandidateRow(key, name, fit, speaks, sentences.title(first), words.short(first))
