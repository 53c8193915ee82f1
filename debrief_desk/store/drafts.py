"""What somebody was typing when the desk was closed: one sealed file an account, never a record.

D.desk.draft.ACCOUNT is encrypted under a key made from the desk's own, so that it opens with the
desk and nowhere else. It is in no backup, no exchange and no history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.errors import NotAllowed
from debrief_desk.store import layout, wrapping

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, key: bytes, account_id: str) -> bytes:
    """Give what was kept for an account; nothing where there is none, or none of this desk."""
    try:
        sealed = _file(path, account_id).read_bytes()
        return wrapping.unwrapped(sealed, wrapping.for_drafts(key), account_id.encode())
    except (FileNotFoundError, NotAllowed):
        return b""


def keep(path: Path, key: bytes, account_id: str, contents: bytes) -> None:
    """Keep this for an account in place of what was kept before; no contents, no file.

    Raises:
        OSError: the disk refused; what was kept before stands.
    """
    if not contents:
        discard(path, account_id)
        return
    sealed = wrapping.wrapped(contents, wrapping.for_drafts(key), account_id.encode())
    layout.replace_contents(_file(path, account_id), sealed)


def discard(path: Path, account_id: str) -> None:
    """Forget what was kept for an account."""
    _file(path, account_id).unlink(missing_ok=True)


def _file(path: Path, account_id: str) -> Path:
    return layout.beside(path, f"draft.{account_id}")
