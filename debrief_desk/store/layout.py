"""Which files make up one desk, and how they are written so that only this user can read them.

D.desk            the encrypted database, with D.desk-wal and D.desk-shm while it is open
D.desk.keys       the key slots; D.desk.keys.previous is the copy before the last change
D.desk.lock       held while a program has the desk open; D.desk.holder says which one
D.desk.reserve    space that is given back when the disk is full
D.desk.draft.*    what an account was typing, sealed; gone once it is registered
D.desk.backups/   copies, each a desk of its own
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def beside(path: Path, ending: str) -> Path:
    """Give the file next to the desk `path` whose name has `ending` added, such as `keys`."""
    return path.with_name(f"{path.name}.{ending}")


def database_files(path: Path) -> tuple[Path, Path, Path]:
    """Give the database and the two side files of its write-ahead log."""
    return path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def make_folder(folder: Path) -> None:
    """Make `folder` and its parents where they are missing; what is made is private (0700)."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def claim(path: Path) -> None:
    """Make the empty private file `path` (0600).

    Raises:
        FileExistsError: there is something of that name already; it is left as it is.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def replace_contents(path: Path, contents: bytes) -> None:
    """Put `contents` into the private file `path`, whole or not at all, and durable afterwards.

    Written under a name of its own, synced, then moved into place, so that a crash or a full disk
    leaves the old contents. Never for a database: only the driver may open that.

    Raises:
        OSError: the disk refused; the old contents stand and no partial file is left.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        handle = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable; Windows does this by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder; the file itself is safe
            os.fsync(handle)
    finally:
        os.close(handle)
