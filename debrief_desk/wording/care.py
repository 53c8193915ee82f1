"""What a person's card says of what protects them: ages, busy times, tasks and safeguards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import ReferralKind
from debrief_desk.wording import (
    _,
    day,
    day_and_clock,
    isolated,
    left_to_right,
    ngettext,
    span,
)
from debrief_desk.wording.names import name
from debrief_desk.wording.people import moment, unrecorded, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from debrief_desk.rules.codes import BusyKind, Indicator


def age(decider: str, decided_on: date, *, adult: bool) -> str:
    """Write a decision about somebody's age: who decided what, and when."""
    text = _("Adult, decided by {who}, {day}") if adult else _("Child, decided by {who}, {day}")
    return text.format(who=isolated(decider), day=left_to_right(day(decided_on)))


def busy(kind: BusyKind, room: str) -> str:
    """Write what else is in somebody's day."""
    return f"{name(kind)} · {isolated(room)}" if room else name(kind)


def busy_when(start: datetime, end: datetime) -> str:
    """Write when that is."""
    return f"{day(start)} {span(start, end)}"


def busy_recorded(start: datetime, end: datetime) -> str:
    """Say that a time is kept free for something else."""
    return _("{span} is kept for that; plans for this person are checked again.").format(
        span=left_to_right(span(start, end))
    )


def task(kind: ReferralKind, reference: str) -> str:
    """Name a task, with the debrief it came from."""
    if not reference:
        return name(kind)
    return _("{task} ({reference})").format(task=name(kind), reference=left_to_right(reference))


def task_done(at: datetime, by: str) -> str:
    """Write who has done a task, and when."""
    return _("Done {when} by {who}").format(
        when=left_to_right(day_and_clock(at)), who=isolated(by) or _("somebody")
    )


def task_due(owner: str, due_at: datetime, *, overdue: bool) -> str:
    """Write who sees to a task, and by when."""
    who = isolated(owner) or _("nobody yet")
    due = left_to_right(day_and_clock(due_at))
    text = _("{who}, overdue since {due}") if overdue else _("{who}, due {due}")
    return text.format(who=who, due=due)


def consented() -> str:
    """Say that an adult agrees to a referral."""
    return _("Recorded. The task is now: {task}.").format(task=name(ReferralKind.NRM))


def named(found: Iterable[Indicator]) -> str:
    """Name the categories on record."""
    return ", ".join(sorted(name(one) for one in found)) or unrecorded()


def safeguards(
    *,
    indicators: frozenset[Indicator],
    bereaved: bool | None,
    facilitator_near: bool | None,
    alone: bool | None,
    dependants: int | None,
    carer: bool | None,
    representative: bool | None,
    notified_at: datetime | None,
    compulsory_power_at: datetime | None,
) -> tuple[tuple[str, str], ...]:
    """Give label and word of what is recorded about safety; None (not recorded) is left out."""
    pairs = (
        (_("At risk"), named(indicators), bool(indicators)),
        (_("Bereaved or survivor"), yes_no(bereaved), bereaved is not None),
        (_("Harm if seen talking"), yes_no(facilitator_near), facilitator_near is not None),
        (_("Travels alone"), yes_no(alone), alone is not None),
        (_("Children with them"), _children(dependants or 0, carer), dependants is not None),
        (
            _("Legal representative"),
            _representative(representative, notified_at),
            representative is not None,
        ),
        (_("Compulsory power used"), moment(compulsory_power_at), compulsory_power_at is not None),
    )
    return tuple((label, word) for label, word, told in pairs if told)


def _children(count: int, carer: bool | None) -> str:
    if not count:
        return _("none")
    text = ngettext("{n} child", "{n} children", count).format(n=count)
    cared = _("a carer is named") if carer else _("no carer is named")
    return f"{text}, {cared}"


def _representative(has_one: bool | None, notified_at: datetime | None) -> str:
    if not has_one:
        return _("none")
    if notified_at is None:
        return _("named, not notified yet")
    return _("notified {when}").format(when=left_to_right(day_and_clock(notified_at)))


def refer_children() -> str:
    """Say on the card where somebody goes whose age is disputed, or who is a child."""
    return _("Nobody plans a debrief until an age decision says adult.")
