"""Who is one person: suggestions apart from decisions, and the index that finds candidates."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, Key


class IdentitySuggestion(Base):
    """What the matcher says of a pair (a < b). Derived: a new matcher may rewrite it."""

    __tablename__ = "identity_suggestion"
    __table_args__ = (
        UniqueConstraint("a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="pair_in_order"),
    )

    id: Mapped[Key]
    a_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    b_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    band: Mapped[str]
    probability: Mapped[float]
    bits: Mapped[float]
    evidence: Mapped[list[Any]]
    facts: Mapped[str]
    found_at: Mapped[datetime]


class IdentityDecision(Base):
    """A statement that a pair (a < b) is the same, different or unsure; one live row a pair.

    `origin` is `system` for a provisional link and `person` for what somebody decided. `facts` is
    the digest of the compared facts: when it changes, the decision is looked at again.
    """

    __tablename__ = "identity_decision"
    __table_args__ = (
        CheckConstraint("a_id < b_id", name="pair_in_order"),
        Index(
            "uq_identity_decision_live_pair",
            "a_id",
            "b_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    a_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    b_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    verdict: Mapped[str]
    origin: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[str]
    decided_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    superseded_at: Mapped[datetime | None]


class MatchRecord(Base):
    """A registration as the matcher compares it, packed; `number` keeps the key index small."""

    __tablename__ = "match_record"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), unique=True)
    features: Mapped[bytes]


class MatchKey(Base):
    """One key under which a record is found; stable 64-bit hashes."""

    __tablename__ = "match_key"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(
        ForeignKey("match_record.number"), primary_key=True, index=True
    )


class MatchCount(Base):
    """How many records hold a term: the frequencies behind the weights."""

    __tablename__ = "match_count"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - read once by SQLAlchemy

    term: Mapped[str] = mapped_column(primary_key=True)
    records: Mapped[int]
