"""Write a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from debrief_desk.errors import FileRefused

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`; a reader finds the old file or the new one, never half of one.

    Raises:
        FileRefused: `disk-full`, `folder-missing`, `name-is-folder` or `cannot-write`; the old
            file, if there was one, is as it was.
    """
    if path.is_dir():
        raise FileRefused("name-is-folder")
    try:
        handle, name = tempfile.mkstemp(prefix=".debrief-desk-", suffix=".part", dir=path.parent)
    except (FileNotFoundError, NotADirectoryError):
        raise FileRefused("folder-missing") from None
    except (OSError, ValueError) as problem:
        raise _refusal(problem) from None
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise _refusal(problem) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _refusal(problem: Exception) -> FileRefused:
    full = isinstance(problem, OSError) and problem.errno in _FULL
    return FileRefused("disk-full" if full else "cannot-write")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network file systems refuse; the data itself is on the disk
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
