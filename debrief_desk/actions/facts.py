"""What the rules look at, loaded for many plans at once: a handful of queries, whatever the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import staff_facts
from debrief_desk.actions.desks import site
from debrief_desk.rules.codes import (
    AgeFlag,
    ApproachOutcome,
    Band,
    ConsentOutcome,
    ExplanationPoint,
    Gender,
    GenderPreference,
    Indicator,
    MarkerKind,
    Medical,
    Mode,
    Purpose,
    StopReason,
)
from debrief_desk.rules.facts import (
    AgeDecision,
    ApproachFacts,
    Birth,
    Case,
    ConsentFacts,
    Language,
    MarkerFacts,
    MatchFacts,
    PersonFacts,
    PlanFacts,
    StopFacts,
)
from debrief_desk.rules.states import DebriefState
from debrief_desk.store import models
from debrief_desk.store.models import (
    Approach,
    ConsentRecord,
    Debrief,
    IdentityDecision,
    IdentitySuggestion,
    NoApproachMarker,
    Registration,
    Stay,
    WelfareCheck,
)

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy.orm import Session

OPEN = tuple(state for state in DebriefState if state.is_open)
_AROUND = timedelta(hours=24)
_CHUNK = 400
CodeT = TypeVar("CodeT", bound="StrEnum")
RowT = TypeVar("RowT")


def chunks(values: Iterable[UUID]) -> Iterable[list[UUID]]:
    """Cut ids into lists that fit one statement."""
    everything = sorted(set(values))
    for start in range(0, len(everything), _CHUNK):
        yield everything[start : start + _CHUNK]


def code(kind: type[CodeT], text: str | None) -> CodeT | None:
    """Give the code of that value, or None where the list does not have it."""
    return kind(text) if text in set(kind) else None


def cases(session: Session, debriefs: Sequence[Debrief]) -> list[Case]:
    """Give one case per plan, in order; a case has every fact this desk holds."""
    if not debriefs:
        return []
    around = _plans_around(session, debriefs)
    groups = {d.registration.person_id for d in debriefs}
    people = persons(session, groups)
    matches = _matches(session, groups, around)
    consents = _consents(session, debriefs)
    return [
        Case(
            plan=plan_facts(debrief, consents.get(debrief.id)),
            person=people[debrief.registration.person_id],
            lead=staff_facts.interviewer(debrief.lead, debrief.starts_at),
            second=staff_facts.interviewer(debrief.second, debrief.starts_at),
            interpreter=staff_facts.interpreter(debrief.interpreter, debrief.starts_at),
            room=staff_facts.room(debrief.room, debrief.starts_at),
            others=tuple(other for other in around if _shares(other, debrief)),
            matches=matches.get(debrief.registration.person_id, ()),
        )
        for debrief in debriefs
    ]


def plan_facts(debrief: Debrief, consent: ConsentRecord | None = None) -> PlanFacts:
    """Give a debrief as the rules see it."""
    recorded = debrief.recorded
    return PlanFacts(
        id=str(debrief.id),
        start=debrief.starts_at,
        end=debrief.ends_at,
        reference=debrief.reference,
        agency=debrief.agency.name,
        partners=frozenset(debrief.partner_ids),
        person=str(debrief.registration.person_id),
        registration=str(debrief.registration_id),
        room=_text(debrief.room_id),
        lead=_text(debrief.lead_id),
        second=_text(debrief.second_id),
        interpreter=_text(debrief.interpreter_id),
        lead_text=debrief.lead_text,
        second_text=debrief.second_text,
        mode=code(Mode, debrief.mode),
        state=debrief.state,
        event=_text(debrief.registration.event_id),
        purpose=code(Purpose, debrief.purpose),
        first_saved_at=debrief.first_saved_at,
        entered_at=debrief.entered_at,
        confirmed_at=debrief.confirmed_at,
        consent=None if consent is None else _consent(consent),
        shared_language=recorded.get("shared_language"),
        awake_and_asked=recorded.get("awake_and_asked"),
        preference_waived_at=_moment(recorded.get("preference_waived_at")),
        break_after=recorded.get("break_after"),
        channel_recorded=recorded.get("channel_recorded"),
        privacy_confirmed=recorded.get("privacy_confirmed"),
        adviser_consulted=recorded.get("adviser_consulted"),
    )


def persons(session: Session, groups: Collection[UUID]) -> dict[UUID, PersonFacts]:
    """Give what all registrations of each group together say."""
    registrations = _by_group(session, groups)
    ids = [r.id for rows in registrations.values() for r in rows]
    by_registration = _Recorded(
        stays=_of(session, Stay, ids),
        welfare=_of(session, WelfareCheck, ids),
        ages=_of(session, models.AgeDecision, ids),
        approaches=_of(session, Approach, ids),
        markers=_of(session, NoApproachMarker, ids),
        debriefs=_of(session, Debrief, ids),
    )
    agencies: dict[UUID, str] = {
        a.id: a.name for a in session.scalars(select(models.Agency)) if by_registration.approaches
    }
    limit = site(session).limit_minutes
    return {
        group: _person(group, rows, by_registration, agencies, limit)
        for group, rows in registrations.items()
    }


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Everything recorded beside the registrations, by registration id."""

    stays: dict[UUID, list[Stay]]
    welfare: dict[UUID, list[WelfareCheck]]
    ages: dict[UUID, list[models.AgeDecision]]
    approaches: dict[UUID, list[Approach]]
    markers: dict[UUID, list[NoApproachMarker]]
    debriefs: dict[UUID, list[Debrief]]


def _person(
    group: UUID,
    registrations: list[Registration],
    recorded: _Recorded,
    agencies: dict[UUID, str],
    limit: int,
) -> PersonFacts:
    ids = [r.id for r in registrations]
    stays = _joined(recorded.stays, ids)
    welfare = sorted(_joined(recorded.welfare, ids), key=lambda w: w.recorded_at)
    decisions = sorted(_joined(recorded.ages, ids), key=lambda a: a.decided_on)
    debriefs = _joined(recorded.debriefs, ids)
    extra: dict[str, Any] = {}
    for check in welfare:
        extra |= {key: value for key, value in check.recorded.items() if value is not None}
    return PersonFacts(
        id=str(group),
        registrations=frozenset(str(r.id) for r in registrations),
        age_flags=frozenset(f for r in registrations if (f := _age_flag(r.child_flag))),
        births=tuple(b for r in registrations if (b := birth_span(r)) is not None),
        age_decision=_age_decision(decisions),
        gender=next((g for r in registrations if (g := code(Gender, r.sex))), None),
        languages=frozenset(Language(r.language, r.dialect) for r in registrations if r.language),
        prefers_interviewer=_last(code(GenderPreference, w.preference) for w in welfare),
        prefers_interpreter=_last(code(GenderPreference, w.interpreter_preference) for w in welfare),
        screened_at=_last(w.screened_at for w in welfare),
        fed_dry_rested=_last(w.rested for w in welfare),
        medical=_last(_medical(w.medical) for w in welfare),
        medical_cleared_at=_last(w.medical_cleared_at for w in welfare),
        indicators=frozenset(Indicator(i) for r in registrations for i in r.indicators),
        nrm_opened_at=_moment(extra.get("nrm_opened_at")),
        bereaved=extra.get("bereaved"),
        facilitator_near=extra.get("facilitator_near"),
        alone=extra.get("alone"),
        dependants=extra.get("dependants"),
        carer_recorded=extra.get("carer_recorded"),
        legal_rep=extra.get("legal_rep"),
        legal_rep_notified_at=_moment(extra.get("legal_rep_notified_at")),
        compulsory_power_at=_moment(extra.get("compulsory_power_at")),
        landed_at=_first(s.landed_at for s in stays),
        arrived_at=_first(s.arrived_at for s in stays),
        departs_at=_first(s.departs_at for s in stays),
        left_at=_last(s.left_at for s in stays),
        stay_limit=limit,
        markers=tuple(_marker(m) for m in _joined(recorded.markers, ids)),
        approaches=tuple(_approach(a, agencies) for a in _joined(recorded.approaches, ids)),
        stops=tuple(_stop(d) for d in debriefs if d.state is DebriefState.STOPPED),
        completed=sum(d.state is DebriefState.COMPLETED for d in debriefs),
    )


def birth_span(registration: Registration) -> Birth | None:
    """Give the earliest and latest day of birth a registration allows."""
    r = registration
    if r.birth_year is not None:
        first = _day(r.birth_year, r.birth_month or 1, r.birth_day or 1)
        last = _day(r.birth_year, r.birth_month or 12, r.birth_day or 31)
        return Birth(first, last)
    if r.birth_age is not None and r.birth_age_on is not None:
        on = r.birth_age_on
        youngest = _day(on.year - r.birth_age, on.month, on.day)
        oldest = _day(on.year - r.birth_age - 1, on.month, on.day) + timedelta(days=1)
        return Birth(oldest, youngest)
    return None


def _day(year: int, month: int, day: int) -> date:
    """Give a day, moved back to the month's last where it does not exist."""
    for wanted in range(day, 27, -1):
        try:
            return date(year, month, wanted)
        except ValueError:
            continue
    return date(year, month, min(day, 28))


def _age_flag(flag: str) -> AgeFlag | None:
    return {
        "child": AgeFlag.CHILD,
        "age_disputed": AgeFlag.DISPUTED,
        "adult": AgeFlag.ADULT,
    }.get(flag)


def _age_decision(decisions: list[models.AgeDecision]) -> AgeDecision | None:
    if not decisions:
        return None
    newest = decisions[-1]
    return AgeDecision(newest.adult, newest.decider, newest.decided_on)


def _medical(word: str) -> Medical | None:
    return {
        "fit": Medical.FIT,
        "see_nurse": Medical.ASK,
        "unclear": Medical.ASK,
        "hold": Medical.HOLD,
        "not_fit": Medical.UNFIT,
    }.get(word)


def _marker(marker: NoApproachMarker) -> MarkerFacts:
    return MarkerFacts(
        id=str(marker.id),
        kind=MarkerKind(marker.kind),
        placed_at=marker.placed_at,
        lifted_at=marker.lifted_at,
        reopened_at=marker.asked_at,
        language=marker.asked_language or None,
        interpreter=marker.asked_interpreter or None,
        witness_agency=marker.witness or None,
        recorded_by=_text(marker.requested_by_id),
        confirmed_by=_text(marker.confirmed_by_id),
    )


def _approach(approach: Approach, agencies: dict[UUID, str]) -> ApproachFacts:
    return ApproachFacts(
        at=approach.at,
        outcome=ApproachOutcome(approach.outcome),
        agency=agencies.get(approach.agency_id, ""),
        debrief=_text(approach.debrief_id),
    )


def _stop(debrief: Debrief) -> StopFacts:
    recorded = debrief.recorded
    return StopFacts(
        debrief=str(debrief.id),
        reason=StopReason(debrief.state_reason),
        at=_moment(recorded.get("ended_at")) or debrief.ends_at,
        informed_at=_moment(recorded.get("informed_at")),
        released_at=_moment(recorded.get("released_at")),
    )


def _consent(consent: ConsentRecord) -> ConsentFacts:
    return ConsentFacts(
        outcome=code(ConsentOutcome, consent.outcome),
        at=consent.at,
        language=consent.language or None,
        interpreter=consent.interpreter or None,
        explained_by=consent.explained_by or None,
        version=consent.explanation_version or None,
        points=frozenset(ExplanationPoint(p) for p in consent.points if p in set(ExplanationPoint)),
        optional_line="optional_line" in consent.points,
    )


def _plans_around(session: Session, debriefs: Sequence[Debrief]) -> list[PlanFacts]:
    first = min(d.starts_at for d in debriefs) - _AROUND
    last = max(d.ends_at for d in debriefs) + _AROUND
    groups = {d.registration.person_id for d in debriefs}
    near = select(Debrief).where(
        Debrief.state.in_(OPEN), Debrief.starts_at < last, Debrief.ends_at > first
    )
    found = {d.id: d for d in session.scalars(near)}
    for part in chunks(groups):
        of_people = (
            select(Debrief)
            .join(Registration, Debrief.registration_id == Registration.id)
            .where(Debrief.state.in_(OPEN), Registration.person_id.in_(part))
        )
        found |= {d.id: d for d in session.scalars(of_people)}
    return [plan_facts(d) for d in found.values()]


def _shares(other: PlanFacts, debrief: Debrief) -> bool:
    if other.id == str(debrief.id):
        return False
    if other.person == str(debrief.registration.person_id):
        return True
    mine = {_text(debrief.lead_id), _text(debrief.second_id)} - {None}
    near = other.start < debrief.ends_at + _AROUND and other.end > debrief.starts_at - _AROUND
    return near and bool(
        mine & other.interviewers
        or (other.interpreter and other.interpreter == _text(debrief.interpreter_id))
        or (other.room and other.room == _text(debrief.room_id))
        or (other.event and other.event == _text(debrief.registration.event_id))
    )


def _matches(
    session: Session, groups: Collection[UUID], around: Sequence[PlanFacts]
) -> dict[UUID, tuple[MatchFacts, ...]]:
    """Give, per group, the people it may also be: suggested, neither linked nor decided."""
    mine = {r.id: r for rows in _by_group(session, groups).values() for r in rows}
    pairs: list[IdentitySuggestion] = []
    for part in chunks(mine):
        either = or_(IdentitySuggestion.a_id.in_(part), IdentitySuggestion.b_id.in_(part))
        shown = IdentitySuggestion.band != Band.WEAK
        pairs += session.scalars(select(IdentitySuggestion).where(either, shown))
    settled = different_pairs(session, [p.a_id for p in pairs])
    others = _registrations(session, {i for p in pairs for i in (p.a_id, p.b_id)})
    plans: dict[str, list[PlanFacts]] = defaultdict(list)
    for plan in around:
        plans[plan.person].append(plan)
    best: dict[tuple[UUID, UUID], MatchFacts] = {}
    marked = _marked(session, {r.person_id for r in others.values()})
    for pair in pairs:
        if (pair.a_id, pair.b_id) in settled:
            continue
        a, b = others[pair.a_id], others[pair.b_id]
        for me, other in ((a, b), (b, a)):
            if me.person_id == other.person_id or other.withdrawn_at or me.withdrawn_at:
                continue
            match = MatchFacts(
                person=str(other.person_id),
                band=Band(pair.band),
                same_event=me.event_id is not None and me.event_id == other.event_id,
                marked_at=marked.get(other.person_id),
                plans=tuple(plans.get(str(other.person_id), ())),
            )
            key = (me.person_id, other.person_id)
            if key not in best or _rank(match) < _rank(best[key]):
                best[key] = match
    found: dict[UUID, list[MatchFacts]] = defaultdict(list)
    for (me_id, _), match in best.items():
        found[me_id].append(match)
    return {group: tuple(rows) for group, rows in found.items()}


def _rank(match: MatchFacts) -> tuple[int, bool]:
    return list(Band).index(match.band), not match.same_event


def different_pairs(session: Session, first_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Give the pairs decided to be two people, among pairs whose lower id is given."""
    settled: set[tuple[UUID, UUID]] = set()
    for part in chunks(first_ids):
        query = select(IdentityDecision.a_id, IdentityDecision.b_id).where(
            IdentityDecision.a_id.in_(part),
            IdentityDecision.verdict == "different",
            IdentityDecision.superseded_at.is_(None),
        )
        settled |= {(a, b) for a, b in session.execute(query)}
    return settled


def _marked(session: Session, groups: Collection[UUID]) -> dict[UUID, datetime]:
    """Give since when nobody may approach, per group that is marked."""
    marked: dict[UUID, datetime] = {}
    for part in chunks(groups):
        query = (
            select(Registration.person_id, NoApproachMarker.placed_at)
            .join(NoApproachMarker, NoApproachMarker.registration_id == Registration.id)
            .where(Registration.person_id.in_(part), NoApproachMarker.lifted_at.is_(None))
        )
        for group, placed in session.execute(query):
            marked[group] = min(placed, marked.get(group, placed))
    return marked


def _by_group(session: Session, groups: Collection[UUID]) -> dict[UUID, list[Registration]]:
    found: dict[UUID, list[Registration]] = {group: [] for group in groups}
    for part in chunks(groups):
        query = (
            select(Registration)
            .where(Registration.person_id.in_(part), Registration.withdrawn_at.is_(None))
            .order_by(Registration.id)
        )
        for registration in session.scalars(query):
            found[registration.person_id].append(registration)
    return found


def _registrations(session: Session, ids: Collection[UUID]) -> dict[UUID, Registration]:
    found: dict[UUID, Registration] = {}
    for part in chunks(ids):
        query = select(Registration).where(Registration.id.in_(part))
        found |= {r.id: r for r in session.scalars(query)}
    return found


def _of(session: Session, kind: type[RowT], ids: Iterable[UUID]) -> dict[UUID, list[RowT]]:
    """Give the rows of a table that hang on registrations, by registration."""
    found: dict[UUID, list[RowT]] = defaultdict(list)
    column = kind.registration_id  # type: ignore[attr-defined]
    for part in chunks(ids):
        for row in session.scalars(select(kind).where(column.in_(part)).order_by(kind.id)):  # type: ignore[attr-defined]
            found[row.registration_id].append(row)  # type: ignore[attr-defined]
    return found


def _consents(session: Session, debriefs: Sequence[Debrief]) -> dict[UUID, ConsentRecord]:
    found: dict[UUID, ConsentRecord] = {}
    for part in chunks(d.id for d in debriefs):
        query = select(ConsentRecord).where(ConsentRecord.debrief_id.in_(part))
        found |= {c.debrief_id: c for c in session.scalars(query.order_by(ConsentRecord.at))}
    return found


def _joined(rows: dict[UUID, list[RowT]], ids: Iterable[UUID]) -> list[RowT]:
    return [row for i in ids for row in rows.get(i, ())]


def _last(values: Iterable[RowT | None]) -> RowT | None:
    known = [value for value in values if value is not None]
    return known[-1] if known else None


def _first(values: Iterable[datetime | None]) -> datetime | None:
    return min((value for value in values if value is not None), default=None)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _moment(text: str | None) -> datetime | None:
    return None if not text else datetime.fromisoformat(text)
