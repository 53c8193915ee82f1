"""What came in by file, and what a sender's columns mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, Key


class ImportBatch(Base):
    """One file taken in one transaction; undone whole."""

    __tablename__ = "import_batch"

    id: Mapped[Key]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    file_digest: Mapped[str]
    counts: Mapped[dict[str, Any]]
    skipped: Mapped[list[Any]]
    imported_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    step: Mapped[UUID]
    undone_at: Mapped[datetime | None]


class ParkedRow(Base):
    """A row that was parked or rejected: its line, as typed, and why."""

    __tablename__ = "parked_row"

    id: Mapped[Key]
    import_id: Mapped[UUID] = mapped_column(ForeignKey("import_batch.id"), index=True)
    line: Mapped[int]
    outcome: Mapped[str]
    reasons: Mapped[list[Any]]
    as_typed: Mapped[list[Any]]
    registration_id: Mapped[UUID | None] = mapped_column(ForeignKey("registration.id"))
    settled_at: Mapped[datetime | None]


class SenderMapping(Base):
    """How one sender's columns are read, remembered for the next file."""

    __tablename__ = "sender_mapping"
    __table_args__ = (UniqueConstraint("sender", "headings"),)

    id: Mapped[Key]
    sender: Mapped[str]
    headings: Mapped[str]
    kind: Mapped[str]
    columns: Mapped[dict[str, Any]]
    date_order: Mapped[str] = mapped_column(default="")
