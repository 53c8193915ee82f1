"""What this desk knows against two records being one person, beside what stands in them.

Two people recorded as a family, and two people who were debriefed at one time in two rooms.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from debrief_desk.actions.loading import chunks
from debrief_desk.identity.links import FAMILY_LINKED, PRESENT_ELSEWHERE
from debrief_desk.store.models import Debrief, FamilyLink
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import BindParameter
    from sqlalchemy.orm import Session

    Pair = tuple[UUID, UUID]
    Presence = tuple[datetime, datetime, UUID]


_IDS: BindParameter[UUID] = bindparam("ids", expanding=True)
_FAMILIES = select(FamilyLink.registration_id, FamilyLink.other_id).where(
    FamilyLink.registration_id.in_(_IDS), FamilyLink.withdrawn_at.is_(None)
)
_PRESENCES = select(
    Debrief.registration_id, Debrief.started_at, Debrief.ended_at, Debrief.room_id
).where(Debrief.registration_id.in_(_IDS), Debrief.started_at.is_not(None))
"""Made once, and asked of the connection: a check while typing asks them each time."""


def known(session: Session, pairs: Collection[Pair]) -> dict[Pair, tuple[str, ...]]:
    """Give, for pairs in their fixed order, the codes of what speaks against; others are absent."""
    if not pairs:
        return {}
    families = _families(session, {a for a, _ in pairs})
    present = _presences(session, {i for pair in pairs for i in pair})
    found: dict[Pair, tuple[str, ...]] = {}
    for pair in pairs:
        codes = [FAMILY_LINKED] if pair in families else []
        if _apart(present.get(pair[0], ()), present.get(pair[1], ())):
            codes.append(PRESENT_ELSEWHERE)
        if codes:
            found[pair] = tuple(codes)
    return found


def _families(session: Session, first: Iterable[UUID]) -> set[Pair]:
    connection = session.connection()
    return {
        (one, other)
        for part in chunks(first)
        for one, other in connection.execute(_FAMILIES, {"ids": part})
    }


def _presences(session: Session, ids: Iterable[UUID]) -> dict[UUID, list[Presence]]:
    """Give when and in which room each of these was debriefed; what goes on lasts till now."""
    found: dict[UUID, list[Presence]] = defaultdict(list)
    connection = session.connection()
    for part in chunks(ids):
        for registration, started, ended, room in connection.execute(_PRESENCES, {"ids": part}):
            if started is not None and room is not None:
                found[registration].append((started, ended or step_of(session).now, room))
    return found


def _apart(one: Collection[Presence], other: Collection[Presence]) -> bool:
    """Say whether two people were in two rooms at one moment."""
    return any(
        room != elsewhere and start < until and since < end
        for start, end, room in one
        for since, until, elsewhere in other
    )
