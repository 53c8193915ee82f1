"""What is in conflict, between whom, and how it was settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.base import Base, Key


class Conflict(Base):
    """One thing somebody has to settle. `fold` makes what repeats one item."""

    __tablename__ = "conflict"
    __table_args__ = (Index(None, "state", "session_at"),)

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[ConflictKind]
    severity: Mapped[str]
    state: Mapped[ConflictState]
    fold: Mapped[str] = mapped_column(unique=True)
    findings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[str] = mapped_column(default="")
    session_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    waiting_for: Mapped[str] = mapped_column(default="")
    reopened_because: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str] = mapped_column(default="")

    parties: Mapped[list[ConflictParty]] = relationship(
        back_populates="conflict", order_by="ConflictParty.position", lazy="selectin"
    )


class ConflictParty(Base):
    """A registration or a debrief a conflict is about, in the order of first saved (D-8)."""

    __tablename__ = "conflict_party"
    __table_args__ = (UniqueConstraint("conflict_id", "registration_id", "debrief_id"),)

    id: Mapped[Key]
    conflict_id: Mapped[UUID] = mapped_column(ForeignKey("conflict.id"), index=True)
    position: Mapped[int]
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"), index=True)
    debrief_id: Mapped[UUID | None] = mapped_column(ForeignKey("debrief.id"), index=True)

    conflict: Mapped[Conflict] = relationship(back_populates="parties", lazy="raise")


class ConflictDecision(Base):
    """How a conflict was settled; undone by its reversal, which restores exactly."""

    __tablename__ = "conflict_decision"

    id: Mapped[Key]
    conflict_id: Mapped[UUID] = mapped_column(ForeignKey("conflict.id"), index=True)
    verdict: Mapped[str]
    plans: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    step: Mapped[UUID]
    undone_at: Mapped[datetime | None]


class ConflictNotice(Base):
    """That an agency was told of a conflict or a cancellation, and when it acknowledged."""

    __tablename__ = "conflict_notice"

    id: Mapped[Key]
    conflict_id: Mapped[UUID | None] = mapped_column(ForeignKey("conflict.id"), index=True)
    debrief_id: Mapped[UUID | None] = mapped_column(ForeignKey("debrief.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    code: Mapped[str]
    sent_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class SecondOpinion(Base):
    """What a second person answered without seeing score or first answer."""

    __tablename__ = "second_opinion"

    id: Mapped[Key]
    conflict_id: Mapped[UUID] = mapped_column(ForeignKey("conflict.id"), index=True)
    asked_at: Mapped[datetime]
    first_verdict: Mapped[str]
    first_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime | None]
    given_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
