"""One program per desk, and never over a network.

Two programs on one file are safe for SQLite but not for the people: each would show an old picture.
A write-ahead log over a network share, or below a folder that synchronises, ends in a damaged file.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from debrief_desk.errors import FileRefused
from debrief_desk.store import layout

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMOTE: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "ceph", "glusterfs",
    "lustre", "9p", "drvfs", "vboxsf", "davfs", "webdav", "coda", "orangefs",
})  # fmt: skip
_LOCAL_FUSE: Final = frozenset({
    "fuse.ntfs-3g", "fuse.lowntfs-3g", "fuse.exfat", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs",
    "fuse.securefs", "fuse.bindfs", "fuse.mergerfs", "fuse.fuse-overlayfs", "fuse.zfs", "fuse.apfs",
})  # fmt: skip
_SYNCED: Final = (
    *("onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "mobile documents"),
    *("nextcloud", "owncloud", "syncthing", "box sync", "pclouddrive", "cloudstorage"),
)
_OCTAL: Final = re.compile(r"\\([0-7]{3})")  # how mountinfo writes a space, say
_DRIVE_REMOTE: Final = 4  # DRIVE_REMOTE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Holder:
    """Which program has a desk open: process number, computer, and since when (UTC)."""

    process: int
    computer: str
    since: datetime


class Hold:
    """The right to write one desk, until `release` or the end of the process."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self._note = layout.beside(path, "holder")
        self._lock = lock

    def release(self) -> None:
        """Let another program have the desk; a second call does nothing."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()


def hold(path: Path, now: datetime | None = None) -> Hold:
    """Take the desk `path` for this program alone.

    The operating system drops the lock of a program that died, so nothing stale is left to clear.

    Raises:
        FileRefused: `open-elsewhere` (with `process`, `computer` and `since` where noted).
    """
    lock = FileLock(layout.beside(path, "lock"), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        note = holder(path)
        known = asdict(note) if note is not None else {}
        raise FileRefused("open-elsewhere", file=path.name, **known) from error
    taken = Hold(path, lock)
    ours = {
        "process": os.getpid(),
        "computer": socket.gethostname(),
        "since": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
    }
    try:
        layout.replace_contents(layout.beside(path, "holder"), json.dumps(ours).encode())
    except OSError:
        taken.release()
        raise
    return taken


def holder(path: Path) -> Holder | None:
    """Tell who noted that they opened the desk `path` last, if the note can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        note = json.loads(layout.beside(path, "holder").read_bytes())
        since = datetime.fromisoformat(note["since"])
        return Holder(int(note["process"]), str(note["computer"]), since)
    return None


def refuse_network(path: Path) -> None:
    """Let only a desk on a disk of this computer through.

    Raises:
        FileRefused: `network-share`.
    """
    if _is_remote(path.resolve()):
        raise FileRefused("network-share", file=path.name)


def is_synced(path: Path) -> bool:
    """Tell whether `path` lies in a folder that some cloud program copies while it is open."""
    folders = [part.casefold() for part in path.resolve().parts]
    named = any(folder.startswith(_SYNCED) for folder in folders)
    roots = (
        os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
    )
    return named or any(root and path.resolve().is_relative_to(root) for root in roots)


def file_system(path: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """Give the file-system type of `path`: that of the deepest of the (place, type) `mounts`."""
    found = ("", "")
    for place, kind in mounts:
        if path.is_relative_to(place) and len(place) >= len(found[0]):
            found = (place, kind)  # the later of two mounts on one place hides the earlier
    return found[1]


def is_remote_type(kind: str) -> bool:
    """Tell whether a file system of this type lies elsewhere, or locks unreliably."""
    kind = kind.casefold()
    return kind in _REMOTE or (kind.startswith(("fuse.", "macfuse")) and kind not in _LOCAL_FUSE)


def linux_mounts(mountinfo: str) -> list[tuple[str, str]]:
    """Read `/proc/self/mountinfo` (proc(5)): its (place, type) pairs in order of mounting."""
    mounts = []
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split()
        if dash and len(fields) > 4:  # noqa: PLR2004 - the fifth field is the place
            place = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
            mounts.append((place, after.split()[0]))
    return mounts


def mac_mounts(listing: str) -> list[tuple[str, str]]:
    """Read what `mount` prints on macOS: `device on PLACE (TYPE, options)`."""
    mounts = []
    for line in listing.splitlines():
        head, bracket, options = line.rpartition(" (")
        _, on, place = head.partition(" on ")
        if bracket and on:
            mounts.append((place, options.split(",")[0].rstrip(")").strip()))
    return mounts


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        anchor = path.anchor
        if anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\")):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE)
    return is_remote_type(file_system(path, _mounts()))


def _mounts() -> list[tuple[str, str]]:
    """List the (place, type) of what is mounted; nothing where that cannot be known.

    Unknown is not refused: SQLite's own locks hold on every local disk.
    """
    try:
        if sys.platform == "darwin":
            command = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True)
            return mac_mounts(command.stdout)
        return linux_mounts(Path("/proc/self/mountinfo").read_text("utf-8", "replace"))
    except (OSError, subprocess.SubprocessError):
        return []
