"""The desk itself, its site, the agencies and the people who sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from debrief_desk.store.base import Base, KeptJson, Key


class Site(Base):
    """A place where people are received; its legal limit is stored, never assumed (DOMAIN 2.3)."""

    __tablename__ = "site"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    limit_minutes: Mapped[int] = mapped_column(default=24 * 60)
    marking: Mapped[str] = mapped_column(default="OFFICIAL-SENSITIVE")


class DeskInfo(Base):
    """This desk: one row. `id` names the desk in every change it writes."""

    __tablename__ = "desk"

    id: Mapped[Key]
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    practice: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    next_debrief: Mapped[int] = mapped_column(default=1)
    next_check: Mapped[int] = mapped_column(default=1)


class Agency(Base):
    """An agency that plans debriefs; `contact` is what a pointer shows (DOMAIN 4)."""

    __tablename__ = "agency"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    contact: Mapped[str] = mapped_column(default="")


class Account(Base):
    """A person who signs in. Keys and the binding copy of the roles live in the key file."""

    __tablename__ = "account"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[list[str]]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    active: Mapped[bool] = mapped_column(default=True)


class PolicyVersion(Base):
    """One saved policy: every number and severity a site may set, who saved it, and why."""

    __tablename__ = "policy_version"

    id: Mapped[Key]
    values: Mapped[dict[str, Any]] = mapped_column(KeptJson(none_as_null=True))
    saved_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
