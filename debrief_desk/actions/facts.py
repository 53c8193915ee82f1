"""What the rules look at, loaded for many plans at once by a handful of queries."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import plans_around, staff_facts
from debrief_desk.actions.loading import chunks, code, moment, text
from debrief_desk.actions.match_facts import Suspected, matches
from debrief_desk.actions.person_facts import persons
from debrief_desk.rules.codes import ConsentOutcome, ExplanationPoint, Mode, Purpose
from debrief_desk.rules.facts import BypassFacts, Case, ConsentFacts, PlanFacts
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.store.models import Agency, Bypass, ConsentRecord, Debrief, Registration, Room

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

OPEN = tuple(state for state in DebriefState if state.is_open)


def cases(
    session: Session,
    debriefs: Sequence[Debrief],
    *,
    unsaved: Sequence[Registration] = (),
    suspected: Sequence[Suspected] = (),
) -> list[Case]:
    """Give one case per plan, in order; a case has every fact this desk holds.

    For plans that are not kept: `unsaved` registrations, and whom their groups may also be.
    """
    if not debriefs:
        return []
    around = _plans_around(session, debriefs)
    groups = {d.registration.person_id for d in debriefs}
    people = persons(session, groups, unsaved)
    also = matches(session, groups, around, suspected)
    consents = _consents(session, debriefs)
    bypasses = _bypasses(session, debriefs)
    staff = staff_facts.load(
        session,
        [who for d in debriefs for who in (d.lead_id, d.second_id, d.interpreter_id)],
        Window(min(d.starts_at for d in debriefs), max(d.ends_at for d in debriefs)),
    )
    rooms = {name: str(key) for name, key in session.execute(select(Room.name, Room.id))}
    names = _agency_names(session, debriefs)
    plans = [plan_facts(d, consents.get(d.id), bypasses.get(d.id), names) for d in debriefs]
    return [
        Case(
            plan=plan,
            person=people[debrief.registration.person_id],
            lead=staff.interviewer(debrief.lead, debrief.starts_at),
            second=staff.interviewer(debrief.second, debrief.starts_at),
            interpreter=staff.interpreter(
                debrief.interpreter,
                debrief.starts_at,
                people[debrief.registration.person_id].registrations,
            ),
            room=staff_facts.room(debrief.room, debrief.starts_at, rooms),
            others=tuple(other for other in around if plans_around.shares(other, plan)),
            matches=also.get(debrief.registration.person_id, ()),
        )
        for debrief, plan in zip(debriefs, plans, strict=True)
    ]


def plan_facts(
    debrief: Debrief,
    consent: ConsentRecord | None = None,
    bypass: Bypass | None = None,
    agencies: Mapping[str, str] = MappingProxyType({}),
) -> PlanFacts:
    """Give a debrief as the rules see it; `agencies` are the names of those that may take part."""
    recorded = debrief.recorded
    return PlanFacts(
        id=str(debrief.id),
        start=debrief.starts_at,
        end=debrief.ends_at,
        reference=debrief.reference,
        agency=debrief.agency.name,
        partners=frozenset(agencies[p] for p in debrief.partner_ids if p in agencies),
        person=str(debrief.registration.person_id),
        registration=str(debrief.registration_id),
        room=text(debrief.room_id),
        lead=text(debrief.lead_id),
        second=text(debrief.second_id),
        interpreter=text(debrief.interpreter_id),
        lead_text=debrief.lead_text,
        second_text=debrief.second_text,
        mode=code(Mode, debrief.mode),
        state=debrief.state,
        event=text(debrief.registration.event_id),
        purpose=code(Purpose, debrief.purpose),
        first_saved_at=debrief.first_saved_at,
        entered_at=debrief.entered_at,
        confirmed_at=debrief.confirmed_at,
        consent=None if consent is None else _consent(consent),
        shared_language=recorded.get("shared_language"),
        awake_and_asked=recorded.get("awake_and_asked"),
        preference_waived_at=moment(recorded.get("preference_waived_at")),
        break_after=recorded.get("break_after"),
        channel_recorded=recorded.get("channel_recorded"),
        privacy_confirmed=recorded.get("privacy_confirmed"),
        adviser_consulted=recorded.get("adviser_consulted"),
        bypass=None if bypass is None else _bypass(bypass),
    )


def _agency_names(session: Session, debriefs: Sequence[Debrief]) -> dict[str, str]:
    """Give the names of the agencies, where one of these debriefs is joint."""
    if not any(debrief.partner_ids for debrief in debriefs):
        return {}
    return {str(key): name for key, name in session.execute(select(Agency.id, Agency.name))}


def _bypass(bypass: Bypass) -> BypassFacts:
    return BypassFacts(
        asked_by=str(bypass.asked_by_id),
        concurred_by=text(bypass.concurred_by_id),
        concurred_at=bypass.concurred_at,
        has_reason=bool(bypass.reason),
        reviewed_at=bypass.reviewed_at,
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
    """Give the open plans a day around these, and all of these people's."""
    span = Window(min(d.starts_at for d in debriefs), max(d.ends_at for d in debriefs))
    return plans_around.within(session, span, {d.registration.person_id for d in debriefs})


def _consents(session: Session, debriefs: Sequence[Debrief]) -> dict[UUID, ConsentRecord]:
    found: dict[UUID, ConsentRecord] = {}
    for part in chunks(d.id for d in debriefs):
        query = select(ConsentRecord).where(ConsentRecord.debrief_id.in_(part))
        # what was recorded last corrects what was recorded before, whatever time it tells of
        found |= {c.debrief_id: c for c in session.scalars(query.order_by(ConsentRecord.id))}
    return found


def _bypasses(session: Session, debriefs: Sequence[Debrief]) -> dict[UUID, Bypass]:
    """Give the newest bypass of each debrief that was not withdrawn."""
    found: dict[UUID, Bypass] = {}
    for part in chunks(d.id for d in debriefs):
        query = select(Bypass).where(Bypass.debrief_id.in_(part), Bypass.withdrawn_at.is_(None))
        found |= {b.debrief_id: b for b in session.scalars(query.order_by(Bypass.id))}
    return found
