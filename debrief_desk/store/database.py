"""The only way into a desk: what is looked at, refused, upgraded and set up when it opens."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import event
from sqlcipher3 import dbapi2

from debrief_desk.errors import FileRefused, WrongCall
from debrief_desk.store import (
    backup,
    checking,
    driver,
    failures,
    guarding,
    keys,
    layout,
    locking,
    reserve,
    upgrading,
)
from debrief_desk.store.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from debrief_desk.store.locking import Hold
    from debrief_desk.store.upgrading import Schema

_SMALL: Final = 16 * 1024 * 1024  # bytes; every page of such a file is read in about 0.1 s
_LITTLE_SPACE: Final = 100 * 1024 * 1024  # bytes
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open desk: one writing and one reading connection, each for one thread at a time.

    `notices` are codes the user is told about: `sync-folder`, `little-space`, `guards-restored`
    (read only `guards-missing`), `unknown-guards`. Read only, `writer` is the reading engine.
    """

    path: Path
    writer: Engine = field(repr=False)
    reader: Engine = field(repr=False)
    revision: str
    notices: tuple[str, ...] = ()
    upgraded_from: str | None = None
    backup: Path | None = None  # made before the upgrade
    turns: Turns = field(default_factory=Turns, repr=False)
    _hold: Hold | None = field(default=None, repr=False)

    def make_room(self) -> bool:
        """Give back the reserve after `disk-full`; tell whether another try is worthwhile."""
        return reserve.give_back(self.path)

    def close(self) -> None:
        """Close both connections, which moves the write-ahead log into the file, and let go."""
        self.reader.dispose()
        self.writer.dispose()
        if self._hold is not None:
            self._hold.release()


def create_database(path: Path, key: bytes, schema: Schema) -> None:
    """Make the encrypted file of a new desk by the migrations, up to the head, with its guards.

    Raises:
        WrongCall: `already-exists`; it is left as it is.
        FileRefused: `network-share`, `disk-full`, ...: nothing is left, not even the key slots.
    """
    locking.refuse_network(path)
    with failures.translated():
        layout.make_folder(path.parent)
        try:
            layout.claim(path)
        except FileExistsError as error:
            raise WrongCall("already-exists", file=path.name) from error
        try:
            upgrading.upgrade(path, key, schema)
            layout.sync_folder(path.parent)
        except BaseException:
            discard(path)
            raise


def discard(path: Path) -> None:
    """Remove the closed desk `path`, whose making failed, with everything beside it."""
    for file in layout.database_files(path):
        file.unlink(missing_ok=True)
    for ending in ("lock", "holder", "reserve"):
        layout.beside(path, ending).unlink(missing_ok=True)
    keys.discard(path)


def open_database(
    path: Path,
    key: bytes,
    schema: Schema,
    *,
    read_only: bool = False,
    now: datetime | None = None,
) -> Opened:
    """Open the desk `path` for this program alone, upgraded to the head after a backup.

    Read only, nothing is held, upgraded or set right, and another program may have it open. `now`
    is an aware moment, for the note of who holds the desk and for the name of a backup.

    Raises:
        FileRefused: `no-such-desk`, `not-a-desk`, `network-share`, `open-elsewhere`, `newer-desk`,
            `older-desk` (read only), `damaged-desk`, `upgrade-failed`, `cannot-open`, `read-only`,
            `disk-full`, `unfit-driver`. The file is as it was.
    """
    now = now or datetime.now(UTC)
    _refuse_strangers(path)
    locking.refuse_network(path)
    with failures.translated():
        held = None if read_only else locking.hold(path, now)
        try:
            revision, copy = _looked_at(path, key), None
            if revision != schema.head:
                copy = _upgraded(path, key, revision, schema, None if read_only else now)
            reader = driver.engine(path, key, read_only=True)
            writer = reader if read_only else driver.engine(path, key)
            notices = _settled(path, reader, writer, schema)
        except BaseException:
            if held is not None:
                held.release()
            raise
    upgraded_from = None if copy is None else revision
    _log.info("desk opened")
    turns = Turns()
    if writer is not reader:
        event.listen(writer, "before_cursor_execute", lambda *_: turns.give_way())
    return Opened(path, writer, reader, schema.head, notices, upgraded_from, copy, turns, held)


def _refuse_strangers(path: Path) -> None:
    if not path.exists():
        raise FileRefused("no-such-desk", file=path.name)
    slots = (layout.beside(path, ending) for ending in ("keys", "keys.previous"))
    if not path.is_file() or path.stat().st_size == 0 or not any(each.exists() for each in slots):
        raise FileRefused("not-a-desk", file=path.name)


def _looked_at(path: Path, key: bytes) -> str:
    """Give the schema revision of the file, without changing a byte of it."""
    try:
        connection = driver.connect(path, key, read_only=True)
    except dbapi2.DatabaseError as error:
        if driver.is_plain(path):
            raise FileRefused("not-a-desk", file=path.name) from error
        raise
    try:
        if path.stat().st_size <= _SMALL and checking.quick(connection):
            raise FileRefused("damaged-desk", file=path.name)
        known = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'"
        ).fetchone()[0]
        row = known and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    if not row:
        raise FileRefused("not-a-desk", file=path.name)
    return str(row[0])


def _upgraded(path: Path, key: bytes, revision: str, schema: Schema, now: datetime | None) -> Path:
    """Upgrade an older desk and give the backup made before; without `now`, only refuse."""
    if not upgrading.is_older(revision, schema):
        raise FileRefused("newer-desk", file=path.name)
    if now is None:
        raise FileRefused("older-desk", file=path.name)
    copy = backup.generation(path, now, f"{revision}-to-{schema.head}")
    backup.back_up(path, key, copy)
    try:
        upgrading.upgrade(path, key, schema)
    except Exception as error:
        known = failures.translate(error)
        if isinstance(known, FileRefused) and known.code != "upgrade-failed":
            raise
        raise FileRefused("upgrade-failed", file=path.name, backup=copy.name) from error
    _log.info("desk upgraded")
    return copy


def _settled(path: Path, reader: Engine, writer: Engine, schema: Schema) -> tuple[str, ...]:
    """Open both connections once, set the guards right, and give what the user should know."""
    notices = ["sync-folder"] if locking.is_synced(path) else []
    try:
        with reader.connect() as connection:
            lost = guarding.missing(connection, schema.guards)
            strange = guarding.unknown(connection, schema.guards)
        if lost:
            notices.append("guards-missing" if writer is reader else "guards-restored")
        if strange:
            notices.append("unknown-guards")
        if writer is not reader:
            with writer.begin() as connection:
                if lost:
                    guarding.create_all(connection, schema.guards)
            if not reserve.keep(path) or shutil.disk_usage(path.parent).free < _LITTLE_SPACE:
                notices.append("little-space")
    except BaseException:
        reader.dispose()
        writer.dispose()
        raise
    return tuple(notices)
