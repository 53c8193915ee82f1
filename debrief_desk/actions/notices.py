"""What an agency is told, and that it has seen it: a pointer, nothing else (DOMAIN 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.store.models import ConflictNotice
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Conflict, Debrief


def tell(
    session: Session,
    agencies: Iterable[UUID],
    code: str,
    *,
    conflict: Conflict | None = None,
    debrief: Debrief | None = None,
) -> None:
    """Record one notice for each agency; it waits until the agency acknowledges it."""
    for agency in agencies:
        session.add(
            ConflictNotice(
                conflict_id=conflict.id if conflict is not None else None,
                debrief_id=debrief.id if debrief is not None else None,
                agency_id=agency,
                code=code,
                sent_at=step_of(session).now,
            )
        )
