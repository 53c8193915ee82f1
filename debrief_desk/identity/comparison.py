"""All that two records say about each other, as terms: a code and how rare the agreeing value is.

Every term weighs `base[code] + slope[code] * rarity` bits. Terms of a pair add up (Fellegi and
Sunter 1969), with rarity as the frequency-based weight (Winkler 1989). The same terms train the
weights, score a register and are shown to the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import births, facts
from debrief_desk.identity.links import FAMILY_LINKED, PRESENT_ELSEWHERE
from debrief_desk.identity.name_terms import NAME_CODES, name_terms
from debrief_desk.identity.statistics import birth_day, default_year
from debrief_desk.identity.terms import Term, flat, rare

if TYPE_CHECKING:
    import numpy as np

    from debrief_desk.identity.statistics import Statistics

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_FEW: Final = 2  # people of a boat from whom its day may be read
_SEVERAL: Final = 5  # people of a boat who all came on other days: then so did this one
_MOST: Final = 0.5  # share of a boat's people on one day, for that to be its day


def compare(a: Array, b: Array, statistics: Statistics) -> list[Term]:
    """Give the terms of the pairs `a[i]`, `b[i]` (tables of `features.layout`)."""
    return [*name_terms(a, b, statistics), *fact_terms(a, b, statistics)]


def fact_terms(a: Array, b: Array, statistics: Statistics) -> list[Term]:
    """Give the terms that do not come from names: these cost little."""
    countries = facts.country(a, b)
    return [
        _birth_term(a, b, statistics),
        flat("reference", facts.REFERENCE, facts.reference(a, b)),
        _band_term(a, b, statistics),
        *_arrival_terms(a, b, statistics),
        rare("sex", facts.SEX, facts.sex(a, b), {1: ("s:", a["sex"])}, statistics),
        rare("nationality", facts.COUNTRY, countries, {1: ("c:", a["country"])}, statistics),
        flat("language", facts.LANGUAGE, facts.language(a, b)),
    ]


def _birth_term(a: Array, b: Array, statistics: Statistics) -> Term:
    index = births.birth(a, b)
    rarity = np.zeros(len(a))
    same = np.nonzero(index == births.BIRTH.index("birth_same"))[0]
    if len(same):
        days = statistics.rarity("m:", birth_day(a)[same])
        rarity[same] = statistics.rarity("y:", a["year"][same]) + days
    default = np.nonzero(index == births.BIRTH.index("birth_default_both"))[0]
    if len(default):
        years, countries = default_year(a)[default], (a["country"][default], b["country"][default])
        rarity[default] = statistics.rarity_within("j:", years, *countries)
    year = np.nonzero((a["year"] == b["year"]) & (index > 0) & (rarity == 0))[0]
    if len(year):
        rarity[year] = statistics.rarity("y:", a["year"][year])
    return Term("birth", births.BIRTH, index, rarity)


def _band_term(a: Array, b: Array, statistics: Statistics) -> Term:
    index = facts.band(a, b)
    return rare("band", facts.BAND, index, {1: ("b:", a["band"][:, 0])}, statistics)


def _arrival_terms(a: Array, b: Array, statistics: Statistics) -> tuple[Term, Term]:
    """Give the terms of the day and of the event; an event counts by what it adds to its day."""
    day = rare("arrival", facts.ARRIVAL, facts.arrival(a, b), {1: ("a:", a["on"])}, statistics)
    day.rarity[(a["on"] != b["on"]) | (a["on"] == 0)] = 0.0
    _read_day_from_band(day, a, b, statistics)
    _read_day_from_band(day, b, a, statistics)
    event = rare("event", facts.EVENT, facts.event(a, b), {1: ("e:", a["event"])}, statistics)
    more = np.maximum(event.rarity - day.rarity, 0.0)
    return day, Term("event", facts.EVENT, event.index, more)


def _read_day_from_band(day: Term, undated: Array, dated: Array, statistics: Statistics) -> None:
    """Where only one side has a band and only the other a day, ask when that band's boat came.

    What the others of the boat tell says nothing where a boat's number came on several days.
    """
    boat, on = undated["boat"][:, 0], dated["on"]
    lone = (undated["on"] == 0) & (on > 0) & (boat > 0) & (dated["band"][:, 0] == b"")
    at = np.flatnonzero(lone & (day.index == 0))
    if not len(at):
        return
    others, share = statistics.day_of_boat(boat[at], on[at])
    then = at[(others >= _FEW) & (share >= _MOST)]
    day.index[then] = facts.ARRIVAL.index("day_by_band")
    day.rarity[then] = statistics.rarity("a:", on[then])
    day.index[at[(others >= _SEVERAL) & (share == 0)]] = facts.ARRIVAL.index("day_not_by_band")


def all_codes() -> list[tuple[str, str]]:
    """Give every (field, code) that can weigh, in a fixed order."""
    groups: list[tuple[str, tuple[str, ...]]] = [
        *(("name", codes) for codes in NAME_CODES), ("birth", births.BIRTH),
        ("reference", facts.REFERENCE), ("band", facts.BAND), ("arrival", facts.ARRIVAL),
        ("event", facts.EVENT), ("sex", facts.SEX), ("nationality", facts.COUNTRY),
        ("language", facts.LANGUAGE), ("family", ("", FAMILY_LINKED)),
        ("presence", ("", PRESENT_ELSEWHERE)),
    ]  # fmt: skip
    return [(field, code) for field, codes in groups for code in codes[1:]]
