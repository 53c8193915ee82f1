"""Who may do what: the one matrix of roles and rights.

No right lifts a HARD finding: there is none to name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(StrEnum):
    """What an account is for."""

    COORDINATOR = "coordinator"
    AGENCY_USER = "agency_user"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing an account may do."""

    SEE_PEOPLE = "see_people"
    SEE_OTHER_AGENCY_PEOPLE = "see_other_agency_people"
    REGISTER = "register"
    EDIT_OWN = "edit_own"
    EDIT_ANY = "edit_any"
    RECORD_APPROACH = "record_approach"
    REOPEN_NO_APPROACH = "reopen_no_approach"
    CONFIRM_REOPENING = "confirm_reopening"
    TAKE_CONFLICTS = "take_conflicts"
    DECIDE_CONFLICTS = "decide_conflicts"
    BYPASS = "bypass"
    ACKNOWLEDGE = "acknowledge"
    IMPORT = "import"
    UNDO_IMPORT = "undo_import"
    EXCHANGE = "exchange"
    ISSUE_ROSTER = "issue_roster"
    MANAGE_STAFF = "manage_staff"
    COUNTERSIGN = "countersign"
    ERASE = "erase"
    SEE_FIGURES = "see_figures"
    SEE_LOG = "see_log"
    MANAGE_ACCOUNTS = "manage_accounts"
    EDIT_POLICY = "edit_policy"
    BACKUP = "backup"


_AGENCY: Final = frozenset(
    {
        Right.SEE_PEOPLE,  # their own agency's rows; of the others the pointer only
        Right.REGISTER,
        Right.EDIT_OWN,
        Right.RECORD_APPROACH,
        Right.ACKNOWLEDGE,
    }
)
_SITE: Final = _AGENCY | {
    Right.SEE_OTHER_AGENCY_PEOPLE,
    Right.EDIT_ANY,
    Right.REOPEN_NO_APPROACH,
    Right.CONFIRM_REOPENING,
    Right.TAKE_CONFLICTS,
    Right.IMPORT,
    Right.UNDO_IMPORT,
    Right.EXCHANGE,
    Right.ISSUE_ROSTER,
    Right.MANAGE_STAFF,
    Right.SEE_FIGURES,
}

MATRIX: Final[dict[Role, frozenset[Right]]] = {
    Role.AGENCY_USER: _AGENCY,
    Role.COORDINATOR: _SITE,
    Role.SUPERVISOR: _SITE | {Right.DECIDE_CONFLICTS, Right.BYPASS, Right.COUNTERSIGN, Right.ERASE},
    Role.AUDITOR: frozenset({Right.SEE_LOG}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_ACCOUNTS, Right.EDIT_POLICY, Right.BACKUP}),
}


def allows(roles: Iterable[Role], right: Right) -> bool:
    """Say whether an account that holds all of `roles` has `right`."""
    return any(right in MATRIX[role] for role in roles)


def rights(roles: Iterable[Role]) -> frozenset[Right]:
    """Give every right of an account that holds all of `roles`."""
    return frozenset().union(*(MATRIX[role] for role in roles))
