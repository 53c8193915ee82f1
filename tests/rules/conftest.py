"""One plan with which everything is well, and a way to change what a test is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from debrief_desk.rules.codes import (
    ConsentOutcome,
    ExplanationPoint,
    Gender,
    GenderPreference,
    Medical,
    Mode,
    Qualification,
)
from debrief_desk.rules.facts import (
    Birth,
    Case,
    ConsentFacts,
    InterpreterFacts,
    InterviewerFacts,
    Language,
    PersonFacts,
    PlanFacts,
    RoomFacts,
)
from debrief_desk.rules.policy import Policy, default_policy
from debrief_desk.rules.registry import check

if TYPE_CHECKING:
    from debrief_desk.rules.finding import Finding

Make = Callable[..., Case]
Told = Callable[..., list[str]]

START = datetime(2026, 11, 20, 14, tzinfo=UTC)  # a winter Friday: London is on UTC
DARI = Language("Dari")


def good() -> Case:
    """Give a plan on which no rule has anything to say."""
    officer = InterviewerFacts(
        id="L",
        name="A. Lead",
        agency="NCA",
        authorisation="Debriefer",
        valid_to=date(2027, 1, 31),
        tier=3,
        led=30,
        supervised=4,
        last_debrief_on=date(2026, 11, 1),
        refresher_on=date(2026, 1, 15),
        vetting="SC",
        vetting_to=date(2027, 12, 25),
        gender=Gender.WOMAN,
    )
    return Case(
        plan=PlanFacts(
            id="P",
            reference="DD-0001",
            agency="NCA",
            person="H",
            registration="R",
            start=START,
            end=START + timedelta(minutes=45),
            room="1",
            lead="L",
            second="S",
            interpreter="I",
            mode=Mode.IN_PERSON,
            event="E",
            first_saved_at=START - timedelta(hours=6),
            entered_at=START - timedelta(hours=6),
            confirmed_at=START - timedelta(hours=2),
            consent=ConsentFacts(
                outcome=ConsentOutcome.AGREED,
                at=START - timedelta(minutes=20),
                language="Dari",
                interpreter="I",
                explained_by="L",
                version="1",
                points=frozenset(ExplanationPoint),
            ),
        ),
        person=PersonFacts(
            id="H",
            registrations=frozenset({"R"}),
            births=(Birth(date(1996, 3, 12), date(1996, 3, 12)),),
            gender=Gender.MAN,
            languages=frozenset({DARI}),
            prefers_interviewer=GenderPreference.NONE,
            prefers_interpreter=GenderPreference.NONE,
            screened_at=START - timedelta(hours=7),
            fed_dry_rested=True,
            medical=Medical.FIT,
            landed_at=START - timedelta(hours=10),
            arrived_at=START - timedelta(hours=9),
        ),
        lead=officer,
        second=replace(officer, id="S", name="B. Second", gender=Gender.MAN),
        interpreter=InterpreterFacts(
            id="I",
            name="C. Interpreter",
            languages=frozenset({DARI}),
            modes=frozenset({Mode.IN_PERSON}),
            qualification=Qualification.NRPSI,
            valid_to=date(2027, 1, 19),
            gender=Gender.WOMAN,
        ),
        room=RoomFacts(id="1", name="Room 1", seats=4, neighbours=frozenset({"2"})),
    )


def changed(**changes: Any) -> Case:
    """Give the good case with fields of its parts changed, or a part removed by `None`.

    `changed(person={"medical": None}, lead=None)`.
    """
    case = good()
    parts = {
        name: replace(getattr(case, name), **value) if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    return replace(case, **parts)


@pytest.fixture
def make() -> Make:
    return changed


@pytest.fixture
def policy() -> Policy:
    return default_policy()


@pytest.fixture
def findings(policy: Policy) -> Callable[..., tuple[Finding, ...]]:
    def found(*, now: datetime = START - timedelta(hours=1), **changes: Any) -> tuple[Finding, ...]:
        return check(changed(**changes), policy, now)

    return found


@pytest.fixture
def told(findings: Callable[..., tuple[Finding, ...]]) -> Told:
    """Give the reasons that one rule gives: `told("W-2", person={...})`."""

    def reasons(rule: str, **changes: Any) -> list[str]:
        return [f.reason for f in findings(**changes) if f.rule == rule]

    return reasons
