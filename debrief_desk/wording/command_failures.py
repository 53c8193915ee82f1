"""Why a command of the terminal was not carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import _, left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _user(names: str = "", **_values: Any) -> str:
    return _("This desk has several accounts: {names}. Say which with --user.").format(
        names=names or "?"
    )


def _password(variable: str = "", **_values: Any) -> str:
    return _(
        "There is no terminal to ask for the password. Put it into {variable}, or give "
        "--password-fd."
    ).format(variable=left_to_right(variable or "DEBRIEF_DESK_PASSWORD"))


def _time(text: str = "", **_values: Any) -> str:
    return _(
        "This is no time: {text}. Write it like 2026-11-20T14:30, or 14:30 for a clock time."
    ).format(text=left_to_right(text or "?"))


def _day(text: str = "", **_values: Any) -> str:
    return _("This is no day: {text}. Write it like 2026-11-20.").format(
        text=left_to_right(text or "?")
    )


def _not_json(file: str = "", **_values: Any) -> str:
    return _("This file is not JSON: {file}. Nothing was read from it.").format(
        file=left_to_right(file or "?")
    )


def _record(record: str = "", **_values: Any) -> str:
    return _("The register has no record {record}.").format(record=left_to_right(record or "?"))


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    "user-needed": _user,
    "password-needed": _password,
    "passwords-differ": lambda **_values: _("The two passwords differ. Nothing was made."),
    "time-unreadable": _time,
    "day-unreadable": _day,
    "not-json": _not_json,
    "person-not-json": lambda **_values: _(
        "The person file is not a JSON object. Nothing was checked."
    ),
    "desk-missing": lambda **_values: _("Say which desk with --desk FILE."),
    "register-missing": lambda **_values: _("Name the register to look through: REGISTER.csv."),
    "out-missing": lambda **_values: _("Say where the pairs go with --out."),
    "record-unknown": _record,
}
