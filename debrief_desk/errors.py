"""What can go wrong that a user can do something about.

Every error carries a *code* and values that are safe to show: never a name, a birth date or a
reference of a person. `wording.failures` turns the code into one sentence that says what happened,
what was kept and what to do.

    DeskError
    ├── WrongCall       a call that makes no sense              exit code 2
    ├── NotAllowed      wrong password, or a right is missing   exit code 3
    ├── FileRefused     a file that cannot be taken             exit code 4
    ├── Interrupted     the user cancelled                      exit code 5
    ├── Refused         a rule refuses this, whoever asks       exit code 1
    └── Stale           the record changed since it was shown   exit code 1
"""

from __future__ import annotations


class DeskError(Exception):
    """Base of every expected failure; `code` names the sentence, `values` fill it."""

    exit_code = 2

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class WrongCall(DeskError):
    """A call whose arguments do not fit together."""


class NotAllowed(DeskError):
    """The password is wrong, or the account lacks the right."""

    exit_code = 3


class FileRefused(DeskError):
    """A file that cannot be read, opened or written; nothing was changed."""

    exit_code = 4


class Interrupted(DeskError):
    """The user cancelled; nothing of the step was kept."""

    exit_code = 5

    def __init__(self, code: str = "cancelled", **values: object) -> None:
        super().__init__(code, **values)


class Refused(DeskError):
    """A rule refuses this for everybody (DECISIONS.md, where a finding blocks)."""

    exit_code = 1


class Stale(DeskError):
    """Somebody changed the record after it was shown; nothing was overwritten."""

    exit_code = 1
