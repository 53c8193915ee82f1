"""People as the agencies recorded them, their stay, and what was offered and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from debrief_desk.store.base import Base, Key

if TYPE_CHECKING:
    from debrief_desk.store.models.sites import Agency


class ArrivalEvent(Base):
    """One boat. Agencies number differently: an alias points to the event it stands for."""

    __tablename__ = "arrival_event"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    landed_at: Mapped[datetime | None]
    alias_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("arrival_event.id"))


class Person(Base):
    """A link group. Each registration is born with one; linking points registrations elsewhere."""

    __tablename__ = "person"

    id: Mapped[Key]
    review_on: Mapped[date | None]


class Registration(Base):
    """One agency's record of a person, kept as typed.

    `home_person_id` is the person it was born with, `person_id` the group it is in now, so that
    unlinking restores exactly.
    """

    __tablename__ = "registration"
    __table_args__ = (
        Index(None, "agency_id", "row_key"),
        Index(None, "event_id", "band"),
        Index("ix_registration_live_id", "id", sqlite_where=text("withdrawn_at IS NULL")),
    )

    id: Mapped[Key]
    home_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    row_key: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    full_name: Mapped[str] = mapped_column(default="")
    native_name: Mapped[str] = mapped_column(default="")
    placeholder: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    birth_age: Mapped[int | None]
    birth_age_on: Mapped[date | None]
    nationality: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    dialect: Mapped[str] = mapped_column(default="")
    interpreter_needed: Mapped[bool | None]
    band: Mapped[str] = mapped_column(default="")
    former_bands: Mapped[list[str]] = mapped_column(default=list)
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("arrival_event.id"))
    event_day: Mapped[date | None]
    child_flag: Mapped[str] = mapped_column(default="")
    indicators: Mapped[list[str]] = mapped_column(default=list)
    as_typed: Mapped[list[Any]] = mapped_column(default=list)
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    identifiers: Mapped[list[Identifier]] = relationship(
        back_populates="registration",
        order_by="Identifier.id",
        primaryjoin="and_(Registration.id == Identifier.registration_id, Identifier.value != '')",
    )
    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    event: Mapped[ArrivalEvent | None] = relationship(lazy="joined")


class Identifier(Base):
    """A reference that somebody issued: value as typed ("" once taken back), and by whom."""

    __tablename__ = "identifier"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    value: Mapped[str]
    issuer: Mapped[str]

    registration: Mapped[Registration] = relationship(back_populates="identifiers", lazy="raise")


class Stay(Base):
    """Continuous time at the site as one agency recorded it."""

    __tablename__ = "stay"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    landed_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    departs_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class WelfareCheck(Base):
    """What was asked and recorded about welfare: category and time, never detail (S-7)."""

    __tablename__ = "welfare_check"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    screened_at: Mapped[datetime | None]
    rested: Mapped[bool | None]
    medical: Mapped[str] = mapped_column(default="")
    medical_cleared_at: Mapped[datetime | None]
    preference: Mapped[str] = mapped_column(default="")
    interpreter_preference: Mapped[str] = mapped_column(default="")
    recorded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recorded_at: Mapped[datetime]


class AgeDecision(Base):
    """A recorded decision that a person is an adult or a child (C-3)."""

    __tablename__ = "age_decision"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    adult: Mapped[bool]
    decider: Mapped[str]
    decided_on: Mapped[date]


class Approach(Base):
    """One contact to ask, and the answer."""

    __tablename__ = "approach"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    debrief_id: Mapped[UUID | None] = mapped_column(ForeignKey("debrief.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    at: Mapped[datetime]
    outcome: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")


class NoApproachMarker(Base):
    """The person is not to be approached; lifted only by the person's own wish (V-5)."""

    __tablename__ = "no_approach_marker"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str]
    placed_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_language: Mapped[str] = mapped_column(default="")
    asked_interpreter: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class Busy(Base):
    """Something else in the person's day; taken back by `cancelled_at` (W-7)."""

    __tablename__ = "busy"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[UUID | None] = mapped_column(ForeignKey("room.id"))
    cancelled_at: Mapped[datetime | None]


class FamilyLink(Base):
    """Two registrations that travel together and are two people; `kind` is what they said."""

    __tablename__ = "family_link"
    __table_args__ = (CheckConstraint("registration_id < other_id", name="fixed_order"),)

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    kind: Mapped[str]
    recorded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Referral(Base):
    """A task that a rule opens for somebody else: kind, owner, due time; no detail (C-4, S-3)."""

    __tablename__ = "referral"

    id: Mapped[Key]
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"), index=True)
    debrief_id: Mapped[UUID | None] = mapped_column(ForeignKey("debrief.id"))
    kind: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]
