"""What a proposed roster says: offers, their cost, what a line changes, and why one was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, clock, findings, isolated, reasons

if TYPE_CHECKING:
    from datetime import datetime

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
