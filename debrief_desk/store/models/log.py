"""The two logs: what changed, field by field, and the chain of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, Key


class Change(Base):
    """One field written; a row's birth is one change with an empty `field` and all its values.

    `clock` is a hybrid logical clock: Unix milliseconds shifted left by 16, plus a counter.
    `parents` are the changes it replaced. `step` groups what one action wrote.
    """

    __tablename__ = "change"
    __table_args__ = (Index(None, "row_id", "field", "clock"), Index(None, "step"))

    id: Mapped[Key]
    step: Mapped[UUID]
    entity: Mapped[str]
    row_id: Mapped[UUID]
    field: Mapped[str]
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]
    clock: Mapped[int] = mapped_column(BigInteger, index=True)
    desk_id: Mapped[UUID]
    account_id: Mapped[UUID | None]
    parents: Mapped[list[str]]


class AuditEvent(Base):
    """One link of the chain: who saw, changed, linked, exported or erased what (DPA 2018 s.62)."""

    __tablename__ = "audit_event"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    roles: Mapped[str]
    kind: Mapped[str]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str]
    recipient: Mapped[str]
    reason: Mapped[str]
    step: Mapped[UUID]
    body: Mapped[str]
    salt: Mapped[bytes]
    body_hash: Mapped[bytes]
    previous_hash: Mapped[bytes]
    hash: Mapped[bytes]
