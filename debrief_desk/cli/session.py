"""Signing in from a terminal, and printing."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from debrief_desk.actions import indexing
from debrief_desk.desk import Desk, wall_clock
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.wording import LONDON, _, day_and_clock, moments

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from datetime import datetime

PASSWORD_VARIABLE = "DEBRIEF_DESK_PASSWORD"  # noqa: S105 - the name of a variable
NOW_VARIABLE = "DEBRIEF_DESK_NOW"


def signed_in(options: argparse.Namespace) -> Desk:
    """Open the desk of `--desk` for `--user`; the password is asked for where it is not given.

    An index that an older matcher made is made anew first, so that every command asks the same one.
    """
    name = options.user or _only_account(options)
    desk = Desk.open(options.desk, name, password(options), now=clock(options))
    desk.write(indexing.keep_current)
    return desk


def _only_account(options: argparse.Namespace) -> str:
    names = Desk.names(options.desk)
    if len(names) == 1:
        return names[0]
    if not sys.stdin.isatty():
        raise WrongCall("user-needed", names=", ".join(names))
    sys.stderr.write(_("Who signs in ({names})? ").format(names=", ".join(names)))
    return input().strip()


def password(options: argparse.Namespace, *, new: bool = False) -> str:
    """Give the password: from the descriptor, the environment, or typed without an echo."""
    if options.password_fd is not None:
        with os.fdopen(options.password_fd, encoding="utf-8") as source:
            return source.readline().rstrip("\r\n")
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongCall("password-needed", variable=PASSWORD_VARIABLE)
    import getpass

    typed = getpass.getpass(_("Password: "))
    if new and getpass.getpass(_("Once more: ")) != typed:
        raise NotAllowed("passwords-differ")
    return typed


def clock(options: argparse.Namespace) -> Callable[[], datetime]:
    """Give the clock: `--now`, the environment, or the real one; a set one is said."""
    given = options.now or os.environ.get(NOW_VARIABLE)
    if not given:
        return wall_clock
    moment = moment_of(given)
    sys.stderr.write(_("The clock is set to {moment}.").format(moment=day_and_clock(moment)) + "\n")
    return lambda: moment


def moment_of(text: str) -> datetime:
    """Read an ISO 8601 moment; without an offset it is London time."""
    moment = moments.given(text)
    if moment is None:
        raise WrongCall("time-unreadable", text=text)
    return moment


def iso(moment: datetime | None) -> str | None:
    """Write a moment as ISO 8601 with London's offset."""
    return None if moment is None else moment.astimezone(LONDON).isoformat()


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def print_json(value: Any) -> None:
    """Print JSON for a program to read."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
