"""A desk on a day that is planned only half: three people with a time and a lead, no room yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import imports, plans
from debrief_desk.store.models import Registration
from tests import builders

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.desk import Desk


def fill(desk: Desk, folder: Path) -> None:
    """Import staff, rooms and six people; let the NCA plan for three of them."""
    for text, agency in (
        (builders.ROOMS, ""),
        (builders.INTERVIEWERS, ""),
        (builders.INTERPRETERS, ""),
        (builders.MANIFEST, "Border Force"),
    ):
        desk.write(imports.take, imports.ImportFile(builders.sheet(folder, text), agency=agency))
    for serial, clock in (("BF1", "10:00"), ("BF2", "11:00"), ("BF3", "10:00")):
        register(desk, serial, clock)


def register(desk: Desk, serial: str, clock: str, **values: Any) -> None:
    """Let the NCA plan 45 minutes for somebody of a manifest."""
    (one,) = [str(row.id) for row in rows(desk, Registration) if row.serial == serial]
    wanted = builders.plan(clock=clock, minutes=45, registration_id=one, purpose="route", **values)
    desk.write(plans.register, wanted)


def rows(desk: Desk, kind: type[Any]) -> list[Any]:
    """Give the rows of a mapped class, oldest first, detached."""
    with Session(desk._opened.reader) as session:
        return list(session.scalars(select(kind).order_by(kind.id)).unique())
