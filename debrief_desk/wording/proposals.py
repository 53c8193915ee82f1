"""What a proposed roster says: offers, their cost, what a line changes, and why one was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, clock, findings, isolated, left_to_right, ngettext, reasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from debrief_desk.planning import Costs
    from debrief_desk.rules.finding import Finding


def held(finding: Finding | None) -> str:
    """Say why a debrief is not planned at all; None where it stands as people were told."""
    if finding is None:
        return _("Stands as it is and is not planned again.")
    said = findings.said(finding)
    return " ".join(part for part in (said.what, said.why, said.next) if part)


def against(finding: Finding) -> str:
    """Say what a rule has against a line or a slot, and that nothing was changed by it."""
    said = findings.said(finding)
    return " ".join(part for part in (said.what, said.next) if part)


def changed_since() -> str:
    """Say that a line is about something that was changed after it was proposed."""
    return _("Somebody changed this debrief since. It stays as it is; propose again.")


def stays() -> str:
    """Say that a debrief was confirmed, begun or pinned since."""
    return _(
        "It has been confirmed, pinned or begun, or begins soon. It stays as people were told."
    )


def joint_needs_supervisor() -> str:
    """Say who may join two agencies' debriefs."""
    return _("Two agencies want this person. A supervisor decides whether they go together.")


def joint_reason() -> str:
    """Give the reason kept with the decision to join."""
    return _("Joined as the proposed roster suggests: one debrief for both agencies.")


def violation(rule: str) -> str:
    """Say which hard rule a line would break beside what stands now."""
    return _("It no longer fits what stands now. {rule} It stays as it is.").format(
        rule=reasons.rule(rule)
    )


def issued_already() -> str:
    """Say why nothing may be planned afresh: a roster is out."""
    return _("A roster of this day is issued: people have been told. Only what must move may move.")


def confirmed_already() -> str:
    """Say why nothing may be planned afresh: somebody confirmed."""
    return _("Some debriefs are confirmed: people have been told. Only what must move may move.")


def stood(starts_at: datetime, room: str, lead: str) -> str:
    """Say in short where a debrief stands now."""
    parts = (clock(starts_at), isolated(room) if room else "", isolated(lead) if lead else "")
    return " · ".join(part for part in parts if part)


def mode_name(mode: str) -> str:
    """Name a way of re-planning."""
    return {
        "freeze": _("Keep what stands"),
        "gentle": _("Rearrange a little"),
        "open": _("Start afresh"),
    }[mode]


def mode_remark(mode: str) -> str:
    """Say what a way of re-planning does."""
    return {
        "freeze": _("Every booking that is still legal stays; the others get a place around them."),
        "gentle": _("Also offers to move a few bookings where that gives more people a place."),
        "open": _("Also offers to plan the day anew. Only while nobody has been told."),
    }[mode]


def placed(count: int, asked: int) -> str:
    """Say how many debriefs have a place."""
    return _("{placed} of {asked} placed").format(placed=f"{count:,}", asked=f"{asked:,}")


def line_kind(kind: str) -> str:
    """Name what a line does."""
    return {
        "placed": _("Placed"),
        "moved": _("Moved"),
        "restaffed": _("New team"),
        "joined": _("Joint"),
        "dropped": _("Waits"),
    }[kind]


def part(name: str) -> str:
    """Name a part of a booking that changes."""
    return {
        "start": _("time"),
        "room": _("room"),
        "lead": _("lead"),
        "second": _("second"),
        "interpreter": _("interpreter"),
    }[name]


def costs(told: Costs) -> str:
    """Say the four levels of a plan's cost; a later one never buys an earlier one."""
    return " · ".join(
        (
            _("Points lost: people without a place {n}").format(n=f"{told.unplaced:,}"),
            _("change to what people were told {n}").format(n=f"{told.change:,}"),
            _("waiting and wishes {n}").format(n=f"{told.quality:,}"),
            _("load {n}").format(n=f"{told.load:,}"),
        )
    )


def costs_explained() -> str:
    """Say how the four levels are compared."""
    return _(
        "Plans are compared by the first number, then the second, and so on: no number of smaller "
        "faults ever buys a larger one. What people answered never counts."
    )


def running(placed_now: int, asked: int, seconds: float) -> str:
    """Say how far planning is."""
    return _("Planning: {placed}, {seconds} s").format(
        placed=placed(placed_now, asked), seconds=f"{seconds:.0f}"
    )


def stopping() -> str:
    """Say that the best plan so far is taken."""
    return _("Stopping; the best plan so far is shown.")


def taken(count: int, refused: int) -> str:
    """Say what became of an acceptance."""
    said = ngettext("{n} line accepted.", "{n} lines accepted.", count).format(n=count)
    if not refused:
        return said
    more = ngettext(
        "{n} no longer fits and stays as it is.", "{n} no longer fit and stay as they are.", refused
    ).format(n=refused)
    return f"{said} {more}"


def refusal(reference: str, sentence: str) -> str:
    """Say of one line why it was not taken."""
    return f"{left_to_right(reference)}: {sentence}"


def lines(count: int, kept: int) -> str:
    """Say how many lines a proposal has, and how many debriefs stay as they are."""
    return " · ".join(
        (
            ngettext("{n} line", "{n} lines", count).format(n=count),
            ngettext("{n} stays as it is", "{n} stay as they are", kept).format(n=kept),
        )
    )


def first_refusals(said: Sequence[str]) -> str:
    """Put what was not taken into one strip: the first three, and how many more."""
    shown = " ".join(said[:3])
    rest = len(said) - 3
    if rest <= 0:
        return shown
    return f"{shown} " + ngettext("{n} more.", "{n} more.", rest).format(n=rest)


def beginning() -> str:
    """Say that a plan is being begun."""
    return _("Reading the day…")


def no_more(furthest: str, offers: int) -> str:
    """Say which further ways were tried and gave nobody else a place; "" where none was."""
    if furthest == "freeze" or offers > 1:
        return ""
    return _("Moving more was tried: it gives nobody else a place.")


def only_together(said: Sequence[str], others: int) -> str:
    """Say why lines were not taken alone, and with how many others they would be."""
    more = ngettext(
        "It fits together with {n} other line.", "It fits together with {n} other lines.", others
    ).format(n=others)
    return f"{first_refusals(said)} {more}"
