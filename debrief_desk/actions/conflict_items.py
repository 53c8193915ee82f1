"""Items of the inbox by themselves: one by its id or number, and those that come from no rule."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.errors import WrongCall
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.models import Conflict, ConflictParty
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.rules.kinds import ConflictKind
    from debrief_desk.store.models import Registration


def get(session: Session, conflict_id: str) -> Conflict:
    """Give a conflict by id or by its number in the inbox."""
    if conflict_id.isdecimal():
        found = session.scalars(select(Conflict).where(Conflict.number == int(conflict_id))).first()
    else:
        try:
            found = session.get(Conflict, UUID(conflict_id))
        except ValueError:
            found = None
    if found is None:
        raise WrongCall("conflict-unknown")
    return found


def open_item(
    session: Session,
    kind: ConflictKind,
    about: str,
    *,
    reason: str,
    registrations: Sequence[Registration],
) -> None:
    """Open one item about registrations, unless it stands or was settled with the same people."""
    fold = f"{kind}|{about}"
    facts = ",".join(sorted(str(r.id) for r in registrations))[:200]
    held = session.scalars(select(Conflict).where(Conflict.fold == fold)).first()
    if held is not None:
        if held.facts != facts:
            held.state, held.facts = ConflictState.REOPENED, facts
            held.reopened_because = "facts_changed"
            _add_parties(session, held, registrations)
        return
    number = session.scalar(select(func.max(Conflict.number))) or 0
    conflict = Conflict(
        number=number + 1,
        kind=kind,
        severity=Severity.WARN.value,
        state=ConflictState.NEW,
        fold=fold,
        findings={},
        facts=facts,
        opened_at=step_of(session).now,
        reopened_because=reason,
    )
    session.add(conflict)
    session.flush()
    _add_parties(session, conflict, registrations)


def _add_parties(
    session: Session, conflict: Conflict, registrations: Sequence[Registration]
) -> None:
    """Add those who are not on a side of the item yet, in their order."""
    held = {party.registration_id for party in conflict.parties}
    fresh = [r for r in registrations if r.id not in held]
    for position, registration in enumerate(fresh, len(held)):
        conflict.parties.append(ConflictParty(position=position, registration_id=registration.id))
    session.flush()
