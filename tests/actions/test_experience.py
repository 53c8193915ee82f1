"""What counts as experience, papers that begin and end, what is due, and who leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from debrief_desk.actions import (
    accreditations,
    attendance,
    declarations,
    departures,
    experience,
    facts,
    imports,
    plans,
    renewals,
    staff,
)
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.accreditations import Paper
from debrief_desk.actions.declarations import Marks
from debrief_desk.actions.experience import Declared
from debrief_desk.actions.rights import reads, writes
from debrief_desk.desk import Desk
from debrief_desk.errors import NotAllowed, Stale, WrongCall
from debrief_desk.rules.codes import AccreditationKind, Renewal
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Account,
    Accreditation,
    Agency,
    AuditEvent,
    Debrief,
    DeconflictionCheck,
)
from tests import builders
from tests.builders import at
from tests.conftest import PASSWORD, FixedClock

if TYPE_CHECKING:
    from tests.actions.conftest import SmallDesk

TODAY = date(2026, 11, 20)
OTHER = "Second Supervisor"


@pytest.fixture
def other(small: SmallDesk, clock: FixedClock) -> SmallDesk:
    """Give the same desk with another supervisor at work."""
    small.desk.add_account(NewAccount(OTHER, (Role.SUPERVISOR,)), PASSWORD)
    small.desk.close()
    return type(small)(Desk.open(small.desk.path, OTHER, PASSWORD, now=clock))


@writes(None)
def complete(session: Session, debrief_id: str) -> None:
    session.get_one(Debrief, UUID(debrief_id)).state = DebriefState.COMPLETED


@reads(None)
def lead_facts(session: Session, debrief_id: str):
    return facts.cases(session, [session.get_one(Debrief, UUID(debrief_id))])[0].lead


def row(small: SmallDesk, name: str):
    return next(one for one in small.desk.read(staff.interviewers) if one.name == name)


def rules_of(small: SmallDesk, debrief_id: str) -> set[str]:
    with Session(small.desk._opened.reader) as session:
        kept = session.get_one(DeconflictionCheck, UUID(debrief_id))
        return {found["rule"] for found in kept.findings}


def test_a_debrief_completed_here_counts_for_both_seats(small) -> None:
    made = small.register(second_id=small.id_of("N. Trainee"))
    small.desk.write(complete, made.debrief_id)
    lead, second = (
        small.desk.read(experience.record, small.id_of(n)) for n in ("N. Ready", "N. Trainee")
    )
    assert (lead.whole.led, lead.whole.supervised, lead.whole.last_on) == (61, 4, TODAY)
    assert (second.here_led, second.here_second, second.here_supervised) == (0, 1, 1)
    assert (second.whole.led, second.whole.seconded, second.whole.supervised) == (1, 1, 1)


@pytest.mark.parametrize("state", [s for s in DebriefState if s is not DebriefState.COMPLETED])
def test_only_what_was_completed_counts(small, state) -> None:
    made = small.register()

    @writes(None)
    def put(session: Session) -> None:
        session.get_one(Debrief, UUID(made.debrief_id)).state = state

    small.desk.write(put)
    assert row(small, "N. Ready").led == 60


def test_beside_somebody_without_authorisation_nothing_is_supervised(small) -> None:
    made = small.register(lead_id=small.id_of("N. Second"), second_id=small.id_of("N. Trainee"))
    (paper,) = small.desk.read(accreditations.of, small.id_of("N. Second"))
    small.desk.write(accreditations.revoke, paper.id, TODAY)
    small.desk.write(complete, made.debrief_id)
    found = small.desk.read(experience.record, small.id_of("N. Trainee"))
    assert (found.here_second, found.here_supervised) == (1, 0)


def test_a_sheet_that_knows_of_the_debrief_does_not_count_it_twice(small, tmp_path) -> None:
    made = small.register()
    small.desk.write(complete, made.debrief_id)
    assert row(small, "N. Ready").led == 61
    newer = builders.INTERVIEWERS.replace("3,60,4,2026-10-31", "3,61,4,2026-11-20")
    small.desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, newer)))
    assert row(small, "N. Ready").led == 61
    assert row(small, "N. Ready").last_debrief_on == TODAY


def test_a_declaration_counts_once_another_account_countersigned_it(small, clock) -> None:
    trainee = small.id_of("N. Trainee")
    made = small.desk.write(experience.declare, trainee, Declared(6, 2, date(2026, 9, 1)))
    assert row(small, "N. Trainee").led == 1
    with pytest.raises(NotAllowed, match="experience-own"):
        small.desk.write(experience.countersign, made)
    small.desk.add_account(NewAccount(OTHER, (Role.SUPERVISOR,)), PASSWORD)
    small.desk.close()
    with Desk.open(small.desk.path, OTHER, PASSWORD, now=clock) as desk:
        (waiting,) = desk.read(experience.waiting)
        assert (waiting.who, waiting.declared_by, waiting.own) == (
            "N. Trainee", "First Supervisor", False,
        )  # fmt: skip
        desk.write(experience.countersign, made)
        assert desk.read(experience.waiting) == ()
        found = desk.read(experience.record, trainee)
        assert (found.whole.led, found.whole.supervised) == (7, 2)
        assert found.declared[0].countersigned_by == OTHER
        with pytest.raises(WrongCall, match="experience-unknown"):
            desk.write(experience.countersign, made)
        desk.write(experience.take_back, made)
        assert desk.read(experience.record, trainee).whole.led == 1


def test_a_coordinator_declares_and_does_not_countersign(small) -> None:
    small.desk.who = replace(small.desk.who, roles=frozenset({Role.COORDINATOR}))
    made = small.desk.write(experience.declare, small.id_of("N. Trainee"), Declared(6, 2))
    with pytest.raises(NotAllowed, match="right-missing"):
        small.desk.write(experience.countersign, made)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        (Declared(0, 0), "experience-count"),
        (Declared(2, 3), "experience-count"),
        (Declared(10_001, 0), "experience-count"),
        (Declared(2, 1, date(2026, 11, 21)), "experience-future"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(small, declared, code) -> None:
    with pytest.raises(WrongCall) as refused:
        small.desk.write(experience.declare, small.id_of("N. Trainee"), declared)
    assert refused.value.code == code


def test_countersigning_checks_the_plans_again(other) -> None:
    trainee = other.id_of("N. Trainee")
    other.desk.write(
        accreditations.add, trainee, Paper("authorisation", date(2027, 1, 1), "F. Supervisor")
    )
    made = other.register(lead_id=trainee)
    assert "X-2" in rules_of(other, made.debrief_id)
    other.desk.write(
        accreditations.add, trainee, Paper(AccreditationKind.COURSE, None, "F. Supervisor")
    )
    declared = other.desk.write(experience.declare, trainee, Declared(20, 2))
    other.desk.who = replace(other.desk.who, account_id=_first_account(other))
    other.desk.write(experience.countersign, declared)
    assert "X-2" not in rules_of(other, made.debrief_id)
    other.desk.close()


def _first_account(small: SmallDesk) -> UUID:
    return next(one.id for one in small.stored(Account) if one.name != OTHER)


def test_a_renewed_authorisation_follows_the_one_that_ends(small) -> None:
    who = small.id_of("N. Ready")
    (held,) = small.desk.read(accreditations.of, who)
    small.desk.write(accreditations.revoke, held.id, TODAY)
    first = small.desk.write(accreditations.add, who, Paper("Debriefer", TODAY, "A. Clerk"))
    made = small.register(clock="14:00")
    late = small.register(serial="BF2", clock="23:30")
    after = small.desk.write(
        plans.register, replace(small.plan(serial="BF3"), starts_at=at("00:00", day=21))
    )
    assert "X-1" not in rules_of(small, made.debrief_id) | rules_of(small, late.debrief_id)
    assert "X-1" in rules_of(small, after.debrief_id)
    small.desk.write(accreditations.renew, first, date(2027, 11, 20), "A. Clerk")
    assert "X-1" not in rules_of(small, after.debrief_id)
    stands = [(p.valid_to, p.awarded_on) for p in small.desk.read(accreditations.of, who)]
    assert stands == [
        (TODAY, None), (date(2028, 4, 3), None), (date(2027, 11, 20), date(2026, 11, 21)),
    ]  # fmt: skip


def test_a_paper_revoked_from_a_later_day_holds_until_then(small) -> None:
    who = small.id_of("N. Ready")
    today, tomorrow = (
        small.register(),
        small.desk.write(
            plans.register, replace(small.plan(serial="BF2"), starts_at=at("10:00", day=21))
        ),
    )
    (held,) = small.desk.read(accreditations.of, who)
    small.desk.write(accreditations.revoke, held.id, date(2026, 11, 21))
    assert "X-1" not in rules_of(small, today.debrief_id)
    assert "X-1" in rules_of(small, tomorrow.debrief_id)
    with pytest.raises(WrongCall, match="accreditation-unknown"):
        small.desk.write(accreditations.revoke, held.id)


def test_pip_course_and_best_evidence_are_read_from_papers(small) -> None:
    trainee, made = small.id_of("N. Trainee"), small.register(lead_id=small.id_of("N. Trainee"))
    for paper in (
        Paper(AccreditationKind.PIP, date(2027, 1, 1), "A. Clerk", level="2"),
        Paper(AccreditationKind.COURSE, None, "A. Clerk"),
        Paper(AccreditationKind.BEST_EVIDENCE, date(2026, 11, 19), "A. Clerk"),
    ):
        small.desk.write(accreditations.add, trainee, paper)
    found = small.desk.read(lead_facts, made.debrief_id)
    assert (found.pip, found.agency_course, found.abe_trained) == (2, True, None)
    assert found.authorisation is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": ""}, "accreditation-kind"),
        ({"kind": "pip", "level": "9"}, "accreditation-kind"),
        ({"valid_to": None}, "accreditation-dates"),
        ({"awarded_on": date(2028, 1, 1)}, "accreditation-dates"),
        ({"seen_by": "  "}, "accreditation-seen"),
    ],
)
def test_a_paper_that_says_too_little_is_refused(small, change, code) -> None:
    paper = replace(Paper("authorisation", date(2027, 1, 1), "A. Clerk"), **change)
    with pytest.raises(WrongCall) as refused:
        small.desk.write(accreditations.add, small.id_of("N. Trainee"), paper)
    assert refused.value.code == code


def test_a_sheet_leaves_alone_what_was_seen_or_revoked_here(small, tmp_path) -> None:
    ready, second = small.id_of("N. Ready"), small.id_of("N. Second")
    small.desk.write(accreditations.add, ready, Paper("Debriefer", date(2030, 1, 1), "A. Clerk"))
    (held,) = small.desk.read(accreditations.of, second)
    small.desk.write(accreditations.revoke, held.id)
    before = small.stored(Accreditation)
    small.desk.write(attendance.set_pattern, ready, 60, 120, [1])
    sheet = builders.sheet(tmp_path, builders.INTERVIEWERS.replace("07:00-19:00", ""))
    small.desk.write(imports.take, imports.ImportFile(sheet))
    assert len(small.stored(Accreditation)) == len(before)
    assert row(small, "N. Second").reason == "revoked"
    assert row(small, "N. Ready").valid_to == date(2030, 1, 1)
    assert row(small, "N. Ready").shift_start == 60


def test_what_ends_soon_or_has_ended_is_listed_soonest_first(small) -> None:
    second, who = small.id_of("N. Second"), small.id_of("N. Ready")
    (held,) = small.desk.read(accreditations.of, who)
    small.desk.write(accreditations.revoke, held.id)
    last = TODAY + timedelta(days=60)
    small.desk.write(accreditations.add, who, Paper("Debriefer", last, "A. Clerk"))
    small.desk.write(accreditations.add, second, Paper("abe", date(2026, 11, 18), "A. Clerk"))
    found = small.desk.read(renewals.listed)
    assert [(one.who, one.what, one.days_left) for one in found] == [
        ("N. Second", Renewal.BEST_EVIDENCE, -2),
        ("N. Ready", Renewal.AUTHORISATION, 60),
    ]
    small.desk.write(
        accreditations.add, who, Paper("Debriefer", last + timedelta(days=1), "A. Clerk")
    )
    assert [one.who for one in small.desk.read(renewals.listed)] == ["N. Second"]


def test_the_record_day_names_papers_and_qualifications(record_day) -> None:
    found = record_day.read(renewals.listed)
    assert {one.what for one in found} == {Renewal.AUTHORISATION, Renewal.QUALIFICATION}
    assert [one.ends_on for one in found] == sorted(one.ends_on for one in found)
    assert all(one.days_left == (one.ends_on - TODAY).days <= 60 for one in found)


def test_a_refresher_and_vetting_come_due_too(small, clock) -> None:
    clock.now = at("08:00") + timedelta(days=462)
    found = {one.what for one in small.desk.read(renewals.listed)}
    assert Renewal.REFRESHER in found
    clock.now = at("08:00") + timedelta(days=772 - 60)
    assert Renewal.VETTING not in {one.what for one in small.desk.read(renewals.listed)}
    clock.now += timedelta(days=1)
    assert Renewal.VETTING in {one.what for one in small.desk.read(renewals.listed)}


def test_who_leaves_is_off_the_lists_and_their_debriefs_go_to_somebody_else(small) -> None:
    gone, stays = small.id_of("N. Ready"), small.id_of("N. Second")
    first = small.register(second_id="")
    second = small.register(serial="BF2", clock="16:00", second_id="")
    left = small.desk.write(departures.leave, gone)
    assert [one.id for one in left.needing] == [first.debrief_id, second.debrief_id]
    assert "N. Ready" not in {one.name for one in small.desk.read(staff.interviewers)}
    assert "X-10" in rules_of(small, first.debrief_id)
    shown = [(one.id, one.version) for one in small.desk.read(departures.upcoming, gone).needing]
    small.desk.write(departures.hand_over, gone, stays, shown)
    assert small.desk.read(departures.upcoming, gone).needing == ()
    assert {d.lead_id for d in small.stored(Debrief)} == {UUID(stays)}
    assert "X-10" not in rules_of(small, first.debrief_id)


def test_a_hand_over_changes_all_or_nothing(small) -> None:
    gone, stays = small.id_of("N. Ready"), small.id_of("N. Second")
    made = small.register(second_id="")
    with pytest.raises(Stale):
        small.desk.write(departures.hand_over, gone, stays, [(made.debrief_id, 99)])
    for to, code in ((small.id_of("Interpreter T"), "staff-other-post"),):
        with pytest.raises(WrongCall, match=code):
            small.desk.write(departures.hand_over, gone, to, [])
    small.desk.write(departures.leave, stays)
    with pytest.raises(WrongCall, match="staff-left"):
        small.desk.write(departures.hand_over, gone, stays, [])
    assert {d.lead_id for d in small.stored(Debrief)} == {UUID(gone)}


def test_experience_of_many_is_read_by_a_handful_of_statements(record_day) -> None:
    asked: list[str] = []

    def count(_conn, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(record_day._opened.reader, "before_cursor_execute", count)
    record_day.read(staff.interviewers)
    assert len(asked) <= 14


@pytest.mark.parametrize(("who", "rule"), [("N. Ready", "X-8"), ("Interpreter T", "I-5")])
def test_who_declared_a_link_is_left_out_for_that_person_until_it_is_taken_back(
    small, who, rule
) -> None:
    made, other = small.register(), small.register(serial="BF2", clock="16:00")
    small.desk.write(declarations.link, small.id_of(who), made.debrief_id)
    assert rule in rules_of(small, made.debrief_id)
    assert rule not in rules_of(small, other.debrief_id)
    small.desk.write(declarations.take_back, small.id_of(who), made.debrief_id)
    assert rule not in rules_of(small, made.debrief_id)


def test_a_trainee_does_not_lead_and_a_decision_maker_takes_no_part(small) -> None:
    made, who = small.register(), small.id_of("N. Ready")
    small.desk.write(declarations.mark, who, Marks(trainee=True))
    assert {"X-4"} == rules_of(small, made.debrief_id) & {"X-4", "X-8"}
    small.desk.write(declarations.mark, who, Marks(asylum_decision_maker=True))
    assert {"X-8"} == rules_of(small, made.debrief_id) & {"X-4", "X-8"}
    small.desk.write(declarations.mark, who, Marks())
    assert not rules_of(small, made.debrief_id) & {"X-4", "X-8"}


def test_a_link_is_declared_for_ones_own_debriefs_only(small) -> None:
    made = small.register()
    kent = next(a.id for a in small.stored(Agency) if a.name == "Kent Police")
    small.desk.who = replace(small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=kent)
    with pytest.raises(NotAllowed, match="other-agency"):
        small.desk.write(declarations.link, small.id_of("N. Ready"), made.debrief_id)


def test_what_is_due_is_written_as_a_sheet_and_that_is_on_record(small, tmp_path) -> None:
    who = small.id_of("N. Ready")
    paper = Paper(AccreditationKind.BEST_EVIDENCE, date(2026, 11, 25), "A. Clerk")
    small.desk.write(accreditations.add, who, paper)
    path = tmp_path / "due.csv"
    assert small.desk.write(renewals.export, path) == 1
    assert '"N. Ready","NCA","ABE training","Wed 25 Nov 2026","5"' in path.read_text("utf-8-sig")
    with Session(small.desk._opened.reader) as session:
        kinds = session.execute(select(AuditEvent.kind, AuditEvent.entity)).all()
    assert ("disclosed", "renewals") in [tuple(row) for row in kinds]
