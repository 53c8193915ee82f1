"""Laws that hold for every plan: nothing crashes, worse is never better, order does not matter."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.rules import codes, facts, registry
from debrief_desk.rules.catalogue import BYPASSED, RULES
from debrief_desk.rules.policy import default_policy
from debrief_desk.rules.registry import bars_cleared, check, refused
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.wording.findings import sentence

if TYPE_CHECKING:
    import random

    from debrief_desk.rules.finding import Finding

START = datetime(2026, 11, 20, 14, tzinfo=UTC)
POLICY = default_policy()
FEW = settings(deadline=None, max_examples=150)

moments = st.integers(-3000, 3000).map(lambda m: START + timedelta(minutes=m))
days = st.integers(-900, 900).map(lambda d: date(2026, 11, 20) + timedelta(days=d))
births = st.builds(
    lambda day, spread: facts.Birth(day, day + timedelta(days=spread)),
    st.dates(date(1960, 1, 1), date(2014, 1, 1)),
    st.sampled_from([0, 0, 364]),
)
windows = st.builds(lambda s, m: Window(s, s + timedelta(minutes=m)), moments, st.integers(5, 600))
languages = st.frozensets(
    st.sampled_from(["Dari", "Pashto", "Arabic (Sudanese)", "Arabic", "English"]).map(
        facts.Language.parse
    ),
    max_size=2,
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def one_of(kind: Any) -> st.SearchStrategy[Any]:
    return maybe(st.sampled_from(list(kind)))


def some(kind: Any) -> st.SearchStrategy[Any]:
    return st.frozensets(st.sampled_from(list(kind)), max_size=2)


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=3).map(tuple)


IDS = st.sampled_from(["L", "S", "I", "Z"])
BY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(["age_flags"], some(codes.AgeFlag)),
    "indicators": some(codes.Indicator),
    "points": some(codes.ExplanationPoint),
    "modes": some(codes.Mode),
    "births": several(births),
    "age_decision": maybe(st.builds(facts.AgeDecision, st.booleans(), st.sampled_from(["", "x"]), maybe(days))),
    "gender": one_of(codes.Gender),
    "prefers_interviewer": one_of(codes.GenderPreference),
    "prefers_interpreter": one_of(codes.GenderPreference),
    "medical": one_of(codes.Medical),
    "mode": one_of(codes.Mode),
    "qualification": one_of(codes.Qualification),
    "outcome": one_of(codes.ConsentOutcome),
    "purpose": one_of(codes.Purpose),
    "languages": languages,
    "registrations": st.just(frozenset({"R"})),
    "screened_by": st.frozensets(IDS, max_size=2),
    "excluded": st.frozensets(st.sampled_from(["R", "E", "nobody"]), max_size=2),
    "features": some(["private", "phone"]),
    "neighbours": some(["1", "2"]),
    "partners": some(["IE"]),
    "asylum_on": st.frozensets(days, max_size=2),
    "shifts": several(windows),
    "away": several(windows),
    "open": several(windows),
    "id": st.sampled_from(["P", "Q", "R2", "R3"]),
    "agency": st.sampled_from(["NCA", "IE"]),
    "person": st.sampled_from(["H", "H2"]),
    "room": maybe(st.sampled_from(["1", "2"])),
    "lead": maybe(IDS),
    "second": maybe(IDS),
    "interpreter": maybe(IDS),
    "state": st.sampled_from(DebriefState),
    "event": maybe(st.just("E")),
    "bypass": maybe(st.builds(facts.BypassFacts, st.just("a"), maybe(IDS), maybe(moments), st.booleans(), maybe(moments))),
    "language": maybe(st.just("Dari")),
    "authorisation": maybe(st.just("Debriefer")),
    "vetting": maybe(st.just("SC")),
    "revoked": st.booleans(),
    "trainee": st.booleans(),
    "asylum_decision_maker": st.booleans(),
    "optional_line": st.booleans(),
    "conflict_declared": st.booleans(),
    "witness_agency": maybe(st.sampled_from(["NCA", "IE"])),
    "led": st.integers(0, 25),
    "seconded": st.integers(0, 4),
    "supervised": st.integers(0, 4),
    "completed": st.integers(0, 2),
    "has_reason": st.booleans(),
    "is_arrival": st.booleans(),
    "is_family": st.booleans(),
    "is_child": st.booleans(),
    "start": moments,
    "end": moments,
    "debrief": maybe(st.sampled_from(["P", "Q"])),
}  # fmt: skip
BY_TYPE = {
    "datetime | None": maybe(moments),
    "date | None": maybe(days),
    "bool | None": maybe(st.booleans()),
    "int | None": maybe(st.integers(0, 120)),
    "str | None": maybe(st.sampled_from(["x", "y"])),
    "str": st.sampled_from(["", "x"]),
}


def built(facts_of: Any, /, **fixed: Any) -> st.SearchStrategy[Any]:
    """Give any instance of a class of facts, `fixed` overriding what a field may be."""
    known = {
        field.name: BY_FIELD.get(field.name, BY_TYPE.get(field.type))
        for field in fields(facts_of)
        if field.name not in fixed
    }
    missing = [name for name, strategy in known.items() if strategy is None]
    assert not missing, missing
    return st.builds(facts_of, **known, **fixed)


consents = built(facts.ConsentFacts)
plans = built(facts.PlanFacts, consent=maybe(consents))
people = built(
    facts.PersonFacts,
    id=st.just("H"),
    markers=several(built(facts.MarkerFacts, kind=st.sampled_from(codes.MarkerKind), placed_at=moments)),
    approaches=several(built(facts.ApproachFacts, at=moments, outcome=st.sampled_from(codes.ApproachOutcome))),
    stops=several(built(facts.StopFacts, debrief=st.just("Q"), reason=st.sampled_from(codes.StopReason), at=moments)),
    busy=several(built(facts.BusyFacts, kind=st.sampled_from(codes.BusyKind), window=windows)),
)  # fmt: skip
cases = st.builds(
    facts.Case,
    plan=plans.map(lambda plan: replace(plan, id="P", person="H")),
    person=people,
    lead=maybe(built(facts.InterviewerFacts, id=st.just("L"))),
    second=maybe(built(facts.InterviewerFacts, id=st.just("S"))),
    interpreter=maybe(built(facts.InterpreterFacts, id=st.just("I"))),
    room=maybe(built(facts.RoomFacts, id=st.just("1"))),
    others=several(plans).map(lambda found: tuple(replace(o, id=f"Q{n}") for n, o in enumerate(found))),
    matches=several(
        built(facts.MatchFacts, person=st.just("H2"), band=st.sampled_from(codes.Band), same_event=st.booleans(), plans=several(plans))
    ),
)  # fmt: skip


@given(cases, moments)
@FEW
def test_no_rule_crashes_whatever_is_missing(case, now) -> None:
    told = check(case, POLICY, now)
    for finding in told:
        assert finding.severity in {*RULES[finding.rule].severities.values(), Severity.NOTE}
        assert "{" not in sentence(finding)
        assert finding.subject
        assert not (finding.todo and finding.kind)
        assert not finding.refused or finding.severity is Severity.HARD


@given(cases, moments, st.randoms())
@FEW
def test_the_order_of_facts_and_of_rules_does_not_matter(case, now, chance: random.Random) -> None:
    def shuffled(values: tuple[Any, ...]) -> tuple[Any, ...]:
        mixed = list(values)
        chance.shuffle(mixed)
        return tuple(mixed)

    person = replace(
        case.person,
        births=shuffled(case.person.births),
        markers=shuffled(case.person.markers),
        approaches=shuffled(case.person.approaches),
        stops=shuffled(case.person.stops),
        busy=shuffled(case.person.busy),
    )
    mixed = replace(
        case, person=person, others=shuffled(case.others), matches=shuffled(case.matches)
    )
    before = check(case, POLICY, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "JUDGES", dict(shuffled(tuple(registry.JUDGES.items()))))
        assert check(mixed, POLICY, now) == before


@given(cases, moments)
@FEW
def test_nothing_lifts_a_hard_finding(case, now) -> None:
    told = check(case, POLICY, now)
    barring = bars_cleared(told, frozenset(finding.key for finding in told))
    hard = [finding for finding in told if finding.severity is Severity.HARD]
    assert [finding for finding in barring if finding.severity is Severity.HARD] == hard
    assert all(finding in barring for finding in told if finding.todo and finding.severity.stops)


@given(cases, moments)
@FEW
def test_a_bypass_touches_only_what_it_may(case, now) -> None:
    full = facts.BypassFacts("a", "b", now, has_reason=True)
    plain = check(replace(case, plan=replace(case.plan, bypass=None)), POLICY, now)
    lifted = check(replace(case, plan=replace(case.plan, bypass=full)), POLICY, now)
    untouched = [f for f in lifted if f.rule not in {*BYPASSED, "D-11"}]
    assert untouched == [f for f in plain if f.rule not in BYPASSED]
    assert not [f for f in bars_cleared(lifted) if f.rule in BYPASSED]


LONG_AGO = START - timedelta(hours=80)
WORSE: list[tuple[str, str, Any, Any]] = [
    # part, field, a value, a worse one (a function takes the value that is there)
    ("person", "suspect", False, True),
    ("person", "fed_dry_rested", True, None),
    ("person", "fed_dry_rested", None, False),
    ("person", "medical", codes.Medical.FIT, codes.Medical.ASK),
    ("person", "medical", codes.Medical.ASK, codes.Medical.HOLD),
    ("person", "screened_at", LONG_AGO, None),
    ("person", "bereaved", False, True),
    ("person", "facilitator_near", False, True),
    ("person", "departs_at", START + timedelta(hours=90), START),
    ("person", "arrived_at", LONG_AGO, LONG_AGO - timedelta(hours=1)),
    ("person", "dependants", 0, 2),
    ("person", "legal_rep", False, True),
    ("person", "completed", None, lambda count: count + 1),
    ("person", "indicators", None, lambda seen: seen | {codes.Indicator.TRAFFICKING}),
    ("person", "age_flags", None, lambda seen: seen | {codes.AgeFlag.CHILD}),
    ("person", "age_flags", None, lambda seen: seen | {codes.AgeFlag.DISPUTED}),
    ("person", "births", None, lambda seen: (*seen, facts.Birth(date(2012, 1, 1), date(2012, 1, 1)))),
    ("person", "markers", None, lambda seen: (*seen, facts.MarkerFacts("m", codes.MarkerKind.NO_APPROACH, START))),
    ("person", "markers", None, lambda seen: (*seen, facts.MarkerFacts("m", codes.MarkerKind.SUSPECT, START))),
    ("person", "approaches", None, lambda seen: (*seen, facts.ApproachFacts(START, codes.ApproachOutcome.REFUSED))),
    ("person", "approaches", None, lambda seen: (*seen, facts.ApproachFacts(LONG_AGO, codes.ApproachOutcome.ASLEEP))),
    ("person", "stops", None, lambda seen: (*seen, facts.StopFacts("Q", codes.StopReason.STATUS_CHANGE, START))),
    ("person", "busy", None, lambda seen: (*seen, facts.BusyFacts(codes.BusyKind.MEAL, Window(START, START + timedelta(hours=1))))),
    ("lead", "authorisation", "Debriefer", None),
    ("lead", "revoked", False, True),
    ("lead", "valid_to", date(2030, 1, 1), date(2020, 1, 1)),
    ("lead", "tier", 3, 1),
    ("lead", "led", None, lambda count: count // 2),
    ("lead", "seconded", None, lambda count: count // 2),
    ("lead", "supervised", None, lambda count: count // 2),
    ("lead", "away", (), (Window(START, START + timedelta(hours=1)),)),
    ("lead", "last_debrief_on", date(2026, 11, 1), date(2024, 1, 1)),
    ("lead", "refresher_on", date(2026, 11, 1), date(2020, 1, 1)),
    ("lead", "vetting", "SC", None),
    ("lead", "vetting_to", date(2030, 1, 1), date(2020, 1, 1)),
    ("lead", "trainee", False, True),
    ("lead", "asylum_decision_maker", False, True),
    ("interpreter", "away", (), (Window(START, START + timedelta(hours=1)),)),
    ("interpreter", "is_family", False, True),
    ("interpreter", "conflict_declared", False, True),
    ("interpreter", "qualification", codes.Qualification.NRPSI, None),
    ("interpreter", "valid_to", date(2030, 1, 1), date(2020, 1, 1)),
    ("plan", "preference_waived_at", LONG_AGO, None),
    ("plan", "privacy_confirmed", True, False),
    ("plan", "adviser_consulted", True, False),
    ("plan", "consent", facts.ConsentFacts(), None),
    ("plan", "shared_language", True, False),
]  # fmt: skip


def verdict(case: facts.Case, now: datetime) -> tuple[bool, int]:
    """Give how bad it is: may it be saved, and the rank of the strongest finding, negated."""
    told: tuple[Finding, ...] = check(case, POLICY, now)
    return bool(refused(told)), -min((f.severity.rank for f in told), default=9)


def mostly_good(good: facts.Case, case: facts.Case) -> list[facts.Case]:
    """Give the random case, the good one, and the good one with one part of the random one."""
    parts = ("plan", "person", "lead", "second", "interpreter", "others", "matches")
    mixed = [replace(good, **{part: getattr(case, part)}) for part in parts]
    return [case, good, *mixed]


def test_a_worse_fact_never_improves_a_verdict(make) -> None:
    good = make()

    @given(cases, moments)
    @settings(deadline=None, max_examples=30)
    def law(case, now) -> None:
        for start in mostly_good(good, case):
            for part, field, value, worse in WORSE:
                target = getattr(start, part) or getattr(good, part)
                old = getattr(target, field) if callable(worse) else value
                new = worse(old) if callable(worse) else worse
                before = replace(start, **{part: replace(target, **{field: old})})
                after = replace(start, **{part: replace(target, **{field: new})})
                assert verdict(after, now) >= verdict(before, now), (part, field, old, new)

    law()


@given(cases, plans, moments)
@FEW
def test_another_plan_or_match_never_improves_a_verdict(case, other, now) -> None:
    more = replace(case, others=(*case.others, replace(other, id="new")))
    assert verdict(more, now) >= verdict(case, now)
    match = facts.MatchFacts("H9", codes.Band.PROBABLE, marked_at=now, plans=(other,))
    assert verdict(replace(case, matches=(*case.matches, match)), now) >= verdict(case, now)
