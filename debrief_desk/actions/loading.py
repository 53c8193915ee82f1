"""What every loader of facts needs: ids in parts that fit one statement, rows by registration."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy import select

from debrief_desk.store.models import Interviewer, Registration, Room

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from enum import StrEnum

    from sqlalchemy.orm import Session

_CHUNK = 400
CodeT = TypeVar("CodeT", bound="StrEnum")
RowT = TypeVar("RowT")
KeyT = TypeVar("KeyT", UUID, str)


def chunks(values: Iterable[KeyT]) -> Iterable[list[KeyT]]:
    """Cut ids or texts into lists that fit one statement."""
    everything = sorted(set(values))
    for start in range(0, len(everything), _CHUNK):
        yield everything[start : start + _CHUNK]


def code(kind: type[CodeT], text: str | None) -> CodeT | None:
    """Give the code of that value, or None where the list does not have it."""
    return kind(text) if text in set(kind) else None


def by_group(session: Session, groups: Collection[UUID]) -> dict[UUID, list[Registration]]:
    """Give the standing registrations of each group, oldest first."""
    found: dict[UUID, list[Registration]] = {group: [] for group in groups}
    for part in chunks(groups):
        query = (
            select(Registration)
            .where(Registration.person_id.in_(part), Registration.withdrawn_at.is_(None))
            .order_by(Registration.id)
        )
        for registration in session.scalars(query):
            found[registration.person_id].append(registration)
    return found


def registrations(session: Session, ids: Collection[UUID]) -> dict[UUID, Registration]:
    """Give these registrations by id."""
    found: dict[UUID, Registration] = {}
    for part in chunks(ids):
        query = select(Registration).where(Registration.id.in_(part))
        found |= {r.id: r for r in session.scalars(query)}
    return found


def by_id(session: Session, kind: type[RowT], ids: Iterable[UUID | None]) -> dict[UUID, RowT]:
    """Give the rows of a table by id; an id that is None is passed over."""
    found: dict[UUID, RowT] = {}
    for part in chunks(i for i in ids if i is not None):
        rows = session.scalars(select(kind).where(kind.id.in_(part))).unique()  # type: ignore[attr-defined]
        found |= {row.id: row for row in rows}  # type: ignore[attr-defined]
    return found


def by_registration(
    session: Session, kind: type[RowT], ids: Iterable[UUID]
) -> dict[UUID, list[RowT]]:
    """Give the rows of a table that hang on registrations, by registration."""
    found: dict[UUID, list[RowT]] = defaultdict(list)
    column = kind.registration_id  # type: ignore[attr-defined]
    for part in chunks(ids):
        for row in session.scalars(select(kind).where(column.in_(part)).order_by(kind.id)):  # type: ignore[attr-defined]
            found[row.registration_id].append(row)  # type: ignore[attr-defined]
    return found


def text(value: UUID | None) -> str | None:
    """Give an id as text."""
    return None if value is None else str(value)


def moment(written: str | None) -> datetime | None:
    """Give a moment that was kept as ISO 8601."""
    return None if not written else datetime.fromisoformat(written)


@dataclass(frozen=True, slots=True)
class Named:
    """Interviewers and rooms by name; a name of the own agency comes before another's."""

    staff: dict[tuple[UUID | None, str], UUID]
    rooms: dict[str, UUID]

    def interviewer(self, agency_id: UUID, name: str) -> UUID | None:
        """Give the interviewer of that name, or None where nobody of it is known."""
        key = _key(name)
        return self.staff.get((agency_id, key)) or self.staff.get((None, key)) if key else None

    def room(self, name: str) -> UUID | None:
        """Give the room of that name, or None."""
        return self.rooms.get(_key(name))


def by_name(session: Session) -> Named:
    """Give the staff and rooms in use, by name; spaces, full stops and case do not count."""
    staff: dict[tuple[UUID | None, str], UUID] = {}
    for one in session.scalars(select(Interviewer).where(Interviewer.active)).unique():
        staff.setdefault((None, _key(one.name)), one.id)
        staff[one.agency_id, _key(one.name)] = one.id
    rooms = session.scalars(select(Room).where(Room.active))
    return Named(staff, {_key(room.name): room.id for room in rooms})


def _key(name: str) -> str:
    return "".join(name.casefold().replace(".", " ").split())
