"""The key-slot file: what stands in it, when it counts as intact, and its two copies.

It is JSON, because a person with a damaged desk may have to look at it. It holds no secret in the
clear, but it does hold the names of the accounts, since signing in offers them. The checksum tells
accidental damage from a wrong password; what protects against deliberate changes is in `keys`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.errors import FileRefused
from debrief_desk.store import layout
from debrief_desk.store.passwords import CEILING, FLOOR, Cost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FORMAT: Final = "debrief-desk-keys"
_VERSION: Final = 1
_LARGEST: Final = 1_000_000  # bytes; a thousand accounts take half of it
_PATIENCE: Final = 10.0  # seconds
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slot:
    """One account: who, what a guess costs, and the keys wrapped under the password."""

    id: str
    name: str
    roles: tuple[str, ...]
    cost: Cost
    salt: bytes
    database_key: bytes = field(repr=False)  # wrapped
    signing_key: bytes = field(repr=False)  # wrapped
    verify_key: bytes = field(repr=False)
    seal: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The database key wrapped under the printed recovery key."""

    salt: bytes
    database_key: bytes = field(repr=False)  # wrapped


@dataclass(frozen=True, slots=True)
class Attempt:
    """Wrong passwords since the last right one, and the monotonic second of the newest."""

    failed: int
    at: float


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file; `attempts` by slot id."""

    slots: tuple[Slot, ...]
    recovery: RecoverySlot
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    restored: bool = False  # read from the previous copy, because the newest was damaged


def canonical(value: object) -> bytes:
    """Write plain data as JSON in the one form that is sealed and summed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def described(slot: Slot) -> dict[str, Any]:
    """Give everything of a slot except its seal, as plain data."""
    return {
        "id": slot.id,
        "name": slot.name,
        "roles": list(slot.roles),
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": _text(slot.salt),
        "database_key": _text(slot.database_key),
        "signing_key": _text(slot.signing_key),
        "verify_key": _text(slot.verify_key),
    }


def written(keys: KeyFile) -> bytes:
    """Give the contents of the file for `keys`, with the checksum."""
    body = {
        "format": _FORMAT,
        "version": _VERSION,
        "slots": [{**described(slot), "seal": _text(slot.seal)} for slot in keys.slots],
        "recovery": {
            "salt": _text(keys.recovery.salt),
            "database_key": _text(keys.recovery.database_key),
        },
        "attempts": {
            slot: {"failed": each.failed, "at": each.at} for slot, each in keys.attempts.items()
        },
    }
    body["checksum"] = hashlib.sha256(canonical(body)).hexdigest()
    return json.dumps(body, indent=1, ensure_ascii=False).encode()


def parsed(contents: bytes) -> KeyFile:
    """Read the contents of a key-slot file.

    Raises:
        ValueError: it is not one, or it is damaged.
        FileRefused: `newer-desk`: a newer version of the program wrote it.
    """
    body = json.loads(contents)
    if not isinstance(body, dict) or body.get("format") != _FORMAT:
        raise ValueError
    checksum = body.pop("checksum", None)
    if checksum != hashlib.sha256(canonical(body)).hexdigest():
        raise ValueError
    if body["version"] != _VERSION:
        raise FileRefused("newer-desk")
    try:
        return KeyFile(
            slots=tuple(_slot(each) for each in body["slots"]),
            recovery=RecoverySlot(
                salt=_bytes(body["recovery"]["salt"]),
                database_key=_bytes(body["recovery"]["database_key"]),
            ),
            attempts={
                slot: Attempt(int(each["failed"]), float(each["at"]))
                for slot, each in body["attempts"].items()
            },
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError from error


def read(path: Path) -> KeyFile:
    """Read the key slots of the desk `path`, from the previous copy where the newest is damaged.

    Raises:
        FileRefused: `no-such-desk`, `not-a-desk` (a file without key slots), `keys-damaged` (both
            copies), `newer-desk`.
    """
    newest, previous = layout.beside(path, "keys"), layout.beside(path, "keys.previous")
    if not newest.exists() and not previous.exists():
        raise FileRefused("not-a-desk" if path.exists() else "no-such-desk", file=path.name)
    keys = _intact(newest)
    if keys is not None:
        return keys
    keys = _intact(previous)
    if keys is None:
        raise FileRefused("keys-damaged", file=newest.name)
    _log.warning("key slots read from the previous copy")
    return KeyFile(keys.slots, keys.recovery, keys.attempts, restored=True)


def write(path: Path, keys: KeyFile, *, forget: bool = False) -> None:
    """Replace the key slots of the desk `path`; the copy before stays as `.keys.previous`.

    With `forget`, both copies get the new contents: a removed account or an old password must not
    live on in the previous copy.

    Raises:
        OSError: the disk refused; the old slots stand.
    """
    newest, previous = layout.beside(path, "keys"), layout.beside(path, "keys.previous")
    contents = written(keys)
    before = newest.read_bytes() if _intact(newest) is not None else None
    layout.replace_contents(newest, contents)
    kept = contents if forget else before
    if kept is not None:  # a damaged newest copy never pushes out the intact previous one
        layout.replace_contents(previous, kept)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes from changing the key slots of `path` meanwhile.

    Raises:
        FileRefused: `desk-busy`: another one has been at it for ten seconds.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(layout.beside(path, "keys.lock"), timeout=_PATIENCE, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise FileRefused("desk-busy") from error
    try:
        yield
    finally:
        lock.release()


def _intact(file: Path) -> KeyFile | None:
    """Give the slots in `file`, or nothing where it is missing or damaged."""
    with suppress(OSError, ValueError):
        if file.stat().st_size <= _LARGEST:
            return parsed(file.read_bytes())
    return None


def _slot(body: Mapping[str, Any]) -> Slot:
    cost = Cost(int(body["memory_kib"]), int(body["passes"]), int(body["lanes"]))
    if not (
        FLOOR.memory_kib <= cost.memory_kib <= CEILING.memory_kib
        and FLOOR.passes <= cost.passes <= CEILING.passes
        and 1 <= cost.lanes <= CEILING.lanes
    ):
        raise ValueError  # nobody is made to spend a day, or next to nothing, on one password
    return Slot(
        id=str(body["id"]),
        name=str(body["name"]),
        roles=tuple(str(role) for role in body["roles"]),
        cost=cost,
        salt=_bytes(body["salt"]),
        database_key=_bytes(body["database_key"]),
        signing_key=_bytes(body["signing_key"]),
        verify_key=_bytes(body["verify_key"]),
        seal=_bytes(body["seal"]),
    )


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
