"""One keyed connection to an encrypted file, as every part of the store gets it.

The key goes in first, through the driver's own call, so that it stands in no statement, no address
and no log. A build whose driver would write plain text, or whose SQLite can damage a write-ahead
log, is refused before it touches a file.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from debrief_desk.errors import FileRefused

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

LEAST_SQLITE: Final = (3, 51, 3)  # earlier ones can damage a write-ahead log when it is reset
CACHE_KIB: Final = 32 * 1024  # per connection; two are open, within 300 MB for the whole program
BUSY_MS: Final = 5000

# Durability: 1,600 simulated power cuts lost nothing at WAL + FULL; every weaker setting lost some.
_SAFE: Final = (
    f"busy_timeout = {BUSY_MS}",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "recursive_triggers = ON",  # else REPLACE passes the append-only guards
    "secure_delete = ON",
    "temp_store = MEMORY",
    "mmap_size = 0",
    f"cache_size = -{CACHE_KIB}",
)
_WRITING: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 256",  # pages of 4 KiB: a small log keeps the reserve large enough
    "journal_size_limit = 1048576",
)


def engine(path: Path, key: bytes, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    """Give an engine of one connection to the desk `path`, keyed and set up as `connect` does.

    A writing transaction takes the write lock when it begins: two that first read and then write
    would end in "database is locked" at once, whatever the busy timeout (448 of 600 tries).
    """
    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, key, read_only=read_only, foreign_keys=foreign_keys),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=BUSY_MS / 1000,
        hide_parameters=True,  # values are personal data
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made


def connect(path: Path, key: bytes, *, read_only: bool = False, foreign_keys: bool = True) -> Any:
    """Open the encrypted file `path` with its 32-byte key; the schema has been read once.

    Reading only changes not one byte of the database file.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: the key is wrong, or this is no encrypted database.
        FileRefused: `unfit-driver`.
    """
    connection = dbapi2.connect(
        _address(path, read_only=read_only),
        uri=True,
        isolation_level=None,  # transactions begin where we say so
        check_same_thread=False,  # the pool hands a connection to one thread at a time
        timeout=BUSY_MS / 1000,
    )
    try:
        _key(connection, key)
        _assert_fit(connection)
        _set(connection, (*_SAFE, f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"))
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if read_only:
            _set(connection, ("query_only = ON",))
        else:
            _set(connection, _WRITING)
            if sys.platform == "darwin":
                _set(connection, ("fullfsync = ON", "checkpoint_fullfsync = ON"))
    except BaseException:
        connection.close()
        raise
    return connection


def blank(path: Path, key: bytes) -> Any:
    """Open the empty file `path` as the keyed target of a copy, without a log beside it."""
    connection = dbapi2.connect(path, isolation_level=None)
    _key(connection, key)
    _set(connection, ("journal_mode = DELETE", "synchronous = FULL"))
    return connection


def is_plain(path: Path) -> bool:
    """Tell whether `path` is an ordinary database that anybody can read."""
    connection = dbapi2.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _address(path: Path, *, read_only: bool) -> str:
    address = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    log = path.with_name(f"{path.name}-wal")
    if read_only and not log.exists() and not os.access(path.parent, os.W_OK):
        address += "&immutable=1"  # a medium without room for side files; nobody can write there
    return address


def _key(connection: Any, key: bytes) -> None:
    connection.set_key(f"x'{key.hex()}'")  # a raw key: no derivation inside the driver
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is our sentence to say


def _assert_fit(connection: Any) -> None:
    cipher = connection.execute("PRAGMA cipher_version").fetchone()
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not cipher or dbapi2.sqlite_version_info < LEAST_SQLITE or "ENABLE_FTS5" not in options:
        raise FileRefused("unfit-driver", version=dbapi2.sqlite_version)


def _set(connection: Any, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
