"""Suggested slots hold by every rule; lines of a proposal are held against what stands now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Plain

from debrief_desk.actions import accepting, marks, offering, placements, plans, proposing
from debrief_desk.actions.accepting import Order
from debrief_desk.actions.day_facts import Placement
from debrief_desk.actions.findings import unpacked
from debrief_desk.actions.judging import Line
from debrief_desk.actions.rights import writes
from debrief_desk.actions.rosters import RosterOrder, issue
from debrief_desk.errors import NotAllowed, Refused, Stale, WrongCall
from debrief_desk.planning.alternatives import offers
from debrief_desk.rules.codes import Mode
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    AuditEvent,
    Debrief,
    DeconflictionCheck,
    Duty,
    Interpreter,
    Interviewer,
    PolicyVersion,
    Registration,
    WelfareCheck,
)
from tests.builders import at, person, plan

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from debrief_desk.actions.accepting import Accepted
    from debrief_desk.actions.offering import OfferRow, Prepared
    from debrief_desk.actions.plans import Registered
    from debrief_desk.rules.finding import Finding
    from tests.actions.conftest import SmallDesk

DAY = date(2026, 11, 20)


@writes(None)
def add(session: Session, row: Any) -> None:
    session.add(row)


@writes(None)
def change(session: Session, /, kind: type[Any], own: str, **values: Any) -> None:
    row = session.get_one(kind, UUID(str(own)))
    for name, value in values.items():
        setattr(row, name, value)


def offered(small: SmallDesk) -> tuple[Prepared, OfferRow]:
    prepared = small.desk.read(offering.prepare, DAY)
    found = offers(prepared.problem, max_iterations=60)
    return prepared, small.desk.read(offering.shown, prepared, found)[0]


def accept(small: SmallDesk, *lines: Line) -> Accepted:
    return small.desk.write(accepting.accept, Order(DAY, lines))


def line(
    small: SmallDesk, saved: Registered | Debrief, clock: str = "15:00", **values: Any
) -> Line:
    """Give a line that puts a debrief with its own team at another time, as tests change it."""
    row = small.debrief(saved.reference)
    start = at(clock)
    placement = Placement(
        debrief_id=str(row.id),
        start=start,
        end=start + (row.ends_at - row.starts_at),
        room_id=str(row.room_id),
        lead_id=str(row.lead_id),
        second_id=str(row.second_id or ""),
        interpreter_id=str(row.interpreter_id or ""),
        mode=Mode.IN_PERSON,
    )
    return Line(((str(row.id), row.version),), replace(placement, **values))


def hard(small: SmallDesk, reference: str) -> list[tuple[str, str]]:
    """Give the stops that stand on a debrief and are no to-do."""
    row = small.debrief(reference)
    with Plain(small.desk._opened.reader) as session:
        kept = session.get_one(DeconflictionCheck, row.id)
    found: list[Finding] = [unpacked(one) for one in kept.findings]
    return [(f.rule, f.reason) for f in found if f.severity is Severity.HARD and not f.todo]


def test_each_suggested_slot_passes_every_hard_rule_when_it_is_chosen(small: SmallDesk) -> None:
    small.register(serial="BF2", clock="09:30")
    small.register("Kent Police", "BF3", "10:00")
    saved = small.register()
    found = small.desk.read(proposing.suggest, saved.debrief_id)
    assert len(found.slots) == 5
    starts = [slot.placement.start for slot in found.slots]
    assert starts == sorted(starts)
    for slot in found.slots:
        version = small.debrief(saved.reference).version
        small.desk.write(placements.place, saved.debrief_id, version, slot.placement)
        assert hard(small, saved.reference) == []
        assert small.debrief(saved.reference).starts_at == slot.placement.start
        assert slot.leads >= 1
        assert slot.seconds >= 1
        assert slot.interpreters >= 1
        assert slot.rooms >= 1


def test_the_cheapest_slots_come_first_where_that_is_asked(small: SmallDesk) -> None:
    saved = small.register(clock="18:00")
    found = small.desk.read(proposing.suggest, saved.debrief_id, order="cheapest", n=4)
    costs = [slot.cost for slot in found.slots]
    assert costs == sorted(costs)


def test_slots_are_found_for_somebody_who_is_only_typed(small: SmallDesk) -> None:
    typed = plan(person=person(given_name="Selam", family_name="Abebe", language="Tigrinya"))
    found = small.desk.read(proposing.suggest, plan=typed)
    assert [slot.interpreter for slot in found.slots] == ["Interpreter T"] * 5
    assert not small.stored(Debrief)


def test_where_there_is_no_slot_the_first_true_reason_is_said(small: SmallDesk) -> None:
    saved = small.register()
    small.desk.write(change, Interpreter, small.id_of("Interpreter T"), active=False)
    found = small.desk.read(proposing.suggest, saved.debrief_id)
    assert found.slots == ()
    assert "tigrinya" in found.reason


def test_nobody_under_a_marker_or_a_child_is_offered_a_slot(small: SmallDesk) -> None:
    saved = small.register()
    small.desk.write(change, Registration, small.id_of("BF1"), child_flag="child")
    found = small.desk.read(proposing.suggest, saved.debrief_id)
    assert found.slots == ()
    assert found.reason


def test_an_agency_user_is_offered_slots_of_the_own_agency_only(small: SmallDesk) -> None:
    saved = small.register()
    other = small.debrief(small.register("Kent Police", "BF3", "16:00").reference)
    small.desk.who = replace(
        small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=other.agency_id
    )
    assert small.desk.read(proposing.suggest, str(other.id)).slots
    with pytest.raises(NotAllowed):
        small.desk.read(proposing.suggest, saved.debrief_id)
    with pytest.raises(NotAllowed):
        small.desk.write(accepting.accept, Order(DAY, (Line(((saved.debrief_id, 1),), None),)))


def test_a_slot_that_was_taken_meanwhile_is_refused(small: SmallDesk) -> None:
    saved = small.register(clock="16:00")
    slot = small.desk.read(proposing.suggest, saved.debrief_id).slots[0]
    start = f"{slot.placement.start:%H:%M}"
    small.register(serial="BF2", clock=start, room_id=slot.placement.room_id)
    version = small.debrief(saved.reference).version
    with pytest.raises(Refused, match="slot-gone"):
        small.desk.write(placements.place, saved.debrief_id, version, slot.placement)


def test_a_proposal_is_accepted_whole_and_taken_back_in_one_step(small: SmallDesk) -> None:
    first = small.register(room_id="", second_id="", interpreter_id="")
    second = small.register(serial="BF3", room_id="", second_id="", interpreter_id="")
    before = {d.reference: (d.starts_at, d.room_id, d.lead_id) for d in small.stored(Debrief)}
    _, offer = offered(small)
    assert offer.placed == offer.asked == 2
    done = accept(small, *(row.line for row in offer.lines))
    assert set(done.taken) == {first.debrief_id, second.debrief_id}
    assert done.refused == ()
    for saved in (first, second):
        row = small.debrief(saved.reference)
        assert None not in (row.room_id, row.lead_id, row.second_id, row.interpreter_id)
        assert hard(small, saved.reference) == []
    _, again = offered(small)
    assert again.lines == ()
    small.desk.write(placements.take_back, done.step)
    now = {d.reference: (d.starts_at, d.room_id, d.lead_id) for d in small.stored(Debrief)}
    assert now == before


def test_who_accepted_what_is_on_record(small: SmallDesk) -> None:
    saved = small.register()
    accept(small, line(small, saved))
    with Plain(small.desk._opened.reader) as session:
        query = select(AuditEvent).where(AuditEvent.entity == "proposal")
        (event,) = session.scalars(query).all()
    assert event.kind == "altered"
    assert event.account_id == small.desk.who.account_id
    assert saved.debrief_id in event.body


def test_a_line_somebody_changed_since_is_refused_and_the_rest_is_taken(small: SmallDesk) -> None:
    first, second = small.register(), small.register(serial="BF3", clock="10:00")
    lines = line(small, first, "16:00"), line(small, second, "12:00")
    stale = small.debrief(first.reference)
    small.desk.write(plans.move, first.debrief_id, stale.version, starts_at=at("17:00"))
    done = accept(small, *lines)
    assert done.taken == (second.debrief_id,)
    (refused,) = done.refused
    assert (refused.debrief_id, refused.reference) == (first.debrief_id, first.reference)
    assert "since" in refused.sentence
    assert small.debrief(first.reference).starts_at == at("17:00")


def test_a_line_that_only_fits_beside_another_falls_with_it(small: SmallDesk) -> None:
    first, second = small.register(clock="14:00"), small.register(serial="BF2", clock="16:00")
    moving, into = line(small, first, "18:00"), line(small, second, "14:00")
    done = accept(small, into)
    assert done.taken == ()
    assert "elsewhere" in done.refused[0].sentence
    order = Order(DAY, (into,), others=(moving,))
    assert small.desk.write(accepting.accept, order).needed == (first.debrief_id,)
    done = accept(small, moving, into)
    assert set(done.taken) == {first.debrief_id, second.debrief_id}


def test_what_was_confirmed_since_stays_as_people_were_told(small: SmallDesk) -> None:
    saved = small.register()
    moved = line(small, saved)
    small.desk.write(change, Debrief, saved.debrief_id, pinned=True)
    row = small.debrief(saved.reference)
    done = accept(small, Line(((saved.debrief_id, row.version),), moved.placement))
    assert done.taken == ()
    assert "stays" in done.refused[0].sentence


def test_a_line_for_whom_nobody_may_plan_is_refused(small: SmallDesk) -> None:
    saved = small.register()
    moved = line(small, saved)
    small.desk.write(change, Registration, small.id_of("BF1"), child_flag="child")
    row = small.debrief(saved.reference)
    done = accept(small, Line(((saved.debrief_id, row.version),), moved.placement))
    assert done.taken == ()
    assert small.debrief(saved.reference).starts_at == at("14:00")


def test_without_a_place_a_debrief_waits_and_frees_what_it_held(small: SmallDesk) -> None:
    saved = small.register()
    row = small.debrief(saved.reference)
    accept(small, Line(((saved.debrief_id, row.version),), None))
    row = small.debrief(saved.reference)
    assert row.state is DebriefState.WAITING
    assert (row.room_id, row.lead_id, row.second_id, row.interpreter_id) == (None,) * 4


def test_two_agencies_are_joined_by_a_supervisor_only(small: SmallDesk) -> None:
    nca = small.register(room_id="", second_id="")
    kent = small.register("Kent Police", clock="15:00", room_id="", second_id="")
    _, offer = offered(small)
    (joint,) = offer.lines
    assert joint.kind == offering.JOINED
    assert joint.agency == "NCA + Kent Police"
    supervisor = small.desk.who
    small.desk.who = replace(supervisor, roles=frozenset({Role.COORDINATOR}))
    done = accept(small, joint.line)
    assert done.taken == ()
    assert "supervisor" in done.refused[0].sentence
    small.desk.who = supervisor
    done = accept(small, joint.line)
    assert done.taken == (nca.debrief_id,)
    kept, gone = small.debrief(nca.reference), small.debrief(kent.reference)
    assert kept.partner_ids == [str(gone.agency_id)]
    assert gone.state is DebriefState.CANCELLED
    assert not small.conflicts("same_person")
    small.desk.write(placements.take_back, done.step)
    assert small.debrief(kent.reference).state is DebriefState.PLANNED
    assert small.conflicts("same_person")


def test_only_an_acceptance_is_taken_back(small: SmallDesk) -> None:
    saved = small.register()
    with Plain(small.desk._opened.reader) as session:
        step = session.scalars(select(AuditEvent.step).order_by(AuditEvent.sequence.desc())).first()
    with pytest.raises(WrongCall, match="step-unknown"):
        small.desk.write(placements.take_back, str(step))
    done = accept(small, line(small, saved))
    row = small.debrief(saved.reference)
    small.desk.write(plans.move, saved.debrief_id, row.version, starts_at=at("17:30"))
    with pytest.raises(Stale):
        small.desk.write(placements.take_back, done.step)


def test_no_line_is_a_wrong_call(small: SmallDesk) -> None:
    with pytest.raises(WrongCall, match="no-lines"):
        accept(small)


def refused(small: SmallDesk, one: Line) -> str:
    """Give why a line is refused; it must be."""
    done = accept(small, one)
    assert done.taken == ()
    return done.refused[0].sentence


def placed(one: Line) -> Placement:
    assert one.placement is not None
    return one.placement


def test_gender_dialect_mode_and_mentor_are_held_on_acceptance(small: SmallDesk) -> None:
    saved = small.register()
    trainee = small.id_of("N. Trainee")
    assert refused(small, line(small, saved, lead_id=trainee))
    assert refused(small, line(small, saved, interpreter_id=small.id_of("Interpreter P")))  # I-2
    assert refused(small, line(small, saved, interpreter_id=""))
    assert refused(small, line(small, saved, second_id=""))  # X-4 by the checker
    video = line(small, saved, mode=Mode.VIDEO)  # Room 1 has video, Room 2 has not
    assert refused(
        small, replace(video, placement=replace(placed(video), room_id=small.id_of("Room 2")))
    )
    small.desk.write(change, WelfareCheck, str(small.stored(WelfareCheck)[0].id), preference="men")
    assert refused(small, line(small, saved))


def test_a_dialect_that_somebody_here_speaks_is_asked_for(small: SmallDesk) -> None:
    saved = small.register()
    small.desk.write(change, Registration, small.id_of("BF1"), dialect="Highland")
    speaks = Interpreter(
        name="Interpreter H",
        languages=["Tigrinya (Highland)"],
        modes=["in_person"],
        qualification="DPSI",
        valid_to=date(2028, 1, 1),
        gender="F",
    )
    small.desk.write(add, speaks)
    assert refused(small, line(small, saved))
    found = small.desk.read(proposing.suggest, saved.debrief_id)
    assert {slot.interpreter for slot in found.slots} == {"Interpreter H"}


def typed(small: SmallDesk, family_name: str = "Abebe") -> Registered:
    """Register a debrief without a team at 20:30 for somebody who is only typed."""
    who = person(given_name="Selam", family_name=family_name, language="Tigrinya")
    return small.desk.write(plans.register, plan(clock="20:30", minutes=45, person=who))


def team(small: SmallDesk, **names: str) -> dict[str, str]:
    """Give ids of a team by name."""
    usual = {
        "room_id": "Room 9",
        "lead_id": "N. Ready",
        "second_id": "K. Second",
        "interpreter_id": "Interpreter T",
    }
    return {key: small.id_of(who) for key, who in (usual | names).items()}


def test_an_absence_in_the_duty_is_held_on_acceptance(small: SmallDesk) -> None:
    saved = small.register(clock="18:00")
    own = UUID(small.id_of("N. Ready"))
    assert accept(small, line(small, saved, "10:15")).taken
    small.desk.write(
        add, Duty(interviewer_id=own, kind="absence", starts_at=at("11:30"), ends_at=at("13:00"))
    )
    assert refused(small, line(small, saved, "12:00"))


def test_rest_between_duties_is_held_on_acceptance(small: SmallDesk) -> None:
    saved = small.register(clock="18:00")
    own = UUID(small.id_of("N. Ready"))
    small.desk.write(
        add,
        Duty(
            interviewer_id=own,
            kind="shift",
            starts_at=at("18:00", day=19),
            ends_at=at("02:00", day=20),
        ),
    )
    # the duty of today begins five hours after that of last night has ended
    assert "rest" in refused(small, line(small, saved, "12:00"))
    found = small.desk.read(proposing.suggest, saved.debrief_id)
    assert "N. Ready" not in {slot.lead for slot in found.slots} | {s.second for s in found.slots}


def test_a_fifth_debrief_in_one_duty_is_refused(small: SmallDesk) -> None:
    for serial, clock in (("BF1", "10:00"), ("BF2", "11:00"), ("BF3", "13:00"), ("BF4", "15:00")):
        small.register(serial=serial, clock=clock)
    fifth = typed(small)
    assert "4 is usual" in refused(small, line(small, fifth, "17:00", **team(small)))
    other = team(small, lead_id="K. Ready")
    assert refused(small, line(small, fifth, "17:00", **other))  # of another agency (H09)


def test_too_many_of_one_boat_side_by_side_are_refused(small: SmallDesk) -> None:
    nca = small.debrief(small.register(serial="BF4", clock="17:00").reference).agency_id
    for kind, name, extra in (
        (Interviewer, "N. Third", {"agency_id": nca, "vetting": "SC"}),
        (Interpreter, "Interpreter Q", {"languages": ["Pashto"], "modes": ["in_person"]}),
    ):
        valid = "vetting_to" if kind is Interviewer else "valid_to"
        small.desk.write(add, kind(name=name, gender="F", **extra, **{valid: date(2029, 1, 1)}))
    small.register(serial="BF1", clock="12:00", second_id=small.id_of("N. Trainee"))
    small.register("Kent Police", "BF3", "12:00", room_id=small.id_of("Room 3"))
    saved = next(d for d in small.stored(Debrief) if d.starts_at == at("17:00"))
    with_others = {
        "lead_id": small.id_of("N. Second"),
        "second_id": small.id_of("N. Third"),
        "interpreter_id": small.id_of("Interpreter Q"),
    }
    kept = small.debrief(saved.reference)
    whole = line(small, kept, "12:00", room_id=small.id_of("Room 2"), **with_others)
    assert refused(small, whole)
    apart = line(small, kept, "12:00", room_id=small.id_of("Room 9"), **with_others)
    assert accept(small, apart).taken


def test_an_offer_takes_another_room_where_too_many_of_one_boat_would_sit_together(
    small: SmallDesk,
) -> None:
    values = {"spacing": {"same_boat": 1}}
    small.desk.write(
        add, PolicyVersion(values=values, saved_at=at("08:00"), account_id=None, reason="trial")
    )
    first = small.register()
    small.desk.write(change, Debrief, first.debrief_id, pinned=True)
    saved = small.register("Kent Police", "BF3", "14:00", room_id="")
    prepared, offer = offered(small)
    (plan_,) = [one for one in prepared.problem.previous_plan.bookings if one.start == 480
                and one.id not in {pin.id for pin in prepared.problem.pinned}]  # fmt: skip
    assert prepared.opened.rooms[plan_.room] == small.id_of("Room 2")  # beside Room 1
    (row,) = offer.lines
    assert row.id == saved.debrief_id
    assert row.room in {"Room 3", "Room 9"}
    assert accept(small, row.line).taken == (saved.debrief_id,)
    assert not small.conflicts("crowding")


def test_nothing_planned_afresh_is_accepted_once_people_have_been_told(
    small: SmallDesk, tmp_path: Path
) -> None:
    saved = small.register()
    order = Order(DAY, (line(small, saved),), mode="open")
    sheet = RosterOrder(at("06:00"), at("20:00"), recipient="Shift lead")
    small.desk.write(issue, sheet, tmp_path / "r.csv", "csv")
    with pytest.raises(Refused, match="open-after-told"):
        small.desk.write(accepting.accept, order)
    assert small.desk.write(accepting.accept, replace(order, mode="freeze")).taken


def test_urgency_is_one_of_three(small: SmallDesk) -> None:
    saved = small.register()
    small.desk.write(marks.prioritise, saved.debrief_id, 1, 3)
    assert small.debrief(saved.reference).priority == 3
    with pytest.raises(WrongCall, match="priority-unknown"):
        small.desk.write(marks.prioritise, saved.debrief_id, 2, 0)
