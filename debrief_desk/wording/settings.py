"""What the settings say: what a backup proved, what an account may do, what a role is for."""

from __future__ import annotations

from debrief_desk.rules.roles import Role
from debrief_desk.wording import _, isolated, left_to_right, names

_MEGABYTE = 1_000_000


def backed_up(file: str, size: int, tables: int, rows: int) -> str:
    """Say that a copy was made and how it was proved; `size` in bytes."""
    return _(
        "Backed up as {file}: {megabytes} MB. It was opened, read whole and found equal in all "
        "{rows} rows of {tables} tables. The same passwords open it."
    ).format(
        file=isolated(file),
        megabytes=left_to_right(f"{size / _MEGABYTE:.1f}"),
        rows=left_to_right(f"{rows:,}"),
        tables=left_to_right(str(tables)),
    )


def roles(codes: tuple[Role, ...]) -> str:
    """Name the roles of an account."""
    return ", ".join(names.name(code) for code in codes)


def role_purpose(code: Role) -> str:
    """Say what a role is for."""
    return {
        Role.COORDINATOR: _("Registers, imports and issues rosters; sees all plans of the site."),
        Role.AGENCY_USER: _("Works with the own agency's people; of others sees the pointer."),
        Role.SUPERVISOR: _("Decides conflicts; otherwise as a coordinator."),
        Role.AUDITOR: _("Reads the log, and no people."),
        Role.ADMINISTRATOR: _("Manages accounts, policy and backups; sees no people."),
    }[code]


def added(name: str) -> str:
    """Say that an account was added."""
    return _("{name} can sign in now. Hand over the password in person.").format(
        name=isolated(name)
    )


def take_away(name: str) -> str:
    """Ask whether an account is to be ended."""
    return _(
        "{name} cannot sign in to this desk any more. What was done stays in the log under this "
        "name. Copies made before still open with the old password."
    ).format(name=isolated(name))
