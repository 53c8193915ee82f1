"""What a reader is told on the way of a debrief: what each step does, and why one is not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import StopReason
from debrief_desk.rules.states import DebriefState
from debrief_desk.wording import (
    _,
    clock,
    day_and_clock,
    isolated,
    left_to_right,
    ngettext,
    span,
)
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.course import Readiness, StopRow
    from debrief_desk.actions.debriefs import DebriefRow


def consented(ready: Readiness) -> str:
    """Say on whose yes a debrief begins."""
    if ready.consent_at is None:
        return _("No consent is recorded.")
    return _("Consent is on record from {when}, in {language}; {who} explained.").format(
        when=left_to_right(day_and_clock(ready.consent_at)),
        language=isolated(ready.language),
        who=isolated(ready.explained_by) or _("somebody"),
    )


def not_ready(reference: str, missing: str) -> str:
    """Say what keeps a cleared debrief from beginning now."""
    return _("{reference} cannot begin now: {missing}.").format(
        reference=left_to_right(reference), missing=missing
    )


def running(started_at: datetime | None) -> str:
    """Say since when a debrief is in progress."""
    if started_at is None:
        return ""
    return _("Began at {clock}.").format(clock=left_to_right(clock(started_at)))


def begun(reference: str) -> str:
    """Say that a debrief has begun."""
    return _("{reference} has begun.").format(reference=left_to_right(reference))


def completed(reference: str, minutes: int) -> str:
    """Say that a debrief is completed, and how long it took."""
    text = ngettext(
        "{reference} is completed after {n} minute.",
        "{reference} is completed after {n} minutes.",
        minutes,
    )
    return text.format(reference=left_to_right(reference), n=minutes)


def over_length(minutes: int, titles: tuple[str, ...]) -> str:
    """Say that a debrief took longer than is usual or allowed."""
    text = ngettext("It took {n} minute.", "It took {n} minutes.", minutes).format(n=minutes)
    return " ".join((text, *titles))


def withdrawn(reference: str, others: int) -> str:
    """Say that a debrief ended by the person's wish, and what that cancelled."""
    text = _("{reference} has ended; nobody may approach this person now.")
    return f"{text.format(reference=left_to_right(reference))} {_others(others)}".strip()


def stopped(reference: str, reason: StopReason, others: int) -> str:
    """Say that a debrief is stopped, and what follows."""
    follows = {
        StopReason.SAFEGUARDING: _("The task is open; a supervisor releases further plans."),
        StopReason.STATUS_CHANGE: _("The person is not eligible: refer."),
    }.get(reason, "")
    text = _("{reference} is stopped.").format(reference=left_to_right(reference))
    return " ".join(part for part in (text, follows, _others(others)) if part)


def _others(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} other plan for this person is cancelled; its agency is told.",
        "{n} other plans for this person are cancelled; their agencies are told.",
        count,
    ).format(n=count)


def what_follows(reason: StopReason | None) -> str:
    """Say in the question what stopping for a reason will do; it cannot be undone."""
    if reason is StopReason.SAFEGUARDING:
        return _(
            "A task is opened, due within a day. Nobody clears a plan for this person until a "
            "supervisor releases it. Only the category is kept."
        )
    if reason is StopReason.STATUS_CHANGE:
        return _(
            "The person is no longer eligible, at any agency. All other plans are cancelled and "
            "their agencies told. What was said is not recorded."
        )
    return _("The debrief ends here. This cannot be undone.")


def not_now(state: DebriefState, *, begins: bool = False) -> str:
    """Say why a step is not open in a state; `begins` for the step that begins a debrief."""
    if state is DebriefState.IN_PROGRESS:
        return _("This debrief is in progress. It ends by Complete, Stop or Withdrawn.")
    if begins and state.is_open:
        return _("Only a cleared debrief begins. Clear it first.")
    if state is DebriefState.CLEARED:
        return _("This debrief is cleared already and has not begun.")
    if state.is_open:
        return _("This debrief has not begun.")
    return _("This debrief is over.")


def not_begun() -> str:
    """Say of a cleared debrief that it has not begun."""
    return _("It has not begun.")


def took_place(row: DebriefRow) -> str:
    """Write when a debrief began and ended, "" where it has not begun."""
    if row.started_at is None:
        return ""
    if row.ended_at is None:
        return running(row.started_at)
    minutes = round((row.ended_at - row.started_at).total_seconds() / 60)
    return ngettext("{span}, {n} minute.", "{span}, {n} minutes.", minutes).format(
        span=left_to_right(span(row.started_at, row.ended_at)), n=minutes
    )


def stop_line(stop: StopRow) -> str:
    """Write a stop: its category and when, with the debrief's reference."""
    return _("{reason}, {when} ({reference})").format(
        reason=name(stop.reason),
        when=left_to_right(day_and_clock(stop.at)),
        reference=left_to_right(stop.reference),
    )


def stop_standing(stop: StopRow) -> str:
    """Write who was told of a stop, and whether a supervisor has released it."""
    told = []
    if stop.reason is StopReason.SAFEGUARDING:
        told.append(
            _("{who} was told {when}.").format(
                who=isolated(stop.informed), when=left_to_right(day_and_clock(stop.informed_at))
            )
            if stop.informed_at is not None
            else _("Nobody has been told yet.")
        )
    if stop.released_at is not None:
        when = left_to_right(day_and_clock(stop.released_at))
        told.append(_("Released {when}.").format(when=when))
    elif stop.holds:
        told.append(_("Planning waits for a supervisor."))
    return " ".join(told)
