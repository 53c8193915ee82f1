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
    from datetime import datetime

    from debrief_desk.actions.ages import AgeRow
    from debrief_desk.actions.busy import BusyRow
    from debrief_desk.actions.care import Care
    from debrief_desk.actions.referrals import ReferralRow
    from debrief_desk.rules.codes import Indicator


def age(row: AgeRow) -> str:
    """Write a decision about somebody's age: who decided what, and when."""
    text = _("Adult, decided by {who}, {day}") if row.adult else _("Child, decided by {who}, {day}")
    return text.format(who=isolated(row.decider), day=left_to_right(day(row.decided_on)))


def busy(row: BusyRow) -> str:
    """Write what else is in somebody's day."""
    parts = [name(row.kind), isolated(row.room) if row.room else ""]
    return " · ".join(part for part in parts if part)


def busy_when(row: BusyRow) -> str:
    """Write when that is."""
    return f"{day(row.starts_at)} {span(row.starts_at, row.ends_at)}"


def busy_recorded(start: datetime, end: datetime) -> str:
    """Say that a time is kept free for something else."""
    return _("{span} is kept for that; plans for this person are checked again.").format(
        span=left_to_right(span(start, end))
    )


def task(row: ReferralRow) -> str:
    """Name a task, with the debrief it came from."""
    if not row.reference:
        return name(row.kind)
    return _("{task} ({reference})").format(
        task=name(row.kind), reference=left_to_right(row.reference)
    )


def task_line(row: ReferralRow) -> str:
    """Write who sees to a task and by when, or who has done it."""
    who = isolated(row.owner) or _("nobody yet")
    if row.done_at is not None:
        return _("Done {when} by {who}").format(
            when=left_to_right(day_and_clock(row.done_at)), who=isolated(row.done_by) or who
        )
    due = left_to_right(day_and_clock(row.due_at))
    text = _("{who}, overdue since {due}") if row.overdue else _("{who}, due {due}")
    return text.format(who=who, due=due)


def consented() -> str:
    """Say that an adult agrees to a referral."""
    return _("Recorded. The task is now: {task}.").format(task=name(ReferralKind.NRM))


def indicators(found: Iterable[Indicator]) -> str:
    """Name the categories on record."""
    return ", ".join(sorted(name(one) for one in found)) or unrecorded()


def safeguards(care: Care) -> tuple[tuple[str, str], ...]:
    """Give label and word of what is recorded about safety; what is not recorded is left out."""
    pairs = (
        (_("At risk"), indicators(care.indicators), bool(care.indicators)),
        (_("Bereaved or survivor"), yes_no(care.bereaved), care.bereaved is not None),
        (
            _("Harm if seen talking"),
            yes_no(care.facilitator_near),
            care.facilitator_near is not None,
        ),
        (_("Travels alone"), yes_no(care.alone), care.alone is not None),
        (_("Children with them"), _children(care), care.dependants is not None),
        (_("Legal representative"), _representative(care), care.legal_rep is not None),
        (
            _("Compulsory power used"),
            moment(care.compulsory_power_at),
            care.compulsory_power_at is not None,
        ),
    )
    return tuple((label, word) for label, word, told in pairs if told)


def _children(care: Care) -> str:
    count = care.dependants or 0
    if not count:
        return _("none")
    text = ngettext("{n} child", "{n} children", count).format(n=count)
    cared = _("a carer is named") if care.carer_recorded else _("no carer is named")
    return f"{text}, {cared}"


def _representative(care: Care) -> str:
    if not care.legal_rep:
        return _("none")
    if care.legal_rep_notified_at is None:
        return _("named, not notified yet")
    return _("notified {when}").format(
        when=left_to_right(day_and_clock(care.legal_rep_notified_at))
    )


def refer_children() -> str:
    """Say on the card where somebody goes whose age is disputed, or who is a child."""
    return _("Nobody plans a debrief until an age decision says adult.")
