"""Who can open a desk: one random database key, wrapped once per account and once for recovery.

The password makes a key by Argon2id; that key wraps the database key and the account's own Ed25519
signing key by XChaCha20-Poly1305. A seal, keyed by the database key, covers the whole slot with its
name and roles: who edits the file cannot give an account another role, who holds the database key
can. Nothing here can tell whether somebody with that key reads more than a role allows.
"""

from __future__ import annotations

import math
import secrets
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.store import layout, passwords, recovery, slots, wrapping
from debrief_desk.store.slots import Attempt, KeyFile, RecoverySlot, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from debrief_desk.store.passwords import Cost

_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_LONGEST_WAIT: Final = 60.0  # seconds; longer would lock out somebody who needs a record today


@dataclass(frozen=True, slots=True)
class Owner:
    """An account as its slot knows it: id (UUID as text), name, and role codes."""

    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right password gives; the keys are 32 bytes each and never appear in a `repr`."""

    key: bytes = field(repr=False)
    account_id: str
    name: str = field(repr=False)
    roles: tuple[str, ...]
    signing_key: bytes = field(repr=False)  # Ed25519 seed
    verify_key: bytes = field(repr=False)
    restored: bool  # the newest key file was damaged, the one before was used


def create_keys(
    path: Path, account: Owner, password: str, *, cost: Cost | None = None
) -> tuple[bytes, str]:
    """Make the key slots of a new desk and give its database key and the recovery key to print.

    Without `cost` it is measured (`passwords.calibrate`).

    Raises:
        WrongCall: `already-exists`, or the password's fault (`passwords.check`).
        OSError: the disk refused; nothing is left.
    """
    passwords.check(password, (account.name, path.stem))
    beside = (layout.beside(path, ending) for ending in ("keys", "keys.previous"))
    if any(each.exists() for each in (path, *beside)):
        raise WrongCall("already-exists", file=path.name)
    layout.make_folder(path.parent)
    key, printed = secrets.token_bytes(_KEY_BYTES), recovery.new()
    slot = _new_slot(key, account, password, cost or passwords.calibrate())
    with slots.alone(path):
        slots.write(path, KeyFile((slot,), _recovery_slot(key, printed)))
    return key, recovery.written(printed)


def discard(path: Path) -> None:
    """Remove the key slots of a desk whose making failed; without them it can never be opened."""
    for ending in ("keys", "keys.previous", "keys.lock"):
        layout.beside(path, ending).unlink(missing_ok=True)


def owners(path: Path) -> tuple[Owner, ...]:
    """List the accounts of the desk `path` in the order they were added (`slots.read` raises)."""
    return tuple(Owner(slot.id, slot.name, slot.roles) for slot in slots.read(path).slots)


def names(path: Path) -> tuple[str, ...]:
    """List the names that can sign in to the desk `path` (`slots.read` raises)."""
    return tuple(slot.name for slot in slots.read(path).slots)


def unlock(path: Path, name: str, password: str, *, now: float | None = None) -> Unlocked:
    """Give the keys of the account `name`; a wrong password is counted and makes the next wait.

    `now` is monotonic time in seconds.

    Raises:
        NotAllowed: `wrong-password` (an unknown name too), `wait-before-retry` (`seconds`),
            `account-altered` (somebody edited the slot).
        FileRefused: the key file cannot be read (`slots.read`).
    """
    now = time.monotonic() if now is None else now
    keys = slots.read(path)
    slot = _find(keys, name)
    if slot is None:
        raise NotAllowed("wrong-password")
    waiting = _waiting(keys.attempts.get(slot.id), now)
    if waiting > 0:
        raise NotAllowed("wait-before-retry", seconds=math.ceil(waiting))
    under = passwords.derive(password, slot.salt, slot.cost)
    try:
        key = wrapping.unwrapped(slot.database_key, under, _context(slot, "database"))
        signing = wrapping.unwrapped(slot.signing_key, under, _context(slot, "signing"))
    except NotAllowed:
        _count(path, slot.id, now)
        raise
    if not secrets.compare_digest(slot.seal, _seal(key, slot)):
        raise NotAllowed("account-altered")
    if slot.id in keys.attempts:
        _count(path, slot.id, None)
    return Unlocked(key, slot.id, slot.name, slot.roles, signing, slot.verify_key, keys.restored)


def unlock_with_recovery(path: Path, text: str) -> bytes:
    """Give the database key for a typed recovery key; the caller sets a new password and key.

    Raises:
        WrongCall: `recovery-mistyped`.
        NotAllowed: `wrong-recovery-key`: written correctly, but of another desk or outdated.
    """
    printed = recovery.read(text)
    slot = slots.read(path).recovery
    try:
        return wrapping.unwrapped(
            slot.database_key, wrapping.from_recovery(printed, slot.salt), b"recovery"
        )
    except NotAllowed as error:
        raise NotAllowed("wrong-recovery-key") from error


def replace_recovery(path: Path, key: bytes) -> str:
    """Make a new recovery key, to print; the old one opens nothing any more."""
    printed = recovery.new()
    with slots.alone(path):
        keys = slots.read(path)
        slots.write(path, replace(keys, recovery=_recovery_slot(key, printed)), forget=True)
    return recovery.written(printed)


def add_slot(
    path: Path, key: bytes, account: Owner, password: str, *, cost: Cost | None = None
) -> bytes:
    """Let `account` sign in with `password`, and give its new Ed25519 verify key (32 bytes).

    Without `cost` it is that of the first account.

    Raises:
        WrongCall: `name-taken`, or the password's fault.
    """
    passwords.check(password, (account.name, path.stem))
    with slots.alone(path):
        keys = slots.read(path)
        if _find(keys, account.name) is not None or _has(keys, account.id):
            raise WrongCall("name-taken")
        slot = _new_slot(key, account, password, cost or keys.slots[0].cost)
        slots.write(path, replace(keys, slots=(*keys.slots, slot)))
    return slot.verify_key


def remove_slot(path: Path, account_id: str) -> None:
    """Take the sign-in of an account away; who copied the database key still has it.

    Raises:
        WrongCall: `no-such-account`, `last-account`.
    """
    with slots.alone(path):
        keys = slots.read(path)
        _by_id(keys, account_id)
        if len(keys.slots) == 1:
            raise WrongCall("last-account")
        left = tuple(slot for slot in keys.slots if slot.id != account_id)
        slots.write(path, replace(keys, slots=left), forget=True)


def change_password(
    path: Path, name: str, old: str, new: str, *, cost: Cost | None = None
) -> Unlocked:
    """Wrap the same keys of `name` under the password `new`; `old` opens nothing any more.

    Raises:
        NotAllowed: the old password is wrong (`unlock`).
        WrongCall: the new password's fault.
    """
    unlocked = unlock(path, name, old)
    passwords.check(new, (name, path.stem))
    owner = Owner(unlocked.account_id, unlocked.name, unlocked.roles)
    _rewrap(path, unlocked.key, owner, new, cost=cost, signing=unlocked.signing_key)
    return unlocked


def reset_password(
    path: Path, key: bytes, account_id: str, new: str, *, cost: Cost | None = None
) -> bytes:
    """Give an account whose password is lost a new one, and a new signing key; give its verify key.

    The old signing key is lost with the password; what it signed stays verifiable.

    Raises:
        WrongCall: `no-such-account`, or the password's fault.
    """
    slot = _by_id(slots.read(path), account_id)
    passwords.check(new, (slot.name, path.stem))
    return _rewrap(path, key, Owner(slot.id, slot.name, slot.roles), new, cost=cost, signing=None)


def set_roles(path: Path, key: bytes, account_id: str, roles: Iterable[str]) -> None:
    """Give an account these roles; needs the database key, as the roles are sealed with it.

    Raises:
        WrongCall: `no-such-account`.
        NotAllowed: `account-altered`: the slot was edited before.
    """
    with slots.alone(path):
        keys = slots.read(path)
        slot = _by_id(keys, account_id)
        if not secrets.compare_digest(slot.seal, _seal(key, slot)):
            raise NotAllowed("account-altered")
        changed = replace(slot, roles=tuple(roles))
        changed = replace(changed, seal=_seal(key, changed))
        slots.write(path, _with(keys, changed), forget=True)


def waiting_seconds(path: Path, name: str, now: float | None = None) -> float:
    """Tell how long `name` has to wait before the next try: 0, else up to 60 s.

    `now` is monotonic time in seconds. Setting the wall clock shortens nothing.
    """
    keys = slots.read(path)
    slot = _find(keys, name)
    attempt = None if slot is None else keys.attempts.get(slot.id)
    return _waiting(attempt, time.monotonic() if now is None else now)


def _waiting(attempt: Attempt | None, now: float) -> float:
    if attempt is None:
        return 0.0
    # After a restart the monotonic clock begins anew: at least `now` seconds have passed since.
    passed = now - attempt.at if now >= attempt.at else now
    delay = min(2.0 ** (min(attempt.failed, 10) - 1), _LONGEST_WAIT)
    return max(0.0, delay - passed)


def _count(path: Path, slot_id: str, now: float | None) -> None:
    """Note a wrong password at `now`, or forget the wrong ones where `now` is nothing."""
    with suppress(OSError), slots.alone(path):  # a read-only medium may still be signed in to
        keys = slots.read(path)
        attempts = dict(keys.attempts)
        before = attempts.pop(slot_id, Attempt(0, 0.0))
        if now is not None:
            attempts[slot_id] = Attempt(before.failed + 1, now)
        slots.write(path, replace(keys, attempts=attempts))


def _rewrap(
    path: Path,
    key: bytes,
    owner: Owner,
    password: str,
    *,
    cost: Cost | None,
    signing: bytes | None,
) -> bytes:
    """Replace the slot of `owner` by one under `password`; give its verify key."""
    with slots.alone(path):
        keys = slots.read(path)
        before = _by_id(keys, owner.id)
        slot = _new_slot(key, owner, password, cost or before.cost, signing)
        attempts = {each: made for each, made in keys.attempts.items() if each != owner.id}
        slots.write(path, replace(_with(keys, slot), attempts=attempts), forget=True)
    return slot.verify_key


def _new_slot(
    key: bytes, owner: Owner, password: str, cost: Cost, signing: bytes | None = None
) -> Slot:
    from nacl.signing import SigningKey

    signer = SigningKey(signing) if signing is not None else SigningKey.generate()
    slot = Slot(
        id=owner.id,
        name=unicodedata.normalize("NFC", owner.name).strip(),
        roles=tuple(owner.roles),
        cost=cost,
        salt=secrets.token_bytes(_SALT_BYTES),
        database_key=b"",
        signing_key=b"",
        verify_key=bytes(signer.verify_key),
    )
    under = passwords.derive(password, slot.salt, cost)
    slot = replace(
        slot,
        database_key=wrapping.wrapped(key, under, _context(slot, "database")),
        signing_key=wrapping.wrapped(bytes(signer), under, _context(slot, "signing")),
    )
    return replace(slot, seal=_seal(key, slot))


def _context(slot: Slot, purpose: str) -> bytes:
    """Give the extra data that a wrapped key is bound to: whose, what for, at what cost."""
    cost = slot.cost
    return slots.canonical([purpose, slot.id, cost.memory_kib, cost.passes, cost.lanes])


def _seal(key: bytes, slot: Slot) -> bytes:
    return wrapping.seal(slots.canonical(slots.described(slot)), key)


def _recovery_slot(key: bytes, printed: bytes) -> RecoverySlot:
    salt = secrets.token_bytes(_SALT_BYTES)
    return RecoverySlot(
        salt, wrapping.wrapped(key, wrapping.from_recovery(printed, salt), b"recovery")
    )


def _find(keys: KeyFile, name: str) -> Slot | None:
    wanted = unicodedata.normalize("NFC", name).strip().casefold()
    return next((slot for slot in keys.slots if slot.name.casefold() == wanted), None)


def _has(keys: KeyFile, account_id: str) -> bool:
    return any(slot.id == account_id for slot in keys.slots)


def _by_id(keys: KeyFile, account_id: str) -> Slot:
    for slot in keys.slots:
        if slot.id == account_id:
            return slot
    raise WrongCall("no-such-account")


def _with(keys: KeyFile, changed: Slot) -> KeyFile:
    return replace(
        keys, slots=tuple(changed if slot.id == changed.id else slot for slot in keys.slots)
    )
