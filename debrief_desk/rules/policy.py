"""A site's policy: every number and severity of the rules that may be set there.

The shipped policy is `resources/policy.toml`. A site's own is a mapping of what it changes; what
it does not name keeps the shipped value, so that a new number needs no new policy.
"""

from __future__ import annotations

import tomllib
from dataclasses import Field, asdict, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from debrief_desk import paths
from debrief_desk.errors import WrongCall
from debrief_desk.rules.catalogue import RULES
from debrief_desk.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY: Final = 1440
_WEEK: Final = 7 * _DAY


def _within(low: float, high: float, *, law: bool = False) -> Any:
    """Describe a number that may lie in low..high; `law` marks a limit that is the law's."""
    return field(metadata={"low": low, "high": high, "law": law})


@dataclass(frozen=True, slots=True)
class Voluntariness:
    """V-rules. Minutes, and a count of attempts in one stay."""

    power_minutes: int = _within(0, _DAY)
    unanswered_attempts: int = _within(1, 10)


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """S-rules. Minutes from landing during which the bereaved are not approached."""

    bereaved_minutes: int = _within(0, _WEEK)


@dataclass(frozen=True, slots=True)
class Welfare:
    """W-rules. Minutes; hours of the London clock for the night (23 means 23:00)."""

    rest_minutes: int = _within(0, _DAY)
    least_rest_minutes: int = _within(0, _DAY)
    arrival_minutes: int = _within(0, _DAY)
    night_from_hour: int = _within(18, 24)
    night_to_hour: int = _within(0, 12)
    usual_minutes: int = _within(10, 240)
    break_minutes: int = _within(10, 240)
    longest_minutes: int = _within(10, 240)
    before_transfer_minutes: int = _within(0, _DAY)
    stay_limit_minutes: int = _within(60, _WEEK, law=True)


@dataclass(frozen=True, slots=True)
class Interpreting:
    """I-rules. Minutes between two bookings, and of interpreting in one shift."""

    gap_minutes: int = _within(0, 240)
    shift_minutes: int = _within(30, _DAY)


@dataclass(frozen=True, slots=True)
class Fitness:
    """X-rules. Tiers and PIP levels 1 to 5, counts of debriefs, calendar months, minutes."""

    lead_tier: int = _within(1, 5)
    lead_pip: int = _within(1, 4)
    lead_debriefs: int = _within(0, 1000)
    lead_supervised: int = _within(0, 100)
    supervised_until: int = _within(0, 1000)
    recent_months: int = _within(1, 60)
    idle_months: int = _within(1, 120)
    refresher_months: int = _within(1, 120)
    interviewers: int = _within(1, 2)
    vulnerable_tier: int = _within(1, 5)
    complex_flags: int = _within(1, 10)
    duty_debriefs: int = _within(1, 20)
    duty_minutes: int = _within(60, _DAY)
    rest_minutes: int = _within(0, _DAY)
    reminder_days: int = _within(0, 365)


@dataclass(frozen=True, slots=True)
class Separation:
    """A-rules. Minutes kept free on either side of screening."""

    screening_minutes: int = _within(0, _DAY)


@dataclass(frozen=True, slots=True)
class Spacing:
    """D-rules. Minutes, counts in one stay, and debriefs of one boat at one moment."""

    approach_minutes: int = _within(0, _WEEK)
    approaches: int = _within(1, 10)
    completed: int = _within(1, 10)
    same_boat: int = _within(1, 50)
    confirm_minutes: int = _within(0, _DAY)
    overdue_minutes: int = _within(0, _DAY)
    review_minutes: int = _within(0, _WEEK)


@dataclass(frozen=True, slots=True)
class Identity:
    """Lowest probabilities 0..1 of each band; the share 0..1 of decisions read twice, blind."""

    near_certain: float = _within(0.5, 1)
    probable: float = _within(0.3, 1)
    possible: float = _within(0.01, 1)
    second_reading: float = _within(0, 1)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Retention in days, and the smallest number of people a published figure may stand for."""

    identity_days: int = _within(1, 3650)
    marker_days: int = _within(1, 3650)
    smallest_cell: int = _within(1, 100)


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
        `policy-weakened` (a rule of law or a fixed rule), each with `field`.
        """
        return _read(mapping, _shipped())

    def to_mapping(self) -> dict[str, Any]:
        """Give every value as plain numbers and text; `from_mapping` reads it back."""
        whole: dict[str, Any] = {
            part.name: asdict(getattr(self, part.name))
            for part in fields(self)
            if part.name != "severities"
        }
        whole["severity"] = {name: str(severity) for name, severity in self.severities}
        return whole

    def severity(self, rule: str, part: str = "") -> Severity:
        """Give the severity of a rule, or of one part of it; KeyError where there is none."""
        return _severities(self.severities)[f"{rule}.{part}" if part else rule]


SUBJECTS: Final[dict[str, type[Any]]] = {
    "voluntariness": Voluntariness,
    "safeguarding": Safeguarding,
    "welfare": Welfare,
    "interpreting": Interpreting,
    "fitness": Fitness,
    "separation": Separation,
    "spacing": Spacing,
    "identity": Identity,
    "keeping": Keeping,
}
"""The subjects of a policy and their classes; a field's metadata has `low`, `high` and `law`."""

_RISING: Final = (
    ("welfare", "least_rest_minutes", "rest_minutes"),
    ("welfare", "break_minutes", "longest_minutes"),
    ("welfare", "usual_minutes", "longest_minutes"),
    ("fitness", "recent_months", "idle_months"),
    ("identity", "possible", "probable"),
    ("identity", "probable", "near_certain"),
)


@cache
def default_policy() -> Policy:
    """Give the shipped policy."""
    return Policy.from_mapping({})


def severity_names() -> dict[str, Severity]:
    """Give every name in a policy's table `severity` with the severity of the rule table."""
    return {
        f"{rule.id}.{part}" if part else rule.id: severity
        for rule in RULES.values()
        for part, severity in rule.severities.items()
    }


@cache
def _shipped() -> dict[str, Any]:
    with (paths.resources() / "policy.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _severities(pairs: tuple[tuple[str, Severity], ...]) -> dict[str, Severity]:
    return dict(pairs)


def _read(mapping: Mapping[str, Any], shipped: Mapping[str, Any]) -> Policy:
    for name in mapping:
        if name not in SUBJECTS and name != "severity":
            raise WrongCall("policy-unknown", field=name)
    parts = {
        name: _subject(name, kind, {**shipped[name], **_table(mapping, name)})
        for name, kind in SUBJECTS.items()
    }
    for subject, low, high in _RISING:
        if getattr(parts[subject], low) > getattr(parts[subject], high):
            raise WrongCall("policy-order", field=f"{subject}.{low}", other=f"{subject}.{high}")
    severities = _chosen({**shipped["severity"], **_table(mapping, "severity")})
    return Policy(**parts, severities=severities)


def _table(mapping: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = mapping.get(name, {})
    if not isinstance(table, dict):
        raise WrongCall("policy-type", field=name)
    return table


def _subject(name: str, kind: type[Any], values: dict[str, Any]) -> Any:
    known = {part.name: part for part in fields(kind)}
    for key in values:
        if key not in known:
            raise WrongCall("policy-unknown", field=f"{name}.{key}")
    return kind(**{key: _number(name, part, values[key]) for key, part in known.items()})


def _number(subject: str, part: Field[Any], value: object) -> int | float:
    place = f"{subject}.{part.name}"
    whole = part.type in ("int", int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise WrongCall("policy-type", field=place)
    if not part.metadata["low"] <= value <= part.metadata["high"]:
        low, high = part.metadata["low"], part.metadata["high"]
        raise WrongCall("policy-range", field=place, low=low, high=high)
    return value if whole else float(value)


def _chosen(values: dict[str, Any]) -> tuple[tuple[str, Severity], ...]:
    usual = severity_names()
    for name, value in values.items():
        if name not in usual:
            raise WrongCall("policy-unknown", field=f"severity.{name}")
        if value not in tuple(Severity):
            raise WrongCall("policy-type", field=f"severity.{name}")
        if _is_weaker(name, Severity(value), usual[name]):
            raise WrongCall("policy-weakened", field=f"severity.{name}")
    return tuple((name, Severity(values[name])) for name in usual)


def _is_weaker(name: str, chosen: Severity, usual: Severity) -> bool:
    rule = RULES[name.partition(".")[0]]
    if Severity.AUTO in (chosen, usual):  # the desk's own act is no matter of degree
        return chosen is not usual
    return chosen.rank > usual.rank and not rule.is_changeable
