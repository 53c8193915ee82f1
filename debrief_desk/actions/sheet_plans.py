"""What a sender's newer row says of a plan that stands, kept beside what the desk wrote since.

A blank cell changes nothing; one that differs from what the desk wrote later than the sheet was
saved is set aside for a person.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from debrief_desk.actions import versions
from debrief_desk.store.models import Interviewer, Room
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.files.person_rows import PersonRow
    from debrief_desk.store.models import Debrief

_NAMED: Final[dict[str, type[Any]]] = {"lead": Interviewer, "second": Interviewer, "room": Room}
_TIME: Final = ("starts_at", "ends_at")


def renew(
    session: Session, debrief: Debrief, row: PersonRow, plan: DebriefPlan
) -> tuple[tuple[str, str], ...]:
    """Take over where and when a newer row has a plan; `plan` is the row's, with names looked up.

    Gives field and words of what the row says otherwise than the desk, which stays; so does all of
    a debrief that has begun.
    """
    here = versions.written_here(session, debrief.id, row.saved_at)
    kept: list[tuple[str, str]] = []
    changed = False
    for field, told in _told(debrief, row, plan).items():
        stands = {column: getattr(debrief, column) for column in told}
        if told == stands:
            continue
        if here & told.keys() or not debrief.state.is_movable:
            kept.append((field, _said(row, field)))
            continue
        _write(session, debrief, field, told)
        changed = True
    if changed:
        debrief.sequence += 1
    return tuple(kept)


def _told(debrief: Debrief, row: PersonRow, plan: DebriefPlan) -> dict[str, dict[str, Any]]:
    """Give what a row says, field by field, as columns; a blank cell says nothing."""
    told: dict[str, dict[str, Any]] = {}
    start = row.planned_start
    if start is not None:
        length = debrief.ends_at - debrief.starts_at
        if row.minutes:
            length = timedelta(minutes=row.minutes)
        told["planned_start"] = dict(zip(_TIME, (start, start + length), strict=True))
    for field in _NAMED:
        if getattr(row, field):
            key = getattr(plan, f"{field}_id")
            told[field] = {
                f"{field}_id": UUID(key) if key else None,
                f"{field}_text": getattr(plan, f"{field}_text"),
            }
    return told


def _write(session: Session, debrief: Debrief, field: str, told: dict[str, Any]) -> None:
    if field in _NAMED:
        key = told[f"{field}_id"]
        setattr(debrief, field, session.get(_NAMED[field], key) if key else None)
        setattr(debrief, f"{field}_text", told[f"{field}_text"])
        return
    for column, value in told.items():
        setattr(debrief, column, value)
    debrief.confirmed_at = None


def _said(row: PersonRow, field: str) -> str:
    if field in _NAMED:
        return str(getattr(row, field))
    return sentences.moment(row.planned_start)
