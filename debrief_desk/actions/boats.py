"""Families of one boat: many pairs found different in one step, and undone in one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import conflict_items, deciding, families, links
from debrief_desk.actions.checks import OPEN_CONFLICT, recheck
from debrief_desk.actions.comparison import NAME_FIELDS, side_by_side
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.loading import chunks, registrations
from debrief_desk.actions.match_facts import different_pairs, suggestions
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.parting import part as say_different
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.identity.facts import REFERENCE, reference
from debrief_desk.identity.features import prepare, table
from debrief_desk.rules.codes import FamilyTie, IdentityAnswer
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Conflict, ConflictParty, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.links import Pair

_MOST = 60
"""Pairs of one boat that are shown at once."""
_BULK = "families"
"""The code of a statement that was made for many pairs at once."""
_AGREES = ("reference_same", "reference_digits")


@dataclass(frozen=True, slots=True)
class BoatPair:
    """Two records of one boat that may be one person and that nobody decided.

    `conflict` is the number of the item it is part of, 0 for none. `refused` is true where a
    reference of one issuer agrees: such a pair is looked at by itself.
    """

    one_id: str
    other_id: str
    one: str
    other: str
    apart: str
    conflict: int
    refused: bool


@dataclass(frozen=True, slots=True)
class Boat:
    """The undecided pairs of one boat; those of open conflicts first."""

    event: str
    pairs: tuple[BoatPair, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """What a step for whole families did: `refused` are the pairs that were left as they are.

    `step_id` is what undoes it; "" where nothing was done.
    """

    step_id: str
    parted: int
    settled: int
    refused: tuple[BoatPair, ...]


@reads(Right.DECIDE_CONFLICTS)
def of_boat(session: Session, conflict_id: str) -> Boat:
    """Give the pairs of the boat that a conflict's first person came with, as far as undecided.

    Linked records are decided, unless an open conflict asks about them.
    """
    conflict = conflict_items.get(session, conflict_id)
    mine = registrations(session, deciding.registered(conflict))
    event = next((r.event for r in mine.values() if r.event is not None), None)
    if event is None:
        return Boat("", ())
    aboard = select(Registration.id, Registration.person_id).where(
        Registration.event_id == event.id, Registration.withdrawn_at.is_(None)
    )
    groups = {row.id: row.person_id for row in session.execute(aboard)}
    numbers = _conflicts_of(session, groups)
    suggested = suggestions(session, groups)
    settled = different_pairs(session, [row.a_id for row in suggested])
    pairs = [(row.a_id, row.b_id) for row in sorted(suggested, key=lambda row: -row.bits)]
    wanted = [
        *numbers,
        *(
            pair
            for pair in pairs
            if pair not in settled
            and pair not in numbers
            and set(pair) <= groups.keys()
            and groups[pair[0]] != groups[pair[1]]
        ),
    ]
    return Boat(event.number, _shown(session, wanted[:_MOST], numbers))


@writes(Right.DECIDE_CONFLICTS)
def part(
    session: Session, pairs: Sequence[tuple[str, str]], reason: str, tie: FamilyTie | None = None
) -> Parted:
    """Say of many pairs that they are different people, in one step with one reason.

    A pair whose references of one issuer agree is left as it is and given back. With `tie` each
    pair is recorded as family too. Conflicts that are about nothing but parted pairs are decided.

    Raises:
        WrongCall: no reason, or no pair.
    """
    if not reason.strip():
        raise WrongCall("reason-missing")
    wanted = list(dict.fromkeys(links.ordered(UUID(a), UUID(b)) for a, b in pairs if a != b))
    if not wanted:
        raise WrongCall("family-no-pair")
    known = registrations(session, {i for pair in wanted for i in pair})
    kept = {pair for pair in wanted if _references_agree(known[pair[0]], known[pair[1]])}
    refused = _shown(session, sorted(kept), {})
    free = [pair for pair in wanted if pair not in kept]
    groups = {known[i].person_id for pair in free for i in pair}
    for pair in free:
        groups |= say_different(session, pair, reason, code=_BULK)
        if tie is not None and families.standing(session, *pair) is None:
            families.keep(session, pair, tie)
    items = _wholly_about(session, free)
    for item in items:
        plans = deciding.open_plans(session, item)
        deciding.keep(session, item, Decision(IdentityAnswer.DIFFERENT, "", reason), plans)
    recheck(session, groups=groups)
    for item in items:
        deciding.close(session, item, allowed=False)
    recheck(session, groups=groups)
    return Parted(str(step_of(session).id) if free else "", len(free), len(items), refused)


@writes(Right.DECIDE_CONFLICTS)
def take_back(session: Session, step_id: str) -> None:
    """Undo a step for whole families: every pair, tie and conflict is as it was.

    Raises:
        WrongCall: the step was no such step, or is undone.
        Stale: something of it was changed since; nothing is undone.
    """
    if not deciding.stated(session, UUID(step_id), code=_BULK):
        raise WrongCall("decision-unknown")
    deciding.reverse(session, UUID(step_id))


def _conflicts_of(session: Session, ids: Collection[UUID]) -> dict[Pair, int]:
    """Give the pairs of open conflicts about who it is, where one side is among `ids`."""
    found: dict[Pair, int] = {}
    for conflict in _asking(session, ids):
        for one, other in combinations(deciding.registered(conflict), 2):
            found[links.ordered(one, other)] = conflict.number
    return found


def _asking(session: Session, ids: Collection[UUID]) -> list[Conflict]:
    found: dict[UUID, Conflict] = {}
    for some in chunks(ids):
        query = (
            select(Conflict)
            .join(Conflict.parties)
            .where(ConflictParty.registration_id.in_(some), Conflict.state.in_(OPEN_CONFLICT))
        )
        found |= {c.id: c for c in session.scalars(query).unique() if c.kind.asks_identity}
    return sorted(found.values(), key=lambda conflict: conflict.number)


def _wholly_about(session: Session, pairs: Collection[Pair]) -> list[Conflict]:
    """Give the open conflicts all of whose pairs are among these."""
    held = set(pairs)
    return [
        conflict
        for conflict in _asking(session, {i for pair in pairs for i in pair})
        if {links.ordered(a, b) for a, b in combinations(deciding.registered(conflict), 2)} <= held
    ]


def _shown(
    session: Session, pairs: Sequence[Pair], numbers: dict[Pair, int]
) -> tuple[BoatPair, ...]:
    known = registrations(session, {i for pair in pairs for i in pair})
    rows = []
    for pair in pairs:
        one, other = known[pair[0]], known[pair[1]]
        rows.append(
            BoatPair(
                one_id=str(one.id),
                other_id=str(other.id),
                one=shown_name(one),
                other=shown_name(other),
                apart=_apart(one, other),
                conflict=numbers.get(pair, 0),
                refused=_references_agree(one, other),
            )
        )
    return tuple(rows)


def _apart(one: Registration, other: Registration) -> str:
    """Say the facts on both records that differ, names left out: what tells the two apart."""
    told = [
        f"{row.label}: {row.left} / {row.right}"
        for row in side_by_side(one, other)
        if row.left and row.right and row.left != row.right and row.field not in NAME_FIELDS
    ]
    return " · ".join(told[:2])


def _references_agree(one: Registration, other: Registration) -> bool:
    """Say whether both have a reference of one issuer with the same digits."""
    a, b = (table([prepare(links.record_of(record))]) for record in (one, other))
    return REFERENCE[int(reference(a, b)[0])] in _AGREES
