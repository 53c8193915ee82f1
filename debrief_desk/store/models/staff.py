"""The people and rooms a debrief needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from debrief_desk.store.base import Base, Key

if TYPE_CHECKING:
    from debrief_desk.store.models.sites import Agency


class Interviewer(Base):
    """A member of staff who may lead or be second; experience as the agency's sheet says it.

    The shift is in minutes of the London day and holds on `shift_days` (ISO weekdays 1..7, none:
    every day); a `Duty` of that day goes before it. `recorded` holds what else the rules ask about.
    """

    __tablename__ = "interviewer"
    __table_args__ = (UniqueConstraint("agency_id", "staff_no", "name"),)

    id: Mapped[Key]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(index=True)
    staff_no: Mapped[str] = mapped_column(default="")
    tier: Mapped[int | None]
    led: Mapped[int | None]
    supervised: Mapped[int | None]
    last_debrief_on: Mapped[date | None]
    refresher_on: Mapped[date | None]
    vetting: Mapped[str] = mapped_column(default="")
    vetting_to: Mapped[date | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    gender: Mapped[str] = mapped_column(default="")
    shift_start: Mapped[int | None]
    shift_end: Mapped[int | None]
    shift_days: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    recorded: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    active: Mapped[bool] = mapped_column(default=True)

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    accreditations: Mapped[list[Accreditation]] = relationship(
        back_populates="interviewer", order_by="Accreditation.id", lazy="selectin"
    )


class Accreditation(Base):
    """An authorisation from the interviewer's own agency, with its end, and who saw it (X-1)."""

    __tablename__ = "accreditation"

    id: Mapped[Key]
    interviewer_id: Mapped[UUID] = mapped_column(ForeignKey("interviewer.id"), index=True)
    kind: Mapped[str]
    level: Mapped[str] = mapped_column(default="", server_default="")
    seen_by: Mapped[str] = mapped_column(default="", server_default="")
    awarded_on: Mapped[date | None]
    valid_to: Mapped[date | None]
    revoked_on: Mapped[date | None]

    interviewer: Mapped[Interviewer] = relationship(back_populates="accreditations", lazy="raise")


class Interpreter(Base):
    """An interpreter: languages and dialects, how they can be present, qualification, shift."""

    __tablename__ = "interpreter"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    languages: Mapped[list[str]] = mapped_column(default=list)
    dialects: Mapped[list[str]] = mapped_column(default=list)
    modes: Mapped[list[str]] = mapped_column(default=list)
    qualification: Mapped[str] = mapped_column(default="")
    valid_to: Mapped[date | None]
    gender: Mapped[str] = mapped_column(default="")
    shift_start: Mapped[int | None]
    shift_end: Mapped[int | None]
    shift_days: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    recorded: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    active: Mapped[bool] = mapped_column(default=True)


class Room(Base):
    """A room: seats, features, minutes of the day it is open, and its neighbours (D-9)."""

    __tablename__ = "room"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    seats: Mapped[int | None]
    features: Mapped[list[str]] = mapped_column(default=list)
    opens: Mapped[int] = mapped_column(default=0)
    closes: Mapped[int] = mapped_column(default=24 * 60)
    neighbours: Mapped[list[str]] = mapped_column(default=list)
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batch.id"))
    active: Mapped[bool] = mapped_column(default=True)
