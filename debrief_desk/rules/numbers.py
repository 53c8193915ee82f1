"""The numbers a policy may set: by subject, with their limits, their unit and their stricter side.

What *weaker* means: every number names the rule it belongs to and the side on which the rule lets
less through (`Stricter`). A number is *bound* where its rule is the law's or protects a person's
no, a child or a suspect (`Rule.is_bound`); a policy may move a bound number to its stricter side
only. All other numbers are design defaults, free within their limits (DOMAIN.md section 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any, Final

from debrief_desk.rules.catalogue import RULES

_DAY: Final = 1440
_WEEK: Final = 7 * _DAY


class Stricter(StrEnum):
    """On which side of a number its rule lets less through."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a number counts."""

    MINUTES = "minutes"
    HOUR = "hour"
    DAYS = "days"
    MONTHS = "months"
    COUNT = "count"
    SHARE = "share"


MORE: Final = Stricter.MORE
LESS: Final = Stricter.LESS


def _number(
    low: float,
    high: float,
    rule: str = "",
    stricter: Stricter = Stricter.NEITHER,
    *,
    elsewhere: bool = False,
) -> Any:
    """Describe a number in low..high; `elsewhere`: it is shown, and what sets it is no policy."""
    return field(
        metadata={
            "low": low,
            "high": high,
            "rule": rule,
            "stricter": stricter,
            "elsewhere": elsewhere,
        }
    )


@dataclass(frozen=True, slots=True)
class Voluntariness:
    """V-rules. Minutes, and a count of attempts in one stay."""

    power_minutes: int = _number(0, _DAY, "V-7", MORE)
    unanswered_attempts: int = _number(1, 10, "V-8", LESS)


@dataclass(frozen=True, slots=True)
class Safeguarding:
    """S-rules. Minutes from landing during which the bereaved are not approached."""

    bereaved_minutes: int = _number(0, _WEEK, "S-4", MORE)


@dataclass(frozen=True, slots=True)
class Welfare:
    """W-rules. Minutes; hours of the London clock for the night (23 means 23:00).

    `stay_limit_minutes` is the law's limit for the site and is set with the site.
    """

    rest_minutes: int = _number(0, _DAY, "W-2", MORE)
    least_rest_minutes: int = _number(0, _DAY, "W-2", MORE)
    arrival_minutes: int = _number(0, _DAY, "W-2", MORE)
    night_from_hour: int = _number(18, 24, "W-3", LESS)
    night_to_hour: int = _number(0, 12, "W-3", MORE)
    usual_minutes: int = _number(10, 240, "W-5", LESS)
    break_minutes: int = _number(10, 240, "W-5", LESS)
    longest_minutes: int = _number(10, 240, "W-5", LESS)
    before_transfer_minutes: int = _number(0, _DAY, "W-6", MORE)
    stay_limit_minutes: int = _number(60, _WEEK, "W-6", LESS, elsewhere=True)


@dataclass(frozen=True, slots=True)
class Interpreting:
    """I-rules. Minutes between two bookings, and of interpreting in one shift."""

    gap_minutes: int = _number(0, 240, "I-6", MORE)
    shift_minutes: int = _number(30, _DAY, "I-6", LESS)


@dataclass(frozen=True, slots=True)
class Fitness:
    """X-rules. Tiers and PIP levels 1 to 5, counts of debriefs, calendar months, minutes."""

    lead_tier: int = _number(1, 5, "X-2", MORE)
    lead_pip: int = _number(1, 4, "X-2", MORE)
    lead_debriefs: int = _number(0, 1000, "X-2", MORE)
    lead_supervised: int = _number(0, 100, "X-2", MORE)
    supervised_until: int = _number(0, 1000, "X-2", MORE)
    recent_months: int = _number(1, 60, "X-3", LESS)
    idle_months: int = _number(1, 120, "X-3", LESS)
    refresher_months: int = _number(1, 120, "X-3", LESS)
    interviewers: int = _number(1, 2, "X-4", MORE)
    vulnerable_tier: int = _number(1, 5, "X-5", MORE)
    complex_flags: int = _number(1, 10, "X-6", LESS)
    duty_debriefs: int = _number(1, 20, "X-7", LESS)
    duty_minutes: int = _number(60, _DAY, "X-7", MORE)
    rest_minutes: int = _number(0, _DAY, "X-7", MORE)
    reminder_days: int = _number(0, 365)


@dataclass(frozen=True, slots=True)
class Separation:
    """A-rules. Minutes kept free on either side of screening."""

    screening_minutes: int = _number(0, _DAY, "A-2", MORE)


@dataclass(frozen=True, slots=True)
class Spacing:
    """D-rules. Minutes, counts in one stay, and debriefs of one boat at one moment."""

    approach_minutes: int = _number(0, _WEEK, "D-6", MORE)
    approaches: int = _number(1, 10, "D-6", LESS)
    completed: int = _number(1, 10, "D-5", LESS)
    same_boat: int = _number(1, 50, "D-9", LESS)
    confirm_minutes: int = _number(0, _DAY, "D-10", MORE)
    overdue_minutes: int = _number(0, _DAY, "D-10", LESS)
    review_minutes: int = _number(0, _WEEK, "D-11", LESS)


@dataclass(frozen=True, slots=True)
class Identity:
    """Lowest probabilities 0..1 of each band; the share 0..1 of decisions read twice, blind.

    Near-certain takes an equal reference or an equal band of one boat, and no policy changes that.
    """

    near_certain: float = _number(0.5, 1, "D-3", LESS, elsewhere=True)
    probable: float = _number(0.3, 1, "D-3", LESS)
    possible: float = _number(0.01, 1, "D-4", LESS)
    second_reading: float = _number(0, 1)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Retention in days, and the smallest number of people a published figure may stand for."""

    identity_days: int = _number(1, 3650)
    marker_days: int = _number(1, 3650)
    smallest_cell: int = _number(1, 100)


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
"""The subjects of a policy and their classes, in the order of `resources/policy.toml`."""

RISING: Final = (
    ("welfare", "least_rest_minutes", "rest_minutes"),
    ("welfare", "break_minutes", "longest_minutes"),
    ("welfare", "usual_minutes", "longest_minutes"),
    ("fitness", "recent_months", "idle_months"),
    ("identity", "possible", "probable"),
    ("identity", "probable", "near_certain"),
)
"""(subject, lower, upper): the first number may not exceed the second."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the policy: where it stands, whose rule it serves, and how far it may go."""

    subject: str
    name: str
    rule: str
    low: float
    high: float
    stricter: Stricter
    whole: bool
    elsewhere: bool

    @property
    def path(self) -> str:
        """Give its place in the policy: `welfare.rest_minutes`."""
        return f"{self.subject}.{self.name}"

    @property
    def unit(self) -> Unit:
        """Give what it counts, which its name says."""
        if not self.whole:
            return Unit.SHARE
        return _UNITS.get(self.name.rpartition("_")[2], Unit.COUNT)

    @property
    def is_bound(self) -> bool:
        """Say whether a policy may move it to its stricter side only."""
        return bool(self.rule) and RULES[self.rule].is_bound

    def weakens(self, value: float, shipped: float) -> bool:
        """Say whether `value` lets more through than the shipped one, where it is bound."""
        if not self.is_bound or value == shipped:
            return False
        return (value > shipped) is not (self.stricter is Stricter.MORE)


_UNITS: Final = {
    "minutes": Unit.MINUTES,
    "hour": Unit.HOUR,
    "days": Unit.DAYS,
    "months": Unit.MONTHS,
}


@cache
def numbers() -> dict[str, Number]:
    """Give every number by its path, in the order of the subjects."""
    return {
        number.path: number
        for subject, kind in SUBJECTS.items()
        for part in fields(kind)
        for number in [Number(subject, part.name, whole=part.type in ("int", int), **part.metadata)]
    }
