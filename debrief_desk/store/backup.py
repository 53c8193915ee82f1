"""Copies of a desk that are known to open: made in one step, then read back before they count.

A copy of the files of an open desk can be silently wrong while every check says it is well (3 of 16
tries); the driver's one-step copy never was. Each copy is a desk of its own, key slots included, so
opening it needs no other program and no other password.
"""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.errors import FileRefused, WrongCall
from debrief_desk.store import checking, driver, failures, layout

if TYPE_CHECKING:
    from pathlib import Path

FEWEST: Final = 3  # generations that thinning always leaves
_SPARE: Final = 1024 * 1024  # bytes left free beside the copy
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A verified copy: where, how large in bytes, how many tables and rows were compared."""

    path: Path
    size: int
    tables: int
    rows: int


def generation(path: Path, now: datetime, note: str = "") -> Path:
    """Name the next copy of the desk `path` in its own folder: by UTC time and `note`.

    A second copy of the same second gets a number, so the name is always free.
    """
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    name = "-".join(part for part in (path.stem, moment, note) if part)
    folder = layout.beside(path, "backups")
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(file for each in names if not (file := folder / f"{each}.desk").exists())


def generations(path: Path) -> tuple[Path, ...]:
    """List the copies in the desk's own folder of backups, the newest first."""
    ours = re.compile(re.escape(path.stem) + r"-(\d{8}T\d{6}Z)(-[\w-]+)?\.desk")
    found = [
        (match[1], file)
        for file in layout.beside(path, "backups").glob("*.desk")
        if (match := ours.fullmatch(file.name))
    ]
    return tuple(file for _, file in sorted(found, reverse=True))


def thin(path: Path, keep: int) -> None:
    """Remove all but the newest `keep` copies (at least three) from the desk's own folder."""
    for file in generations(path)[max(keep, FEWEST) :]:
        for each in (*layout.database_files(file), layout.beside(file, "keys")):
            each.unlink(missing_ok=True)


def back_up(path: Path, key: bytes, target: Path) -> BackedUp:
    """Copy the desk `path`, open or not, to `target` with its key slots, and prove the copy.

    The copy is of one moment: it and the rows it is compared with come from one read transaction.
    It has its name only once it was opened with the key, read whole and found equal.

    Raises:
        WrongCall: `already-exists`.
        FileRefused: `disk-full` (`needed`, `free` in bytes where known), `backup-unsound`,
            `damaged-desk`, ...: no partial copy is left.
    """
    slots = layout.beside(path, "keys")
    if target.exists() or layout.beside(target, "keys").exists():
        raise WrongCall("already-exists", file=target.name)
    partial = target.with_name(f"{target.name}.partial")
    with failures.translated():
        layout.make_folder(target.parent)
        _need_space(path, target)
        partial.unlink(missing_ok=True)
        layout.claim(partial)
        try:
            counted = _copied(path, key, partial)
            _prove(partial, key, counted)
            layout.replace_contents(layout.beside(target, "keys"), slots.read_bytes())
            partial.replace(target)
            layout.sync_folder(target.parent)
        except BaseException:
            if not target.exists():
                layout.beside(target, "keys").unlink(missing_ok=True)
            raise
        finally:
            for each in layout.database_files(partial):
                each.unlink(missing_ok=True)
    _log.info("backup made and verified")
    return BackedUp(target, target.stat().st_size, len(counted), sum(counted.values()))


def restore(copy: Path, key: bytes, target: Path) -> BackedUp:
    """Make the desk `target` from a backup; no existing desk is ever written over.

    Raises:
        WrongCall: `already-exists`.
        FileRefused: `damaged-desk`: the backup is not whole; `disk-full`, ...: nothing is left.
    """
    with failures.translated():
        connection = driver.connect(copy, key, read_only=True)
        try:
            if checking.thorough(connection):
                raise FileRefused("damaged-desk", file=copy.name)
        finally:
            connection.close()
    return back_up(copy, key, target)


def _need_space(path: Path, target: Path) -> None:
    database, log, _ = layout.database_files(path)
    needed = sum(file.stat().st_size for file in (database, log) if file.exists()) + _SPARE
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise FileRefused("disk-full", needed=needed, free=free)


def _copied(path: Path, key: bytes, partial: Path) -> dict[str, int]:
    """Copy in one step; give the number of rows of each table at that moment."""
    source = driver.connect(path, key, read_only=True)
    try:
        source.execute("BEGIN")
        counted = _row_counts(source)
        copy = driver.blank(partial, key)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, no log beside it
        finally:
            copy.close()
    finally:
        source.close()
    return counted


def _prove(partial: Path, key: bytes, counted: dict[str, int]) -> None:
    copy = driver.connect(partial, key, read_only=True)
    try:
        if checking.thorough(copy) or _row_counts(copy) != counted:
            raise FileRefused("backup-unsound")
    finally:
        copy.close()


def _row_counts(connection: Any) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - the name of a table, from the schema
        for (name,) in tables
    }
