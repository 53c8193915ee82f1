"""The gate: the one way anything happens to a desk, for windows and for the command line alike.

`read` and `write` open a session, ask for the action's right, run it, commit or roll back, turn
failures of the file into sentences a user can act on, and announce what changed. No Qt here;
`ui/worker.py` carries the gate to the window.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from debrief_desk.actions import accounts, desks, form_drafts, plans, plans_around, rights
from debrief_desk.errors import DeskError, NotAllowed, WrongCall
from debrief_desk.rules.roles import Right, Role, allows
from debrief_desk.store import database, drafts, failures, keys, layout, locking, match_index
from debrief_desk.store.base import uuid7
from debrief_desk.store.history import Clock
from debrief_desk.store.keys import Owner
from debrief_desk.store.schema import SCHEMA
from debrief_desk.store.session import DeskSession, Step, Token

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from debrief_desk.actions.accounts import NewAccount
    from debrief_desk.actions.desks import DeskSetup
    from debrief_desk.actions.form_drafts import FormDraft
    from debrief_desk.store.backup import BackedUp
    from debrief_desk.store.passwords import Cost

__all__ = ["Desk", "Now", "Progress", "SignedIn", "Token", "wall_clock"]

P = ParamSpec("P")
T = TypeVar("T")
Now = Callable[[], datetime]
Progress = Callable[[int, int], None]


def wall_clock() -> datetime:
    """Give the current moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who works at this desk now."""

    account_id: UUID
    name: str
    roles: frozenset[Role]
    agency_id: UUID | None


@dataclass(slots=True)
class Desk:
    """An open desk and the account that works at it."""

    path: Path
    who: SignedIn
    now: Now
    _opened: database.Opened
    _desk_id: UUID
    _clock: Clock
    key: bytes = field(repr=False)
    names_hidden: bool = False
    _listeners: list[Callable[[frozenset[str]], None]] = field(default_factory=list)
    _running: list[Any] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _plans: dict[Any, Any] = field(default_factory=dict)
    _policy: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def create(
        cls,
        path: Path,
        setup: DeskSetup,
        password: str,
        *,
        now: Now = wall_clock,
        cost: Cost | None = None,
    ) -> tuple[Desk, str]:
        """Make a desk with its first supervisor; gives it open, and the recovery key to print.

        Raises:
            FileRefused: the place cannot hold a desk; nothing is left there.
            WrongCall: something stands there already, or the password does not meet the rules.
        """
        owner = Owner(str(uuid7()), setup.supervisor, tuple(str(role) for role in setup.roles))
        locking.refuse_network(path)
        with failures.translated():
            key, recovery = keys.create_keys(path, owner, password, cost=cost)
        database.create_database(path, key, SCHEMA)
        desk = cls._assemble(path, key, owner, now)
        try:
            desk.write(desks.set_up, setup, account_id=UUID(owner.id))
        except BaseException:
            desk.close()
            for file in layout.database_files(path):
                file.unlink(missing_ok=True)
            keys.discard(path)
            raise
        return desk, recovery

    @classmethod
    def open(cls, path: Path, name: str, password: str, *, now: Now = wall_clock) -> Desk:
        """Open a desk for an account, upgrading an older file after a backup.

        Raises:
            NotAllowed: wrong name or password, or too soon after a wrong one.
            FileRefused: not a desk, a newer desk, open elsewhere, damaged, on a network share.
        """
        with failures.translated():
            unlocked = keys.unlock(path, name, password)
        owner = Owner(unlocked.account_id, unlocked.name, unlocked.roles)
        desk = cls._assemble(path, unlocked.key, owner, now)
        desk.write(plans.lapse)  # what nobody confirmed while the desk was closed (D-10)
        return desk

    @staticmethod
    def names(path: Path) -> tuple[str, ...]:
        """Give the names that can sign in to a desk, without opening it.

        Raises:
            FileRefused: it is not there, is no desk, a newer one, or its key file is damaged.
        """
        with failures.translated():
            return keys.names(path)

    @staticmethod
    def waiting(path: Path, name: str) -> int:
        """Give the seconds until `name` may try a password again: 0, else up to 60."""
        with failures.translated():
            return math.ceil(keys.waiting_seconds(path, name))

    @classmethod
    def recover(
        cls, path: Path, recovery: str, name: str, password: str, *, now: Now = wall_clock
    ) -> tuple[Desk, str]:
        """Open a desk with its recovery key and give `name` a new password.

        Gives the desk open and the recovery key to print from now on; the old one opens nothing.

        Raises:
            WrongCall: the key is mistyped, there is no such account, or the password's fault.
            NotAllowed: the key is not the one of this desk.
            FileRefused: as `open`; nothing was changed.
        """
        with failures.translated():
            key = keys.unlock_with_recovery(path, recovery)
            wanted = name.strip().casefold()
            found = [one for one in keys.owners(path) if one.name.casefold() == wanted]
        if not found:
            raise WrongCall("no-such-account")
        desk = cls._assemble(path, key, found[0], now)
        try:
            with failures.translated():
                keys.reset_password(path, key, found[0].id, password)
                printed = keys.replace_recovery(path, key)
            desk.write(accounts.note_password, "recovered")
        except BaseException:
            desk.close()
            raise
        return desk, printed

    @classmethod
    def _assemble(cls, path: Path, key: bytes, owner: Owner, now: Now) -> Desk:
        opened = database.open_database(path, key, SCHEMA, now=now())
        try:
            with Session(opened.reader) as session:
                known = desks.known(session, UUID(owner.id))
        except BaseException:
            opened.close()
            raise
        roles = frozenset(Role(role) for role in owner.roles)
        who = SignedIn(UUID(owner.id), owner.name, roles, known.agency_id)
        return cls(path, who, now, opened, known.desk_id, Clock(known.last_change), key)

    def read(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run an action that only reads, on the reading connection."""
        return self._run(self._opened.reader, Token(), None, action, *args, **kw)

    def write(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run an action in one transaction and announce what it changed."""
        return self._run(self._opened.writer, Token(), None, action, *args, **kw)

    def run(
        self,
        token: Token,
        progress: Progress | None,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kw: P.kwargs,
    ) -> T:
        """Run an action, reading or writing as it says, with a way to stop it and to watch it."""
        writes = rights.needs_of(action).writes
        engine = self._opened.writer if writes else self._opened.reader
        return self._run(engine, token, progress, action, *args, **kw)

    def _run(
        self,
        engine: Engine,
        token: Token,
        progress: Progress | None,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kw: P.kwargs,
    ) -> T:
        needs = rights.needs_of(action)
        step = Step(
            action=f"{action.__module__.rpartition('.')[2]}.{action.__name__}",
            now=self.now(),
            desk_id=self._desk_id,
            account_id=self.who.account_id,
            roles=self.who.roles,
            agency_id=self.who.agency_id,
            clock=self._clock,
            token=token,
            names_hidden=self.names_hidden,
        )
        if progress is not None:
            step.progress = progress
        if needs.writes:
            step.give_way = self._opened.turns.give_way
        info: dict[str, Any] = {"step": step}
        if not needs.writes:
            info |= {match_index.COUNTS: self._counts, match_index.SHARED: True}
            info |= {plans_around.SHARED: self._plans, desks.POLICY_READ: self._policy}
        turn = nullcontext() if needs.writes else self._opened.turns.reading()
        with turn, DeskSession(engine, expire_on_commit=False, info=info) as session:
            running = session.connection().connection.driver_connection
            self._running.append(running)
            try:
                rights.demand(session, needs.right)
                result = action(session, *args, **kw)
                token.check()
                if needs.writes:
                    session.commit()
            except DeskError:
                raise
            except Exception as error:
                known = failures.translate(error)
                if known is None:
                    raise
                if known.code == "disk-full":
                    self._opened.make_room()  # so that the next, smaller step can be kept
                raise known from None  # the original may hold values, which are personal data
            finally:
                self._running.remove(running)
        if needs.writes and step.touched:
            self._announce(frozenset(step.touched))
        return result

    def interrupt(self) -> None:
        """Stop the statement that is running now (called from another thread on cancel)."""
        for connection in tuple(self._running):
            connection.interrupt()

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the names of the tables that a write touched."""
        self._listeners.append(listener)

    def _announce(self, touched: frozenset[str]) -> None:
        if "registration" in touched:
            self._counts = {}
        self._plans, self._policy = {}, {}
        for listener in self._listeners:
            listener(touched)

    def complaints(self) -> tuple[str, ...]:
        """Give what SQLite, the cipher and the guards find wrong in the file."""
        from debrief_desk.store import checking, guarding

        with self._opened.reader.connect() as connection, failures.translated():
            missing = guarding.missing(connection, SCHEMA.guards)
            found = checking.thorough(connection.connection.driver_connection)
        return (*found, *missing)

    def back_up(self, target: Path | None = None) -> BackedUp:
        """Write a verified backup with its keys, into the desk's own folder of backups by default.

        Raises:
            NotAllowed: the right to back up is missing.
            WrongCall, FileRefused: as `store.backup.back_up`; no partial copy is left.
        """
        from debrief_desk.store import backup

        self.write(desks.note_backup)
        return backup.back_up(
            self.path, self.key, target or backup.generation(self.path, self.now())
        )

    def add_account(self, new: NewAccount, password: str) -> str:
        """Let somebody sign in with `password`; gives the account's id.

        Raises:
            NotAllowed: the right to manage accounts is missing.
            WrongCall: `accounts.add`, or the password's fault; nothing is left.
        """
        self._demand_accounts()
        owner = Owner(str(uuid7()), accounts.check(new), tuple(role.value for role in new.roles))
        with failures.translated():
            keys.add_slot(self.path, self.key, owner, password)
        try:
            self.write(accounts.add, owner.id, new)
        except BaseException:
            keys.remove_slot(self.path, owner.id)
            raise
        return owner.id

    def take_away_account(self, account_id: str) -> None:
        """End an account: it opens nothing any more, and the log keeps its name.

        Raises:
            NotAllowed: the right to manage accounts is missing.
            WrongCall: `own-account`, `no-such-account`, `last-account`.
        """
        self.write(accounts.take_away, account_id)
        with failures.translated():
            keys.remove_slot(self.path, account_id)
            drafts.discard(self.path, account_id)

    def change_password(self, old: str, new: str) -> None:
        """Give the account that works here a new password; the old one opens nothing any more.

        Raises:
            NotAllowed: the old password is wrong.
            WrongCall: the new password's fault.
        """
        with failures.translated():
            keys.change_password(self.path, self.who.name, old, new)
        self.write(accounts.note_password, "changed")

    def drafts(self) -> tuple[FormDraft, ...]:
        """Give the forms the account that works here has left half typed, newest first."""
        if not allows(self.who.roles, Right.REGISTER):
            return ()
        found = self._kept_drafts()
        return tuple(replace(one, about="") for one in found) if self.names_hidden else found

    def keep_draft(self, draft_id: str, draft: FormDraft | None) -> None:
        """Keep a half typed form in place of its older state; None forgets it.

        Raises:
            NotAllowed: the right to register is missing.
            FileRefused: the disk refused; what was kept before stands.
        """
        if not allows(self.who.roles, Right.REGISTER):
            raise NotAllowed("right-missing", right=Right.REGISTER)
        others = [one for one in self._kept_drafts() if one.id != draft_id]
        kept = form_drafts.packed([*others, draft] if draft is not None else others)
        with failures.translated():
            drafts.keep(self.path, self.key, str(self.who.account_id), kept)

    def _kept_drafts(self) -> tuple[FormDraft, ...]:
        with failures.translated():
            kept = drafts.read(self.path, self.key, str(self.who.account_id))
        return form_drafts.unpacked(kept, self.now())

    def _demand_accounts(self) -> None:
        if not allows(self.who.roles, Right.MANAGE_ACCOUNTS):
            raise NotAllowed("right-missing", right=Right.MANAGE_ACCOUNTS)

    def close(self) -> None:
        """Close both connections and let others open the desk."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
