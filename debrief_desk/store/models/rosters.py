"""What was issued, to whom, in which version."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, Key


class Roster(Base):
    """One issue of a roster; `lines` holds a digest per debrief, so the next one marks changes."""

    __tablename__ = "roster"
    __table_args__ = (Index(None, "scope", "version"),)

    id: Mapped[Key]
    scope: Mapped[str]
    version: Mapped[int]
    copy_no: Mapped[int]
    level: Mapped[str]
    format: Mapped[str]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    recipient: Mapped[str]
    issued_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    lines: Mapped[dict[str, Any]]
