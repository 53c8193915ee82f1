"""What is compared: one agency's record of a person, every text as typed, any of it missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birth: parts of a date, or an age in years on a day.

    `month` and `day` may be missing (a birth "1994"), and so may `year` where only an age was said.
    Impossible dates are accepted; they count as the year alone.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    age: int | None = None
    age_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A number some office gave to the person; an empty `issuer` is compared with every issuer."""

    value: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One agency's record, as typed; every field may be empty.

    `full_name` is a name in one field whose order is not known. `bands` holds the current wristband
    first, then earlier ones. `event` is one canonical id: the caller has resolved aliases.
    `serial` is the sender's own row reference and no evidence.
    """

    id: str
    agency: str = ""
    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    native_name: str = ""
    sex: str = ""
    born: Birth | None = None
    nationality: str = ""
    language: str = ""
    references: tuple[Reference, ...] = ()
    bands: tuple[str, ...] = ()
    event: str = ""
    event_day: date | None = None
    site: str = ""
    serial: str = ""
