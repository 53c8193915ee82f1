"""A finding: one rule that speaks about one plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.rules.catalogue import NEVER_SAVED, RULES

if TYPE_CHECKING:
    from debrief_desk.rules.kinds import ConflictKind
    from debrief_desk.rules.policy import Policy
    from debrief_desk.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one plan.

    `reason` is the rule's own code for which of its cases this is; it chooses the sentence.
    `kind` is the conflict it opens, `None` where it opens none. `todo` means that something is
    merely not recorded yet. `refused` means that nobody can save such a plan (V-4, C-1, C-2, A-4).
    `subject` holds the ids the finding is about (person, staff, other plan): findings of several
    plans with equal rule and subject are one item in the inbox. `values` fill the sentence.
    """

    rule: str
    severity: Severity
    reason: str = ""
    kind: ConflictKind | None = None
    todo: bool = False
    refused: bool = False
    subject: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Give what a decision is recorded against: the rule and whom it is about."""
        return self.rule, self.subject

    def value(self, name: str) -> object:
        """Give one value of the sentence, `None` where there is none."""
        return dict(self.values).get(name)


def found(
    policy: Policy,
    rule: str,
    reason: str,
    *subject: str,
    part: str = "",
    todo: bool = False,
    **values: object,
) -> Finding:
    """Give the finding of `rule` with today's severity and, where it stops, its conflict.

    A to-do opens no conflict and refuses nobody; a finding below HARD* opens no conflict.
    """
    severity = policy.severity(rule, part)
    bites = severity.stops and not todo
    return Finding(
        rule=rule,
        severity=severity,
        reason=reason,
        kind=RULES[rule].kind if bites else None,
        todo=todo,
        refused=bites and rule in NEVER_SAVED,
        subject=subject,
        values=tuple(values.items()),
    )
