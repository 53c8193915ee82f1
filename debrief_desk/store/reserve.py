"""Space that a desk keeps for the moment when the disk is full.

On a full disk even removing a row fails. Given back, this lets the next writes through, so that
somebody can finish, make room and go on.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from debrief_desk.store import layout

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 8 * 1024 * 1024  # bytes; several times the write-ahead log of a usual step


def keep(path: Path) -> bool:
    """Make sure the reserve of the desk `path` is there; tell whether it is."""
    file = layout.beside(path, "reserve")
    try:
        if not file.exists() or file.stat().st_size != SIZE:
            layout.replace_contents(file, os.urandom(SIZE))  # zeros might take up no space
    except OSError:
        return False
    return True


def give_back(path: Path) -> bool:
    """Free the reserve of the desk `path`; tell whether there was one."""
    file = layout.beside(path, "reserve")
    there = file.exists()
    file.unlink(missing_ok=True)
    return there
