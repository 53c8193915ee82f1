"""Why a debrief has no place in a roster, and what to do about it; sentences for planning.

A reason carries minutes from the start of the horizon; `clock` turns them into what stands on the
wall. For a problem file minute 0 is 06:00 (FORMATS.md section 3); a desk passes its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.wording import _, isolated, left_to_right, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.planning import Concession, Offer, Reason, Violation

FIRST_MINUTE: Final = 6 * 60
DAY_MIN: Final = 24 * 60


def file_clock(minute: int) -> str:
    """Write a minute of a problem file as `21:20`, with `+1` for the next day."""
    days, rest = divmod(FIRST_MINUTE + minute, DAY_MIN)
    shown = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{shown} {days:+d}" if days else shown


def sentence(reason: Reason, clock: Callable[[int], str] = file_clock) -> str:
    """Say why a request has no place and what to do; one or two short sentences."""
    values = {
        "names": ", ".join(isolated(name) for name in reason.names),
        "first": isolated(reason.names[0]) if reason.names else "",
        "last": isolated(reason.names[-1]) if reason.names else "",
        "minutes": left_to_right(str(reason.minutes)),
        "number": left_to_right(str(reason.number)),
        "from": left_to_right(clock(reason.stay[0])),
        "until": left_to_right(clock(reason.stay[1])),
        "duties": ", ".join(
            left_to_right(f"{clock(start)}–{clock(end)}") for start, end in reason.spans
        ),
    }
    said = _static(reason) if reason.code != "CAPACITY" else _capacity(reason)
    return said.format(**values)


def _static(reason: Reason) -> str:
    """Give the sentence of a cause that holds on an empty day, with its gaps still open."""
    texts = {
        "WINDOW": _(
            "The person is never free for {minutes} minutes between {from} and {until}. "
            "Ask for a shorter debrief or a later departure."
        ),
        "AGENCY": _(
            "Nobody from {names} is on the list. Ask them for an interviewer, "
            "or allow a lead of another agency."
        ),
        "ACCREDITATION": _(
            "No interviewer of the allowed agencies holds all of {names}. "
            "Ask for somebody who does, or allow another agency."
        ),
        "EXPERIENCE": _(
            "The lead needs {first} debriefs; the most experienced here has {last}. "
            "Ask for a more experienced interviewer."
        ),
        "GENDER": _(
            "Everybody who could take part is of another gender than the person asked for. "
            "Ask for staff; the wish stands."
        ),
        "EXCLUDED": _("Everybody who could take part is excluded for this person. Ask for others."),
        "LEAD_SHIFT": _(
            "No fitting lead is on duty while the person is there ({from}–{until}). "
            "Their duties: {duties}. Ask one of them for other hours."
        ),
        "LANGUAGE": _("No interpreter for {first} is on the list. Book one."),
        "MODE": _(
            "Interpreters for {first} exist, but none works in an allowed way. "
            "Allow video or phone, or book one who comes."
        ),
        "INTERPRETER_SHIFT": _shifted(reason.number),
        "SECOND": _(
            "No second interviewer is on duty while the person is there ({from}–{until}). "
            "Ask for one."
        ),
        "ADULT": _(
            "No appropriate adult is on duty while the person is there ({from}–{until}). "
            "Ask for one."
        ),
        "ROOM": _room(reason),
        "COMBINATION": _(
            "Each part of a team is there at some time, but never all together between {from} "
            "and {until}. Change somebody's hours."
        ),
        "FREE": _("There is a place for this debrief now. Choose a slot."),
    }
    return texts[reason.code]


def _shifted(number: int) -> str:
    return ngettext(
        "One interpreter for {first} exists, on duty {duties}; the person is free from {from} to "
        "{until}. Ask for other hours.",
        "{number} interpreters for {first} exist, on duty {duties}; the person is free from "
        "{from} to {until}. Ask one for other hours.",
        number,
    )


def _room(reason: Reason) -> str:
    if reason.number:
        return _("No fitting room is open while the person is there ({from}–{until}). Open one.")
    if reason.names:
        return _("No room has {names} and seats everybody. Find another room.")
    return _("No room seats everybody with what the interpreter needs. Find a larger room.")


def _capacity(reason: Reason) -> str:
    texts = {
        "interviewer": ngettext(
            "All fitting interviewers are taken; with one of them free there would be one start.",
            "All fitting interviewers are taken; with them free there would be {number} starts.",
            reason.number,
        ),
        "interpreter": ngettext(
            "All fitting interpreters are taken; with one of them free there would be one start.",
            "All fitting interpreters are taken; with them free there would be {number} starts.",
            reason.number,
        ),
        "room": ngettext(
            "All fitting rooms are taken; with one of them free there would be one start.",
            "All fitting rooms are taken; with them free there would be {number} starts.",
            reason.number,
        ),
        "adult": ngettext(
            "All appropriate adults are taken; with one of them free there would be one start.",
            "All appropriate adults are taken; with them free there would be {number} starts.",
            reason.number,
        ),
        "person": _("The person's own other debriefs leave no time. Move one of them."),
    }
    several = _(
        "The day is full: more than one kind of staff or room is missing at once. "
        "Move another debrief or bring more people."
    )
    return texts.get(reason.family or "", several)


def concession(granted: Concession, clock: Callable[[int], str] = file_clock) -> str:
    """Say what would place the request if it were allowed."""
    texts = {
        "remote": _("It fits at {start} if the interpreter may join by {value}."),
        "agency": _("It fits at {start} if somebody from {value} may lead."),
        "shorter": _("It fits at {start} if it is {value} minutes shorter."),
        "later": _("It fits at {start} if the person leaves {value} minutes later."),
    }
    modes = {"video": _("video"), "phone": _("phone")}
    value = ", ".join(isolated(modes.get(one, one)) for one in granted.value)
    return texts[granted.kind].format(start=left_to_right(clock(granted.start)), value=value)


def offer(offered: Offer) -> str:
    """Say what a proposal places beyond the first one, and what that moves."""
    if offered.more_placed <= 0:
        return _("Keeps every booking that can be kept.")
    more = ngettext("{count} more placed", "{count} more placed", offered.more_placed)
    moved = ngettext("{count} moves", "{count} move", offered.moved)
    text = _("{more} if {moved}").format(
        more=more.format(count=offered.more_placed), moved=moved.format(count=offered.moved)
    )
    if offered.dropped:
        lost = ngettext("{count} is dropped", "{count} are dropped", offered.dropped)
        text = _("{text} and {lost}").format(text=text, lost=lost.format(count=offered.dropped))
    return text + "."


def rule(code: str) -> str:
    """Say a hard rule as the fault that it names."""
    texts = {
        "H01": _("Each request stands once: booked or left out, never both."),
        "H02": _("A booking serves one request or one whole joint group."),
        "H03": _("A start lies on the grid, inside the horizon and not in the past."),
        "H04": _("The debrief has another length than was asked."),
        "H05": _("The person is not there, or not free, at that time."),
        "H06": _("The person's debriefs are too close together or too many."),
        "H07": _("The room is unknown, closed, too small or lacks something."),
        "H08": _("The room has no time to be turned round."),
        "H09": _("The lead may not lead this debrief."),
        "H10": _("The second interviewer is missing, not needed or does not fit."),
        "H11": _("The interviewer is off duty, taken, without turnaround or has too many."),
        "H12": _("A break of somebody booked no longer fits."),
        "H13": _("An interpreter is missing, or booked where none is needed."),
        "H14": _("The interpreter's language, way of working, duty or hours do not fit."),
        "H15": _("The appropriate adult is missing, not needed or not free."),
        "H16": _("The firm wish for a gender is not met."),
        "H17": _("Somebody takes part whom the person excludes."),
        "H18": _("A pinned booking was changed."),
    }
    return texts[code]


def violation(broken: Violation) -> str:
    """Say which hard rule a plan breaks, and where."""
    where = ", ".join(isolated(own) for own in (broken.subject, *broken.bookings) if own)
    return _("{rule}: {text} ({where})").format(
        rule=broken.rule, text=rule(broken.rule), where=where
    )
