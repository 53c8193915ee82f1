"""A policy is tried before it is saved, holds from then on, and every version can come back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from debrief_desk.actions import (
    conflicts,
    deciding,
    desks,
    plans,
    policies,
    policy_cards,
    policy_trials,
    rule_cards,
)
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.rights import writes
from debrief_desk.errors import DeskError, Interrupted, NotAllowed, WrongCall
from debrief_desk.rules.catalogue import RULES
from debrief_desk.rules.policy import default_policy, settings
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.models import (
    AuditEvent,
    DeconflictionCheck,
    IdentitySuggestion,
    PolicyVersion,
    Registration,
    WelfareCheck,
)
from debrief_desk.store.session import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debrief_desk.actions.plans import Registered
    from debrief_desk.desk import Desk
    from tests.actions.conftest import SmallDesk
    from tests.conftest import FixedClock


def save(desk: Desk, reason: str = "the night shift asked", **chosen: Any) -> policies.Saved:
    """Save values: `welfare__rest_minutes=300` stands for `welfare.rest_minutes`."""
    return desk.write(policies.save, paths(**chosen), reason)


def paths(**chosen: Any) -> dict[str, Any]:
    return {path.replace("__", "."): value for path, value in chosen.items()}


def value(desk: Desk, path: str) -> float:
    card = desk.read(policy_cards.in_force)
    return next(n.value for s in card.sections for n in s.numbers if n.path == path)


@writes(None)
def keep(session: Session, values: Any) -> None:
    """Put a version into the file as another program might have left it."""
    now = session.info["step"].now
    session.add(PolicyVersion(values=values, saved_at=now, reason="by hand"))


def register(small: SmallDesk, serial: str = "BF1", clock: str = "14:00") -> Registered:
    """Register a plan whose lead has completed 40 debriefs, and whose second has 60."""
    team = {"lead_id": small.id_of("N. Second"), "second_id": small.id_of("N. Ready")}
    return small.register("NCA", serial, clock, **team)


# saving


def test_a_save_is_a_version_with_who_when_and_why(small: SmallDesk, clock: FixedClock) -> None:
    clock.now = clock.now.replace(hour=9)
    saved = save(small.desk, welfare__rest_minutes=300)
    newest, first = small.desk.read(policies.versions)
    assert (saved.version, newest.number, first.number) == (2, 2, 1)
    assert (newest.by, newest.saved_at, newest.reason) == (
        "First Supervisor",
        clock.now,
        "the night shift asked",
    )
    assert newest.changes == ("Usual rest from landing: 4 h → 5 h",)
    assert (first.changes, first.reason) == ((), "The policy the program ships.")
    assert (newest.in_force, first.in_force) == (True, False)
    assert value(small.desk, "welfare.rest_minutes") == 300


def test_saving_a_policy_is_on_record(small: SmallDesk) -> None:
    save(small.desk, welfare__rest_minutes=300)
    with Session(small.desk._opened.reader) as session:
        newest = session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert newest is not None
    assert (newest.action, "policy_version" in newest.body) == ("policies.save", True)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_save_without_a_reason_is_refused(small: SmallDesk, reason: str) -> None:
    with pytest.raises(WrongCall, match="reason-missing"):
        save(small.desk, reason, welfare__rest_minutes=300)
    assert len(small.desk.read(policies.versions)) == 1


def test_a_save_that_changes_nothing_makes_no_version(small: SmallDesk) -> None:
    with pytest.raises(WrongCall, match="policy-unchanged"):
        save(small.desk, welfare__rest_minutes=240)


@pytest.mark.parametrize(
    ("path", "wrong", "said"),
    [
        ("welfare.rest_minutes", 100_000, "It lies between 0 min and 24 h."),
        ("welfare.night_from_hour", 3, "It lies between 18:00 and 24:00."),
        ("welfare.rest_minutes", 12.5, "Write a whole number."),
        ("identity.probable", "high", "Write a number from 0 to 1."),
        ("welfare.least_rest_minutes", 500, "It may not exceed “Usual rest from landing”."),
        ("welfare.before_transfer_minutes", 30, "It may be made stricter than the default, never milder."),
        ("welfare.stay_limit_minutes", 900, "It is set with the site, not here."),
        ("severity.W-6", "WARN", "It may be made stricter than the default, never milder."),
        ("severity.D-4", "HARD", "It is information only: nobody could settle it if it stopped a plan."),
        ("severity.W-3", "loud", "Choose one of the severities."),
        ("weather.rain", 1, "This version does not know it."),
    ],
)  # fmt: skip
def test_each_wrong_value_has_one_sentence_and_is_never_saved(
    small: SmallDesk, path: str, wrong: Any, said: str
) -> None:
    told = small.desk.read(policies.faults, {path: wrong, "spacing.same_boat": 3})
    assert list(told.values()) == [said]
    with pytest.raises(WrongCall):
        small.desk.write(policies.save, {path: wrong}, "try")
    assert len(small.desk.read(policies.versions)) == 1


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.AGENCY_USER, Role.SUPERVISOR, Role.AUDITOR]
)
def test_only_an_administrator_changes_and_tries_a_policy(small: SmallDesk, role: Role) -> None:
    desk = small.desk
    first = desk.read(policies.versions)[0].id
    desk.who = replace(desk.who, roles=frozenset({role}))
    assert not desk.read(policy_cards.in_force).may_edit
    with pytest.raises(NotAllowed):
        save(desk, welfare__rest_minutes=300)
    with pytest.raises(NotAllowed):
        desk.write(policies.go_back, first, "as it was")
    with pytest.raises(NotAllowed):
        desk.read(policy_trials.tried, paths(welfare__rest_minutes=300))


# what a save leads to


def test_the_next_check_follows_the_new_numbers(small: SmallDesk) -> None:
    save(small.desk, welfare__usual_minutes=30, welfare__break_minutes=30)
    made = small.register("NCA", "BF1", "14:00")
    assert "W-5" in {row.rule for row in made.findings}


def test_open_plans_are_checked_again_and_what_is_closed_says_why(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00", lead_id=small.id_of("N. Trainee"))
    before = small.conflicts("experience")
    assert {rule for row in before for rule in row.rules} == {"X-1", "X-2"}
    saved = small.desk.write(policies.save, {"severity.X-2": "WARN"}, "the course is new")
    assert saved.plans == 1
    closed = {r.id: r for r in small.conflicts("experience", everything=True)}
    after = [closed[row.id] for row in before]
    assert {rule for row in after for rule in row.rules} == {"X-1"}


def test_a_conflict_that_only_the_old_policy_raised_closes_because_of_the_policy(
    small: SmallDesk,
) -> None:
    save(small.desk, fitness__lead_debriefs=50)
    register(small)
    raised = small.conflicts("experience")[0]
    saved = save(
        small.desk,
        "too strict for this site",
        fitness__lead_debriefs=5,
    )
    assert (saved.opened, saved.closed) == (0, 1)
    gone = next(r for r in small.conflicts(everything=True) if r.id == raised.id)
    assert (gone.state, gone.closed_because) == (ConflictState.CLOSED, "policy_changed")
    again = save(small.desk, "strict again", fitness__lead_debriefs=50)
    assert (again.opened, again.closed) == (1, 0)
    back = next(r for r in small.conflicts("experience") if r.id == raised.id)
    assert (back.state, back.reopened_because) == (ConflictState.REOPENED, "policy_changed")


def test_a_cleared_plan_that_a_new_policy_stops_is_planned_again(small: SmallDesk) -> None:
    made = register(small)
    small.consent(made.debrief_id)
    debrief = small.debrief(made.reference)
    small.desk.write(plans.clear, made.debrief_id, debrief.version)
    assert small.debrief(made.reference).state is DebriefState.CLEARED
    save(small.desk, fitness__lead_debriefs=50)
    assert small.debrief(made.reference).state is DebriefState.PLANNED


def test_a_recheck_tells_how_far_it_is_and_a_cancelled_save_keeps_nothing(
    small: SmallDesk,
) -> None:
    small.register("NCA", "BF1", "14:00")
    told: list[tuple[int, int]] = []
    chosen = paths(welfare__usual_minutes=30)
    small.desk.run(Token(), lambda *far: told.append(far), policies.save, chosen, "short ones")
    assert told == [(0, 1), (1, 1)]
    token = Token()
    token.cancel()
    with pytest.raises(Interrupted):
        small.desk.run(token, None, policies.save, paths(welfare__usual_minutes=20), "shorter")
    assert value(small.desk, "welfare.usual_minutes") == 30


# going back


def test_going_back_is_a_new_version_with_the_old_values(small: SmallDesk) -> None:
    save(small.desk, welfare__rest_minutes=300)
    save(small.desk, "quiet week", spacing__same_boat=4)
    first = small.desk.read(policies.versions)[-1]
    small.desk.write(policies.go_back, first.id, "the trial is over")
    rows = small.desk.read(policies.versions)
    assert [row.number for row in rows] == [4, 3, 2, 1]
    assert rows[0].changes == (
        "Usual rest from landing: 5 h → 4 h",
        "Debriefs of one boat at once in neighbouring rooms: 4 → 2",
    )
    assert value(small.desk, "welfare.rest_minutes") == 240
    with pytest.raises(WrongCall, match="policy-unchanged"):
        small.desk.write(policies.go_back, first.id, "once more")


def test_nobody_goes_back_to_a_version_that_is_not_there(small: SmallDesk) -> None:
    with pytest.raises(WrongCall, match="policy-version-unknown"):
        small.desk.write(policies.go_back, small.id_of("BF1"), "why not")


# what is broken in the file


@pytest.mark.parametrize(
    ("kept", "fields"),
    [
        ({}, []),
        ([], ["policy"]),
        ("nonsense", ["policy"]),
        ({"welfare": 5}, ["welfare"]),
        ({"welfare": {"rest_minutes": "long"}}, ["Usual rest from landing"]),
        ({"welfare": {"tea_minutes": 5}}, ["welfare.tea_minutes"]),
        ({"weather": {"rain": 1}}, ["weather"]),
        ({"severity": {"V-4": "NOTE", "W-3": "HARD*"}}, ["V-4"]),
        ({"identity": {"possible": 0.95}}, ["Possible from"]),
    ],
)  # fmt: skip
def test_a_broken_version_says_so_and_shipped_values_hold_for_it(
    small: SmallDesk, kept: Any, fields: list[str]
) -> None:
    small.desk.write(keep, kept)
    card = small.desk.read(policy_cards.in_force)
    assert bool(card.faults) is bool(fields)
    assert all(field in card.faults for field in fields)
    shipped = settings(default_policy())
    shown = {n.path: n.value for s in card.sections for n in s.numbers}
    assert shown == {path: v for path, v in shipped.items() if isinstance(v, int | float)}
    severities = {s.path: s.value for section in card.sections for s in section.severities}
    assert severities["severity.V-4"] is Severity.HARD
    small.register("NCA", "BF1", "14:00")  # checks go on
    assert len(small.desk.read(policies.versions)) == 2
    saved = save(small.desk, "mended", welfare__rest_minutes=250)
    assert saved.version == 3
    assert small.desk.read(policy_cards.in_force).faults == ""


@pytest.mark.parametrize("text", ["", "{", '{"welfare": {"rest_min', "\x00", "nonsense"])
def test_a_version_whose_text_cannot_be_read_says_so_and_the_shipped_policy_holds(
    small: SmallDesk, text: str
) -> None:
    small.desk.write(keep, {})
    small.desk.write(damage, text)
    card = small.desk.read(policy_cards.in_force)
    assert "policy" in card.faults
    assert "shipped values" in card.faults
    shipped = settings(default_policy())
    shown = {n.path: n.value for s in card.sections for n in s.numbers}
    assert shown == {path: v for path, v in shipped.items() if isinstance(v, int | float)}
    small.register("NCA", "BF1", "14:00")  # checks go on
    versions = small.desk.read(policies.versions)
    assert len(versions) == 2
    with pytest.raises(WrongCall, match="reason-missing"):
        small.desk.write(policies.go_back, versions[0].id, "")
    assert save(small.desk, "mended", welfare__rest_minutes=250).version == 3
    assert small.desk.read(policy_cards.in_force).faults == ""


@writes(None)
def damage(session: Session, text: str) -> None:
    """Put a text that is no JSON in the newest version's place."""
    newest = session.scalars(select(PolicyVersion.id).order_by(PolicyVersion.id.desc())).first()
    statement = sql('UPDATE policy_version SET "values" = :text WHERE id = :id')
    session.execute(statement, {"text": text, "id": newest.hex})


def test_what_a_broken_version_says_rightly_holds(small: SmallDesk) -> None:
    small.desk.write(keep, {"severity": {"V-4": "NOTE", "W-3": "HARD*"}, "welfare": {"rest_minutes": 300, "x": 1}})  # fmt: skip
    assert value(small.desk, "welfare.rest_minutes") == 300
    severities = {s.path: s.value for section in small.desk.read(policy_cards.in_force).sections for s in section.severities}  # fmt: skip
    assert severities["severity.W-3"] is Severity.HARD_STAR


def test_a_desk_without_any_version_has_the_shipped_policy(small: SmallDesk) -> None:
    card = small.desk.read(policy_cards.in_force)
    assert card.faults == ""
    assert sum(len(s.numbers) for s in card.sections) == sum(
        isinstance(v, int | float) for v in settings(default_policy()).values()
    )


def test_the_sites_own_limit_of_a_stay_is_shown_and_never_saved(small: SmallDesk) -> None:
    small.desk.write(_long_stays)
    assert value(small.desk, "welfare.stay_limit_minutes") == 5760
    assert "96 h" in next(r.statement for r in small.desk.read(rule_cards.listed) if r.id == "W-6")
    save(small.desk, welfare__rest_minutes=300)
    newest = small.stored(PolicyVersion)[-1]
    assert newest.values["welfare"]["stay_limit_minutes"] == 1440
    assert value(small.desk, "welfare.stay_limit_minutes") == 5760


@writes(None)
def _long_stays(session: Session) -> None:
    desks.site(session).limit_minutes = 5760


# trying


def found(small: SmallDesk) -> list[str]:
    """Give the rule of every finding kept, of every plan."""
    with Session(small.desk._opened.reader) as session:
        kept = session.scalars(select(DeconflictionCheck.findings)).all()
    return [row["rule"] for findings in kept for row in findings]


def trial(desk: Desk, chosen: Mapping[str, Any]) -> policy_trials.Trial:
    return desk.read(policy_trials.tried, chosen)


def test_trying_saves_nothing(small: SmallDesk) -> None:
    register(small)
    before = found(small)
    tried = trial(small.desk, paths(fitness__lead_debriefs=50))
    assert [(r.rule, r.before, r.after) for r in tried.rows] == [("X-2", None, Severity.HARD_STAR)]
    assert tried.rows[0].reference.startswith("DD-")
    assert (tried.decisions, tried.plans) == (0, 1)
    assert found(small) == before
    assert len(small.desk.read(policies.versions)) == 1
    assert value(small.desk, "fitness.lead_debriefs") == 5


def test_what_was_tried_is_what_a_save_then_does(small: SmallDesk) -> None:
    for serial, clock in (("BF1", "14:00"), ("BF2", "16:00")):
        register(small, serial, clock)
    chosen = paths(fitness__lead_debriefs=50)
    tried = trial(small.desk, chosen)
    assert [(c.rule, c.raised, c.silenced) for c in tried.counts] == [("X-2", 2, 0)]
    small.desk.write(policies.save, chosen, "as tried")
    assert found(small).count("X-2") == 2


def test_a_decided_conflict_is_tried_as_it_stood_before_the_decision(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    small.register("Kent Police", "BF1", "14:30")
    row = small.conflicts("same_person")[0]
    card = small.desk.write(conflicts.card, row.id)
    keep_first = next(o.code for o in card.outcomes if o.code.startswith("keep:"))
    small.desk.write(deciding.decide, row.id, Decision("same", keep_first, "first in time"))
    tried = trial(small.desk, {"severity.D-1": "HARD"})
    assert tried.decisions == 1
    on_it = [r for r in tried.rows if r.number == row.number]
    assert [(r.rule, r.before, r.after) for r in on_it] == [
        ("D-1", Severity.HARD_STAR, Severity.HARD)
    ]
    assert on_it[0].kind == "same_person"
    assert [(c.rule, c.stronger, c.weaker) for c in tried.counts] == [("D-1", 1, 0)]


def test_a_decision_taken_back_is_none(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    small.register("Kent Police", "BF1", "14:30")
    row = small.conflicts("same_person")[0]
    card = small.desk.write(conflicts.card, row.id)
    made = small.desk.write(
        deciding.decide, row.id, Decision("same", card.outcomes[0].code, "first in time")
    )
    small.desk.write(deciding.take_back, made)
    assert trial(small.desk, {"severity.D-1": "HARD"}).decisions == 0


def test_a_trial_of_nothing_finds_nothing(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    tried = trial(small.desk, {})
    assert (tried.counts, tried.moved, tried.rows) == ((), (), ())


def test_a_trial_of_a_wrong_value_is_refused(small: SmallDesk) -> None:
    with pytest.raises(WrongCall, match="policy-range"):
        trial(small.desk, paths(welfare__rest_minutes=-1))


def test_a_trial_tells_how_far_it_is_and_can_be_cancelled(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    told: list[tuple[int, int]] = []
    small.desk.run(Token(), lambda *far: told.append(far), policy_trials.tried, {})
    assert told == [(0, 1), (1, 1)]
    token = Token()
    token.cancel()
    with pytest.raises(Interrupted):
        small.desk.run(token, None, policy_trials.tried, {})


def test_a_trial_names_no_person(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    small.register("Kent Police", "BF1", "14:30")
    tried = trial(small.desk, {"severity.D-1": "HARD"})
    assert tried.rows
    for word in ("TESFAYE", "Yonas", "07-001", "H1043377", small.id_of("BF1")):
        assert word not in repr(tried)


def test_thresholds_are_tried_on_what_people_decided_about_pairs(record_day: Desk) -> None:
    rows = [r for r in record_day.read(conflicts.listed) if r.kind == "possible_person"]
    for row, verdict in zip(rows[:4], ("different", "different", "same", "same"), strict=True):
        card = record_day.write(conflicts.card, row.id)
        plans = ""
        if verdict == "same":
            plans = next(o.code for o in card.outcomes if o.code.startswith("keep:"))
        record_day.write(deciding.decide, row.id, Decision(verdict, plans, "looked at the bands"))
    tried = trial(record_day, {"identity.possible": 0.89, "identity.probable": 0.985})
    assert tried.decisions == 4
    assert tried.pairs >= 4
    numbers = {row.number for row in rows[:4]}
    silenced = {r.number for r in tried.rows if r.rule == "D-3" and r.after is None}
    assert silenced & numbers
    assert tried.moved
    assert {move.verdict for move in tried.moved} <= {"same", "different"}
    held = [r for r in trial(record_day, {"welfare.usual_minutes": 59}).rows if r.rule == "D-3"]
    assert held == []


def test_saved_thresholds_name_the_kept_suggestions_anew(record_day: Desk) -> None:
    def bands() -> dict[str, int]:
        with Session(record_day._opened.reader) as session:
            return Counter(session.scalars(select(IdentitySuggestion.band)))

    before = bands()
    save(record_day, identity__probable=0.985, identity__possible=0.5)
    after = bands()
    assert after["near-certain"] == before["near-certain"]
    assert after["weak"] > before["weak"]
    assert sum(after.values()) == sum(before.values())
    first = record_day.read(policies.versions)[-1]
    record_day.write(policies.go_back, first.id, "as it was")
    assert bands() == before


# the list of rules


def test_every_rule_is_listed_with_its_sentence_source_and_todays_number(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00", lead_id=small.id_of("N. Trainee"))
    rows = {row.id: row for row in small.desk.read(rule_cards.listed)}
    assert list(rows) == list(RULES)
    for row in rows.values():
        for text in (row.statement, row.why, row.next):
            assert text.endswith(".")
            assert "{" not in text
        assert row.source
    assert (rows["X-1"].plans, rows["X-1"].todos) == (1, 0)
    assert rows["V-1"].plans == rows["V-1"].todos == 1
    assert rows["D-1"].plans == 0


def test_an_agency_counts_its_own_plans_and_an_administrator_none(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "14:00")
    desk = small.desk
    agencies = {row.name: row.id for row in desk.read(desks.agencies)}
    own = replace(desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=UUID(agencies["NCA"]))
    for who, expected in (
        (own, 1),
        (replace(own, agency_id=UUID(agencies["Kent Police"])), 0),
        (replace(own, roles=frozenset({Role.ADMINISTRATOR}), agency_id=None), None),
    ):
        desk.who = who
        rows = {row.id: row for row in desk.read(rule_cards.listed)}
        assert rows["V-1"].plans == expected


# nobody lifts what is HARD


@writes(None)
def hold(session: Session, registration_id: str) -> None:
    """Have healthcare say that a person is not to take part, and check the plans again."""
    now = session.info["step"].now
    session.add(
        WelfareCheck(
            registration_id=UUID(registration_id), medical="hold", recorded={}, recorded_at=now
        )
    )
    session.flush()
    group = session.get_one(Registration, UUID(registration_id)).person_id
    recheck(session, groups=[group])


@pytest.mark.parametrize("roles", [*((role,) for role in Role), tuple(Role)])
def test_no_role_clears_a_hard_finding_or_softens_its_rule(
    small: SmallDesk, roles: tuple[Role, ...]
) -> None:
    desk = small.desk
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    desk.write(hold, small.id_of("BF1"))
    conflict = small.conflicts("welfare")[0]
    version = small.debrief(made.reference).version
    desk.who = replace(desk.who, roles=frozenset(roles))
    for action, given in (
        (plans.clear, (made.debrief_id, version)),
        (deciding.decide, (conflict.id, Decision("allow", "", "it is urgent"))),
        (policies.save, ({"severity.W-4": "WARN"}, "it is urgent")),
    ):
        with pytest.raises(DeskError) as stopped:
            desk.write(action, *given)
        assert stopped.value.code in {"right-missing", "not-clear", "hard-cannot-be-allowed", "policy-weakened"}  # fmt: skip
    assert small.debrief(made.reference).state is DebriefState.PLANNED
