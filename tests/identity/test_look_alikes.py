"""Families, twins, namesakes and registers full of defaults: alike, and still two people."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.identity.features import prepare
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer, certain_link
from debrief_desk.identity.screening import screen
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band

LAW = settings(deadline=None, max_examples=40)
SCORER = Scorer(Statistics())
AUGUST = date(2026, 8, 14)
GIVEN = "Ahmad Farid Yonas Karwan Minh Elton Samir Rania Bilal Dawit Omar Lirim Zahra Parvin Gul".split()
SURNAMES = "Hosseini Barakzai Tesfaye Hoxha Ahmadi Khalaf Osman Mirza Karimi Dervishi".split()
FAMILIES = st.sampled_from([*SURNAMES, "Nguyen", "Singh"])
BIRTHS = st.builds(Birth, st.integers(1965, 2022), st.integers(1, 12), st.integers(1, 28))


def member(name: str, number: int, **shared: object) -> Record:
    return Record(
        id=name, given_name=name, bands=(f"07-{number:03}",), event="E-0814-07", event_day=AUGUST,
        **shared,  # type: ignore[arg-type]
    )  # fmt: skip


@LAW
@given(
    st.lists(st.sampled_from(GIVEN), min_size=2, max_size=4, unique=True),
    FAMILIES, st.none() | BIRTHS, st.sampled_from(["", "M", "F"]), st.sampled_from(["", "AFG"]),
)  # fmt: skip
def test_brothers_sisters_and_twins_of_one_boat_are_at_most_possible(
    given_names: list[str], family: str, born: Birth | None, sex: str, nationality: str
) -> None:
    shared = {"family_name": family, "born": born, "sex": sex, "nationality": nationality}
    family_of_one_boat = [
        prepare(member(name, number, **shared)) for number, name in enumerate(given_names, 23)
    ]
    for one, other in combinations(family_of_one_boat, 2):
        assert SCORER.compare(one, other).band.rank <= Band.POSSIBLE.rank
        assert certain_link(one, other) is None


@LAW
@given(st.sampled_from(GIVEN), FAMILIES, st.integers(1950, 1985), st.integers(17, 40))
def test_a_father_and_a_son_of_one_name_are_at_most_possible(
    name: str, family: str, year: int, younger: int
) -> None:
    shared = {"family_name": family, "sex": "M"}
    father = prepare(member(name, 23, born=Birth(year), **shared))
    son = prepare(member(name, 24, born=Birth(year + younger), **shared))
    assert SCORER.compare(father, son).band.rank <= Band.POSSIBLE.rank


@LAW
@given(st.sampled_from(GIVEN), st.sampled_from(GIVEN), FAMILIES, BIRTHS)
def test_a_shared_reference_outweighs_that_they_look_like_family(
    one: str, other: str, family: str, born: Birth
) -> None:
    shared = {"family_name": family, "born": born, "references": (Reference("H1043377", "HO"),)}
    left, right = prepare(member(one, 23, **shared)), prepare(member(other, 24, **shared))
    assert SCORER.compare(left, right).band is Band.NEAR_CERTAIN


def names(chance: random.Random, surnames: list[str]) -> tuple[str, str]:
    return " ".join(chance.sample(GIVEN, 2)), chance.choice(surnames)


@pytest.mark.parametrize("surnames", [["Nguyen"], SURNAMES])
@pytest.mark.parametrize("default", [True, False])
def test_a_register_of_one_name_or_one_birthday_stays_quiet(
    surnames: list[str], *, default: bool
) -> None:
    chance = random.Random(5)
    many = []
    for number in range(1200):
        given_name, family = names(chance, surnames)
        day = (1, 1) if default else (chance.randint(1, 12), chance.randint(2, 28))
        many.append(
            Record(
                id=str(number),
                given_name=given_name,
                family_name=family,
                born=Birth(chance.randint(1970, 2006), *day),
                sex="M",
                event_day=date(2026, 8, chance.randint(1, 28)),
            )
        )
    loud = [p for p in screen(many) if p.verdict.band.rank >= Band.PROBABLE.rank]
    assert len(loud) <= len(many) / 50
    assert all(p.verdict.band is Band.PROBABLE for p in loud)
