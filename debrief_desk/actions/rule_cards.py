"""Every rule as a page shows it: its sentence, its source, and how often it speaks today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import facts
from debrief_desk.actions.desks import policy
from debrief_desk.actions.rights import holds, own_agency_only, reads
from debrief_desk.rules.catalogue import RULES, Nature
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level, Severity, level
from debrief_desk.store.models import Debrief, DeconflictionCheck
from debrief_desk.wording import policy as words
from debrief_desk.wording import rules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule with the site's numbers and severities.

    `severities` are (case, severity), one with an empty case for most rules. `plans` is on how
    many open plans it speaks today, `todos` on how many of these only because something is not
    recorded yet; both are None for an account that sees no people.
    """

    id: str
    level: Level
    severities: tuple[tuple[str, Severity], ...]
    statement: str
    why: str
    next: str
    source: str
    nature: Nature
    plans: int | None
    todos: int | None


@reads(None)
def listed(session: Session) -> tuple[RuleRow, ...]:
    """Give every rule in the order of the rule table."""
    held = policy(session)
    plans, todos = _spoken(session) if holds(session, Right.SEE_PEOPLE) else (None, None)
    rows = []
    for rule in RULES.values():
        severities = tuple(
            (words.part(f"{rule.id}.{part}"), held.severity(rule.id, part))
            for part in rule.severities
        )
        strongest = min((severity for _part, severity in severities), key=lambda one: one.rank)
        rows.append(
            RuleRow(
                id=rule.id,
                level=level(strongest),
                severities=severities,
                statement=rules.statement(rule.id, held),
                why=rules.why(rule.id),
                next=rules.next_of(rule.id),
                source=words.source(rule.id),
                nature=rule.nature,
                plans=None if plans is None else plans[rule.id],
                todos=None if todos is None else todos[rule.id],
            )
        )
    return tuple(rows)


def _spoken(session: Session) -> tuple[Counter[str], Counter[str]]:
    """Give on how many open plans each rule speaks, and on how many only as a to-do."""
    query = (
        select(DeconflictionCheck.findings)
        .join(Debrief, DeconflictionCheck.debrief_id == Debrief.id)
        .where(Debrief.state.in_(facts.OPEN))
    )
    own = own_agency_only(session)
    if own is not None:
        query = query.where(Debrief.agency_id == own)
    plans: Counter[str] = Counter()
    todos: Counter[str] = Counter()
    for found in session.scalars(query):
        spoken = {row["rule"] for row in found}
        bites = {row["rule"] for row in found if not row["todo"]}
        plans.update(spoken)
        todos.update(spoken - bites)
    return plans, todos
