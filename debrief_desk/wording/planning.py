"""What the form for a debrief says beside the fields: choices, what stands against it, results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import AgeFlag
from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, clock, day, isolated, left_to_right, ngettext
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_LONGEST: Final = 60
_GAPS: Final = {
    "revoked": N_("authorisation revoked"),
    "none": N_("no authorisation"),
    "not_yet": N_("authorisation not valid yet"),
    "no_date": N_("authorisation without a date"),
    "expired": N_("authorisation expired"),
    "level": N_("lacks the tier"),
    "debriefs": N_("lacks debriefs"),
    "supervised": N_("lacks supervised debriefs"),
    "absent": N_("absent now"),
}


def interviewer(
    who: str,
    led: int,
    *,
    authorisation: str,
    valid_to: date | None,
    level: Level,
    reason: str,
) -> str:
    """Write an interviewer as a choice: name, debriefs led, authorisation, and what is wrong."""
    parts = [who, ngettext("{n} led", "{n} led", led).format(n=led)]
    if reason:
        parts.append(f"{name(level)}: {_(_GAPS.get(reason, reason))}")
    elif authorisation and valid_to is not None:
        until = day(valid_to)
        parts.append(
            _("{authorisation} until {date}").format(authorisation=authorisation, date=until)
        )
    return " · ".join(parts)


def interpreter(who: str, languages: Sequence[str], modes: Sequence[str], *, expired: bool) -> str:
    """Write an interpreter as a choice: name, languages, how they take part."""
    parts = [who, ", ".join(languages), ", ".join(modes)]
    if expired:
        parts.append(f"{name(Level.CHECK)}: {_('qualification expired')}")
    return " · ".join(part for part in parts if part)


def room(title: str, seats: int | None, features: Sequence[str]) -> str:
    """Write a room as a choice: name, seats, what it has."""
    shown = [title]
    if seats is not None:
        shown.append(ngettext("{n} seat", "{n} seats", seats).format(n=seats))
    shown += features[:2]
    return " · ".join(shown)


def no_longer_here(title: str) -> str:
    """Write somebody or a room that is not in use any more, as a choice that stands already."""
    return _("{name} · no longer here").format(name=title)


def minutes(count: int) -> str:
    """Write a length as a choice."""
    return _("{n} min").format(n=count)


def stops(count: int) -> str:
    """Write how many stops there are."""
    return ngettext("{n} stop", "{n} stops", count).format(n=count)


def checks(count: int) -> str:
    """Write how many checks there are."""
    return ngettext("{n} check", "{n} checks", count).format(n=count)


def to_record(count: int) -> str:
    """Write how many facts are not recorded yet."""
    return ngettext("{n} to record", "{n} to record", count).format(n=count)


def outlook(stop: int, check: int, todo: int, refused: str) -> str:
    """Say what saving the plan will do; `refused` is why nobody can save it, or ""."""
    if refused:
        return _("Nobody can register this. {why} Ask the site's supervisor.").format(why=refused)
    if stop:
        return _("Saved, it stays uncleared until a supervisor has settled the stops.")
    if check:
        return _("Saved, it waits for a word on each check.")
    if todo:
        return _("Saved, it can be cleared when everything is recorded.")
    return nobody_else()


def nobody_else() -> str:
    """Say what finding no conflict means, and what it does not."""
    return _("No conflict only means that nobody else has entered this person on this desk.")


def needed(fields: Sequence[str]) -> str:
    """Say which fields are still needed."""
    return _("Still needed: {fields}.").format(fields=", ".join(fields))


def registered(reference: str, check: str, level: Level, starts_at: datetime) -> str:
    """Say that a plan is saved, under which references, and what it waits for."""
    text = _("{reference} is registered for {when}. Its check is {check}.").format(
        reference=left_to_right(reference),
        when=left_to_right(f"{day(starts_at)} {clock(starts_at)}"),
        check=left_to_right(check),
    )
    if level is Level.STOP:
        return f"{text} {_('It stays uncleared until a supervisor has settled the stops.')}"
    return f"{text} {nobody_else()}"


def changed(reference: str, check: str, level: Level) -> str:
    """Say that a change is saved, and under which check."""
    text = _("{reference} is changed. Its check is {check}.").format(
        reference=left_to_right(reference), check=left_to_right(check)
    )
    if level is Level.STOP:
        return f"{text} {_('It stays uncleared until a supervisor has settled the stops.')}"
    return text


def next_person(person: str, band: str, event: str) -> str:
    """Say who of the same boat comes next."""
    return _("Next of {event}: {person}, band {band}.").format(
        event=left_to_right(event), person=isolated(person), band=left_to_right(band)
    )


def boat_done() -> str:
    """Say that nobody of the boat is left."""
    return _("Nobody else of this boat is without a plan.")


def cancelled(reference: str) -> str:
    """Say that a debrief is cancelled."""
    return _("{reference} is cancelled.").format(reference=left_to_right(reference))


def cleared(reference: str) -> str:
    """Say that a debrief is cleared."""
    return _("{reference} is cleared.").format(reference=left_to_right(reference))


def answered(reference: str, others: int) -> str:
    """Say that an answer is recorded, and how many other plans a refusal cancelled."""
    text = _("The answer is recorded for {reference}.").format(reference=left_to_right(reference))
    if not others:
        return text
    more = ngettext(
        "{n} other plan for this person is cancelled; its agency is told.",
        "{n} other plans for this person are cancelled; their agencies are told.",
        others,
    ).format(n=others)
    return f"{text} {more}"


def match_title(person: str, own_script: str) -> str:
    """Name somebody the typed person may be."""
    shown = f"{isolated(person)} {isolated(own_script)}".strip()
    return _("On record: {person}").format(person=shown)


def match_detail(
    agency: str, wristband: str, event: str, plans: int, reasons: Sequence[str]
) -> str:
    """Say where the record is from, and why it may be the same person."""
    parts = [isolated(agency)]
    if wristband:
        parts.append(_("band {band}").format(band=left_to_right(wristband)))
    if event:
        parts.append(left_to_right(event))
    if plans:
        parts.append(ngettext("{n} debrief planned", "{n} debriefs planned", plans).format(n=plans))
    return "\n".join((" · ".join(parts), " ".join(reasons))).strip()


def missing_title(count: int) -> str:
    """Name the card of what is not recorded yet."""
    return ngettext(
        "{n} thing to record before it can be cleared",
        "{n} things to record before it can be cleared",
        count,
    ).format(n=count)


def listed(total: int, when: str) -> str:
    """Say how many debriefs the list shows, and of when."""
    return ngettext("{n} debrief", "{n} debriefs", total).format(n=f"{total:,}") + f" · {when}"


def search_first() -> str:
    """Say how a person gets into the form."""
    return _(
        "Search before typing: Enter takes the record that is marked, Esc enters somebody who is "
        "not on record."
    )


def found(total: int) -> str:
    """Say how many records a search found, and what the keys do with them."""
    if not total:
        return _("Nobody found. Esc enters a new person with what you wrote.")
    text = ngettext("{n} record found.", "{n} records found.", total).format(n=f"{total:,}")
    return f"{text} {_('Arrows and Enter choose one; Esc enters a new person.')}"


def age_flag(code: str) -> str:
    """Write what a record says of an age; "" is nothing."""
    return {
        "": _("Not said"),
        "adult": name(AgeFlag.ADULT),
        "child": name(AgeFlag.CHILD),
        "age_disputed": name(AgeFlag.DISPUTED),
    }.get(code, code)


def person(facts: Sequence[str], language: str, *, band: str, event: str, flag: str) -> str:
    """Write a chosen person's record in one line."""
    parts = [isolated(fact) for fact in facts if fact]
    parts += [isolated(language)] if language else []
    parts += [_("band {band}").format(band=left_to_right(band))] if band else []
    parts += [left_to_right(event)] if event else []
    parts += [age_flag(flag)] if flag else []
    return " · ".join(parts)


def selected(reference: str, state: str, *, bars: bool) -> str:
    """Say where the chosen debrief stands, in the room there is beside its buttons."""
    ready = _("Not ready to clear: open it.") if bars else _("Ready to clear.")
    return f"{left_to_right(reference)} · {state}. {ready}"


def begun(reference: str, state: str, times: str) -> str:
    """Say of a debrief that has begun, or is over after it began, when it took place."""
    return f"{left_to_right(reference)} · {state}. {times}"


def closed(reference: str, state: str) -> str:
    """Say of a debrief that is over, or of which only a pointer is shown, what it is."""
    return _("{reference} · {state}. There is nothing to do here.").format(
        reference=left_to_right(reference), state=state
    )


def no_such_time(at: str) -> str:
    """Say that a clock time is left out by the change to summer time."""
    return _("{time} does not exist that night: the clocks go forward.").format(
        time=left_to_right(at)
    )


def draft_kept(at: datetime) -> str:
    """Say that a draft is kept, and when it comes back."""
    return _("The draft is kept, {time}. It is offered again with the next new debrief.").format(
        time=left_to_right(clock(at))
    )


def draft_waits(about: str, at: datetime, count: int) -> str:
    """Say what was left half typed, and how much more there is."""
    when = left_to_right(f"{day(at)} {clock(at)}")
    about = about if len(about) <= _LONGEST else f"{about[:_LONGEST]}…"
    said = (
        _("A draft about {who} waits since {when}.").format(who=isolated(about), when=when)
        if about
        else _("A draft waits since {when}.").format(when=when)
    )
    if count == 1:
        return said
    more = ngettext("{n} more waits.", "{n} more wait.", count - 1).format(n=count - 1)
    return f"{said} {more}"


def over() -> str:
    """Say of a debrief that is shown but over that it stays as it is."""
    return _("This debrief is over and stays as it is.")


def unreadable_birth() -> str:
    """Say that a birth cannot be read, and how it is written."""
    return _("This cannot be read. Write 14/08/1998, 1998 or age 25.")


def how_to_begin() -> str:
    """Say below the title how the form goes."""
    return _("Search for the person first. Ctrl+Enter registers.")


def standing(state: str, agency: str, check: str) -> str:
    """Say below the reference of a debrief where it stands."""
    parts = [state, isolated(agency)]
    if check:
        parts.append(_("check {reference}").format(reference=left_to_right(check)))
    return " · ".join(parts)
