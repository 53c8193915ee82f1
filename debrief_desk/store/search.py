"""The search index over what people are called, their bands and references (FTS5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import Select, Uuid, select, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Registration

_WORD = re.compile(r"\w+")


def body(registration: Registration, references: Iterable[str]) -> str:
    """Give the words a registration is found by."""
    r = registration
    event = r.event.number if r.event is not None else ""
    parts = (r.given_name, r.family_name, r.full_name, r.native_name, r.placeholder, r.serial)
    return " ".join(part for part in (*parts, r.band, event, *references) if part)


def index(session: Session, bodies: dict[UUID, str]) -> None:
    """Put the words of these registrations into the index, in place of older ones."""
    rows = [{"id": key.hex, "body": words} for key, words in bodies.items()]
    if not rows:
        return
    session.execute(
        text("INSERT INTO person_search (registration_id, body) VALUES (:id, :body)"), rows
    )


def forget(session: Session, registration_ids: Iterable[UUID]) -> None:
    """Take these registrations out of the index."""
    rows = [{"id": key.hex} for key in registration_ids]
    if rows:
        session.execute(text("DELETE FROM person_search WHERE registration_id = :id"), rows)


def found(typed: str) -> Select[tuple[UUID]] | None:
    """Give the registrations found by what a user typed: every word must begin a word of theirs."""
    words = _WORD.findall(typed)
    if not words:
        return None
    matching = " ".join(f'"{word}"*' for word in words)
    hits = text(
        "SELECT registration_id FROM person_search WHERE person_search MATCH :matching"
    ).bindparams(matching=matching)
    return select(hits.columns(registration_id=Uuid()).subquery().c.registration_id)
