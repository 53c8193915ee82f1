"""The policy in force as a page shows it: section by section, with ranges and defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions.desks import kept_policy
from debrief_desk.actions.rights import holds, reads
from debrief_desk.rules.numbers import SUBJECTS, Number, numbers
from debrief_desk.rules.policy import (
    SEVERITY,
    Policy,
    default_policy,
    settings,
    severity_choices,
    severity_names,
)
from debrief_desk.rules.roles import Right
from debrief_desk.wording import policy as words
from debrief_desk.wording import policy_failures, rules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.policies import Settings
    from debrief_desk.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the policy; `default` and `value` in its unit, `statement` of its rule."""

    path: str
    rule: str
    label: str
    statement: str
    allowed: str
    unit: str
    whole: bool
    default: float
    value: float
    may_change: bool


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """A severity of the policy; `choices` strongest first, one alone where none is to be made."""

    path: str
    rule: str
    part: str
    statement: str
    bound: str
    choices: tuple[Severity, ...]
    default: Severity
    value: Severity


@dataclass(frozen=True, slots=True)
class Section:
    """A section of `policy.toml`, with its numbers or its severities."""

    key: str
    title: str
    numbers: tuple[NumberRow, ...] = ()
    severities: tuple[SeverityRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """The policy in force, section by section; `faults` says what the file holds that cannot."""

    sections: tuple[Section, ...]
    faults: str
    may_edit: bool


@reads(None)
def in_force(session: Session) -> PolicyCard:
    """Give the policy that holds now, every number and severity of it."""
    held, faults = kept_policy(session)
    values, shipped = settings(held), settings(default_policy())
    sections = [
        Section(
            subject,
            words.section(subject),
            numbers=tuple(
                _number(number, values, shipped, held)
                for number in numbers().values()
                if number.subject == subject
            ),
        )
        for subject in SUBJECTS
    ]
    names = tuple(_severity(name, held) for name in severity_names())
    sections.append(Section(SEVERITY, words.section(SEVERITY), severities=names))
    fields = tuple(str(fault.values.get("field", "")) for fault in faults)
    said = policy_failures.kept_with_faults(fields) if fields else ""
    return PolicyCard(tuple(sections), said, holds(session, Right.EDIT_POLICY))


def _number(number: Number, values: Settings, shipped: Settings, held: Policy) -> NumberRow:
    path = number.path
    default = float(values[path] if number.elsewhere else shipped[path])
    return NumberRow(
        path=path,
        rule=number.rule,
        label=words.label(path),
        statement=rules.statement(number.rule, held) if number.rule else "",
        allowed=words.allowed(number, default),
        unit=words.unit_word(number.unit),
        whole=number.whole,
        default=default,
        value=float(values[path]),
        may_change=not number.elsewhere,
    )


def _severity(name: str, held: Policy) -> SeverityRow:
    rule, _, part = name.partition(".")
    return SeverityRow(
        path=f"{SEVERITY}.{name}",
        rule=rule,
        part=words.part(name),
        statement=rules.statement(rule, held),
        bound=words.bound(rule),
        choices=severity_choices(name),
        default=severity_names()[name],
        value=held.severity(rule, part),
    )
