"""The local log and the crash file: what the program did and where it broke, about nobody.

A log line is the fixed text of the programmer with ids and numbers beside it; what would be filled
into that text is left out, as it might be a name. A crash names types and places in the code, and
no message, since a message may quote what somebody typed. Nothing is sent anywhere.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import logging.handlers
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_PROGRAM: Final = "debrief_desk"
_ERRORS: Final = "debrief_desk.errors"  # by name: this module knows no other part
_LARGEST: Final = 1_000_000  # bytes of one log file
_OLDER: Final = 4  # log files kept besides the newest
_CRASHES: Final = 20  # crash files kept
_PARTS: Final = 3  # of a file's path: enough to find the line, too few to tell whose computer
_files: list[Any] = []  # the file that faulthandler writes to must stay open


class _Line(logging.Formatter):
    """One JSON object a line: time, level, part, event, ids, and the crash if there was one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name.removeprefix(f"{_PROGRAM}."),
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        line |= _ids(record)
        if record.exc_info and record.exc_info[1] is not None:
            line["crash"] = scrubbed(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def start(folder: Path) -> None:
    """Write this program's log to `folder/debrief-desk.log` from now on, private to the user.

    `log.info("opened", extra={"ids": {"debrief": some_uuid, "rows": 3}})` keeps ids and numbers.
    """
    _make_private(folder)
    file = folder / "debrief-desk.log"
    handler = _PrivateFile(file, maxBytes=_LARGEST, backupCount=_OLDER, encoding="utf-8")
    handler.setFormatter(_Line())
    program = logging.getLogger(_PROGRAM)
    stop()
    program.addHandler(handler)
    program.setLevel(logging.INFO)
    program.propagate = False


def stop() -> None:
    """Close the log; lines from now on go nowhere."""
    program = logging.getLogger(_PROGRAM)
    for handler in [each for each in program.handlers if isinstance(each, _PrivateFile)]:
        program.removeHandler(handler)
        handler.close()


def catch_crashes(folder: Path, show: Callable[[str], None] | None = None) -> None:
    """Keep what nobody caught as a crash file in `folder`, in every thread; then call `show`.

    `show` gets the scrubbed text, in the thread that broke. Faults of the interpreter itself go to
    `folder/faults.txt`. Core dumps, which would hold the database key, are switched off.
    """
    _make_private(folder)
    _no_core_dumps()
    handle = os.open(folder / "faults.txt", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    faults = os.fdopen(handle, "a", encoding="utf-8")
    _files[:] = [faults]
    faulthandler.enable(faults)

    def caught(error: BaseException | None) -> None:
        if error is None or not isinstance(error, Exception):
            return  # Ctrl-C and a planned exit are no crashes
        text = scrubbed(error)
        keep_crash(folder, text)
        logging.getLogger(_PROGRAM).error("crash", exc_info=error)
        if show is not None:
            show(text)

    def main_hook(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        caught(error)
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = main_hook
    threading.excepthook = lambda given: caught(given.exc_value)


def scrubbed(error: BaseException) -> str:
    """Describe a crash by types and places in the code: no message, no value, no user's folder.

    Of an expected failure (`DeskError`) the code is kept; what caused it follows, the oldest first.
    """
    described = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        described.append(_one(current))
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\n\n".join(reversed(described))


def keep_crash(folder: Path, text: str, now: datetime | None = None) -> Path:
    """Write a crash file named by its UTC time, private to the user; the oldest ones go."""
    _make_private(folder)
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    file = folder / f"crash-{moment:%Y%m%dT%H%M%S.%fZ}.txt"
    handle = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(f"{moment:%Y-%m-%d %H:%M:%S} UTC\n\n{text}\n")
    for old in sorted(folder.glob("crash-*.txt"), reverse=True)[_CRASHES:]:
        old.unlink(missing_ok=True)
    return file


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating log that only this user can read."""

    def _open(self) -> Any:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


def _one(error: BaseException) -> str:
    kind = type(error)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    code = f" ({_code(error)})" if _code(error) else ""
    places = [
        f"  {'/'.join(Path(frame.filename).parts[-_PARTS:])}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([*places, f"{name}{code}"])


def _ids(record: logging.LogRecord) -> dict[str, object]:
    """Keep what cannot be a name: UUIDs, numbers, yes and no, and times."""
    given = getattr(record, "ids", {})
    kept: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, UUID | datetime):
            kept[name] = str(value)
        elif isinstance(value, bool | int | float):
            kept[name] = value
        elif _code(value):
            kept[name] = _code(value)
    return kept


def _code(value: object) -> str:
    """Give the code of an expected failure, which is ours and safe; other errors have none."""
    return str(getattr(value, "code", "")) if type(value).__module__ == _ERRORS else ""


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _no_core_dumps() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
