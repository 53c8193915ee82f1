"""Blind second opinions: who it is, answered again without score, first answer or its reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import comparison, conflict_items, deciding
from debrief_desk.actions.checks import BY_SECOND_OPINION
from debrief_desk.actions.loading import by_id, registrations
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import IdentityAnswer
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Conflict, ConflictDecision, Registration, SecondOpinion
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from debrief_desk.actions.comparison import ComparedRow


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A second opinion that waits for the account that asks; nothing tells the first answer."""

    id: str
    number: int
    agencies: tuple[str, ...]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class BlindCard:
    """Two records as typed, side by side: no verdict, no weight, no earlier answer.

    `sides` are the agencies of all records of the item; `compared` the two that `rows` are about.
    """

    row: OpinionRow
    sides: tuple[str, ...]
    compared: tuple[int, int]
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How second opinions went: how many were asked for, given, and the same as the first."""

    asked: int
    given: int
    agreed: int

    @property
    def rate(self) -> float | None:
        """Give the share 0..1 of given opinions that agreed, None before there is one."""
        return self.agreed / self.given if self.given else None


@reads(Right.DECIDE_CONFLICTS)
def waiting(session: Session) -> tuple[OpinionRow, ...]:
    """Give the opinions this account may give, oldest first: never on what it decided itself."""
    found = list(session.scalars(_open(session).order_by(SecondOpinion.id)))
    conflicts = by_id(session, Conflict, {opinion.conflict_id for opinion in found})
    return tuple(_row(session, opinion, conflicts[opinion.conflict_id]) for opinion in found)


@writes(Right.DECIDE_CONFLICTS)
def card(session: Session, opinion_id: str, sides: tuple[int, int] = (0, 1)) -> BlindCard:
    """Give the records to answer about; the look is on record before it.

    Raises:
        WrongCall: there is no such opinion for this account to give any more.
    """
    opinion, conflict = _get(session, opinion_id)
    step_of(session).events.append(
        Draft(kind="consulted", entity="second_opinion", entity_id=opinion_id)
    )
    records = _records(session, conflict)
    one, other = (min(at, len(records) - 1) for at in sides)
    rows = comparison.side_by_side(records[one], records[other])
    return BlindCard(
        row=_row(session, opinion, conflict),
        sides=tuple(record.agency.name for record in records),
        compared=(one, other),
        rows=tuple(replace(row, verdict="", level=None) for row in rows),
    )


@writes(Right.DECIDE_CONFLICTS)
def give(session: Session, opinion_id: str, verdict: str) -> bool:
    """Answer a second time; gives whether both answers are the same.

    Another answer opens the conflict again. *Different* does not stand any more then, so that
    nobody is cleared on it; what *same* settled stays settled until somebody decides anew.

    Raises:
        WrongCall: no such opinion for this account, or no answer about who it is.
        Refused: `opinion-own`: the account decided it first.
    """
    opinion, conflict = _get(session, opinion_id)
    if verdict not in set(IdentityAnswer):
        raise WrongCall("verdict-unknown", verdict=verdict)
    agreed = verdict == opinion.first_verdict
    if not agreed:
        _disagree(session, conflict, opinion)
    step = step_of(session)
    opinion.verdict, opinion.given_at, opinion.given_by_id = verdict, step.now, step.account_id
    opinion.withdrawn_at = None  # undoing the first answer took the question back with it
    step.events.append(Draft(kind="altered", entity="second_opinion", entity_id=opinion_id))
    return agreed


@reads(Right.SEE_FIGURES)
def agreement(session: Session) -> Agreement:
    """Give how often the second answer was the first one."""
    query = select(SecondOpinion).where(SecondOpinion.withdrawn_at.is_(None))
    found = list(session.scalars(query))
    given = [opinion for opinion in found if opinion.given_at is not None]
    agreed = sum(1 for opinion in given if opinion.verdict == opinion.first_verdict)
    return Agreement(len(found), len(given), agreed)


def is_asked_of(session: Session, conflict: Conflict) -> bool:
    """Say whether this account still has to answer a conflict blind, and so must not see it."""
    query = _open(session).where(SecondOpinion.conflict_id == conflict.id)
    return session.scalars(query.limit(1)).first() is not None


def _disagree(session: Session, conflict: Conflict, opinion: SecondOpinion) -> None:
    stands = select(ConflictDecision).where(
        ConflictDecision.conflict_id == conflict.id, ConflictDecision.undone_at.is_(None)
    )
    decided = session.scalars(stands.order_by(ConflictDecision.decided_at.desc())).first()
    if decided is not None and opinion.first_verdict == IdentityAnswer.DIFFERENT:
        deciding.reverse(session, decided.step)
    deciding.reopen(session, conflict, BY_SECOND_OPINION)


def _open(session: Session) -> Select[SecondOpinion]:
    mine = step_of(session).account_id
    return select(SecondOpinion).where(
        SecondOpinion.given_at.is_(None),
        SecondOpinion.withdrawn_at.is_(None),
        or_(SecondOpinion.first_by_id.is_(None), SecondOpinion.first_by_id != mine),
    )


def _get(session: Session, opinion_id: str) -> tuple[SecondOpinion, Conflict]:
    opinion = session.get(SecondOpinion, UUID(opinion_id))
    if opinion is None or opinion.withdrawn_at is not None or opinion.given_at is not None:
        raise WrongCall("opinion-unknown")
    if opinion.first_by_id == step_of(session).account_id:
        raise Refused("opinion-own")
    return opinion, conflict_items.get(session, str(opinion.conflict_id))


def _records(session: Session, conflict: Conflict) -> list[Registration]:
    ids = deciding.registered(conflict)
    known = registrations(session, ids)
    return [known[i] for i in ids]


def _row(session: Session, opinion: SecondOpinion, conflict: Conflict) -> OpinionRow:
    agencies = dict.fromkeys(record.agency.name for record in _records(session, conflict))
    return OpinionRow(str(opinion.id), conflict.number, tuple(agencies), opinion.asked_at)
