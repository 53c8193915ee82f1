"""When staff are there, and what they did before this desk counted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, Key


class Duty(Base):
    """One shift of one interviewer or interpreter, or an absence; taken back by `cancelled_at`."""

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(
            "(interviewer_id IS NULL) != (interpreter_id IS NULL)", name="one_member_of_staff"
        ),
        Index(None, "starts_at"),
    )

    id: Mapped[Key]
    interviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviewer.id"), index=True)
    interpreter_id: Mapped[UUID | None] = mapped_column(ForeignKey("interpreter.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Experience(Base):
    """Debriefs before this desk, as somebody declared; they count once countersigned (X-2)."""

    __tablename__ = "experience"

    id: Mapped[Key]
    interviewer_id: Mapped[UUID] = mapped_column(ForeignKey("interviewer.id"), index=True)
    led: Mapped[int]
    supervised: Mapped[int]
    last_on: Mapped[date | None]
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    countersigned_at: Mapped[datetime | None]
    countersigned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    cancelled_at: Mapped[datetime | None]
