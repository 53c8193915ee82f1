"""A voluntary debrief from plan to close, its consent, and the check that was made of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from debrief_desk.rules.states import DebriefState
from debrief_desk.store.base import Base, Key

if TYPE_CHECKING:
    from debrief_desk.store.models.people import Registration
    from debrief_desk.store.models.sites import Agency
    from debrief_desk.store.models.staff import Interpreter, Interviewer, Room


class Debrief(Base):
    """Who plans to speak with whom, when, where and with whom present. No content, ever (A-3).

    `pinned` keeps a proposal from moving it; `priority` is 1 (urgent) to 3.
    """

    __tablename__ = "debrief"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "starts_at", "id"),
        Index(None, "state", "starts_at"),
    )

    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(unique=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    partner_ids: Mapped[list[str]] = mapped_column(default=list)
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    serial: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"))
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviewer.id"), index=True)
    second_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviewer.id"), index=True)
    interpreter_id: Mapped[UUID | None] = mapped_column(ForeignKey("interpreter.id"))
    mode: Mapped[str] = mapped_column(default="")
    room_text: Mapped[str] = mapped_column(default="")
    lead_text: Mapped[str] = mapped_column(default="")
    second_text: Mapped[str] = mapped_column(default="")
    recorded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[DebriefState]
    state_reason: Mapped[str] = mapped_column(default="")
    joined_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("debrief.id"))
    first_saved_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    priority: Mapped[int] = mapped_column(default=2, server_default="2")
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read once by SQLAlchemy

    registration: Mapped[Registration] = relationship(lazy="joined", innerjoin=True)
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room | None] = relationship(lazy="joined")
    lead: Mapped[Interviewer | None] = relationship(lazy="joined", foreign_keys=lead_id)
    second: Mapped[Interviewer | None] = relationship(lazy="joined", foreign_keys=second_id)
    interpreter: Mapped[Interpreter | None] = relationship(lazy="joined")


class ConsentRecord(Base):
    """The person's answer about taking part, and what was explained (V-1, V-2)."""

    __tablename__ = "consent_record"

    id: Mapped[Key]
    debrief_id: Mapped[UUID] = mapped_column(ForeignKey("debrief.id"), index=True)
    outcome: Mapped[str]
    at: Mapped[datetime]
    language: Mapped[str]
    interpreter: Mapped[str] = mapped_column(default="")
    explained_by: Mapped[str]
    explanation_version: Mapped[str]
    points: Mapped[list[str]]


class DeconflictionCheck(Base):
    """The newest check of one debrief: its reference, and every finding. Derived, never merged."""

    __tablename__ = "deconfliction_check"

    debrief_id: Mapped[UUID] = mapped_column(ForeignKey("debrief.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    checked_at: Mapped[datetime]
    level: Mapped[str]
    bars_cleared: Mapped[bool]
    findings: Mapped[list[Any]]


class DebriefStop(Base):
    """A debrief stopped on the way: the category only, who was told, who released it (S-5, A-5)."""

    __tablename__ = "debrief_stop"

    id: Mapped[Key]
    debrief_id: Mapped[UUID] = mapped_column(ForeignKey("debrief.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    informed: Mapped[str] = mapped_column(default="")
    informed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class Bypass(Base):
    """An emergency bypass of deconfliction for one plan, with concurrence and review (D-11)."""

    __tablename__ = "bypass"

    id: Mapped[Key]
    debrief_id: Mapped[UUID] = mapped_column(ForeignKey("debrief.id"), index=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    concurred_at: Mapped[datetime | None]
    concurred_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    review_due_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    review: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
