"""Making the matcher's index anew: by command, or when the program got a better matcher.

Registrations and decisions stay as they are. What the index holds of them, and what it says of the
pairs suggested so far, is worked out again in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import links
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.loading import chunks, registrations
from debrief_desk.actions.rights import writes
from debrief_desk.identity.features import prepare
from debrief_desk.store import match_index
from debrief_desk.store.models import IdentityDecision, IdentitySuggestion, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many registrations the index holds, and of how many pairs it now says otherwise."""

    registrations: int
    pairs: int


@writes(None)
def keep_current(session: Session) -> Rebuilt | None:
    """Rebuild an index that an older matcher made; None where there was no need."""
    if match_index.made_with(session) == match_index.version():
        return None
    return rebuild(session)


@writes(None)
def rebuild(session: Session) -> Rebuilt:
    """Make the index anew from the registrations; the answers stay the same.

    Where another matcher made it, the pairs suggested so far are weighed anew too. A decision
    holds as long as no compared fact changed; that the matcher reads the same facts
    otherwise now does not count as a change.
    """
    step = step_of(session)
    same_matcher = match_index.made_with(session) == match_index.version()
    held = _unchanged(session)
    match_index.clear(session)
    standing = select(Registration.id).where(Registration.withdrawn_at.is_(None))
    ids = list(session.scalars(standing.order_by(Registration.id)))
    done = 0
    for part in chunks(ids):
        known = registrations(session, part)
        match_index.put(session, {one: prepare(links.record_of(known[one])) for one in part})
        done += len(part)
        step.progress(done, len(ids))
        step.token.check()
        step.give_way()
    _write_facts(session, held)
    if same_matcher:
        return Rebuilt(len(ids), 0)
    changed = links.weigh_anew(session, set(session.scalars(select(IdentitySuggestion.a_id))))
    if changed:
        found = registrations(session, changed).values()
        recheck(session, groups={registration.person_id for registration in found})
    return Rebuilt(len(ids), len(changed))


def _unchanged(session: Session) -> list[IdentityDecision]:
    """Give the standing decisions whose compared facts are still those they were made on."""
    query = select(IdentityDecision).where(IdentityDecision.superseded_at.is_(None))
    standing = list(session.scalars(query))
    held = match_index.features_of(session, {i for d in standing for i in (d.a_id, d.b_id)})
    return [
        decision
        for decision in standing
        if decision.a_id in held
        and decision.b_id in held
        and links.digest(held[decision.a_id], held[decision.b_id]) == decision.facts
    ]


def _write_facts(session: Session, decisions: Collection[IdentityDecision]) -> None:
    """Note for each decision the same facts as the index holds them now."""
    held = match_index.features_of(session, {i for d in decisions for i in (d.a_id, d.b_id)})
    for decision in decisions:
        decision.facts = links.digest(held[decision.a_id], held[decision.b_id])
    session.flush()
