"""What the driver and the operating system report, as the errors a user can act on."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import DeskError, FileRefused, Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterator

# Primary result codes of SQLite (https://sqlite.org/rescode.html)
_PERMISSION, _BUSY, _LOCKED, _READ_ONLY, _INTERRUPT, _IO_ERROR = 3, 5, 6, 8, 9, 10
_CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 11, 13, 14, 26
_CODES: Final = {
    _PERMISSION: "cannot-open",
    _BUSY: "desk-busy",
    _LOCKED: "desk-busy",
    _READ_ONLY: "read-only",
    _IO_ERROR: "disk-failing",
    _CORRUPT: "damaged-desk",
    _FULL: "disk-full",
    _CANNOT_OPEN: "cannot-open",
    _NOT_A_DATABASE: "damaged-desk",
}
_SYSTEM: Final = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",  # the largest file this disk or account allows
    errno.EROFS: "read-only",
    errno.EACCES: "cannot-open",
    errno.EPERM: "cannot-open",
    errno.EIO: "disk-failing",
}


def translate(error: BaseException) -> DeskError | None:
    """Give the error a user can act on, or nothing where `error` is a fault of the program.

    A constraint that refused (an integrity error) is not for here: the action knows what it means.
    """
    if isinstance(error, DeskError):
        return error
    cause = getattr(error, "orig", None) or error  # SQLAlchemy wraps the driver's error
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        if number & 0xFF == _INTERRUPT:
            return Interrupted()
        code = _CODES.get(number & 0xFF)
    elif isinstance(cause, OSError):
        code = _SYSTEM.get(cause.errno or 0)
    else:
        code = None
    return None if code is None else FileRefused(code)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what `translate` knows in its own words; all else goes through as it is."""
    try:
        yield
    except Exception as error:
        known = translate(error)
        if known is None or known is error:
            raise
        raise known from error
