"""The ten messy pairs and the look-alikes of the domain, registered by two agencies one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import conflicts, events, imports, people, plan_checks, plans
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import CancelReason
from tests.builders import ARRIVED, MANIFEST_HEADER, person, plan, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.registrations import PersonEntry
    from debrief_desk.desk import Desk

AUGUST, SEPTEMBER = "E-0814-07", "E-0902-03"
PAIRS: dict[str, tuple[PersonEntry, PersonEntry, str]] = {
    "1 reference": (
        person(family_name="HOSSEINI", given_name="Mohammad Reza", born="01/01/2001", nationality="Iran", reference="H1043377", event=AUGUST),
        person(family_name="Husayni", given_name="M. Reza", born="1.1.01", nationality="IRN", reference="H 1043377", event=AUGUST),
        "same_person",
    ),
    "2 band": (
        person(full_name="ABDI Ahmed", nationality="Somalia", band="07-023", event=AUGUST),
        person(full_name="Ahmed ABDI Warsame", nationality="Somali", band="7/23", event=AUGUST),
        "same_person",
    ),
    "3 letter for digit": (
        person(family_name="TESFAYE", given_name="Yonas", born="01/01/1999", nationality="Eritrea", band="03-O11", event=AUGUST),
        person(family_name="Tesfai", given_name="Jonas", born="11/09/1998", nationality="Ethiopia?", band="03-011", event=AUGUST),
        "possible_person",
    ),
    "4 day and month": (
        person(full_name="NGUYEN Van Duc", born="12/03/1996", band="WB 55", event=SEPTEMBER),
        person(full_name="Duc NGUYEN V.", born="03/12/1996", sex="M", band="55", event=SEPTEMBER),
        "same_person",
    ),
    "7 language": (
        person(family_name="AHMADI", given_name="Sayed Mustafa", sex="M", born="01/01/2003", language="Dari", band="09-017", event=AUGUST),
        person(family_name="Ahmadzai", given_name="Mostafa", born="21", language="Pashto", band="09-017", event=AUGUST),
        "same_person",
    ),
    "8 initial": (
        person(family_name="KARIMI", given_name="Shirin", sex="F", born="22/11/1988", reference="K2219044", event=AUGUST),
        person(family_name="KAREMI", given_name="Shereen", sex="F", born="22-11-88", reference="C2219044", event=AUGUST),
        "same_person",
    ),
    "9 placeholder": (
        person(full_name="UNKNOWN MALE 14", sex="M", born="25", nationality="Sudan", band="21-014", event=AUGUST),
        person(family_name="ABDALLAH", given_name="Adam Ishaq", born="25", nationality="SDN", band="21-14", event=AUGUST),
        "same_person",
    ),
}  # fmt: skip
ALIKE: dict[str, tuple[PersonEntry, PersonEntry]] = {
    "brothers": (
        person(family_name="HOSSEINI", given_name="Ali", sex="M", born="01/01/2000", nationality="Iran", band="07-023", event=AUGUST),
        person(family_name="HOSSEINI", given_name="Reza", sex="M", born="01/01/2000", nationality="Iran", band="07-024", event=AUGUST),
    ),
    "father and son": (
        person(full_name="NGUYEN Van Duc", sex="M", born="1970", nationality="Vietnam", event=AUGUST),
        person(full_name="NGUYEN Van Duc", sex="M", born="1996", nationality="Vietnam", event=AUGUST),
    ),
    "namesakes a week apart": (
        person(full_name="MOHAMMED AHMED", sex="M", born="01/01/2002", nationality="Sudan", event="E-0814-01"),
        person(full_name="MOHAMMED AHMED", sex="M", born="01/01/2002", nationality="Sudan", event="E-0821-01"),
    ),
    "one band on two boats": (
        person(family_name="Abraham", given_name="Tesfay", sex="M", nationality="Eritrea", band="03-011", event="E-0814-03"),
        person(family_name="Aziz", given_name="Karwan", sex="M", nationality="Iraq", band="03-011", event="E-0903-03"),
    ),
}  # fmt: skip


def kinds(desk: Desk, first: PersonEntry, second: PersonEntry) -> list[str]:
    """Let NCA plan the one and Kent Police the other; gives what identity conflicts that makes."""
    desk.write(plans.register, plan("NCA", "14:00", person=first))
    desk.write(plans.register, plan("Kent Police", "15:30", person=second))
    return [c.kind.value for c in desk.read(conflicts.listed) if c.kind.asks_identity]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_messy_pair_is_raised_whoever_comes_first(
    desk: Desk, pair: str, order: tuple[int, int]
) -> None:
    sides = PAIRS[pair][0], PAIRS[pair][1]
    assert kinds(desk, sides[order[0]], sides[order[1]]) == [PAIRS[pair][2]]
    rows = desk.read(people.listed).rows
    assert (len({row.person_id for row in rows}) == 1) is (PAIRS[pair][2] == "same_person")
    assert {row.records for row in rows} == ({2} if PAIRS[pair][2] == "same_person" else {1})


@pytest.mark.parametrize("pair", ALIKE)
def test_those_who_only_look_alike_are_never_linked_nor_held_up(desk: Desk, pair: str) -> None:
    assert kinds(desk, *ALIKE[pair]) == []
    rows = desk.read(people.listed).rows
    assert len({row.person_id for row in rows}) == 2


def manifest_of(folder: Path, band: str) -> Path:
    row = f"BF1,E-1119-12,{band},KHAN,Gul,,1990,,AFG,,{ARRIVED},Pashto,"
    return sheet(folder, f"{MANIFEST_HEADER}\n{row}\n")


def test_a_replaced_band_is_known_by_its_history(desk: Desk, tmp_path: Path) -> None:
    """Pair 5: the older band still leads to the person, though the record shows a newer one."""
    for band in ("12-004", "12-061"):
        file = imports.ImportFile(manifest_of(tmp_path, band), agency="Border Force")
        desk.write(imports.take, file)
    typed = person(full_name="Gul Mohammad", born="35", nationality="AFG", band="12-004", event="E-1119-12")  # fmt: skip
    looked = desk.read(plan_checks.look, plan("NCA", person=typed))
    assert [m.certain for m in looked.matches] == [True]
    desk.write(plans.register, plan("NCA", person=typed))
    assert {row.records for row in desk.read(people.listed).rows} == {2}


def test_a_replaced_band_without_its_history_links_nobody(desk: Desk, tmp_path: Path) -> None:
    file = imports.ImportFile(manifest_of(tmp_path, "12-061"), agency="Border Force")
    desk.write(imports.take, file)
    typed = person(full_name="Gul Mohammad", born="35", nationality="AFG", band="12-004", event="E-1119-12")  # fmt: skip
    looked = desk.read(plan_checks.look, plan("NCA", person=typed))
    assert not [m for m in looked.matches if m.certain]


def test_two_numbers_for_one_boat_are_a_suggestion_and_hold_nobody_up(desk: Desk) -> None:
    """Pair 6."""
    first = person(family_name="AL-SAYED", given_name="Omar", nationality="Syria", event="D4")
    second = person(family_name="Elsayed", given_name="Omer", nationality="SY", event="E-0902-11")
    assert kinds(desk, first, second) == []


def test_two_numbers_recorded_as_one_boat_make_the_pair_probable_until_taken_back(
    desk: Desk,
) -> None:
    """Pair 6, once a coordinator knows that D4 is E-0902-11."""
    first = person(family_name="AL-SAYED", given_name="Omar", nationality="Syria", event="D4")
    second = person(family_name="Elsayed", given_name="Omer", nationality="SY", event="E-0902-11")
    assert kinds(desk, first, second) == []
    desk.write(events.same_boat, "D4", "E-0902-11")
    (item,) = [c for c in desk.read(conflicts.listed) if c.kind.asks_identity]
    assert item.kind == "possible_person"
    with pytest.raises(WrongCall, match="event-same"):
        desk.write(events.same_boat, "E-0902-11", "D4")
    desk.write(events.two_boats, "D4")
    assert [c for c in desk.read(conflicts.listed) if c.kind.asks_identity] == []
    with pytest.raises(WrongCall, match="event-no-alias"):
        desk.write(events.two_boats, "D4")
    with pytest.raises(WrongCall, match="event-unknown"):
        desk.write(events.same_boat, "D4", "E-9999-99")


def test_one_person_with_a_disputed_age_is_planned_by_nobody(desk: Desk, tmp_path: Path) -> None:
    """Pair 10: the other agency says adult, and the block holds all the same."""
    row = f"BF1,E-1119-02,02-040,HASSAN,Ali Hama,,2009,M,IRQ,,{ARRIVED},Kurdish Sorani,age disputed"
    file = imports.ImportFile(sheet(tmp_path, f"{MANIFEST_HEADER}\n{row}\n"), agency="Border Force")
    desk.write(imports.take, file)
    adult = person(family_name="Hasan", given_name="Ali Hama", born="01/01/2004", nationality="IRQ", band="02-040", event="E-1119-02")  # fmt: skip
    looked = desk.read(plan_checks.look, plan("Kent Police", person=adult))
    assert looked.refused
    assert {"C-2", "C-3"} <= {f.rule for f in looked.findings}
    with pytest.raises(Refused) as refused:
        desk.write(plans.register, plan("Kent Police", person=adult))
    assert refused.value.code in ("refused-C-1", "refused-C-2")


def test_a_plan_gone_before_the_second_comes_makes_no_conflict(desk: Desk) -> None:
    """Same person, but nothing clashes: the link stands and the inbox stays empty."""
    first, second, _kind = PAIRS["1 reference"]
    made = desk.write(plans.register, plan("NCA", "14:00", person=first))
    desk.write(plans.cancel, made.debrief_id, 1, CancelReason.UNFIT)
    desk.write(plans.register, plan("Kent Police", "15:30", person=second))
    assert [c.kind for c in desk.read(conflicts.listed) if c.kind.asks_identity] == []
    assert {row.records for row in desk.read(people.listed).rows} == {2}


def test_the_same_agency_twice_is_a_conflict_of_its_own(desk: Desk) -> None:
    first, second, _kind = PAIRS["1 reference"]
    desk.write(plans.register, plan("NCA", "14:00", person=first))
    made = desk.write(plans.register, plan("NCA", "15:30", person=second))
    assert "D-2" in {f.rule for f in made.findings}
    (conflict,) = [c for c in desk.read(conflicts.listed) if c.kind.asks_identity]
    assert conflict.rules == ("D-2",)
