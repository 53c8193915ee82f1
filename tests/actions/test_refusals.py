"""A no counts at once, for every agency and every record of the person, until the person asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import approaches, imports, people, plan_checks, plans
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.approaches import Answer, Reopening
from debrief_desk.desk import Desk
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Approach, Debrief, NoApproachMarker, Person
from debrief_desk.wording import failures
from tests.builders import ARRIVED, MANIFEST_HEADER, at, person, plan, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import FixedClock

    from .conftest import SmallDesk

OTHER_RECORD = f"""{MANIFEST_HEADER}
K9,E-1119-07,07-001,TESFAI,Jonas,,14/02/1994,M,ERI,,{ARRIVED},Tigrinya,
"""
SECOND, SECOND_PASSWORD = "Second Officer", "a lantern in the long grass"
NO = Answer(ApproachOutcome.REFUSED, at("10:05"), "Tigrinya", "Interpreter T")
WISH = Reopening(at("20:10"), "Tigrinya", "Interpreter T", "Border Force")


@pytest.fixture
def refused(small: SmallDesk, tmp_path: Path, clock: FixedClock) -> SmallDesk:
    """BF1 and its other record K9 are linked; NCA asks at 10:05, Kent Police had planned 16:00."""
    file = imports.ImportFile(sheet(tmp_path, OTHER_RECORD), agency="Kent Police")
    assert small.desk.write(imports.take, file).counts["linked"] == 1
    small.register("NCA", serial="BF1", clock="10:00")
    small.register("Kent Police", serial="K9", clock="16:00")
    small.register("NCA", serial="BF2", clock="18:00")
    clock.now = at("10:05")
    asked = next(d for d in small.stored(Debrief) if d.starts_at == at("10:00"))
    assert small.desk.write(approaches.record, str(asked.id), NO) == 1
    return small


@pytest.fixture
def second_officer(refused: SmallDesk, clock: FixedClock) -> Iterator[Desk]:
    refused.desk.add_account(NewAccount(SECOND, (Role.SUPERVISOR,)), SECOND_PASSWORD)
    path = refused.desk.path
    refused.desk.write(approaches.ask_to_reopen, refused.id_of("BF1"), WISH)
    refused.desk.close()
    with Desk.open(path, SECOND, SECOND_PASSWORD, now=clock) as desk:
        yield desk


def test_a_no_ends_every_plan_for_the_person_at_any_agency_and_tells_its_owner(
    refused: SmallDesk,
) -> None:
    states = {d.starts_at: (d.state, d.state_reason) for d in refused.stored(Debrief)}
    assert states == {
        at("10:00"): (DebriefState.DECLINED, ""),
        at("16:00"): (DebriefState.CANCELLED, "no_approach"),
        at("18:00"): (DebriefState.PLANNED, ""),
    }
    assert ("Kent Police", "cancelled_no_approach") in refused.told()
    assert ("NCA", "cancelled_no_approach") not in refused.told()
    (marker,) = refused.stored(NoApproachMarker)
    assert (marker.placed_at, marker.lifted_at) == (at("10:05"), None)
    assert len(refused.stored(Approach)) == 1


@pytest.mark.parametrize(("agency", "serial"), [("NCA", "BF1"), ("Kent Police", "K9"), ("Kent Police", "BF1")])  # fmt: skip
def test_nobody_plans_again_and_the_answer_gives_the_day_but_no_reason(
    refused: SmallDesk, agency: str, serial: str
) -> None:
    before = len(refused.stored(Debrief)), len(refused.stored(Person))
    again = refused.plan(agency, serial=serial, clock="18:00")
    assert refused.desk.read(plan_checks.look, again).refused
    with pytest.raises(Refused) as no:
        refused.desk.write(plans.register, again)
    assert no.value.code == "refused-V-4"
    sentence = failures.sentence(no.value)
    assert "Fri 20 Nov 2026 10:05" in sentence
    for word in ("refused", "declined", "withdr", "TESF", "BF1"):
        assert word.casefold() not in sentence.casefold()
    assert (len(refused.stored(Debrief)), len(refused.stored(Person))) == before


def test_another_spelling_under_the_same_band_is_refused_as_well(refused: SmallDesk) -> None:
    typed = plan("NCA", "18:00", person=person(full_name="Yonas Tasfay", band="7/1", event="E-1119-07", sex="M"))  # fmt: skip
    with pytest.raises(Refused):
        refused.desk.write(plans.register, typed)


def test_somebody_who_may_be_the_person_waits_for_a_supervisor(refused: SmallDesk) -> None:
    """V-10: without a band it may be somebody else, so it is kept, and cannot be cleared."""
    typed = plan(
        "Kent Police", "18:00",
        person=person(given_name="Jonas", family_name="Tesfaye", born="14/02/1994", event="E-1119-07", sex="M", nationality="Eritrea"),
    )  # fmt: skip
    made = refused.desk.write(plans.register, typed)
    assert "V-10" in {f.rule for f in made.findings}
    assert refused.conflicts("no_approach")
    refused.consent(made.debrief_id)
    debrief = refused.debrief(made.reference)
    with pytest.raises(Refused):
        refused.desk.write(plans.clear, str(debrief.id), debrief.version)
    one = refused.id_of("BF1")
    refused.desk.write(people.decide_pair, one, made.registration_id, "same", "Same scar")
    assert refused.debrief(made.reference).state is DebriefState.CANCELLED


def test_a_record_imported_later_under_the_same_band_is_parked_with_its_plan(
    refused: SmallDesk, tmp_path: Path
) -> None:
    header = "KP no;Subject;Born / age;M/F;Country;HO ref;Band;Event;Planned;Officer;Second officer;Interpreter needed"
    row = "KP1;Yonas TESFAYE;14-02-1994;M;Eritrea;;7/1;E-1119-07;20-Nov 18:00;K. Ready;K. Second;Tigrinya"
    file = imports.ImportFile(sheet(tmp_path, f"{header}\n{row}\n"), agency="Kent Police")
    before = len(refused.stored(Debrief))
    taken = refused.desk.write(imports.take, file)
    assert taken.counts["parked"] == 1
    assert "Fri 20 Nov 2026 10:05" in taken.left[0].reasons[0]
    assert len(refused.stored(Debrief)) == before
    assert "KP1" in {r.serial for r in refused.desk.read(people.listed).rows}


def test_a_withdrawal_on_the_way_counts_as_a_no(small: SmallDesk) -> None:
    made = small.register("NCA")
    later = small.register("Kent Police", clock="17:00")
    answer = Answer(ApproachOutcome.WITHDRAWN, at("14:20"), "Tigrinya", "Interpreter T")
    assert small.desk.write(approaches.record, made.debrief_id, answer) == 1
    assert small.debrief(later.reference).state is DebriefState.CANCELLED
    assert len(small.stored(NoApproachMarker)) == 1


@pytest.mark.parametrize(
    "outcome", [ApproachOutcome.NO_ANSWER, ApproachOutcome.ASLEEP, ApproachOutcome.NOT_UNDERSTOOD]
)
def test_no_answer_is_no_refusal_and_two_of_them_end_the_asking(
    small: SmallDesk, outcome: ApproachOutcome
) -> None:
    made = small.register("NCA")
    for clock in ("08:10", "08:40"):
        answer = Answer(outcome, at(clock), "Tigrinya")
        assert small.desk.write(approaches.record, made.debrief_id, answer) == 0
    assert small.debrief(made.reference).state is DebriefState.PLANNED
    assert small.stored(NoApproachMarker) == []
    (item,) = [c for c in small.conflicts("second_approach") if "V-8" in c.rules]
    assert item.parties[0].debrief_reference == made.reference


def test_only_the_person_reopens_and_only_a_second_officer_confirms(
    second_officer: Desk, clock: FixedClock
) -> None:
    clock.now = at("20:15")
    registration = next(r.id for r in second_officer.read(people.listed, "BF1").rows)
    second_officer.write(approaches.confirm_reopening, registration)
    card = second_officer.write(people.card, registration)
    assert card.no_approach_since is None
    assert {p.state for p in card.plans} == {"declined", "cancelled"}
    again = plan("NCA", "20:45", registration_id=registration)
    assert not second_officer.read(plan_checks.look, again).refused
    second_officer.write(plans.register, again)
    with pytest.raises(WrongCall):
        second_officer.write(approaches.confirm_reopening, registration)


def test_the_account_that_recorded_the_wish_cannot_confirm_it(refused: SmallDesk) -> None:
    registration = refused.id_of("BF1")
    with pytest.raises(Refused) as unasked:
        refused.desk.write(approaches.confirm_reopening, registration)
    assert unasked.value.code == "reopening-not-asked"
    refused.desk.write(approaches.ask_to_reopen, registration, WISH)
    with pytest.raises(Refused) as alone:
        refused.desk.write(approaches.confirm_reopening, registration)
    assert alone.value.code == "reopening-same-account"
    (marker,) = refused.stored(NoApproachMarker)
    assert marker.lifted_at is None


def test_a_wish_without_language_or_witness_cannot_be_confirmed(refused: SmallDesk) -> None:
    registration = refused.id_of("BF1")
    refused.desk.write(
        approaches.ask_to_reopen, registration, Reopening(at("20:10"), "", "", "Border Force")
    )
    with pytest.raises(Refused) as refusal:
        refused.desk.write(approaches.confirm_reopening, registration)
    assert refusal.value.code == "reopening-not-asked"


def test_unlinking_a_record_does_not_give_it_back_a_plan_that_a_no_ended(
    refused: SmallDesk,
) -> None:
    refused.desk.write(people.unlink, refused.id_of("BF1"), refused.id_of("K9"))
    states = {d.starts_at: d.state for d in refused.stored(Debrief)}
    assert states[at("16:00")] is DebriefState.CANCELLED
