"""What happened, what was kept, what to do: one sentence or two for every expected failure.

A subject that has failures of its own puts them into a `SENTENCES` table like the one here (code ->
function of the error's values), and `_tables` joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import (
    _,
    command_failures,
    course_failures,
    day_and_clock,
    decision_failures,
    inbox_failures,
    isolated,
    left_to_right,
    matches,
    ngettext,
    policy_failures,
    roster_failures,
    sheet_failures,
    staff_failures,
    step_failures,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from debrief_desk.errors import DeskError

_MEGABYTE: Final = 1_000_000


def sentence(error: DeskError) -> str:
    """Say what happened, what was kept and what to do; its values may all be missing."""
    for table in _tables():
        if error.code in table:
            return table[error.code](**error.values)
    return _("This could not be done, and nothing was changed. The reason: {code}.").format(
        code=left_to_right(error.code)
    )


def _tables() -> Iterator[Mapping[str, Callable[..., str]]]:
    yield SENTENCES
    yield sheet_failures.SENTENCES
    yield matches.SENTENCES
    yield step_failures.SENTENCES
    yield course_failures.SENTENCES
    yield decision_failures.SENTENCES
    yield inbox_failures.SENTENCES
    yield staff_failures.SENTENCES
    yield roster_failures.SENTENCES
    yield policy_failures.SENTENCES
    yield command_failures.SENTENCES


def _desk(values: Mapping[str, Any]) -> str:
    """Name the file, where it is known."""
    return isolated(str(values["file"])) if values.get("file") else _("This desk")


def _open_elsewhere(
    computer: str | None = None,
    process: int | None = None,
    since: datetime | None = None,
    **values: Any,
) -> str:
    if computer is None or since is None:
        return _(
            "{desk} is already open in another window or program. Go on there, or close it first."
        ).format(desk=_desk(values))
    return _(
        "{desk} is already open: on {computer} since {since}, process {process}. Go on there, or "
        "close it first."
    ).format(
        desk=_desk(values),
        computer=isolated(computer),
        since=left_to_right(day_and_clock(since)),
        process=left_to_right(str(process)),
    )


def _disk_full(needed: int | None = None, free: int | None = None, **_values: Any) -> str:
    if needed is None or free is None:
        return _(
            "The disk is full. This step was not kept; everything before it is safe. Make room on "
            "the disk, then do it again."
        )
    return _(
        "There is not enough room on the disk: {needed} MB are needed, {free} MB are free. Nothing "
        "was changed. Make room, or choose another disk."
    ).format(
        needed=left_to_right(f"{max(needed // _MEGABYTE, 1):,}"),
        free=left_to_right(f"{free // _MEGABYTE:,}"),
    )


def _upgrade_failed(backup: str | None = None, **values: Any) -> str:
    said = _(
        "{desk} could not be brought to this version. It is as it was; go on with the version it "
        "was last used with."
    ).format(desk=_desk(values))
    if backup is None:
        return said
    kept = _("A backup from before is kept as {backup}.").format(backup=isolated(backup))
    return f"{said} {kept}"


def _wait(seconds: int = 1, **_values: Any) -> str:
    return ngettext(
        "The last password was wrong. Wait {seconds} second, then try again.",
        "The last passwords were wrong. Wait {seconds} seconds, then try again.",
        seconds,
    ).format(seconds=left_to_right(str(seconds)))


def _too_short(least: int = 12, **_values: Any) -> str:
    return _(
        "This password is too short: it needs at least {least} characters. Four unrelated words do "
        "well."
    ).format(least=left_to_right(str(least)))


def _too_long(most: int = 256, **_values: Any) -> str:
    return _("This password is too long: it may have at most {most} characters.").format(
        most=left_to_right(str(most))
    )


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    # the file
    "no-such-desk": lambda **values: _(
        "{desk} is not there. Check the name and the folder, or restore a backup."
    ).format(desk=_desk(values)),
    "not-a-desk": lambda **values: _(
        "{desk} is not a desk of this program, or its key file (ending in .keys) is not beside it. "
        "It was not changed. Choose another file, or put the key file back."
    ).format(desk=_desk(values)),
    "already-exists": lambda **values: _(
        "There is already a file {desk}. It was left as it is. Choose another name."
    ).format(desk=_desk(values)),
    "newer-desk": lambda **values: _(
        "{desk} was made by a newer version of this program. It was not changed. Open it with that "
        "version, or update this one."
    ).format(desk=_desk(values)),
    "older-desk": lambda **values: _(
        "{desk} was made by an older version and can be read only after an upgrade. It was not "
        "changed. Open it once for writing; a backup is made first."
    ).format(desk=_desk(values)),
    "upgrade-failed": _upgrade_failed,
    "damaged-desk": lambda **values: _(
        "{desk} is damaged, or belongs to another key file. It was not changed and is not repaired "
        "in place. Restore the newest backup."
    ).format(desk=_desk(values)),
    "keys-damaged": lambda **values: _(
        "The key file {desk} is damaged and so is the copy before it. The desk itself was not "
        "changed. Put back the key file from the newest backup; the same passwords open it."
    ).format(desk=_desk(values)),
    "open-elsewhere": _open_elsewhere,
    "desk-busy": lambda **_values: _(
        "The desk is being written by another step. This one was not kept. Try again in a moment."
    ),
    "network-share": lambda **values: _(
        "{desk} lies on a network drive, where a desk gets damaged. It was not opened. Move it to "
        "a disk of this computer, and use exchange files to work with other sites."
    ).format(desk=_desk(values)),
    "disk-full": _disk_full,
    "disk-failing": lambda **_values: _(
        "The disk could not be read or written. This step was not kept; everything before it is "
        "safe. Check that the disk is connected and has room, and make a backup to another one."
    ),
    "read-only": lambda **_values: _(
        "The desk can be read here but not written, and nothing was changed. Check who may write "
        "to its folder, or copy the desk to a disk that can be written."
    ),
    "cannot-open": lambda **_values: _(
        "The file could not be opened, and nothing was changed. Check who may read and write it "
        "and its folder."
    ),
    "unfit-driver": lambda **_values: _(
        "This copy of the program cannot keep the file safe, so it opened nothing. Install the "
        "program again."
    ),
    "backup-unsound": lambda **_values: _(
        "The backup was not equal to the desk when it was read back, so it was not kept. The desk "
        "was not changed. Try again, on another disk if it happens twice."
    ),
    # signing in
    "wrong-password": lambda **_values: _("The name or the password is wrong."),
    "wait-before-retry": _wait,
    "account-altered": lambda **_values: _(
        "This account was changed outside the program, so it opens nothing. Ask an administrator "
        "to set it up anew, and report it."
    ),
    "wrong-recovery-key": lambda **_values: _(
        "This recovery key is not the one of this desk, or a newer one replaced it."
    ),
    "recovery-mistyped": lambda **_values: _(
        "The recovery key has a slip in it. Compare it with the sheet, group by group."
    ),
    # accounts
    "password-too-short": _too_short,
    "password-too-long": _too_long,
    "password-too-common": lambda **_values: _(
        "This password is among the first that anybody would try. Four unrelated words do well."
    ),
    "account-name-missing": lambda **_values: _(
        "An account needs the name of the person who signs in. Nothing was saved."
    ),
    "role-missing": lambda **_values: _(
        "An account needs at least one role. Nothing was saved. Choose what the person does."
    ),
    "own-account": lambda **_values: _(
        "You are signed in with this account, so it stays. Ask another administrator."
    ),
    "agency-known": lambda **_values: _("There is already an agency of this name."),
    "name-taken": lambda **_values: _("There is already an account of this name."),
    "no-such-account": lambda **_values: _("There is no such account any more."),
    "last-account": lambda **_values: _(
        "This is the last account, so it stays. Add another one first."
    ),
    # anywhere
    "cancelled": lambda **_values: _("Cancelled. Nothing of this step was kept."),
}
