"""What a sheet tells of a person's stay and welfare, kept beside what the desk recorded since.

A sheet says what its sender knew when it was written. A blank cell means not recorded and changes
nothing; a cell that differs from what was recorded at this desk since is set aside for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from debrief_desk.actions import versions
from debrief_desk.store.models import Stay, WelfareCheck
from debrief_desk.store.session import step_of
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.files.person_rows import PersonRow
    from debrief_desk.store.models import Registration

_STAY: Final = {"landed_at": "landed_at", "arrived_at": "arrived_at"}
_WELFARE: Final = {
    "screened_at": "screened_at",
    "rested": "welfare",
    "medical": "medical",
    "preference": "interviewer_preference",
}
"""The field of a row that holds each column."""


def record(session: Session, registration: Registration, row: PersonRow) -> None:
    """Keep the stay and the welfare check that a new row tells of; *landed* opens a stay."""
    if _told(row, _STAY):
        session.add(Stay(registration_id=registration.id, **_told(row, _STAY)))
    if _told(row, _WELFARE):
        session.add(
            WelfareCheck(
                registration_id=registration.id,
                recorded_at=_known_at(session, row),
                recorded={},
                **_told(row, _WELFARE),
            )
        )


def renew(session: Session, registration: Registration, row: PersonRow) -> tuple[str, ...]:
    """Take a sender's newer row over; gives its fields that differ from what the desk recorded."""
    stays = select(Stay).filter_by(registration_id=registration.id).order_by(Stay.id)
    checks = select(WelfareCheck).filter_by(registration_id=registration.id)
    newest = checks.order_by(WelfareCheck.recorded_at.desc(), WelfareCheck.id.desc())
    stay, check = session.scalars(stays).first(), session.scalars(newest).first()
    if stay is None and check is None:
        record(session, registration, row)
        return ()
    kept: list[str] = []
    for held, fields in ((stay, _STAY), (check, _WELFARE)):
        if held is not None:
            kept += _renewed(session, held, row, fields)
    if stay is None and _told(row, _STAY):
        session.add(Stay(registration_id=registration.id, **_told(row, _STAY)))
    return tuple(kept)


def said(row: PersonRow, field: str) -> str:
    """Write what a row says of the stay or of welfare."""
    value = getattr(row, field)
    if field == "medical":
        return sentences.medical(value)
    if field == "interviewer_preference":
        return sentences.preference(value)
    return sentences.yes_no(value) if field == "welfare" else sentences.moment(value)


def _renewed(session: Session, held: Any, row: PersonRow, fields: Mapping[str, str]) -> list[str]:
    """Write what the row tells, but not over what the desk recorded; gives what was left out."""
    told = {
        column: value
        for column, value in _told(row, fields).items()
        if getattr(held, column) != value
    }
    if not told:
        return []
    here = versions.written_here(session, held.id, row.saved_at)
    kept: list[str] = []
    for column, value in told.items():
        if column in here and getattr(held, column) not in (None, ""):
            kept.append(fields[column])
            continue
        setattr(held, column, value)
        if column == "medical":
            held.medical_cleared_at = None  # a new word of healthcare ends an earlier clearance
    return kept


def _told(row: PersonRow, fields: Mapping[str, str]) -> dict[str, Any]:
    values = {column: getattr(row, field) for column, field in fields.items()}
    return {column: value for column, value in values.items() if value not in (None, "")}


def _known_at(session: Session, row: PersonRow) -> datetime:
    """Give when the sender knew it, so that a later word of the desk counts as the newer one."""
    now = step_of(session).now
    return min(now, row.saved_at or row.screened_at or now)
