"""The audit chain: an event per thing somebody did, each sealed by the hash of the one before.

The hash covers the *hash* of the body, not the body, so that a body can be erased under retention
while the chain still verifies. A chain cannot see its own missing tail: `head` gives the short
fingerprint to note elsewhere (the day book, another desk).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from debrief_desk.store.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.store.session import Step

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be appended at commit: `kind` is one of the statute's words (DPA 2018 s.62)."""

    kind: str
    entity: str = ""
    entity_id: str = ""
    recipient: str = ""
    reason: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying the chain found: `broken_at` is the first wrong sequence, or None."""

    events: int
    broken_at: int | None
    fingerprint: str


def append(session: Session, step: Step) -> None:
    """Append the step's events, and one that says what it changed; same transaction."""
    drafts = list(step.events)
    if step.changes:
        digest = hashlib.sha256(b"".join(change.bytes for change in step.changes)).hexdigest()
        body = {"rows": dict(sorted(step.touched.items())), "changes": digest}
        drafts.append(Draft(kind="altered", body=body))
    if not drafts:
        return
    tail = session.execute(
        select(AuditEvent.sequence, AuditEvent.hash).order_by(AuditEvent.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (tail.sequence, tail.hash) if tail else (0, GENESIS)
    rows = []
    for draft in drafts:
        sequence += 1
        row = _row(draft, step, sequence, previous)
        previous = row["hash"]
        rows.append(row)
    session.execute(insert(AuditEvent), rows)


def _row(draft: Draft, step: Step, sequence: int, previous: bytes) -> dict[str, Any]:
    body = json.dumps(draft.body, sort_keys=True, ensure_ascii=False)
    salt = secrets.token_bytes(16)
    row: dict[str, Any] = {
        "sequence": sequence,
        "at": step.now,
        "account_id": step.account_id,
        "roles": " ".join(sorted(role.value for role in step.roles)),
        "kind": draft.kind,
        "action": step.action,
        "entity": draft.entity,
        "entity_id": draft.entity_id,
        "recipient": draft.recipient,
        "reason": draft.reason,
        "step": step.id,
        "body": body,
        "salt": salt,
        "body_hash": hashlib.sha256(salt + body.encode()).digest(),
        "previous_hash": previous,
    }
    row["hash"] = _seal(row)
    return row


def _seal(row: dict[str, Any]) -> bytes:
    """Hash the length-prefixed fields of an event, the body by its own hash."""
    at: datetime = row["at"]
    account = row["account_id"]
    parts = (
        str(row["sequence"]),
        at.isoformat(),
        str(account) if account is not None else "",
        *(row[name] for name in ("roles", "kind", "action", "entity", "entity_id")),
        row["recipient"],
        row["reason"],
        str(row["step"]),
    )
    sealed = hashlib.sha256()
    for part in (*(part.encode() for part in parts), row["body_hash"], row["previous_hash"]):
        sealed.update(len(part).to_bytes(4, "big"))
        sealed.update(part)
    return sealed.digest()


def verify(session: Session) -> ChainReport:
    """Recompute every link; the report names the first event that does not hold."""
    previous = GENESIS
    expected = 0
    columns = AuditEvent.__table__.c
    for row in session.execute(select(*columns).order_by(columns.sequence)).mappings().partitions():
        broken, previous, expected = _verify_part(row, previous, expected)
        if broken is not None:
            return ChainReport(expected, broken, _short(previous))
    return ChainReport(expected, None, _short(previous))


def _verify_part(
    rows: Iterable[Any], previous: bytes, expected: int
) -> tuple[int | None, bytes, int]:
    for row in rows:
        expected += 1
        body_hash = hashlib.sha256(row["salt"] + row["body"].encode()).digest()
        erased = row["body"] == ""
        holds = (
            row["sequence"] == expected
            and row["previous_hash"] == previous
            and (erased or row["body_hash"] == body_hash)
            and row["hash"] == _seal(dict(row))
        )
        if not holds:
            return expected, previous, expected
        previous = row["hash"]
    return None, previous, expected


def fingerprint(session: Session) -> str:
    """Give the short fingerprint of the newest event, for the day book."""
    tail = select(AuditEvent.hash).order_by(AuditEvent.sequence.desc()).limit(1)
    return _short(session.scalar(tail) or GENESIS)


def count(session: Session) -> int:
    """Give the number of events."""
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def _short(head: bytes) -> str:
    text = head.hex()[:16].upper()
    return " ".join(text[i : i + 4] for i in range(0, 16, 4))
