"""What is recorded about people, put together from all registrations of their group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from debrief_desk.actions.desks import site
from debrief_desk.actions.loading import (
    RowT,
    by_group,
    by_registration,
    chunks,
    code,
    moment,
    text,
)
from debrief_desk.rules.codes import (
    AgeFlag,
    ApproachOutcome,
    BusyKind,
    Gender,
    GenderPreference,
    Indicator,
    MarkerKind,
    Medical,
    ReferralKind,
    StopReason,
)
from debrief_desk.rules.facts import (
    AgeDecision,
    ApproachFacts,
    Birth,
    BusyFacts,
    Language,
    MarkerFacts,
    PersonFacts,
    StopFacts,
)
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.store import models
from debrief_desk.store.models import (
    Approach,
    Busy,
    Debrief,
    DebriefStop,
    NoApproachMarker,
    Referral,
    Registration,
    Stay,
    WelfareCheck,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


def persons(
    session: Session, groups: Collection[UUID], unsaved: Sequence[Registration] = ()
) -> dict[UUID, PersonFacts]:
    """Give what all registrations of each group together say, `unsaved` ones among them."""
    registrations = by_group(session, groups)
    for registration in unsaved:
        registrations[registration.person_id].append(registration)
    ids = [r.id for rows in registrations.values() for r in rows]
    recorded = _Recorded(
        stays=by_registration(session, Stay, ids),
        welfare=by_registration(session, WelfareCheck, ids),
        ages=by_registration(session, models.AgeDecision, ids),
        approaches=by_registration(session, Approach, ids),
        markers=by_registration(session, NoApproachMarker, ids),
        debriefs=(debriefs := by_registration(session, Debrief, ids)),
        stops=_stops(session, debriefs),
        referrals=by_registration(session, Referral, ids),
        busy=by_registration(session, Busy, ids),
    )
    agencies: dict[UUID, str] = {
        a.id: a.name for a in session.scalars(select(models.Agency)) if recorded.approaches
    }
    limit = site(session).limit_minutes
    return {
        group: _person(group, rows, recorded, agencies, limit)
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
    stops: dict[UUID, list[DebriefStop]]
    referrals: dict[UUID, list[Referral]]
    busy: dict[UUID, list[Busy]]


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
    decisions = sorted(_joined(recorded.ages, ids), key=lambda a: (a.decided_on, a.id))
    extra: dict[str, Any] = {}
    for check in welfare:
        extra |= check.recorded
    return PersonFacts(
        id=str(group),
        registrations=frozenset(str(r.id) for r in registrations),
        age_flags=frozenset(f for r in registrations if (f := _age_flag(r.child_flag))),
        births=tuple(b for r in registrations if (b := birth_span(r)) is not None),
        age_decision=_age_decision(decisions),
        gender=next((g for r in registrations if (g := code(Gender, r.sex))), None),
        languages=frozenset(Language(r.language, r.dialect) for r in registrations if r.language),
        prefers_interviewer=_last(code(GenderPreference, w.preference) for w in welfare),
        prefers_interpreter=_last(
            code(GenderPreference, w.interpreter_preference) for w in welfare
        ),
        screened_at=_last(w.screened_at for w in welfare),
        fed_dry_rested=_last(w.rested for w in welfare),
        medical=_last(_medical(w.medical) for w in welfare),
        medical_cleared_at=_cleared_at(welfare),
        indicators=frozenset(Indicator(i) for r in registrations for i in r.indicators),
        nrm_opened_at=_first(r.opened_at for r in _joined(recorded.referrals, ids) if _is_nrm(r)),
        bereaved=extra.get("bereaved"),
        facilitator_near=extra.get("facilitator_near"),
        alone=extra.get("alone"),
        dependants=extra.get("dependants"),
        carer_recorded=extra.get("carer_recorded"),
        legal_rep=extra.get("legal_rep"),
        legal_rep_notified_at=moment(extra.get("legal_rep_notified_at")),
        compulsory_power_at=moment(extra.get("compulsory_power_at")),
        landed_at=_first(s.landed_at for s in stays),
        arrived_at=_first(s.arrived_at for s in stays),
        departs_at=_first(s.departs_at for s in stays),
        left_at=_last(s.left_at for s in stays),
        stay_limit=limit,
        markers=tuple(_marker(m) for m in _joined(recorded.markers, ids)),
        approaches=tuple(_approach(a, agencies) for a in _joined(recorded.approaches, ids)),
        stops=tuple(_stop(s) for s in _joined(recorded.stops, ids)),
        completed=sum(d.state is DebriefState.COMPLETED for d in _joined(recorded.debriefs, ids)),
        busy=tuple(_busy(b) for b in _joined(recorded.busy, ids) if b.cancelled_at is None),
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


def _cleared_at(welfare: Sequence[WelfareCheck]) -> datetime | None:
    """Give when healthcare cleared the person; a newer word of healthcare needs a new clearance."""
    said = [at for at, check in enumerate(welfare) if _medical(check.medical) is not None]
    return _last(check.medical_cleared_at for check in welfare[said[-1] if said else 0 :])


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
        recorded_by=text(marker.requested_by_id),
        confirmed_by=text(marker.confirmed_by_id),
    )


def _approach(approach: Approach, agencies: dict[UUID, str]) -> ApproachFacts:
    return ApproachFacts(
        at=approach.at,
        outcome=ApproachOutcome(approach.outcome),
        agency=agencies.get(approach.agency_id, ""),
        debrief=text(approach.debrief_id),
    )


def _stops(session: Session, debriefs: dict[UUID, list[Debrief]]) -> dict[UUID, list[DebriefStop]]:
    """Give the stops of these debriefs, by registration as the debriefs are."""
    stopped = {d.id: d for rows in debriefs.values() for d in rows if d.ended_at is not None}
    found: dict[UUID, list[DebriefStop]] = {}
    for part in chunks(stopped):
        query = select(DebriefStop).where(DebriefStop.debrief_id.in_(part))
        for row in session.scalars(query.order_by(DebriefStop.id)):
            found.setdefault(stopped[row.debrief_id].registration_id, []).append(row)
    return found


def _stop(stop: DebriefStop) -> StopFacts:
    return StopFacts(
        debrief=str(stop.debrief_id),
        reason=StopReason(stop.reason),
        at=stop.at,
        informed_at=stop.informed_at,
        released_at=stop.released_at,
    )


def _is_nrm(referral: Referral) -> bool:
    """Say whether a task stands that refers a possible victim of trafficking (C-4, S-3)."""
    return referral.withdrawn_at is None and referral.kind in (
        ReferralKind.NRM,
        ReferralKind.DUTY_TO_NOTIFY,
    )


def _busy(busy: Busy) -> BusyFacts:
    window = Window(busy.starts_at, busy.ends_at)
    return BusyFacts(BusyKind(busy.kind), window, text(busy.room_id))


def _joined(rows: dict[UUID, list[RowT]], ids: Iterable[UUID]) -> list[RowT]:
    return [row for i in ids for row in rows.get(i, ())]


def _last(values: Iterable[RowT | None]) -> RowT | None:
    known = [value for value in values if value is not None]
    return known[-1] if known else None


def _first(values: Iterable[datetime | None]) -> datetime | None:
    return min((value for value in values if value is not None), default=None)
