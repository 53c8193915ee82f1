"""People: found before anything is typed, listed, opened, linked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from debrief_desk.actions import care, links, person_plans, registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.comparison import Beside, beside, worded
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.match_facts import different_pairs, suggestions
from debrief_desk.actions.naming import shown_birth, shown_language, shown_name, shown_script
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import holds, own_agency_only, reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.children import eligibility
from debrief_desk.rules.codes import Eligibility, MarkerKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.voluntariness import standing
from debrief_desk.store import search
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Debrief,
    IdentityDecision,
    IdentitySuggestion,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.care import Care
    from debrief_desk.actions.person_plans import PlanRow


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One registration in a list; `records` counts the registrations linked as one person."""

    id: str
    person_id: str
    name: str
    own_script: str
    born: str
    sex: str
    nationality: str
    language: str
    agency: str
    serial: str
    reference: str
    band: str
    event: str
    child_flag: str
    records: int
    open_plans: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A window into the list of people, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int
    may_link: bool = False


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A registration of the same group, and how it came to be linked."""

    row: PersonRow
    origin: str
    code: str
    linked_to: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything this desk holds about one person that the account may see."""

    row: PersonRow
    linked: tuple[LinkedRow, ...]
    plans: tuple[PlanRow, ...]
    eligibility: Eligibility
    no_approach_since: datetime | None
    reopening_asked: bool
    landed_at: datetime | None
    arrived_at: datetime | None
    screened_at: datetime | None
    rested: bool | None
    medical: str
    preference: str
    suspected: tuple[SuggestionRow, ...]
    as_typed: tuple[tuple[str, str], ...]
    may_plan: bool
    may_link: bool
    may_reopen: bool
    care: Care


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A pair that may be one person, with the strongest reasons in words."""

    left: PersonRow
    right: PersonRow
    band: str
    reasons: tuple[str, ...]


@reads(Right.SEE_PEOPLE)
def listed(
    session: Session, typed: str = "", offset: int = 0, limit: int = 200, event: str = ""
) -> PeoplePage:
    """Give people found by what was typed, by boat and band; with nothing typed, everybody."""
    query = _standing(session)
    if event:
        found_event = registrations.event_named(session, event)
        if found_event is None:
            return PeoplePage((), 0)
        query = query.where(Registration.event_id == found_event.id)
    if typed.strip():
        found = search.found(typed)
        if found is None:
            return PeoplePage((), 0)
        query = query.where(Registration.id.in_(found))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = query.order_by(Registration.id).offset(offset).limit(limit)
    found_rows = rows(session, list(session.scalars(page).unique()))
    return PeoplePage(found_rows, total, holds(session, Right.TAKE_CONFLICTS))


@reads(Right.SEE_PEOPLE)
def next_of_boat(session: Session, registration_id: str) -> PersonRow | None:
    """Give the next person of the same boat by band who has no open plan and may be asked."""
    here = registrations.get(session, registration_id)
    if here.event_id is None:
        return None
    planned = (
        select(Registration.person_id)
        .join(Debrief, Debrief.registration_id == Registration.id)
        .where(Debrief.state.in_(OPEN))
    )
    query = (
        _standing(session)
        .where(
            Registration.event_id == here.event_id,
            Registration.agency_id == here.agency_id,
            Registration.person_id.not_in(planned),
            Registration.band > here.band,
        )
        .order_by(Registration.band, Registration.id)
    )
    for found in session.scalars(query).unique():
        if _may_be_asked(session, found.person_id):
            return rows(session, [found])[0]
    return None


@writes(Right.SEE_PEOPLE)
def card(session: Session, registration_id: str) -> PersonCard:
    """Give a person in full; that somebody looked is on record before anything is shown."""
    chosen = registrations.get(session, registration_id)
    own = own_agency_only(session)
    if own is not None and chosen.agency_id != own:
        raise WrongCall("registration-unknown")
    step_of(session).events.append(
        Draft(kind="consulted", entity="registration", entity_id=registration_id)
    )
    group = _standing(session).where(Registration.person_id == chosen.person_id)
    members = list(session.scalars(group.order_by(Registration.id)).unique())
    facts = persons(session, [chosen.person_id])[chosen.person_id]
    marked = standing(facts, MarkerKind.NO_APPROACH)
    return PersonCard(
        row=rows(session, [chosen])[0],
        linked=_linked(session, chosen, members),
        plans=person_plans.of_group(session, chosen.person_id),
        eligibility=eligibility(facts, step_of(session).now),
        no_approach_since=min((m.placed_at for m in marked), default=None),
        reopening_asked=any(m.reopened_at for m in marked),
        landed_at=facts.landed_at,
        arrived_at=facts.arrived_at,
        screened_at=facts.screened_at,
        rested=facts.fed_dry_rested,
        medical=facts.medical.value if facts.medical else "",
        preference=facts.prefers_interviewer.value if facts.prefers_interviewer else "",
        suspected=_suggested(session, [m.id for m in members]),
        as_typed=()
        if step_of(session).names_hidden  # the sender's own words hold the name
        else tuple((heading, cell) for heading, cell in chosen.as_typed if cell),
        may_plan=holds(session, Right.REGISTER),
        may_link=holds(session, Right.TAKE_CONFLICTS),
        may_reopen=holds(session, Right.REOPEN_NO_APPROACH),
        care=care.of(session, facts, [m.id for m in members]),
    )


@reads(Right.SEE_OTHER_AGENCY_PEOPLE)
def to_link(session: Session, limit: int = 200) -> tuple[SuggestionRow, ...]:
    """Give the suggestions that wait under *To link*: nobody decided, best first."""
    query = (
        select(IdentitySuggestion.a_id, IdentitySuggestion.b_id)
        .where(IdentitySuggestion.band.in_(("near-certain", "probable")))
        .order_by(IdentitySuggestion.bits.desc(), IdentitySuggestion.id)
        .limit(limit * 3)
    )
    ids = {i for pair in session.execute(query) for i in pair}
    return _suggested(session, ids, limit)


@reads(Right.SEE_OTHER_AGENCY_PEOPLE)
def explain(session: Session, one_id: str, other_id: str) -> Beside:
    """Give two registrations side by side, and the evidence in sentences, strongest first."""
    one, other = registrations.get(session, one_id), registrations.get(session, other_id)
    return beside(session, one, other)


@writes(Right.TAKE_CONFLICTS)
def decide_pair(session: Session, one_id: str, other_id: str, verdict: str, reason: str) -> None:
    """Record that two registrations are the same person or different; plans are rechecked."""
    if verdict not in (links.SAME, links.DIFFERENT, links.UNSURE):
        raise WrongCall("verdict-unknown", verdict=verdict)
    one, other = registrations.get(session, one_id), registrations.get(session, other_id)
    groups = {one.person_id, other.person_id}
    groups |= links.decide(session, one.id, other.id, verdict, reason.strip()[:200])
    recheck(session, groups=groups)


@writes(Right.TAKE_CONFLICTS)
def unlink(session: Session, one_id: str, other_id: str) -> None:
    """Take back the link of two registrations; everything is as if it had never been made."""
    one, other = registrations.get(session, one_id), registrations.get(session, other_id)
    groups = {one.person_id} | links.take_back(session, one.id, other.id)
    body = {"a": one_id, "b": other_id}
    step_of(session).events.append(Draft(kind="combined", reason="unlinked", body=body))
    recheck(session, groups=groups)


def rows(session: Session, found: list[Registration]) -> tuple[PersonRow, ...]:
    """Give registrations as list rows."""
    groups = {r.person_id for r in found}
    records = _counted(session, groups, select(Registration.person_id, func.count()).where(
        Registration.withdrawn_at.is_(None)
    ))  # fmt: skip
    plans = _counted(session, groups, select(Registration.person_id, func.count()).join(
        Debrief, Debrief.registration_id == Registration.id
    ).where(Debrief.state.in_(OPEN)))  # fmt: skip
    return tuple(
        PersonRow(
            id=str(r.id),
            person_id=str(r.person_id),
            name=shown_name(r),
            own_script=shown_script(r),
            born=shown_birth(r),
            sex=r.sex,
            nationality=r.nationality,
            language=shown_language(r),
            agency=r.agency.name,
            serial=r.serial,
            reference=", ".join(i.value for i in r.identifiers),
            band=r.band,
            event=r.event.number if r.event else "",
            child_flag=r.child_flag,
            records=records.get(r.person_id, 1),
            open_plans=plans.get(r.person_id, 0),
        )
        for r in found
    )


def _may_be_asked(session: Session, group: UUID) -> bool:
    """Say whether nothing that nobody can lift stands against asking (V-4, C-1, C-2, A-4)."""
    facts = persons(session, [group])[group]
    free = eligibility(facts, step_of(session).now) is Eligibility.ELIGIBLE
    return free and not standing(facts, MarkerKind.NO_APPROACH)


def _standing(session: Session) -> Select[Registration]:
    with_references = selectinload(Registration.identifiers)
    query = select(Registration).options(with_references).where(Registration.withdrawn_at.is_(None))
    own = own_agency_only(session)
    return query if own is None else query.where(Registration.agency_id == own)


def _counted(session: Session, groups: set[UUID], query: Select[UUID, int]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    wanted = sorted(groups)
    for part in chunks(wanted):
        theirs = query.where(Registration.person_id.in_(part))
        found |= {g: n for g, n in session.execute(theirs.group_by(Registration.person_id))}  # noqa: C416 - a result is no mapping
    return found


def _linked(
    session: Session, chosen: Registration, members: list[Registration]
) -> tuple[LinkedRow, ...]:
    ids = [m.id for m in members]
    query = select(IdentityDecision).where(
        IdentityDecision.a_id.in_(ids),
        IdentityDecision.b_id.in_(ids),
        IdentityDecision.verdict == links.SAME,
        IdentityDecision.superseded_at.is_(None),
    )
    statements = list(session.scalars(query))
    linked = []
    for member, row in zip(members, rows(session, members), strict=True):
        if member.id == chosen.id:
            continue
        about = [s for s in statements if member.id in (s.a_id, s.b_id)]
        direct = next((s for s in about if chosen.id in (s.a_id, s.b_id)), None)
        shown = direct or (about[0] if about else None)
        other = "" if shown is None else str(shown.a_id if shown.b_id == member.id else shown.b_id)
        linked.append(
            LinkedRow(row, shown.origin if shown else "", shown.code if shown else "", other)
        )
    return tuple(linked)


def _suggested(session: Session, ids: object, limit: int = 200) -> tuple[SuggestionRow, ...]:
    from debrief_desk.identity.verdicts import Evidence, Relation

    found = suggestions(session, ids)  # type: ignore[arg-type]
    settled = different_pairs(session, [s.a_id for s in found])
    wanted = sorted({i for s in found for i in (s.a_id, s.b_id)})
    known: dict[UUID, Registration] = {}
    for part in chunks(wanted):
        query = select(Registration).where(Registration.id.in_(part))
        known |= {r.id: r for r in session.scalars(query).unique()}
    own = own_agency_only(session)
    shown: list[tuple[Registration, Registration, str, tuple[str, ...]]] = []
    for one in sorted(found, key=lambda s: -s.bits):
        a, b = known[one.a_id], known[one.b_id]
        if (one.a_id, one.b_id) in settled or a.person_id == b.person_id:
            continue
        if a.withdrawn_at or b.withdrawn_at:
            continue
        if own is not None and {a.agency_id, b.agency_id} != {own}:
            continue
        if len(shown) == limit:
            break
        told = [Evidence(**{**e, "relation": Relation(e["relation"])}) for e in one.evidence]
        strongest = sorted(
            (e for e in told if e.code != "prior" and e.bits), key=lambda e: -abs(e.bits)
        )
        shown.append((a, b, one.band, tuple(worded(e, a, b) for e in strongest[:3])))
    listed_once = list({r.id: r for a, b, _, _ in shown for r in (a, b)}.values())
    people = {r.id: row for r, row in zip(listed_once, rows(session, listed_once), strict=True)}
    return tuple(
        SuggestionRow(people[a.id], people[b.id], band, told) for a, b, band, told in shown
    )
