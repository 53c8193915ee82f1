"""Asking a person, and what the answer means at once for every agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import ending
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import own_agency_only, writes
from debrief_desk.errors import NotAllowed, Refused, WrongCall
from debrief_desk.rules.codes import (
    ApproachOutcome,
    ConsentOutcome,
    ExplanationPoint,
    MarkerKind,
)
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Approach,
    ConsentRecord,
    Debrief,
    NoApproachMarker,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


NOBODY = "none"
"""What a consent record says where nobody interpreted."""
OPTIONAL_LINE = "optional_line"
"""The point that is added after a compulsory power: this part is optional (V-7)."""
_CONSENTS = {
    ApproachOutcome.ACCEPTED: ConsentOutcome.AGREED,
    ApproachOutcome.REFUSED: ConsentOutcome.REFUSED,
    ApproachOutcome.WITHDRAWN: ConsentOutcome.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How one contact to ask a person ended; `at` is UTC, `interpreter` "" where nobody did.

    `points` are the values of `ExplanationPoint` that `explained_by` went through, and
    `OPTIONAL_LINE`; `version` is that of the explanation (V-1, V-2).
    """

    outcome: ApproachOutcome
    at: datetime
    language: str
    interpreter: str = ""
    explained_by: str = ""
    points: tuple[str, ...] = ()
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Reopening:
    """That the person asked to talk after all (V-5): when, in which language, before whom."""

    at: datetime
    language: str
    interpreter: str
    witness: str


@writes(Right.RECORD_APPROACH)
def record(session: Session, debrief_id: str, answer: Answer) -> int:
    """Record an answer; gives how many other plans were cancelled by it.

    A yes or a no is a consent record too; the one recorded last holds (V-1, V-2). A refusal or
    withdrawal marks the person, closes this debrief, cancels every other open debrief of the
    person at any agency and tells their owners, all in this step (V-3, V-6).

    Raises:
        WrongCall: the debrief is over, or a point is on no list.
        NotAllowed: it is another agency's.
    """
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    own = own_agency_only(session)
    if own is not None and debrief.agency_id != own:
        raise NotAllowed("other-agency")
    if not debrief.state.is_open:
        raise WrongCall("debrief-closed")
    if not set(answer.points) <= {*ExplanationPoint, OPTIONAL_LINE}:
        raise WrongCall("code-unknown")
    session.add(
        Approach(
            registration_id=debrief.registration_id,
            debrief_id=debrief.id,
            agency_id=debrief.agency_id,
            at=answer.at,
            outcome=answer.outcome.value,
            language=answer.language,
            interpreter=answer.interpreter,
        )
    )
    _keep_consent(session, debrief, answer)
    others = ending.others(session, debrief)
    if answer.outcome.is_no:
        _refused(session, debrief, answer)
    session.flush()
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    return sum(not other.state.is_open for other in others)


def _keep_consent(session: Session, debrief: Debrief, answer: Answer) -> None:
    """Keep what was answered and explained; an approach without an answer leaves no record."""
    outcome = _CONSENTS.get(answer.outcome)
    if outcome is None:
        return
    session.add(
        ConsentRecord(
            debrief_id=debrief.id,
            outcome=outcome.value,
            at=answer.at,
            language=answer.language,
            interpreter=answer.interpreter or NOBODY,
            explained_by=answer.explained_by,
            explanation_version=answer.version,
            points=list(answer.points),
        )
    )


def _refused(session: Session, debrief: Debrief, answer: Answer) -> None:
    """Close the debrief and mark the person; the check that follows ends every other plan."""
    if debrief.state is DebriefState.IN_PROGRESS:
        debrief.state, debrief.ended_at = DebriefState.WITHDRAWN, answer.at
    else:
        debrief.state = DebriefState.DECLINED
    debrief.sequence += 1
    session.add(
        NoApproachMarker(
            registration_id=debrief.registration_id,
            kind=MarkerKind.NO_APPROACH.value,
            placed_at=answer.at,
        )
    )


@writes(Right.REOPEN_NO_APPROACH)
def ask_to_reopen(session: Session, registration_id: str, wish: Reopening) -> None:
    """Record that the person asked to talk; a second officer still has to confirm (V-5)."""
    for marker in _standing(session, registration_id):
        marker.asked_at, marker.asked_language = wish.at, wish.language
        marker.asked_interpreter, marker.witness = wish.interpreter, wish.witness
        marker.requested_by_id = step_of(session).account_id


@writes(Right.CONFIRM_REOPENING)
def confirm_reopening(session: Session, registration_id: str) -> None:
    """Lift the marker; only for a wish the person voiced, confirmed by somebody else (V-5).

    Raises:
        Refused: nobody recorded such a wish, or the same account recorded it.
    """
    step = step_of(session)
    groups: set[UUID] = set()
    for marker in _standing(session, registration_id):
        if marker.asked_at is None or not (marker.asked_language and marker.witness):
            raise Refused("reopening-not-asked")
        if marker.requested_by_id == step.account_id:
            raise Refused("reopening-same-account")
        marker.confirmed_by_id, marker.lifted_at = step.account_id, step.now
        groups.add(session.get_one(Registration, marker.registration_id).person_id)
    step.events.append(
        Draft(kind="altered", entity="no_approach_marker", entity_id=registration_id, reason="V-5")
    )
    recheck(session, groups=groups)


def _standing(session: Session, registration_id: str) -> list[NoApproachMarker]:
    chosen = session.get(Registration, UUID(registration_id))
    if chosen is None:
        raise WrongCall("registration-unknown")
    query = (
        select(NoApproachMarker)
        .join(Registration, NoApproachMarker.registration_id == Registration.id)
        .where(
            Registration.person_id == chosen.person_id,
            NoApproachMarker.lifted_at.is_(None),
            NoApproachMarker.kind == MarkerKind.NO_APPROACH.value,
        )
    )
    found = list(session.scalars(query))
    if not found:
        raise WrongCall("no-marker")
    return found
