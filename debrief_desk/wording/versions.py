"""What is said where two people changed one record: fields, values, who wrote them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.rules.codes import Mode, Purpose
from debrief_desk.wording import N_, _, day_and_clock, isolated, left_to_right, people
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from enum import StrEnum

_FIELDS: Final = {
    "starts_at": N_("Start"),
    "minutes": N_("Length"),
    "room_id": N_("Room"),
    "lead_id": N_("Lead"),
    "second_id": N_("Second interviewer"),
    "interpreter_id": N_("Interpreter"),
    "mode": N_("How the interpreter takes part"),
    "purpose": N_("Purpose"),
    "shared_language": N_("Lead and person share a language"),
    "awake_and_asked": N_("Awake at night and asked to go ahead"),
}
_WELFARE: Final = {
    "screened_at": N_("Screened"),
    "rested": N_("Fed, dry and rested"),
    "medical": N_("Healthcare says"),
    "medical_cleared_at": N_("Cleared by healthcare"),
    "preference": N_("Prefers as interviewer"),
    "interpreter_preference": N_("Prefers as interpreter"),
    "landed_at": N_("Landed"),
    "arrived_at": N_("Arrived at the site"),
    "departs_at": N_("Leaves the site"),
}
_WELFARE_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "rested": people.yes_no,
    "medical": people.medical,
    "preference": people.preference,
    "interpreter_preference": people.preference,
}
_CODES: Final[dict[str, type[StrEnum]]] = {"mode": Mode, "purpose": Purpose}


def of_plan(field: str, value: Any) -> tuple[str, str]:
    """Write a field of a plan and its value; ids of rooms and staff come as their names."""
    label = _(_FIELDS[field]) if field in _FIELDS else _("Also recorded: {what}").format(what=field)
    return label, _value(field, value)


def of_welfare(field: str, value: Any) -> tuple[str, str]:
    """Write a field of the questions about welfare and its value."""
    write = _WELFARE_WORDS.get(field, people.moment)
    return _(_WELFARE[field]), write(value)


def welfare_title(person: str) -> str:
    """Say that somebody else recorded welfare of the same person."""
    return _("Somebody else recorded welfare of {person} meanwhile").format(
        person=isolated(person) or _("this person")
    )


def title(reference: str) -> str:
    """Say that somebody else changed what a form shows."""
    return _("{reference} was changed while you worked on it").format(
        reference=left_to_right(reference)
    )


def explanation(*, asks: bool) -> str:
    """Say what was kept of both, and what has to be chosen."""
    kept = _("Nothing is overwritten. What only one of you changed is taken over.")
    if not asks:
        return kept
    return f"{kept} {_('Where both of you changed a field, choose; both stay in the history.')}"


def already() -> str:
    """Say that somebody else saved the same meanwhile."""
    return _("Somebody else has saved the same meanwhile; this is the debrief as it stands.")


def choose(fields: Sequence[str]) -> str:
    """Say for which fields nothing is chosen yet."""
    return _("Choose what is to stand for: {fields}.").format(fields=", ".join(fields))


def written(by: str, at: datetime | None) -> str:
    """Say who wrote what stands now, and when; "" where nobody did since."""
    if at is None:
        return ""
    return _("{who}, {when}").format(
        who=isolated(by) or _("the desk"), when=left_to_right(day_and_clock(at))
    )


def _value(field: str, value: Any) -> str:
    if value is None or value == "":
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return day_and_clock(value)
    if field == "minutes":
        return _("{n} min").format(n=value)
    kind = _CODES.get(field)
    return name(kind(value)) if kind is not None and value in set(kind) else str(value)
