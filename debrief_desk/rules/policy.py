"""A site's policy: every number and severity of the rules that may be set there.

The shipped policy is `resources/policy.toml`. A site's own is a mapping of what it changes; what
it does not name keeps the shipped value, so that a new number needs no new policy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final

from debrief_desk import paths
from debrief_desk.errors import WrongCall
from debrief_desk.rules.catalogue import RULES, Nature
from debrief_desk.rules.numbers import (
    RISING,
    SUBJECTS,
    Fitness,
    Identity,
    Interpreting,
    Keeping,
    Number,
    Safeguarding,
    Separation,
    Spacing,
    Voluntariness,
    Welfare,
    numbers,
)
from debrief_desk.rules.severity import Severity

SEVERITY: Final = "severity"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a site may set: numbers by subject, and severities by rule and part."""

    voluntariness: Voluntariness
    safeguarding: Safeguarding
    welfare: Welfare
    interpreting: Interpreting
    fitness: Fitness
    separation: Separation
    spacing: Spacing
    identity: Identity
    keeping: Keeping
    severities: tuple[tuple[str, Severity], ...]

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Policy:
        """Give the shipped policy with the values of `mapping` in their places.

        `mapping` has one table a subject and a table `severity` with keys `W-3` or `W-2.short`.
        Raises WrongCall `policy-unknown`, `policy-type`, `policy-range`, `policy-order`,
        `policy-weakened` (a rule of law or a fixed rule), `policy-elsewhere` (no policy sets it),
        `policy-no-stop` (information that may not bar a plan), each with `field`.
        """
        policy, faults = mended(mapping)
        if faults:
            raise faults[0]
        return policy

    def to_mapping(self) -> dict[str, Any]:
        """Give every value as plain numbers and text; `from_mapping` reads it back."""
        whole: dict[str, Any] = {name: asdict(getattr(self, name)) for name in SUBJECTS}
        whole[SEVERITY] = {name: str(severity) for name, severity in self.severities}
        return whole

    def severity(self, rule: str, part: str = "") -> Severity:
        """Give the severity of a rule, or of one part of it; KeyError where there is none."""
        return _severities(self.severities)[f"{rule}.{part}" if part else rule]


@cache
def default_policy() -> Policy:
    """Give the shipped policy."""
    return Policy.from_mapping({})


def mended(kept: object) -> tuple[Policy, tuple[WrongCall, ...]]:
    """Give the policy that `kept` describes, with shipped values for what is missing or wrong.

    Also gives what was wrong, as `Policy.from_mapping` would raise it; () where nothing was.
    """
    values = {name: dict(table) for name, table in _shipped().items()}
    faults: list[WrongCall] = []
    if not isinstance(kept, Mapping):
        faults.append(WrongCall("policy-type", field="policy"))
        kept = {}
    for subject, table in kept.items():
        if subject not in values:
            faults.append(WrongCall("policy-unknown", field=str(subject)))
        elif not isinstance(table, Mapping):
            faults.append(WrongCall("policy-type", field=subject))
        else:
            for name, value in table.items():
                fault = _fault(subject, str(name), value)
                if fault is None:
                    values[subject][name] = value
                else:
                    faults.append(fault)
    faults += _put_in_order(values)
    parts = {name: _part(name, kind, values[name]) for name, kind in SUBJECTS.items()}
    severities = tuple((name, Severity(values[SEVERITY][name])) for name in severity_names())
    return Policy(**parts, severities=severities), tuple(faults)


def settings(policy: Policy) -> dict[str, float | str]:
    """Give every value of a policy by its path: `welfare.rest_minutes`, `severity.W-2.short`."""
    return {
        f"{subject}.{name}": value
        for subject, table in policy.to_mapping().items()
        for name, value in table.items()
    }


def as_mapping(chosen: Mapping[str, float | str]) -> dict[str, dict[str, float | str]]:
    """Give values by path as `Policy.from_mapping` takes them."""
    tables: dict[str, dict[str, float | str]] = {}
    for path, value in chosen.items():
        subject, _, name = path.partition(".")
        tables.setdefault(subject, {})[name] = value
    return tables


@cache
def severity_names() -> dict[str, Severity]:
    """Give every name in a policy's table `severity` with the severity of the rule table."""
    return {
        f"{rule.id}.{part}" if part else rule.id: severity
        for rule in RULES.values()
        for part, severity in rule.severities.items()
    }


def severity_choices(name: str) -> tuple[Severity, ...]:
    """Give what a policy may choose for a name of `severity_names`, strongest first.

    Weaker than the table's only for a design judgement (`Rule.is_changeable`). A rule kept by the
    absence of a field, by a way of working or by the desk itself has no choice. What opens no
    conflict and stops nothing may not begin to stop: nobody could settle it.
    """
    rule, usual = RULES[name.partition(".")[0]], severity_names()[name]
    if usual is Severity.AUTO or rule.nature is not Nature.CHECK:
        return (usual,)
    may_stop = usual.stops or rule.kind is not None
    return tuple(
        severity
        for severity in Severity
        if severity is not Severity.AUTO
        and (severity.rank <= usual.rank or rule.is_changeable)
        and (may_stop or not severity.stops)
    )


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    with (paths.resources() / "policy.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _severities(pairs: tuple[tuple[str, Severity], ...]) -> dict[str, Severity]:
    return dict(pairs)


def _part(subject: str, kind: type[Any], values: Mapping[str, Any]) -> Any:
    known = numbers()
    return kind(
        **{
            part.name: values[part.name]
            if known[f"{subject}.{part.name}"].whole
            else float(values[part.name])
            for part in fields(kind)
        }
    )


def _fault(subject: str, name: str, value: object) -> WrongCall | None:
    """Give what is wrong with one value, None where it may stand."""
    path = f"{subject}.{name}"
    if subject == SEVERITY:
        return _severity_fault(name, value)
    number = numbers().get(path)
    if number is None:
        return WrongCall("policy-unknown", field=path)
    return _number_fault(number, value, _shipped()[subject][name])


def _number_fault(number: Number, value: object, shipped: float) -> WrongCall | None:
    path = number.path
    kinds = int if number.whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return WrongCall("policy-type", field=path)
    if not number.low <= value <= number.high:
        return WrongCall("policy-range", field=path, low=number.low, high=number.high)
    if number.weakens(value, shipped):
        return WrongCall("policy-weakened", field=path)
    if number.elsewhere and value != shipped:
        return WrongCall("policy-elsewhere", field=path)
    return None


def _severity_fault(name: str, value: object) -> WrongCall | None:
    path = f"{SEVERITY}.{name}"
    usual = severity_names().get(name)
    if usual is None:
        return WrongCall("policy-unknown", field=path)
    if value not in tuple(Severity):
        return WrongCall("policy-type", field=path)
    chosen, choices = Severity(str(value)), severity_choices(name)
    if chosen in choices:
        return None
    if Severity.AUTO in (chosen, usual) or chosen.rank > usual.rank:
        return WrongCall("policy-weakened", field=path)
    return WrongCall("policy-elsewhere" if len(choices) == 1 else "policy-no-stop", field=path)


def _put_in_order(values: dict[str, dict[str, Any]]) -> list[WrongCall]:
    """Put the shipped values back where two numbers stand the wrong way round; give these."""
    faults: list[WrongCall] = []
    while True:
        wrong = next((r for r in RISING if values[r[0]][r[1]] > values[r[0]][r[2]]), None)
        if wrong is None:
            return faults
        subject, *names = wrong
        low, high = (f"{subject}.{name}" for name in names)
        faults.append(WrongCall("policy-order", field=low, other=high))
        for name in names:
            values[subject][name] = _shipped()[subject][name]
