"""What a reader is told on the way of a debrief: what each step does, and why one is not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import StopReason
from debrief_desk.rules.severity import Level
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


def consented(at: datetime | None, language: str, explained_by: str) -> str:
    """Say on whose yes a debrief begins."""
    if at is None:
        return _("No consent is recorded.")
    return _("Consent is on record from {when}, in {language}; {who} explained.").format(
        when=left_to_right(day_and_clock(at)),
        language=isolated(language),
        who=isolated(explained_by) or _("somebody"),
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


def over_length(minutes: int, limit: int, level: Level) -> str:
    """Say that a debrief took longer than is usual, or than is allowed (W-5)."""
    if level is Level.STOP:
        text = _("It took {n} minutes; {limit} is the most. Tell a supervisor.")
    else:
        text = _("It took {n} minutes; {limit} is usual.")
    return text.format(n=minutes, limit=limit)


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


def not_now(state: DebriefState, *, begins: bool = False, clears: bool = False) -> str:
    """Say why a step is not open in a state; it `begins` or `clears` a debrief, or ends one."""
    if state is DebriefState.IN_PROGRESS:
        return _("This debrief is in progress. It ends by Complete, Stop or Withdrawn.")
    if not state.is_open:
        return _("This debrief is over.")
    if begins:
        return _("Only a cleared debrief begins. Clear it first.")
    if clears and state is DebriefState.CLEARED:
        return _("This debrief is cleared already.")
    if clears:
        return _("This debrief waits for a team. Give it one first.")
    return _("This debrief has not begun.")


def not_begun() -> str:
    """Say of a cleared debrief that it has not begun."""
    return _("It has not begun.")


def took_place(began: datetime | None, ended: datetime | None) -> str:
    """Write when a debrief began and ended, "" where it has not begun."""
    if began is None or ended is None:
        return running(began)
    minutes = round((ended - began).total_seconds() / 60)
    return ngettext("{span}, {n} minute.", "{span}, {n} minutes.", minutes).format(
        span=left_to_right(span(began, ended)), n=minutes
    )


def stop_line(reason: StopReason, at: datetime, reference: str) -> str:
    """Write a stop: its category and when, with the debrief's reference."""
    return _("{reason}, {when} ({reference})").format(
        reason=name(reason),
        when=left_to_right(day_and_clock(at)),
        reference=left_to_right(reference),
    )


def stop_told(who: str, at: datetime | None) -> str:
    """Write who was told of a stop, if anybody was."""
    if at is None:
        return _("Nobody has been told yet.")
    when = left_to_right(day_and_clock(at))
    return _("{who} was told {when}.").format(who=isolated(who), when=when)


def stop_released(at: datetime | None, *, holds: bool) -> str:
    """Write when a supervisor has released a stop, or that planning waits for it."""
    if at is not None:
        return _("Released {when}.").format(when=left_to_right(day_and_clock(at)))
    return _("Planning waits for a supervisor.") if holds else ""
