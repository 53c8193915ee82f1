"""The ten pairs and four controls of DOMAIN.md 7.3, through the matcher."""

from __future__ import annotations

from datetime import date

import pytest

from debrief_desk.identity.features import prepare
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer, certain_link
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band, Verdict

AUGUST = date(2026, 8, 14)
SEPTEMBER = date(2026, 9, 3)


def home_office(value: str) -> tuple[Reference, ...]:
    return (Reference(value, "HO"),)


def verdict(a: Record, b: Record) -> Verdict:
    return Scorer(Statistics()).compare(prepare(a), prepare(b))


PAIRS = {
    1: (
        Record(id="a", given_name="Mohammad Reza", family_name="HOSSEINI", born=Birth(2001, 1, 1), nationality="Iran", references=home_office("H1043377"), event="E-0814-07", event_day=AUGUST),
        Record(id="b", given_name="M. Reza", family_name="Husayni", born=Birth(2001, 1, 1), nationality="IRN", references=home_office("H 1043377"), event="E-0814-07", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    2: (
        Record(id="a", full_name="ABDI Ahmed", nationality="Somalia", bands=("07-023",), event="E-0814-07", event_day=AUGUST),
        Record(id="b", full_name="Ahmed ABDI Warsame", nationality="Somali", bands=("7/23",), event="E-0814-07", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    3: (
        Record(id="a", given_name="Yonas", family_name="TESFAYE", born=Birth(1999, 1, 1), nationality="Eritrea", bands=("03-O11",), event="E-0814-03", event_day=AUGUST),
        Record(id="b", given_name="Jonas", family_name="Tesfai", born=Birth(1998, 9, 11), nationality="Ethiopia?", bands=("03-011",), event="E-0814-03", event_day=AUGUST),
        Band.PROBABLE,
    ),
    4: (
        Record(id="a", given_name="Van Duc", family_name="NGUYEN", born=Birth(1996, 3, 12), event="E-0902-03", event_day=SEPTEMBER, bands=("WB 55",)),
        Record(id="b", full_name="Duc NGUYEN V.", born=Birth(1996, 12, 3), sex="M", event="E-0902-03", event_day=SEPTEMBER, bands=("55",)),
        Band.NEAR_CERTAIN,
    ),
    5: (
        Record(id="a", given_name="Gul", family_name="KHAN", born=Birth(1990), nationality="Afghan", language="Pashto", bands=("12-061", "12-004"), event="E-0814-12", event_day=AUGUST),
        Record(id="b", given_name="Gul", family_name="Mohammad", born=Birth(age=35, age_on=AUGUST), nationality="AFG", bands=("12-004",), event="E-0814-12", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    6: (
        Record(id="a", given_name="Omar", family_name="AL-SAYED", nationality="Syria", event="D4", event_day=SEPTEMBER),
        Record(id="b", given_name="Omer", family_name="Elsayed", nationality="SY", event="E-0902-11", event_day=date(2026, 9, 2)),
        Band.POSSIBLE,
    ),
    7: (
        Record(id="a", given_name="Sayed Mustafa", family_name="AHMADI", sex="M", born=Birth(2003, 1, 1), language="Dari", bands=("09-017",), event="E-0814-09", event_day=AUGUST),
        Record(id="b", given_name="Mostafa", family_name="Ahmadzai", born=Birth(age=21, age_on=AUGUST), language="Pashto", bands=("09-017",), event="E-0814-09", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    8: (
        Record(id="a", given_name="Shirin", family_name="KARIMI", sex="F", born=Birth(1988, 11, 22), references=home_office("K2219044"), event="E-0814-09", event_day=AUGUST),
        Record(id="b", given_name="Shereen", family_name="KAREMI", sex="F", born=Birth(1988, 11, 22), references=home_office("C2219044"), event="E-0814-09", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    9: (
        Record(id="a", full_name="UNKNOWN MALE 14", sex="M", bands=("21-014",), born=Birth(age=25, age_on=AUGUST), nationality="Sudan", event="E-0814-21", event_day=AUGUST),
        Record(id="b", given_name="Adam Ishaq", family_name="ABDALLAH", born=Birth(age=25, age_on=AUGUST), nationality="SDN", bands=("21-14",), event="E-0814-21", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
    10: (
        Record(id="a", given_name="Ali Hama", family_name="HASSAN", nationality="Iraq", language="Sorani", born=Birth(age=17, age_on=AUGUST), bands=("02-040",), event="E-0814-02", event_day=AUGUST),
        Record(id="b", given_name="Ali Hama", family_name="Hasan", nationality="IRQ", born=Birth(2004, 1, 1), bands=("02-040",), event="E-0814-02", event_day=AUGUST),
        Band.NEAR_CERTAIN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("number", PAIRS)
def test_a_messy_pair_comes_out_as_the_domain_says(number: int) -> None:
    a, b, band = PAIRS[number]
    assert verdict(a, b).band == band


def test_a_replaced_band_is_only_probable_without_its_history() -> None:
    a, b, _ = PAIRS[5]
    without = Record(
        id="a", given_name="Gul", family_name="KHAN", born=a.born, nationality="Afghan",
        language="Pashto", bands=("12-061",), event=a.event, event_day=a.event_day, sex="M",
    )  # fmt: skip
    assert verdict(without, b).band in {Band.PROBABLE, Band.POSSIBLE}
    assert certain_link(prepare(without), prepare(b)) is None


def test_two_numbers_for_one_boat_become_probable_once_they_are_aliases() -> None:
    a, b, _ = PAIRS[6]
    same_boat = Record(
        id="a", given_name=a.given_name, family_name=a.family_name, nationality=a.nationality,
        event=b.event, event_day=a.event_day,
    )  # fmt: skip
    assert verdict(same_boat, b).band == Band.PROBABLE


def test_a_placeholder_name_weighs_nothing() -> None:
    a, b, _ = PAIRS[9]
    names = [e for e in verdict(a, b).evidence if e.field == "name"]
    assert [e.code for e in names if e.bits] == []


def test_a_contradicting_language_is_told_though_the_band_agrees() -> None:
    a, b, _ = PAIRS[7]
    assert "language_differs" in verdict(a, b).codes


CONTROLS = {
    "brothers": (
        Record(id="a", given_name="Ali", family_name="HOSSEINI", sex="M", born=Birth(2000, 1, 1), bands=("07-023",), event="E-0814-07", event_day=AUGUST, nationality="Iran"),
        Record(id="b", given_name="Reza", family_name="HOSSEINI", sex="M", born=Birth(2000, 1, 1), bands=("07-024",), event="E-0814-07", event_day=AUGUST, nationality="Iran"),
    ),
    "father and son": (
        Record(id="a", given_name="Van Duc", family_name="NGUYEN", sex="M", born=Birth(1970), nationality="Vietnam", event="E-0814-07", event_day=AUGUST),
        Record(id="b", given_name="Van Duc", family_name="NGUYEN", sex="M", born=Birth(1996), nationality="Vietnam", event="E-0814-07", event_day=AUGUST),
    ),
    "namesakes": (
        Record(id="a", given_name="Mohammed", family_name="AHMED", sex="M", born=Birth(2002, 1, 1), nationality="Sudan", event="E-0814-07", event_day=AUGUST),
        Record(id="b", given_name="Mohammed", family_name="AHMED", sex="M", born=Birth(2002, 1, 1), nationality="Sudan", event="E-0821-02", event_day=date(2026, 8, 21)),
    ),
    "one band, two events": (
        Record(id="a", given_name="Tesfay", family_name="Abraham", sex="M", bands=("03-011",), event="E-0814-03", event_day=AUGUST, nationality="Eritrea"),
        Record(id="b", given_name="Karwan", family_name="Aziz", sex="M", bands=("03-011",), event="E-0903-03", event_day=SEPTEMBER, nationality="Iraq"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
def test_look_alikes_stay_two_people(control: str) -> None:
    a, b = CONTROLS[control]
    found = verdict(a, b)
    assert found.band.rank <= Band.POSSIBLE.rank
    assert certain_link(prepare(a), prepare(b)) is None


def test_twins_of_one_boat_are_at_most_possible_without_a_shared_number() -> None:
    shared = {
        "family_name": "Barakzai",
        "sex": "F",
        "born": Birth(2014, 11, 12),
        "nationality": "AFG",
        "event": "E-0814-07",
        "event_day": AUGUST,
    }
    one = Record(id="a", given_name="Zeinab", bands=("07-047",), **shared)
    other = Record(id="b", given_name="Parvin", bands=("07-048",), **shared)
    assert verdict(one, other).band.rank <= Band.POSSIBLE.rank
