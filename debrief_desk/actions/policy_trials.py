"""What would a changed policy have raised or silenced? Nothing is saved.

Two looks at the same facts, once under the policy in force and once under the changed one: at the
plans of the newest decided conflicts, put back as they stood against each other before the
decision, at the moment it was made; and at the plans that are open now. Facts are those on record
now. Thresholds of identity are tried on the pairs that people decided, by their kept evidence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import and_, select

from debrief_desk.actions import facts
from debrief_desk.actions.desks import policy as policy_in_force
from debrief_desk.actions.links import BY_PERSON, DIFFERENT, SAME, Pair, ordered
from debrief_desk.actions.loading import by_id
from debrief_desk.actions.match_facts import Suspected, among_plans, band_under, suggestions
from debrief_desk.actions.policies import Settings, changed
from debrief_desk.actions.rights import reads
from debrief_desk.rules.catalogue import ORDER
from debrief_desk.rules.codes import Band, IdentityAnswer, Ruling
from debrief_desk.rules.facts import MatchFacts
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.registry import check
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Conflict,
    ConflictDecision,
    Debrief,
    IdentityDecision,
    IdentitySuggestion,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.rules.facts import Case, PlanFacts
    from debrief_desk.rules.policy import Policy
    from debrief_desk.rules.severity import Severity

DECISIONS: Final = 200
_AT_ONCE: Final = 20
_UNDECIDED: Final = frozenset({IdentityAnswer.UNSURE.value, Ruling.DEFER.value})
Found = dict[str, "Severity"]
"""The strongest severity found, by rule."""


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One rule on one decided conflict (`number`) or open plan (`reference`), before and after.

    `None` before: it would have been raised; `None` after: silenced.
    """

    number: int
    reference: str
    kind: ConflictKind | None
    rule: str
    before: Severity | None
    after: Severity | None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a changed policy raises, silences, strengthens and weakens one rule."""

    rule: str
    raised: int
    silenced: int
    stronger: int
    weaker: int


@dataclass(frozen=True, slots=True)
class PairCount:
    """How many pairs that were decided `verdict` move from one band to another."""

    verdict: str
    before: Band
    after: Band
    pairs: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What the change does: how much was looked at, counts by rule, pairs by band, every case."""

    decisions: int
    plans: int
    pairs: int
    counts: tuple[RuleCount, ...]
    moved: tuple[PairCount, ...]
    rows: tuple[TrialRow, ...]


@reads(Right.EDIT_POLICY)
def tried(session: Session, chosen: Settings) -> Trial:
    """Try these values on the newest decisions and on the open plans; nothing is saved.

    Raises:
        WrongCall: what `Policy.from_mapping` raises.
        Interrupted: somebody cancelled.
    """
    wanted, wrong = changed(session, chosen)
    if wrong:
        raise wrong[0]
    now = policy_in_force(session)
    limit = replace(wanted.welfare, stay_limit_minutes=now.welfare.stay_limit_minutes)
    looks = (now, replace(wanted, welfare=limit))
    decided = _decided(session)
    query = select(Debrief.id).where(Debrief.state.in_(facts.OPEN)).order_by(Debrief.starts_at)
    waiting = list(session.scalars(query))
    total = len(decided) + len(waiting)
    rows: list[TrialRow] = []
    for start in range(0, len(decided), _AT_ONCE):
        _tell(session, start, total)
        rows += _on_decided(session, decided[start : start + _AT_ONCE], looks)
    for start in range(0, len(waiting), _AT_ONCE):
        _tell(session, len(decided) + start, total)
        rows += _on_waiting(session, waiting[start : start + _AT_ONCE], looks)
    _tell(session, total, total)
    pairs, moved = _on_pairs(session, looks)
    return Trial(len(decided), len(waiting), pairs, _counted(rows), moved, tuple(rows))


def _tell(session: Session, done: int, total: int) -> None:
    step = step_of(session)
    step.token.check()
    step.progress(done, total)


def _decided(session: Session) -> list[tuple[Conflict, datetime]]:
    """Give the newest decided conflicts, each with the moment of its last decision."""
    query = (
        select(Conflict, ConflictDecision.decided_at)
        .join(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .where(ConflictDecision.undone_at.is_(None), ConflictDecision.verdict.not_in(_UNDECIDED))
        .order_by(ConflictDecision.decided_at.desc(), ConflictDecision.id.desc())
    )
    found: dict[UUID, tuple[Conflict, datetime]] = {}
    for conflict, at in session.execute(query):
        found.setdefault(conflict.id, (conflict, at))
        if len(found) == DECISIONS:
            break
    return list(found.values())


def _on_decided(
    session: Session, decided: Sequence[tuple[Conflict, datetime]], looks: tuple[Policy, Policy]
) -> list[TrialRow]:
    ids = {p.debrief_id for conflict, _at in decided for p in conflict.parties if p.debrief_id}
    plans = by_id(session, Debrief, ids)
    parties = [
        (conflict, at, [p.debrief_id for p in conflict.parties if p.debrief_id in plans])
        for conflict, at in decided
    ]
    rows: list[TrialRow] = []
    found: list[list[Found]] = []
    for policy in looks:
        cases = _cases(session, list(plans.values()), policy)
        bands = _bands(session, plans.values(), policy)
        found.append(
            [
                _strongest([_put_back(conflict, i, cases, own, bands) for i in own], policy, at)
                for conflict, at, own in parties
            ]
        )
    for (conflict, _at, _own), before, after in zip(parties, *found, strict=True):
        rows += _differing(conflict.number, "", conflict.kind, before, after)
    return rows


def _on_waiting(
    session: Session, ids: Sequence[UUID], looks: tuple[Policy, Policy]
) -> list[TrialRow]:
    plans = list(by_id(session, Debrief, ids).values())
    now = step_of(session).now
    before, after = (
        {i: _strongest([case], policy, now) for i, case in _cases(session, plans, policy).items()}
        for policy in looks
    )
    return [
        row
        for plan in plans
        for row in _differing(0, plan.reference, None, before[plan.id], after[plan.id])
    ]


def _cases(session: Session, plans: Sequence[Debrief], policy: Policy) -> dict[UUID, Case]:
    """Give the case of each plan with bands as `policy` sets them."""
    held = session.info["policy"]
    session.info["policy"] = policy
    try:
        found = facts.cases(session, plans)
    finally:
        session.info["policy"] = held
    return {plan.id: case for plan, case in zip(plans, found, strict=True)}


def _put_back(
    conflict: Conflict,
    plan: UUID,
    cases: Mapping[UUID, Case],
    parties: Iterable[UUID],
    bands: Mapping[Pair, Band],
) -> Case:
    """Give a plan's case as it stood before the decision: planned, against the other parties'."""
    case = cases[plan]
    others = {other.id: other for other in case.others}
    met = list(case.matches)
    for other in (cases[i].plan for i in parties if i != plan):
        stood = replace(other, state=DebriefState.PLANNED)
        if conflict.kind is ConflictKind.SAME_PERSON:
            stood = replace(stood, person=case.person.id)
        elif conflict.kind is ConflictKind.POSSIBLE_PERSON:
            stood = replace(stood, person=f"apart {other.registration}")
            met.append(_match(case.plan, stood, bands))
        others[stood.id] = stood
    planned = replace(case.plan, state=DebriefState.PLANNED)
    return replace(case, plan=planned, others=tuple(others.values()), matches=tuple(met))


def _match(mine: PlanFacts, other: PlanFacts, bands: Mapping[Pair, Band]) -> MatchFacts:
    """Give the match of two parties; one that was entered by hand, with no evidence, is weak."""
    pair = ordered(UUID(mine.registration), UUID(other.registration))
    same_event = mine.event is not None and mine.event == other.event
    band = bands.get(pair, Band.WEAK)
    return MatchFacts(person=other.person, band=band, same_event=same_event, plans=(other,))


def _bands(session: Session, plans: Collection[Debrief], policy: Policy) -> dict[Pair, Band]:
    """Give the band of every suggested pair among the people of these plans, both planned."""
    people = {plan.registration_id: plan.registration for plan in plans}
    bands: dict[Pair, Band] = {}
    for row in suggestions(session, people):
        if row.a_id in people and row.b_id in people:
            pair = Suspected.kept(row, people[row.a_id], people[row.b_id], policy.identity)
            bands[row.a_id, row.b_id] = among_plans(pair, len(plans), policy.identity.probable)
    return bands


def _strongest(cases: Iterable[Case], policy: Policy, now: datetime) -> Found:
    """Give the strongest severity of each rule on these plans."""
    found: Found = {}
    for case in cases:
        for finding in check(case, policy, now):
            before = found.get(finding.rule)
            if before is None or finding.severity.rank < before.rank:
                found[finding.rule] = finding.severity
    return found


def _differing(
    number: int, reference: str, kind: ConflictKind | None, before: Found, after: Found
) -> list[TrialRow]:
    rules = sorted(before.keys() | after.keys(), key=lambda rule: ORDER[rule])
    return [
        TrialRow(number, reference, kind, rule, before.get(rule), after.get(rule))
        for rule in rules
        if before.get(rule) is not after.get(rule)
    ]


def _counted(rows: Iterable[TrialRow]) -> tuple[RuleCount, ...]:
    counts: Counter[tuple[str, str]] = Counter((row.rule, _way(row)) for row in rows)
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: ORDER[rule])
    ways = ("raised", "silenced", "stronger", "weaker")
    return tuple(RuleCount(rule, *(counts[rule, way] for way in ways)) for rule in rules)


def _way(row: TrialRow) -> str:
    if row.before is None:
        return "raised"
    if row.after is None:
        return "silenced"
    return "stronger" if row.after.rank < row.before.rank else "weaker"


def _on_pairs(session: Session, looks: tuple[Policy, Policy]) -> tuple[int, tuple[PairCount, ...]]:
    """Give how many pairs people decided have kept evidence, and which change their band."""
    query = (
        select(
            IdentityDecision.verdict, IdentitySuggestion.probability, IdentitySuggestion.evidence
        )
        .join(
            IdentitySuggestion,
            and_(
                IdentitySuggestion.a_id == IdentityDecision.a_id,
                IdentitySuggestion.b_id == IdentityDecision.b_id,
            ),
        )
        .where(
            IdentityDecision.superseded_at.is_(None),
            IdentityDecision.origin == BY_PERSON,
            IdentityDecision.verdict.in_((SAME, DIFFERENT)),
        )
        .order_by(IdentityDecision.decided_at.desc(), IdentityDecision.id.desc())
        .limit(DECISIONS)
    )
    rows = session.execute(query).all()
    moves: Counter[tuple[str, Band, Band]] = Counter()
    for row in rows:
        before, after = (
            band_under(row.probability, row.evidence, policy.identity) for policy in looks
        )
        if before is not after:
            moves[row.verdict, before, after] += 1
    return len(rows), tuple(PairCount(*move, n) for move, n in sorted(moves.items()))
