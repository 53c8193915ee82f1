"""Who arrived, and who is planned to be spoken to: invented by chance with a fixed seed."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEED: Final = 20261120
_PEOPLE: Final = 40
_BOATS: Final = 5
_BANDS: Final = _PEOPLE // _BOATS
_FIRST: Final = time(9)
_NEXT_DAY_FROM: Final = 11  # the hour from which the practice day is tomorrow
_PITCH: Final = 75  # minutes from one debrief in a room to the next
_WOMEN: Final = (3, 8, 13, 18, 23, 28, 33, 38)
_DISPUTED, _CHILD = 38, 39

# Who is planned in order, by number on the manifest, and by which teams of lead and second.
_NCA: Final = (0, 2, 9, 11, 16, 18, 24, 26, 32, 34)
_POLICE: Final = (4, 6, 15, 20, 22, 28, 30, 36, 12)
_NCA_TEAMS: Final = (
    ("A. Marlowe", "R. Whitlock"),
    ("S. Achterberg", "J. Okafor"),
    ("P. Lindqvist", "D. Fenwick"),
    ("T. Brennan", "L. Ashdown"),
)
_POLICE_TEAMS: Final = (
    ("M. Castellano", "K. Mensah"),
    ("H. Ivanova", "N. Tolhurst"),
    ("B. Pascoe", "G. Oakden"),
)


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody on the manifest. `landed` is London wall-clock time; sheets are written in it."""

    number: int
    boat: int
    family: str
    given: str
    own_script: str
    nationality: str
    language: str
    sex: str
    born: date
    reference: str
    landed: datetime
    preference: str = "No preference"
    child: str = ""

    @property
    def band(self) -> str:
        """Give the wristband, boat and number on it; "" where the agency does not have it."""
        if self.number < 0:
            return ""
        return f"{self.boat:02d}-{self.number % _BANDS + 1:03d}"

    @property
    def event(self) -> str:
        """Give the number of the landing."""
        return f"E-{self.landed:%m%d}-{self.boat:02d}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned debrief: whom, from which London time, by whom and where."""

    who: Invented
    start: datetime
    lead: str
    second: str
    room: str


def people(moment: datetime) -> tuple[Invented, ...]:
    """Invent the people of five boats that landed before `moment` (London wall clock)."""
    chance = random.Random(_SEED)
    names = _names()
    nations = list(names)
    opening = datetime.combine(first_start(moment), _FIRST)
    found: list[Invented] = []
    taken: set[tuple[str, str]] = set()
    while len(found) < _PEOPLE:
        number = len(found)
        boat = number // _BANDS + 1
        nation = nations[(number * 3 + boat) % len(nations)]
        woman = number in _WOMEN
        given, given_own = chance.choice(names[nation]["female" if woman else "male"])
        family, family_own = chance.choice(names[nation]["family"])
        born = date(moment.year - chance.randint(19, 43), 1, 1) + timedelta(chance.randrange(365))
        reference = f"{chance.choice('HMPZ')}{chance.randint(1000000, 9999999)}"
        if (given, family) in taken:
            continue
        taken.add((given, family))
        landed = min(
            opening - timedelta(hours=15 - 1.5 * boat),
            moment - timedelta(minutes=90 + 20 * (_BOATS - boat)),
        )
        found.append(
            Invented(
                number=number,
                boat=boat,
                family=family,
                given=given,
                own_script="" if given_own == given else f"{given_own} {family_own}",
                nationality=nation[0],
                language=nation[1],
                sex="F" if woman else "M",
                born=born,
                reference=reference,
                landed=landed,
                preference="Women only" if woman and number % 2 else "No preference",
            )
        )
    found[_DISPUTED] = replace(found[_DISPUTED], child="Age disputed")
    found[_CHILD] = replace(found[_CHILD], child="Child", born=date(moment.year - 15, 3, 9))
    return tuple(found)


def first_start(moment: datetime) -> datetime:
    """Give when the first debriefs begin: 09:00 of the practice day, at least an hour ahead."""
    day = moment.date() + timedelta(days=1 if moment.hour >= _NEXT_DAY_FROM else 0)
    ahead = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    return max(datetime.combine(day, _FIRST), ahead)


def plans(
    arrived: Sequence[Invented], first: datetime
) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """Plan the day of two agencies from `first` on: in order, but for one conflict of each kind."""
    hour = timedelta(hours=1)
    nca = _in_order([arrived[n] for n in _NCA], first, ("Room 1", "Room 2"), _NCA_TEAMS)
    police = _in_order([arrived[n] for n in _POLICE], first, ("Room 3", "Room 4"), _POLICE_TEAMS)
    room_twice = replace(nca[4], who=arrived[19], lead="V. Harcourt", second="W. Selby")
    men_only = Slot(arrived[13], first, "O. Prentice", "W. Selby", "Room 5")
    untrained = Slot(arrived[35], first + 4 * hour, "C. Ferrars", "V. Harcourt", "Room 5")
    lead_twice = replace(police[6], who=arrived[31], second="D. Kemble", room="Room 6")
    known_to_nca = Slot(arrived[2], first + hour / 2, "J. Rowntree", "P. Sowerby", "Room 6")
    disputed = Slot(arrived[_DISPUTED], first + 2 * hour, "J. Rowntree", "P. Sowerby", "Room 6")
    expired = Slot(arrived[29], first + 5 * hour, "E. Quayle", "P. Sowerby", "Room 6")
    heard_otherwise = Slot(
        _spelt_differently(arrived[11]), first + 6 * hour, "J. Rowntree", "D. Kemble", "Room 5"
    )
    return (
        (*nca, room_twice, men_only, untrained),
        (*police, lead_twice, known_to_nca, disputed, expired, heard_otherwise),
    )


def _in_order(
    people: Iterable[Invented],
    first: datetime,
    rooms: Sequence[str],
    teams: Sequence[tuple[str, str]],
) -> list[Slot]:
    """Place people one after the other, as many at a time as there are rooms."""
    return [
        Slot(
            who,
            first + timedelta(minutes=_PITCH * (at // len(rooms))),
            *teams[at % len(teams)],
            rooms[at % len(rooms)],
        )
        for at, who in enumerate(people)
    ]


def _spelt_differently(who: Invented) -> Invented:
    """Give the same person as another agency heard the name, without band and reference."""
    family = who.family.replace("i", "y").replace("ee", "i")
    return replace(who, family=family, number=-1, own_script="", reference="")


def _names() -> dict[tuple[str, str], dict[str, list[tuple[str, str]]]]:
    """Give, by nationality and language, the names of each part with their own script."""
    names: dict[tuple[str, str], dict[str, list[tuple[str, str]]]] = {}
    for row in shipped("names"):
        parts = names.setdefault((row["nationality"], row["language"]), {})
        parts.setdefault(row["part"], []).append((row["latin"], row["own_script"]))
    return names


def shipped(name: str) -> list[dict[str, str]]:
    """Give the rows of a list in `resources/demo/`."""
    file = paths.resources() / "demo" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
