"""What a proposed roster says: offers, their cost, what a line changes, and why one was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, findings

if TYPE_CHECKING:
    from debrief_desk.rules.finding import Finding


def held(finding: Finding | None) -> str:
    """Say why a debrief is not planned at all; None where it stands as people were told."""
    if finding is None:
        return _("Stands as it is and is not planned again.")
    said = findings.said(finding)
    return " ".join(part for part in (said.what, said.why, said.next) if part)
