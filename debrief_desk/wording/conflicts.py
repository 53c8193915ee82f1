"""What the inbox says: where an item stands, what its kind means, what a decision does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import (
    ApproachOutcome,
    HandoverReason,
    IdentityAnswer,
    PlansAnswer,
    Ruling,
)
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.wording import N_, _, clock, day, day_and_clock, isolated, left_to_right, ngettext
from debrief_desk.wording.names import name
from debrief_desk.wording.rules import duration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_MEANINGS: Final = {
    ConflictKind.SAME_PERSON: N_(
        "Two plans are for one person. Say whether the records are one person; if so, the plans "
        "are settled in the same step and both agencies are told."
    ),
    ConflictKind.POSSIBLE_PERSON: N_(
        "Two records may be one person, and both have a plan. Nothing is linked until somebody "
        "decides; who planned second waits until then."
    ),
    ConflictKind.SECOND_APPROACH: N_(
        "The person was asked or debriefed before in this stay, and would be asked again."
    ),
    ConflictKind.NO_APPROACH: N_(
        "A no stands, or something that bars every approach. It is shown without its reason."
    ),
    ConflictKind.CHILD: N_(
        "A record shows a child, or the age is not settled. Children are not debriefed here."
    ),
    ConflictKind.WELFARE: N_(
        "Rest, health, screening or dignity stand against the plan as it is now."
    ),
    ConflictKind.DOUBLE_BOOKING: N_(
        "A room, an officer or an interpreter is planned in two places at once."
    ),
    ConflictKind.EXPERIENCE: N_(
        "The people who go are not, or not yet, fit to lead or to sit in on this debrief."
    ),
    ConflictKind.INTERPRETER: N_("The interpreter does not fit the language or the person."),
    ConflictKind.CROWDING: N_(
        "Many people of one boat are called in at once, where they see each other."
    ),
    ConflictKind.TIME_IN_CENTRE: N_("The debrief would reach past the lawful end of the stay."),
    ConflictKind.IMPORT: N_(
        "One file has two people under one wristband of one event. Both are kept as they came."
    ),
    ConflictKind.MERGE: N_("Two desks wrote the same thing differently."),
}

_REOPENED: Final = {
    "facts_changed": N_("Reopened: a compared fact changed after the decision."),
    "back_again": N_("Reopened: it had gone by itself and is there again."),
    "decision_undone": N_("Reopened: the decision was undone."),
    "policy_changed": N_("Here because the policy was changed."),
    "two_under_one_band": N_("Two people under one wristband in one file."),
    "second_opinion": N_(
        "Reopened: a second person, who did not see the first answer, answered differently."
    ),
}

_CLOSED: Final = {
    "no_longer_holds": N_("Closed: nothing of it holds any more."),
    "policy_changed": N_("Closed: the policy was changed."),
    "undone": N_("Closed: the step that made it was undone."),
}

_WHO: Final = {
    "V": N_(
        "Only the person can change it, by asking to talk. A second officer then confirms that on "
        "the person's card."
    ),
    "V-8": N_("Only time changes it: the person is not asked again in this stay."),
    "V-10": N_(
        "It ends when somebody decides whether the two records are one person, under People, "
        "To link."
    ),
    "C": N_("Only a recorded age decision changes it: who decided, and when."),
    "S": N_("Healthcare or the safeguarding lead changes the fact; record what they say."),
    "S-1": N_("Whoever screened the person records the time of the screening."),
    "W": N_("Welfare staff change the fact: record rest, food or fitness when it is so."),
    "W-2": N_("Only time changes it: move the debrief later."),
    "W-4": N_("Only healthcare changes it: record their answer with its time."),
    "W-5": N_("Whoever plans shortens the debrief or adds a break."),
    "W-6": N_("The law sets the end of the stay: move the debrief earlier, shorten or cancel it."),
    "I": N_("Whoever plans names another interpreter, or another time."),
    "G": N_("Whoever plans changes the team; only the person can give up the preference."),
    "X": N_("Whoever plans chooses somebody else; who keeps the interviewers can record more."),
    "X-7": N_("Whoever plans moves one of the debriefs in time, room or team."),
    "A": N_("Nobody here changes it: the person is referred, not planned."),
    "A-1": N_("Whoever plans chooses another officer."),
    "D-6": N_("Only time changes it: move the debrief later."),
    "D-11": N_("It ends when the bypass is completed and reviewed, or undone."),
}


def meaning(kind: ConflictKind) -> str:
    """Say in a sentence or two what a kind of conflict is about."""
    return _(_MEANINGS[kind])


def badge(kind: ConflictKind) -> str:
    """Give the word for a kind where there is little room."""
    if kind is ConflictKind.POSSIBLE_PERSON:
        return _("Possibly the same")
    return name(kind)


def reopened(code: str) -> str:
    """Say why an item is there again, or why an import left it; "" for no code."""
    return _(_REOPENED[code]) if code in _REOPENED else ""


def closed(code: str) -> str:
    """Say why an item closed without a decision; "" where one was made."""
    return _(_CLOSED[code]) if code in _CLOSED else ""


def who_can_change(rule: str) -> str:
    """Say that nobody may allow it, and who can change the fact behind it."""
    found = _WHO.get(rule) or _WHO.get(rule[0]) or N_("Change, move or cancel a plan.")
    return _("Nobody can allow this. {who}").format(who=_(found))


def standing(state: ConflictState, owner: str, waiting_for: str) -> str:
    """Say where an item stands, with whom."""
    if state is ConflictState.WAITING and waiting_for:
        return _("Waiting for {whom}").format(whom=isolated(waiting_for))
    if state is ConflictState.TAKEN and owner:
        return _("Taken by {owner}").format(owner=isolated(owner))
    if state is ConflictState.DECIDED and owner:
        return _("Decided by {owner}").format(owner=isolated(owner))
    return name(state)


def waiting_time(opened: datetime, now: datetime) -> str:
    """Say how long an item has been open: minutes, hours, then days."""
    minutes = max(0, int((now - opened).total_seconds() // 60))
    days = minutes // (24 * 60)
    if days:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    return duration(minutes)


def session(start: datetime | None, now: datetime) -> str:
    """Say when the nearest session is: the time today, else the day before it."""
    if start is None:
        return ""
    if day(start) == day(now):
        return clock(start)
    weekday = " ".join(day(start).split()[:3])
    return f"{weekday} {clock(start)}"


def headline(
    kind: ConflictKind, agencies: Sequence[str], overlap: int | None, strongest: str
) -> str:
    """Say in one sentence what is wrong; `overlap` is in minutes, negative for a gap."""
    told = {
        ConflictKind.SAME_PERSON: N_("One person, planned {by}"),
        ConflictKind.POSSIBLE_PERSON: N_("Possibly one person, planned {by}"),
    }.get(kind)
    if kind is ConflictKind.IMPORT:
        return _("One file has two people under one wristband of one event.")
    if told is None:
        return strongest or meaning(kind)
    if len(agencies) > 1:
        by = _("by {agencies}").format(agencies=_(" and ").join(map(isolated, agencies)))
    else:
        by = _("twice by {agency}").format(agency=isolated("".join(agencies)))
    said = _(told).format(by=by)
    if overlap is None:
        return _("{said}.").format(said=said)
    if overlap > 0:
        return _("{said}: {time} overlap.").format(said=said, time=duration(overlap))
    return _("{said}: {time} apart.").format(said=said, time=duration(-overlap))


def queue_remark(count: int, overdue: int, oldest: str) -> str:
    """Say how many items wait, how many of them are overdue, and how long the oldest waits."""
    if not count:
        return _("Nothing waits for a decision.")
    text = ngettext("{n} open", "{n} open", count).format(n=count)
    if overdue:
        text += ", " + ngettext("{n} overdue", "{n} overdue", overdue).format(n=overdue)
    return _("{open}, the oldest for {time}").format(open=text, time=oldest)


def overdue(start: datetime, now: datetime) -> str:
    """Say that an item should be settled by now, and how far off its session is."""
    minutes = int((start - now).total_seconds() // 60)
    if minutes < 0:
        return _("Overdue: it was to start {time} ago").format(time=duration(-minutes))
    return _("Overdue: starts in {time}").format(time=duration(minutes))


def verdict(code: str) -> str:
    """Give the word for an answer to a conflict."""
    if code in set(IdentityAnswer):
        return name(IdentityAnswer(code))
    return name(Ruling(code)) if code in set(Ruling) else code


def outcome(code: str, letter: str, agency: str, slot: str) -> str:
    """Say what an answer about the plans does; `letter` names the side, `slot` is its time."""
    text = {
        PlansAnswer.KEEP: N_("Keep {letter}: {agency} {slot}"),
        PlansAnswer.JOINT: N_("Joint debrief in slot {letter}, {agency} leads"),
        PlansAnswer.HANDOVER: N_("Hand over to {agency} ({letter})"),
        PlansAnswer.CANCEL: N_("Cancel {letter}: {agency} {slot}"),
    }[PlansAnswer(code)]
    return _(text).format(letter=letter, agency=isolated(agency), slot=left_to_right(slot))


def in_sequence(moved: Sequence[tuple[str, datetime]]) -> str:
    """Say when the later plans would start, by the letters of their sides."""
    told = [
        _("{letter} at {time}").format(letter=letter, time=left_to_right(day_and_clock(start)))
        for letter, start in moved
    ]
    return _("One after the other: {moved}").format(moved=", ".join(told))


def bypassing(letter: str, agency: str, slot: str, rules: Sequence[str]) -> str:
    """Say for which plan a bypass is asked, and what it would lift."""
    return _("{letter}: {agency} {slot}, lifts {rules}").format(
        letter=letter,
        agency=isolated(agency),
        slot=left_to_right(slot),
        rules=left_to_right(", ".join(rules)),
    )


def settled(verdict_code: str, plans: str) -> str:
    """Say what was decided, with what became of the plans."""
    said = verdict(verdict_code)
    told, _semicolon, because = plans.partition(";")
    code, _colon, about = told.partition(":")
    if code not in set(PlansAnswer):
        return said
    done = name(PlansAnswer(code))
    if about:
        done = _("{done}: {about}").format(done=done, about=isolated(about))
    if because in set(HandoverReason):
        why = name(HandoverReason(because))
        done = _("{done}, though not first in time ({why})").format(done=done, why=why)
    return _("{said}. {done}").format(said=said, done=done)


def event(what: str, code: str) -> str:
    """Say one entry of the timeline: a plan and its state, or an approach and its answer."""
    if what == "approach":
        return _("Asked: {answer}").format(answer=name(ApproachOutcome(code)))
    return _("Debrief: {state}").format(state=name(DebriefState(code)))


def decided(verdict_code: str) -> str:
    """Say that a decision was taken."""
    return _("Decided: {answer}.").format(answer=verdict(verdict_code))


def side_detail(reference: str, state: str, saved: str) -> str:
    """Say which plan a side is, where it stands and since when."""
    if not reference:
        return _("No plan")
    parts = [left_to_right(reference), state]
    if saved:
        parts.append(_("registered {time}").format(time=left_to_right(saved)))
    return ", ".join(part for part in parts if part)


def reasons(answer: str) -> tuple[str, ...]:
    """Give reasons often given for an answer, to choose from or to write over."""
    listed = {
        "same": (
            _("Same wristband and event"),
            _("Same reference"),
            _("Confirmed with both agencies"),
            _("Confirmed on the register"),
        ),
        "different": (
            _("Different references"),
            _("Different wristbands of one boat"),
            _("Family members"),
            _("Confirmed with both agencies"),
            _("Confirmed on the register"),
        ),
        "unsure": (_("Reference not seen yet"), _("Records asked for")),
        "allow": (_("Agreed with both agencies"), _("Urgent, and nobody else is free")),
        "cancel": (_("No longer needed"), _("Planned anew"), _("Agreed with the agency")),
        "wait": (_("Healthcare"), _("Screening"), _("The agency")),
        "bypass": (
            _("Transfer within the hour"),
            _("Danger to life"),
            _("The other agency cannot be reached"),
        ),
    }
    return listed.get(answer, ())


def question(answer: str) -> str:
    """Say what the line below an answer asks for."""
    if answer == "wait":
        return _("Wait for whom? ↓ for a list")
    return _("Reason, kept in the record; ↓ for a list")


def pointer(agency: str, contact: str) -> str:
    """Say whom to ask about a record of another agency."""
    if not contact:
        return _("Ask {agency}").format(agency=isolated(agency))
    return _("Ask {agency}: {contact}").format(agency=isolated(agency), contact=isolated(contact))


def record_of_decision(
    verdict_code: str, plans: str, *, when: str, by: str, reason: str, undone: str
) -> tuple[str, str]:
    """Give a decision in two lines: what was decided, and why, by whom, when, whether undone."""
    parts = [isolated(reason)] if reason else []
    parts.append(_("{by}, {when}").format(by=isolated(by) or _("somebody"), when=when))
    if undone:
        parts.append(_("undone {when}").format(when=undone))
    return settled(verdict_code, plans), " · ".join(parts)
