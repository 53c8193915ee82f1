"""What the pages about people say: facts, links and their origin, what was changed and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import Eligibility, GenderPreference, IdentityAnswer, Medical
from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, day_and_clock, isolated, left_to_right, ngettext
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.rules.kinds import ConflictKind

_ORIGINS: Final = {
    ("system", "link_reference"): N_("Linked by the desk: equal reference"),
    ("system", "link_band"): N_("Linked by the desk: equal wristband in one event"),
    ("system", ""): N_("Linked by the desk"),
    ("person", ""): N_("Linked by a person"),
}

_STORED: Final = {"see_nurse": Medical.ASK, "unclear": Medical.ASK, "not_fit": Medical.UNFIT}

_BORN: Final = {
    "registration": N_("Record registered"),
    "identifier": N_("Reference recorded"),
    "stay": N_("Stay recorded"),
    "welfare_check": N_("Welfare recorded"),
    "age_decision": N_("Age decision recorded"),
    "approach": N_("Approach recorded"),
    "no_approach_marker": N_("No-approach marker placed"),
    "identity_decision": N_("Linked by the desk"),
    "debrief": N_("Debrief planned"),
    "debrief_stop": N_("Debrief stopped"),
    "conflict": N_("Conflict opened"),
    "busy": N_("Busy time recorded"),
    "referral": N_("Task opened"),
}

_FIELDS: Final = {
    "registration": {
        "given_name": N_("Given name"),
        "family_name": N_("Family name"),
        "full_name": N_("Name"),
        "native_name": N_("Own script"),
        "sex": N_("Sex"),
        "birth_year": N_("Year of birth"),
        "birth_month": N_("Month of birth"),
        "birth_day": N_("Day of birth"),
        "birth_age": N_("Age"),
        "nationality": N_("Nationality"),
        "language": N_("Language"),
        "dialect": N_("Dialect"),
        "band": N_("Wristband"),
        "event_id": N_("Arrived with"),
        "child_flag": N_("Age flag"),
        "withdrawn_at": N_("Record withdrawn"),
    },
    "stay": {
        "landed_at": N_("Landed"),
        "arrived_at": N_("Arrived"),
        "departs_at": N_("Departs"),
        "left_at": N_("Left the site"),
    },
    "welfare_check": {
        "screened_at": N_("Screened"),
        "rested": N_("Fed, dry and rested"),
        "medical": N_("Healthcare says"),
        "preference": N_("Prefers as interviewer"),
        "interpreter_preference": N_("Prefers as interpreter"),
    },
    "no_approach_marker": {
        "asked_at": N_("Asked to talk"),
        "lifted_at": N_("No-approach marker lifted"),
    },
    "identity_decision": {"superseded_at": N_("Identity decision taken back")},
    "debrief": {
        "starts_at": N_("Start"),
        "ends_at": N_("End"),
        "room_id": N_("Room"),
        "room_text": N_("Room"),
        "lead_id": N_("Lead"),
        "lead_text": N_("Lead"),
        "second_id": N_("Second interviewer"),
        "second_text": N_("Second interviewer"),
        "interpreter_id": N_("Interpreter"),
        "purpose": N_("Purpose"),
        "state": N_("State"),
        "started_at": N_("Began"),
        "ended_at": N_("Ended"),
    },
    "debrief_stop": {
        "informed_at": N_("Named person told"),
        "released_at": N_("Released by a supervisor"),
    },
    "conflict": {"state": N_("Conflict")},
    "busy": {"cancelled_at": N_("Busy time taken back")},
    "referral": {
        "owner": N_("Task passed to"),
        "done_at": N_("Task done"),
        "withdrawn_at": N_("Task withdrawn"),
    },
}


def origin(code_of_origin: str, code: str) -> str:
    """Say how two records came to be linked."""
    found = _ORIGINS.get((code_of_origin, code)) or _ORIGINS.get((code_of_origin, ""))
    return _(found) if found else _("Linked through another record")


def shown_fields() -> dict[str, frozenset[str]]:
    """Give the fields of each table whose changes a user reads."""
    return {table: frozenset(fields) for table, fields in _FIELDS.items()}


def change(table: str, field: str, about: str, before: str, after: str) -> str:
    """Say one change; a birth has no field. `about` is the reference of what was changed."""
    said = _(_FIELDS[table][field]) if field else _(_BORN[table])
    if table == "identity_decision" and after in set(IdentityAnswer):
        said = name(IdentityAnswer(after))
    if about:
        said = _("{what} ({about})").format(what=said, about=left_to_right(about))
    if not field:
        return said
    if not before:
        return _("{what}: {after}").format(what=said, after=isolated(after) or _("emptied"))
    return _("{what}: {before} became {after}").format(
        what=said, before=isolated(before), after=isolated(after) or _("empty")
    )


def conflict(kind: ConflictKind, number: int) -> str:
    """Name a conflict by what it is about and its number."""
    return _("{kind}, no. {number}").format(kind=name(kind), number=number)


def history_line(at: datetime, by: str) -> str:
    """Say when and by whom a change was made."""
    return _("{when}, {by}").format(when=day_and_clock(at), by=isolated(by) or _("the desk"))


def eligibility(
    code: Eligibility, marked_since: datetime | None, *, waits: bool
) -> tuple[Level, str]:
    """Say whether the person may be asked; a marker is shown with its date, never its reason.

    `waits` says that a stopped debrief has not been released (S-5).
    """
    if marked_since is not None:
        said = _("No approach since {when}.").format(when=day_and_clock(marked_since))
        return Level.STOP, said
    if code is Eligibility.ELIGIBLE and waits:
        return Level.CHECK, _("A debrief was stopped: planning waits for a supervisor.")
    level = Level.CLEAR if code is Eligibility.ELIGIBLE else Level.STOP
    return level, _("{word}.").format(word=name(code))


def yes_no(value: bool | None) -> str:
    """Write yes, no, or that nothing is recorded."""
    return unrecorded() if value is None else _("yes") if value else _("no")


def medical(code: str) -> str:
    """Write what healthcare says, a code or the word that is stored."""
    known = _STORED.get(code, code)
    return name(Medical(known)) if known in set(Medical) else code or unrecorded()


def preference(code: str) -> str:
    """Write whom the person prefers as interviewer."""
    return name(GenderPreference(code)) if code in set(GenderPreference) else code or unrecorded()


def moment(at: datetime | None) -> str:
    """Write a moment, or that nothing is recorded."""
    return unrecorded() if at is None else day_and_clock(at)


def unrecorded() -> str:
    """Say that nothing is recorded."""
    return _("not recorded")


def counted(total: int, typed: str) -> str:
    """Say how many records are listed."""
    if typed:
        text = ngettext("{n} record found for “{typed}”", "{n} records found for “{typed}”", total)
        return text.format(n=f"{total:,}", typed=isolated(typed))
    return ngettext("{n} record on this desk", "{n} records on this desk", total).format(
        n=f"{total:,}"
    )


def to_link(total: int, most: int) -> str:
    """Say how many pairs wait; at most `most` are shown at a time."""
    if total >= most:
        return _("The {n} most likely pairs").format(n=total)
    return ngettext("{n} pair may be one person", "{n} pairs may be one person", total).format(
        n=total
    )


def about(agency: str, serial: str) -> str:
    """Say whose record it is, with the agency's own reference."""
    if not serial:
        return isolated(agency)
    return _("{agency}, {serial}").format(agency=isolated(agency), serial=left_to_right(serial))


def pair_decided(verdict: str) -> str:
    """Say that a pair was decided."""
    return {
        "same": _("Linked as one person."),
        "different": _("Noted as two people."),
        "unsure": _("Noted as unsure; it stays here."),
    }[verdict]
