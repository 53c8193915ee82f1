"""What the page *Today* says: the greeting, the counts, and each thing somebody has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.wording import (
    N_,
    _,
    conflicts,
    day,
    isolated,
    left_to_right,
    london,
    ngettext,
)
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from debrief_desk.rules.codes import ReferralKind, Renewal
    from debrief_desk.rules.kinds import ConflictKind
    from debrief_desk.rules.states import DebriefState

_NOON: Final = 12
_EVENING: Final = 18
_NIGHT_ENDS: Final = 5
_NAMED: Final = 3
_NOTICES: Final = {
    "conflict_opened": N_("A plan of this agency is in conflict"),
    "conflict_decided": N_("A conflict of this agency is decided"),
    "conflict_reopened": N_("A conflict of this agency is open again"),
    "cancelled_no_approach": N_("{reference} is cancelled: no approach"),
    "cancelled_not_eligible": N_("{reference} is cancelled: not eligible, refer"),
    "cancelled_joined": N_("{reference} is cancelled: joined with another agency's debrief"),
    "cancelled_duplicate": N_("{reference} is cancelled: planned twice"),
    "cancelled_no_longer_needed": N_("{reference} is cancelled: no longer needed"),
    "cancelled_handed_over": N_("{reference} is handed over to another agency"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each kind wait."""

    conflicts: int = 0
    uncleared: int = 0
    notices: int = 0
    tasks: int = 0


def greeting(now: datetime, account: str) -> str:
    """Greet by the London clock."""
    hour = london(now).hour
    if hour < _NIGHT_ENDS or hour >= _EVENING:
        hello = _("Good evening, {name}")
    else:
        hello = _("Good morning, {name}") if hour < _NOON else _("Good afternoon, {name}")
    return hello.format(name=isolated(account))


def counts(now: datetime, waiting: Waiting, planned: int, cleared: int) -> str:
    """Say in one line which day it is, what waits, and how far the day is."""
    settle, uncleared, notices = waiting.conflicts, waiting.uncleared, waiting.notices
    parts = []
    if settle:
        parts.append(ngettext("{n} conflict", "{n} conflicts", settle).format(n=settle))
    if uncleared:
        parts.append(
            ngettext(
                "{n} debrief soon that is not cleared",
                "{n} debriefs soon that are not cleared",
                uncleared,
            ).format(n=uncleared)
        )
    if notices:
        parts.append(
            ngettext("{n} notice to pass on", "{n} notices to pass on", notices).format(n=notices)
        )
    if waiting.tasks:
        tasks = ngettext("{n} task", "{n} tasks", waiting.tasks)
        parts.append(tasks.format(n=waiting.tasks))
    work = ", ".join(parts) if parts else _("nothing waits for you")
    today = ngettext(
        "{n} debrief stands today, {cleared} of it cleared",
        "{n} debriefs stand today, {cleared} of them cleared",
        planned,
    ).format(n=planned, cleared=cleared)
    return f"{left_to_right(day(now))}: {work}. {today}."


def conflict(kind: ConflictKind, people: str) -> str:
    """Name a conflict by its kind and whom it is about."""
    return f"{name(kind)}: {isolated(people)}" if people else name(kind)


def conflict_detail(
    agencies: Sequence[str], owner: str, waiting_for: str, reopened_because: str = ""
) -> str:
    """Say which agencies it is between, who has it, and why it is there again."""
    parts = [_(" and ").join(isolated(agency) for agency in agencies)] if agencies else []
    if waiting_for:
        parts.append(_("waits for {whom}").format(whom=isolated(waiting_for)))
    elif owner:
        parts.append(_("taken by {whom}").format(whom=isolated(owner)))
    if reopened_because:
        parts.append(conflicts.reopened(reopened_because) or _("reopened"))
    return " · ".join(parts)


def uncleared(person: str, reference: str) -> str:
    """Name a debrief that is not cleared."""
    return _("Not cleared: {person}").format(person=isolated(person) or left_to_right(reference))


def uncleared_detail(agency: str, room: str, missing: int, *, bars: bool) -> str:
    """Say whose it is, where, and what is still open."""
    parts = [isolated(agency)]
    if room:
        parts.append(isolated(room))
    if missing:
        parts.append(
            ngettext("{n} thing not recorded yet", "{n} things not recorded yet", missing).format(
                n=missing
            )
        )
    elif not bars:
        parts.append(_("nothing is in the way"))
    return " · ".join(parts)


def notice(code: str, reference: str) -> str:
    """Say what an agency has to be told."""
    text = _NOTICES.get(code, N_("{reference} is cancelled"))
    return _(text).format(reference=left_to_right(reference) or _("A plan"))


def notice_detail(agency: str, contact: str, *, own: bool) -> str:
    """Say who has to hear of it and how they are reached."""
    if own:
        return _("For your agency")
    if contact:
        return _("Tell {agency}: {contact}").format(
            agency=isolated(agency), contact=isolated(contact)
        )
    return _("Tell {agency}; no contact is recorded").format(agency=isolated(agency))


def referral(kind: ReferralKind, person: str) -> str:
    """Name a referral that waits."""
    return _("Refer: {person}, {task}").format(person=isolated(person), task=name(kind))


def referral_detail(agency: str, owner: str, *, overdue: bool) -> str:
    """Say who sees to a referral, and whether it is late."""
    parts = [isolated(owner) if owner else _("nobody named yet"), isolated(agency)]
    if overdue:
        parts.append(_("overdue"))
    return " · ".join(dict.fromkeys(parts))


def bypass(stage: str, about: str) -> str:
    """Say what an emergency bypass waits for (D-11)."""
    text = {
        "asked": N_("Bypass asked for: {about}"),
        "stands": N_("Bypass to review: {about}"),
        "overdue": N_("Bypass review overdue: {about}"),
    }[stage]
    return _(text).format(about=isolated(about))


def bypass_detail(agency: str, asked_by: str) -> str:
    """Say whose plan a bypass is for, and who asked."""
    asked = _("asked by {who}").format(who=isolated(asked_by)) if asked_by else ""
    return " · ".join(part for part in (isolated(agency), asked) if part)


def opinion(number: int) -> str:
    """Name a second opinion to give without the first answer in sight."""
    return _("Blind second opinion on conflict {number}").format(number=left_to_right(str(number)))


def opinion_detail(agencies: Sequence[str]) -> str:
    """Say between which agencies the conflict is."""
    return _(" and ").join(isolated(agency) for agency in agencies)


def reopening(person: str) -> str:
    """Name somebody who asked to talk after all (V-5)."""
    return _("Asked to talk after all: {person}").format(person=isolated(person))


def reopening_detail() -> str:
    """Say what is waited for."""
    return _("A second officer confirms it; until then nobody may plan.")


def renewals(count: int, ended: int) -> str:
    """Say how many authorisations and the like end soon, and how many have ended."""
    text = ngettext("{n} paper to renew", "{n} papers to renew", count).format(n=count)
    if ended == count == 1:
        return text + _(", it has ended")
    if ended:
        text += ngettext(", {n} of them has ended", ", {n} of them have ended", ended).format(
            n=ended
        )
    return text


def renewals_detail(soonest: Sequence[tuple[str, Renewal]]) -> str:
    """Name the first few of what ends."""
    shown = [
        _("{who}: {what}").format(who=isolated(who), what=name(what))
        for who, what in soonest[:_NAMED]
    ]
    if len(soonest) > _NAMED:
        shown.append(_("…"))
    return " · ".join(shown)


def away(now: datetime, at: datetime) -> str:
    """Say how far off a moment is: `in 25 min`, `now`, `10 min ago`; "" beyond a day."""
    minutes = round((at - now).total_seconds() / 60)
    if abs(minutes) >= 24 * 60:
        return ""
    if minutes == 0:
        return _("now")
    hours, rest = divmod(abs(minutes), 60)
    length = _("{n} h").format(n=hours) if hours else ""
    if rest:
        length = f"{length} {_('{n} min').format(n=rest)}".strip()
    return (_("in {length}") if minutes > 0 else _("{length} ago")).format(length=length)


def more_conflicts(count: int) -> str:
    """Say how many conflicts wait beyond those shown."""
    return ngettext("{n} more conflict", "{n} more conflicts", count).format(n=count)


def more_debriefs(count: int) -> str:
    """Say how many uncleared debriefs wait beyond those shown."""
    return ngettext("{n} more debrief", "{n} more debriefs", count).format(n=count)


def coming(room: str, language: str, lead: str, agency: str) -> str:
    """Say where the next debrief is, in which language, and who leads it for whom."""
    shown = (
        room or _("no room yet"),
        language or _("language not recorded"),
        lead or _("no lead yet"),
        agency,
    )
    return " · ".join(isolated(part) for part in shown if part)


def lacking(state: DebriefState, missing: str) -> str:
    """Say where a debrief stands, and what is missing."""
    if not missing:
        return name(state)
    return _("{state}; missing: {what}").format(state=name(state), what=missing)
