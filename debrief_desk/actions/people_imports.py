"""People sheets: each row becomes, or brings up to date, one registration, and perhaps a plan."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select

from debrief_desk.actions import (
    arrivals,
    desks,
    links,
    plan_drafts,
    plans,
    registrations,
    sheet_plans,
)
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.conflict_items import open_item
from debrief_desk.actions.loading import by_name, chunks
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.files.people import parse_people
from debrief_desk.files.person_rows import PersonRow, row_keys
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Agency,
    Debrief,
    IdentityDecision,
    ParkedRow,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.files.days import DateOrder
    from debrief_desk.files.headings import Mapping as Columns
    from debrief_desk.files.rows import ParsedSheet
    from debrief_desk.files.sheets import Sheet

Row = tuple[str, PersonRow]
HOLLOW, NEWER_HERE = "row-hollow", "newer-here"
_ENTERED = 25  # rows entered between two looks at the token
_MATCHED = 25  # rows matched at once ...
_MATCHED_BESIDE = 4  # ... while somebody types, whose check would wait for more


def parsed(sheet: Sheet, columns: Columns, order: str, near: date) -> ParsedSheet[PersonRow]:
    """Parse a people sheet."""
    return parse_people(sheet, columns, date_order=cast("DateOrder", order), near=near)


def states(session: Session, rows: Sequence[PersonRow], sender: str) -> list[str]:
    """Give, per row, what taking it would do: new, same, update, parked or rejected."""
    agencies = {a.name.casefold(): a for a in session.scalars(select(Agency))}
    keys = row_keys(rows)
    known: dict[tuple[str, str], Registration] = {}
    for name, agency in agencies.items():
        for key, registration in registrations.live(session, agency, keys).items():
            known[name, key] = registration
    return [
        _state(row, known.get(((row.agency or sender).casefold(), key)))
        for row, key in zip(rows, keys, strict=True)
    ]


def _state(row: PersonRow, held: Registration | None) -> str:
    if row.hollow:
        return "rejected"
    if held is not None:
        return "same" if _same(held, row) else "update"
    return "parked" if row.problems else "new"


def _same(held: Registration, row: PersonRow) -> bool:
    return held.as_typed == [list(pair) for pair in row.as_typed]


def take(
    session: Session, rows: Sequence[PersonRow], agency: Agency | None, import_id: UUID
) -> tuple[list[str], list[ParkedRow]]:
    """Take people in; gives each row's outcome, and the rows to keep as parked or rejected."""
    outcomes: list[str] = []
    left: list[ParkedRow] = []
    for sender, part in _by_agency(session, rows, agency).items():
        taking = _Taking(session, session.get_one(Agency, sender), import_id, len(rows))
        outcomes += taking.take(part)
        left += taking.left
    return outcomes, left


def _by_agency(
    session: Session, rows: Sequence[PersonRow], agency: Agency | None
) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for key, row in zip(row_keys(rows), rows, strict=True):
        if row.agency:
            sender = desks.agency(session, row.agency)
        elif agency is not None:
            sender = agency
        else:
            raise WrongCall("agency-missing")
        found[sender.id].append((key, row))
    return found


class _Taking:
    """One sender's rows of one import."""

    def __init__(self, session: Session, agency: Agency, import_id: UUID, total: int) -> None:
        self.session, self.agency, self.import_id, self.total = session, agency, import_id, total
        self.left: list[ParkedRow] = []
        self.outcome: dict[int, str] = {}
        self.lines: dict[UUID, int] = {}
        self.known = by_name(session)

    def take(self, rows: Sequence[Row]) -> list[str]:
        """Take the rows; gives their outcomes in order."""
        usable = [(key, row) for key, row in rows if not row.hollow]
        for _, row in rows:
            if row.hollow:
                self._keep(row, "rejected", [(HOLLOW, "", {})])
        held = registrations.live(self.session, self.agency, [key for key, _ in usable])
        changed = [(k, r) for k, r in usable if k in held and not _same(held[k], r)]
        fresh = self._fresh(usable, held)
        for key, row in changed:
            self.outcome[row.line] = "updated"
            newer = registrations.update(self.session, held[key], row)
            if newer:
                told = [
                    (NEWER_HERE, field, {"typed": arrivals.said(row, field)}) for field in newer
                ]
                self._keep(row, "parked", told, held[key])
        made = self._enter(fresh)
        touched = self._link([*made, *(held[key] for key, _ in changed)])
        known = {r.row_key: r for r in (*held.values(), *made)}
        planned = [
            (known[key], row)
            for key, row in (*fresh, *changed)
            if row.planned_start is not None or row.problems
        ]
        debriefs = self._plan(planned)
        self._two_under_one_band(made)
        recheck(self.session, groups=touched, debriefs=debriefs)
        self._count_linked(made)
        return [self.outcome.get(row.line, "unchanged") for _, row in rows]

    def _fresh(self, usable: Sequence[Row], held: Any) -> list[Row]:
        """Give the rows not known yet; a row equal to one before it in the file adds nothing."""
        fresh: dict[str, Row] = {}
        for key, row in usable:
            if key not in held and key not in fresh:
                fresh[key] = (key, row)
                self.outcome[row.line] = "added"
        return list(fresh.values())

    def _enter(self, fresh: Sequence[Row]) -> list[Registration]:
        made: list[Registration] = []
        step = step_of(self.session)
        for start in range(0, len(fresh), _ENTERED):
            step.token.check()
            step.progress(start, 2 * self.total)
            part = fresh[start : start + _ENTERED]
            entered = registrations.enter(self.session, part, self.agency, self.import_id)
            self.lines |= {r.id: row.line for r, (_, row) in zip(entered, part, strict=True)}
            made += entered
        return made

    def _link(self, registered: Sequence[Registration]) -> set[UUID]:
        """Match in portions, so that a cancel is heard; later portions see earlier ones."""
        touched: set[UUID] = set()
        step = step_of(self.session)
        start = 0
        while start < len(registered):
            step.token.check()
            step.progress(self.total + start, 2 * self.total)
            end = start + (_MATCHED_BESIDE if step.give_way() else _MATCHED)
            touched |= links.enter(self.session, registered[start:end])
            start = end
        return touched

    def _plan(self, planned: Sequence[tuple[Registration, PersonRow]]) -> list[UUID]:
        """Keep the plans of the rows; a row with problems, or a refused plan, is parked."""
        standing = self._standing([registration for registration, _ in planned])
        touched: list[UUID] = []
        fresh: list[tuple[Registration, PersonRow]] = []
        for registration, row in planned:
            before = standing.get(registration.id)
            if row.problems:
                reasons = [(p.code, p.field, dict(p.values)) for p in row.problems]
                self._keep(row, "parked", reasons, registration)
            elif before is not None:
                plan = self._plan_of(registration, row)
                newer = sheet_plans.renew(self.session, before, row, plan)
                if newer:
                    told = [(NEWER_HERE, field, {"typed": said}) for field, said in newer]
                    self._keep(row, "parked", told, registration)
                touched.append(before.id)
            else:
                fresh.append((registration, row))
        proposed = [
            plans.Proposed(r, self.agency, self._plan_of(r, row), row.serial, row.saved_at)
            for r, row in fresh
        ]
        made = plans.add_all(self.session, proposed, self.import_id)
        for (registration, row), outcome in zip(fresh, made, strict=True):
            if isinstance(outcome, Refused):
                at = outcome.values.get("at")
                values = {"at": at.isoformat() if isinstance(at, datetime) else ""}
                self._keep(row, "parked", [(outcome.code, "planned_start", values)], registration)
            else:
                touched.append(outcome.id)
        return touched

    def _standing(self, registered: Sequence[Registration]) -> dict[UUID, Debrief]:
        """Give the open plan that an earlier file made for each registration."""
        found: dict[UUID, Debrief] = {}
        ids = [r.id for r in registered]
        for part in chunks(ids):
            query = select(Debrief).where(
                Debrief.registration_id.in_(part),
                Debrief.import_id.is_not(None),
                Debrief.state.in_([state for state in DebriefState if state.is_open]),
            )
            found |= {d.registration_id: d for d in self.session.scalars(query).unique()}
        return found

    def _plan_of(self, registration: Registration, row: PersonRow) -> DebriefPlan:
        lead = self.known.interviewer(self.agency.id, row.lead)
        second = self.known.interviewer(self.agency.id, row.second)
        room = self.known.room(row.room)
        return DebriefPlan(
            agency=self.agency.name,
            registration_id=str(registration.id),
            starts_at=row.planned_start,
            minutes=row.minutes or plan_drafts.MINUTES,
            room_id=str(room or ""),
            lead_id=str(lead or ""),
            second_id=str(second or ""),
            lead_text="" if lead else row.lead,
            second_text="" if second else row.second,
            room_text="" if room else row.room,
            purpose=row.purpose,
        )

    def _two_under_one_band(self, made: Sequence[Registration]) -> None:
        """Open one item where one sender's file has two people under one band of one event."""
        events = {r.event_id for r in made if r.event_id is not None and r.band}
        if not events:
            return
        shared = (
            select(Registration.event_id, Registration.band)
            .where(
                Registration.agency_id == self.agency.id,
                Registration.event_id.in_(events),
                Registration.band != "",
                Registration.withdrawn_at.is_(None),
            )
            .group_by(Registration.event_id, Registration.band)
            .having(func.count(Registration.person_id.distinct()) > 1)
        )
        for event_id, band in self.session.execute(shared).all():
            query = select(Registration).where(
                Registration.agency_id == self.agency.id,
                Registration.event_id == event_id,
                Registration.band == band,
                Registration.withdrawn_at.is_(None),
            )
            open_item(
                self.session,
                ConflictKind.IMPORT,
                f"{event_id}|{band}",
                reason="two_under_one_band",
                registrations=list(self.session.scalars(query.order_by(Registration.id)).unique()),
            )

    def _count_linked(self, made: Sequence[Registration]) -> None:
        """A new row that a provisional link joined to an earlier registration counts as linked."""
        joined: set[UUID] = set()
        ids = [r.id for r in made]
        for part in chunks(ids):
            query = select(IdentityDecision.b_id).where(
                IdentityDecision.b_id.in_(part),
                IdentityDecision.verdict == links.SAME,
                IdentityDecision.superseded_at.is_(None),
            )
            joined |= set(self.session.scalars(query))
        for registration, line in self.lines.items():
            if registration in joined and self.outcome.get(line) == "added":
                self.outcome[line] = "linked"

    def _keep(
        self,
        row: PersonRow,
        outcome: str,
        reasons: Sequence[tuple[str, str, Any]],
        registration: Registration | None = None,
    ) -> None:
        self.outcome[row.line] = outcome
        before = next((left for left in self.left if left.line == row.line), None)
        if before is not None:
            before.reasons = [*before.reasons, *map(list, reasons)]
            return
        self.left.append(
            ParkedRow(
                line=row.line,
                outcome=outcome,
                reasons=[list(reason) for reason in reasons],
                as_typed=[list(pair) for pair in row.as_typed],
                registration_id=registration.id if registration is not None else None,
            )
        )
