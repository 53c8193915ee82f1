"""What stands for a person at a moment: eligibility, a spoken no, the end of the stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from debrief_desk.rules.children import eligibility
from debrief_desk.rules.codes import (
    AgeFlag,
    ApproachOutcome,
    ConsentOutcome,
    Eligibility,
    MarkerKind,
    Medical,
)
from debrief_desk.rules.facts import ApproachFacts, Birth, ConsentFacts, MarkerFacts
from debrief_desk.rules.welfare import latest_end

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)
CHILD = (Birth(date(2012, 1, 1), date(2012, 1, 1)),)
SUSPECT = (MarkerFacts("m", MarkerKind.SUSPECT, NOW),)
DISPUTED = frozenset({AgeFlag.DISPUTED})
SOON, EARLIER = NOW + timedelta(minutes=1), NOW - timedelta(hours=1)


def marker(kind: MarkerKind, lifted_at: datetime | None) -> tuple[MarkerFacts, ...]:
    return (MarkerFacts("m", kind, NOW - timedelta(hours=9), lifted_at=lifted_at),)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({}, Eligibility.ELIGIBLE),
        ({"suspect": True}, Eligibility.NOT_ELIGIBLE_REFER),
        ({"markers": SUSPECT}, Eligibility.NOT_ELIGIBLE_REFER),
        ({"markers": marker(MarkerKind.NO_APPROACH, None)}, Eligibility.ELIGIBLE),
        ({"births": CHILD}, Eligibility.CHILD),
        ({"births": CHILD, "suspect": True}, Eligibility.NOT_ELIGIBLE_REFER),
        ({"age_flags": DISPUTED}, Eligibility.AGE_DISPUTED),
        ({"left_at": NOW}, Eligibility.LEFT_SITE),
        ({"left_at": SOON}, Eligibility.ELIGIBLE),
        ({"medical": Medical.HOLD}, Eligibility.UNFIT),
        ({"medical": Medical.UNFIT}, Eligibility.UNFIT),
        ({"medical": Medical.UNFIT, "medical_cleared_at": NOW}, Eligibility.ELIGIBLE),
        ({"medical": Medical.ASK}, Eligibility.ELIGIBLE),
    ],
)
def test_the_gravest_reason_says_whether_somebody_may_be_asked(person, expected, make) -> None:
    assert eligibility(make(person=person).person, NOW) is expected


@pytest.mark.parametrize(
    ("kind", "lifted_at", "reasons"),
    [
        (MarkerKind.NO_APPROACH, EARLIER, []),  # lifted at the moment of the no or later
        (MarkerKind.NO_APPROACH, EARLIER - timedelta(minutes=1), ["refused"]),
        (MarkerKind.NO_APPROACH, None, ["refused"]),
        (MarkerKind.SUSPECT, EARLIER, ["refused"]),  # another marker answers no refusal
    ],
)
def test_a_no_stands_until_its_marker_is_lifted(kind, lifted_at, reasons, told) -> None:
    said = (ApproachFacts(EARLIER, ApproachOutcome.REFUSED),)
    person = {"approaches": said, "markers": marker(kind, lifted_at)}
    assert told("V-3", person=person) == reasons


@pytest.mark.parametrize(("minute", "reasons"), [(-1, ["refused"]), (0, [])])
def test_a_refusal_in_the_consent_record_counts_from_its_own_time(minute, reasons, told) -> None:
    record = ConsentFacts(outcome=ConsentOutcome.REFUSED, at=EARLIER)
    lifted = marker(MarkerKind.NO_APPROACH, EARLIER + timedelta(minutes=minute))
    assert told("V-3", plan={"consent": record}, person={"markers": lifted}) == reasons


def test_a_consent_record_without_a_time_counts_from_the_planned_start(findings) -> None:
    told = findings(plan={"consent": ConsentFacts(outcome=ConsentOutcome.WITHDRAWN)})
    assert [f.value("since") for f in told if f.rule == "V-6"] == [NOW]
    used = {"compulsory_power_at": NOW - timedelta(minutes=120)}
    assert [f.rule for f in findings(plan={"consent": None}, person=used)] == ["V-1", "V-7"]
    assert "V-7" in {f.rule for f in findings(plan={"consent": ConsentFacts()}, person=used)}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"landed_at": None, "arrived_at": None}, None),
        ({"arrived_at": EARLIER}, EARLIER + timedelta(hours=24, minutes=-1)),
        ({"arrived_at": None, "landed_at": EARLIER}, EARLIER + timedelta(hours=24, minutes=-1)),
        ({"arrived_at": EARLIER, "departs_at": NOW}, NOW - timedelta(hours=1)),
        ({"limit_at": NOW, "departs_at": NOW + timedelta(hours=2)}, NOW - timedelta(minutes=1)),
    ],
)
def test_a_debrief_has_to_be_over_before_transfer_and_limit(
    person, expected, make, policy, told
) -> None:
    assert latest_end(make(person=person).person, policy) == expected
    if expected is not None:
        begin = expected - timedelta(minutes=30)
        assert told("W-6", person=person, plan={"start": begin, "end": expected}) == []
        late = {"start": begin, "end": expected + timedelta(minutes=1)}
        assert told("W-6", person=person, plan=late) != []
