"""What the form says of who could take part in a plan, and why somebody cannot."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.proposals import Post
from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, findings, left_to_right, names, span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debrief_desk.rules.finding import Finding

_POSTS: Final[Mapping[Post, str]] = {
    Post.LEAD: N_("Lead"),
    Post.SECOND: N_("Second"),
    Post.INTERPRETER: N_("Interpreter"),
    Post.ROOM: N_("Room"),
}
_NOBODY: Final[Mapping[Post, str]] = {
    Post.LEAD: N_("Nobody is fit and free to lead then."),
    Post.SECOND: N_("Nobody is fit and free to sit beside then."),
    Post.INTERPRETER: N_("No interpreter is fit and free then."),
    Post.ROOM: N_("No room is free then."),
}
_SHORT: Final[Mapping[str, str]] = {
    "X-1.none": N_("no authorisation"),
    "X-1.no_date": N_("authorisation without a date"),
    "X-1.not_yet": N_("authorisation not valid yet"),
    "X-1.expired": N_("authorisation ended"),
    "X-1.revoked": N_("authorisation revoked"),
    "X-1.other_agency": N_("another agency"),
    "X-2.short": N_("too little experience to lead"),
    "X-3.never": N_("no earlier debrief recorded"),
    "X-3.idle": N_("too long without a debrief"),
    "X-3.not_recent": N_("no recent debrief"),
    "X-3.refresher": N_("no recent refresher"),
    "X-4.trainee_leads": N_("a trainee does not lead"),
    "X-4.two_trainees": N_("two trainees"),
    "X-4.one_person": N_("already in the other seat"),
    "X-5.untrained": N_("not trained for an adult at risk"),
    "X-7.interviewer": N_("booked {slot}"),
    "X-7.room": N_("booked {slot}"),
    "X-7.closed": N_("closed then"),
    "X-7.many": N_("many debriefs in one duty"),
    "X-7.short_rest": N_("too little rest"),
    "X-8.asylum": N_("decides on asylum claims"),
    "X-8.link": N_("declared a link"),
    "X-9.unrecorded": N_("vetting not recorded"),
    "X-9.expired": N_("vetting ended"),
    "X-10.absent": N_("absent"),
    "X-10.off_shift": N_("off shift"),
    "A-1.screener": N_("screened this person"),
    "G-2.unrecorded": N_("preference: not known if met"),
    "G-2.not_met": N_("not whom the person asked for"),
    "I-2.unrecorded": N_("no language recorded"),
    "I-2.language": N_("another language"),
    "I-2.dialect": N_("dialect not recorded"),
    "I-3.none": N_("no qualification recorded"),
    "I-3.no_date": N_("qualification without a date"),
    "I-3.expired": N_("qualification ended"),
    "I-4.arrival": N_("arrived here too"),
    "I-4.family": N_("family"),
    "I-4.child": N_("a child"),
    "I-4.asylum": N_("interprets the asylum steps that day"),
    "I-5.declared": N_("declared a conflict"),
    "I-6.overlap": N_("booked {slot}"),
    "I-6.gap": N_("little time between bookings"),
    "I-6.long": N_("long in one shift"),
    "S-6.no_private_route": N_("no private route"),
    "A-2.same_room": N_("the room of the screening"),
    "D-9.crowded": N_("others of the boat next door"),
}


def short(finding: Finding) -> str:
    """Say in a few words what speaks against somebody, where the name stands beside it."""
    key = f"{finding.rule}.{finding.reason}"
    start, end = finding.value("start"), finding.value("end")
    slot = ""
    if isinstance(start, datetime) and isinstance(end, datetime):
        slot = left_to_right(span(start, end))
    return _(_SHORT[key]).format(slot=slot) if key in _SHORT else findings.title(finding)


def post(what: Post) -> str:
    """Name a post."""
    return _(_POSTS[what])


def nobody(what: Post) -> str:
    """Say that there is no candidate left for a post."""
    return _(_NOBODY[what])


def left_out(who: str, short: str) -> str:
    """Write somebody who is not fit as a choice: the name, and the first reason."""
    return _("{who} · not fit: {reason}").format(who=who, reason=short)


def warned(choice: str, short: str) -> str:
    """Add to a choice what has to be looked at."""
    return f"{choice} · {names.name(Level.CHECK)}: {short}" if short else choice


def take(who: str, *, speaks: bool) -> str:
    """Offer somebody instead; of an interviewer it is said that they speak the language."""
    if speaks:
        return _("Take {who} (same language)").format(who=who)
    return _("Take {who}").format(who=who)


def waits() -> str:
    """Say what waiting means."""
    return _(
        "The debrief now waits: no suitable team. It cannot be cleared, and is planned again as "
        "soon as it is given another time, team or room."
    )


def may_wait(*, registered: bool) -> str:
    """Say what can be done where a post has no candidate."""
    if registered:
        return _("Choose another time, or let it wait for a team.")
    return _("Choose another time. Once registered, it can wait for a team.")
