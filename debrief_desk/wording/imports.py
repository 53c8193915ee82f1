"""What is said about rows that come in: what waits and why, and what was read with care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from debrief_desk.errors import Refused
from debrief_desk.wording import _, failures, isolated, left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def field_title(field: str) -> str:
    """Give the name of a field as the mapping page and the sentences show it."""
    return {**_person_fields(), **_stay_fields(), **_plan_fields(), **_staff_fields()}.get(
        field, field
    )


def kind_title(kind: str) -> str:
    """Give the name of a kind of sheet."""
    return {
        "people": _("People"),
        "interviewers": _("Interviewers"),
        "interpreters": _("Interpreters"),
        "rooms": _("Rooms"),
    }[kind]


def skipped_reason(why: str) -> str:
    """Say why a line is no row."""
    return {
        "title": _("Title line"),
        "blank": _("Blank line"),
        "footer": _("Footer line"),
        "heading-again": _("Headings repeated"),
    }[why]


class Remark(Protocol):
    """A note or a problem of a row: its code, its field and what fills the sentence."""

    @property
    def code(self) -> str:
        """Which sentence."""

    @property
    def field(self) -> str:
        """Which field, or ""."""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills the sentence."""


def row_remark(remark: Remark) -> str:
    """Say what was noticed about a row, a note or a problem."""
    return reason(remark.code, remark.field, dict(remark.values))


def reason(code: str, field: str, values: Mapping[str, Any]) -> str:
    """Say why a row waits or was rejected, or what was read with care.

    A code that is not about cells is one of a refusal, such as a marker on record.
    """
    if code in _REMARKS:
        typed, line = str(values.get("typed", "")), str(values.get("line", ""))
        said = _REMARKS[code](isolated(typed), left_to_right(line))
    else:
        said = failures.sentence(Refused(code, **values))
    return _("{field}: {said}").format(field=field_title(field), said=said) if field else said


_REMARKS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "row-hollow": lambda _typed, _line: _(
        "Nothing to go by: no name, birth, reference or band. The row was not taken."
    ),
    "no-such-day": lambda typed, _line: _("{typed} is a day that no calendar has.").format(
        typed=typed
    ),
    "not-a-day": lambda typed, _line: _("{typed} is no day.").format(typed=typed),
    "not-a-birth": lambda typed, _line: _("{typed} is no birth date, year or age.").format(
        typed=typed
    ),
    "other-order": lambda typed, _line: _(
        "{typed} is not written in the order of day and month that was chosen."
    ).format(typed=typed),
    "not-a-time": lambda typed, _line: _("{typed} is no time of day.").format(typed=typed),
    "time-skipped": lambda typed, _line: _(
        "{typed} does not exist: the clocks go forward over it."
    ).format(typed=typed),
    "planned-day-missing": lambda typed, _line: _("{typed} has no day beside it.").format(
        typed=typed
    ),
    "not-a-length": lambda typed, _line: _("{typed} is no length of a debrief.").format(
        typed=typed
    ),
    "not-hours": lambda typed, _line: _("{typed} is no span of hours.").format(typed=typed),
    "not-a-number": lambda typed, _line: _("{typed} is no number that fits here.").format(
        typed=typed
    ),
    "more-supervised-than-led": lambda typed, _line: _(
        "{typed} is more than were led altogether."
    ).format(typed=typed),
    "reference-repeated": lambda _typed, line: _(
        "The same reference stands in line {line} with other content."
    ).format(line=line),
    "newer-here": lambda typed, _line: _(
        "The sheet says {typed}. What was recorded at the desk since differs, and stays. Ask which "
        "is right; if it is the sheet, record it again by hand."
    ).format(typed=typed),
    "quote-unclosed": lambda _typed, _line: _(
        "A quotation mark is not closed, so cells may have moved. Compare the row with the file."
    ),
    "cell-cut": lambda _typed, _line: _("The cell is too long; its end was left out."),
    "cells-beyond-headings": lambda _typed, _line: _(
        "The row has more cells than there are headings, so cells may have moved. Compare the row "
        "with the file."
    ),
    # From here on notes: their rows are used.
    "hidden-removed": lambda _typed, _line: _("Invisible control characters were taken out."),
    "turning-removed": lambda _typed, _line: _(
        "Characters that turn the direction of text were taken out."
    ),
    "formula-text": lambda _typed, _line: _("A formula was taken as text and not run."),
    "word-unclear": lambda typed, _line: _("{typed} is not known here; kept as typed.").format(
        typed=typed
    ),
    "time-missing": lambda _typed, _line: _("A day without a time; no time was assumed."),
    "time-twice": lambda _typed, _line: _(
        "This time comes twice in that night; the first was taken."
    ),
    "birth-in-future": lambda _typed, _line: _("The birth lies in the future; kept as typed."),
    "band-became-date": lambda _typed, _line: _(
        "A spreadsheet turned the band into a date; the band is missing."
    ),
    "band-repeated": lambda _typed, line: _(
        "The same band of the same event stands in line {line}; both are kept."
    ).format(line=line),
}


def _person_fields() -> dict[str, str]:
    return {
        "serial": _("Sender's reference"),
        "agency": _("Agency"),
        "family_name": _("Family name"),
        "given_name": _("Given name"),
        "full_name": _("Whole name"),
        "native_name": _("Name in own script"),
        "birth": _("Birth date or age"),
        "age": _("Age"),
        "sex": _("Sex"),
        "nationality": _("Nationality"),
        "language": _("Language"),
        "dialect": _("Dialect"),
        "interpreter_needed": _("Interpreter needed"),
        "home_office_reference": _("Home Office reference"),
        "port_reference": _("Port reference"),
        "person_number": _("Atlas person number"),
        "biometric_number": _("Biometric number"),
        "reference": _("Other reference"),
    }


def _stay_fields() -> dict[str, str]:
    return {
        "band": _("Band"),
        "event": _("Event"),
        "event_day": _("Day of landing"),
        "landed_at": _("Landed"),
        "arrived_at": _("Arrived at the site"),
        "screened_at": _("Screened"),
        "welfare": _("Dry, fed, rested"),
        "medical": _("Medical"),
        "interviewer_preference": _("Interviewer preference"),
        "child_flag": _("Child or age disputed"),
    }


def _plan_fields() -> dict[str, str]:
    return {
        "planned": _("Planned day and time"),
        "planned_start": _("Planned start"),
        "planned_day": _("Planned day"),
        "planned_time": _("Planned time"),
        "minutes": _("Minutes"),
        "lead": _("Lead interviewer"),
        "second": _("Second interviewer"),
        "room": _("Room"),
        "purpose": _("Purpose"),
        "saved_at": _("Saved by the sender"),
    }


def _staff_fields() -> dict[str, str]:
    return {
        "name": _("Name"),
        "staff_no": _("Staff number"),
        "authorisation": _("Authorisation"),
        "valid_to": _("Valid to"),
        "tier": _("Interview tier"),
        "debriefs_led": _("Debriefs led"),
        "of_these_supervised": _("Of these supervised"),
        "last_debrief": _("Last debrief"),
        "refresher": _("Refresher"),
        "vetting": _("Vetting"),
        "vetting_to": _("Vetting to"),
        "languages": _("Languages"),
        "dialects": _("Dialects"),
        "modes": _("Ways to be present"),
        "qualification": _("Qualification"),
        "gender": _("Gender"),
        "shift": _("Shift"),
        "seats": _("Seats"),
        "features": _("Features"),
        "open": _("Open"),
        "neighbours": _("Next to"),
    }
