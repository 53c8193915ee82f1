"""The site's policy: saving a changed one, its versions, and going back to an earlier one.

A save is a new version with who, when and why; the newest holds from the next check, and every
open plan is checked under it in the same transaction. Values are named by their path, such as
`welfare.rest_minutes` or `severity.W-2.short`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select, update

from debrief_desk.actions import facts
from debrief_desk.actions.checks import OPEN_CONFLICT, POLICY_CHANGED, recheck
from debrief_desk.actions.desks import kept_policy
from debrief_desk.actions.match_facts import band_under
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.numbers import numbers
from debrief_desk.rules.policy import (
    Policy,
    as_mapping,
    default_policy,
    mended,
    settings,
)
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Account, Conflict, Debrief, IdentitySuggestion, PolicyVersion
from debrief_desk.store.session import step_of
from debrief_desk.wording import policy as words
from debrief_desk.wording import policy_failures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

Settings = Mapping[str, float | str]
"""Values of a policy by their path."""

LONGEST_REASON: Final = 200
_AT_ONCE: Final = 100
"""Open plans checked between two words about how far it is."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A saved version, what it changed in words, and whether it is in force; the first is 1."""

    id: str
    number: int
    saved_at: datetime
    by: str
    reason: str
    changes: tuple[str, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: plans checked, conflicts that came and went because of it."""

    version: int
    plans: int
    opened: int
    closed: int


@reads(None)
def faults(session: Session, chosen: Settings) -> dict[str, str]:
    """Say what is wrong with each of these values, by path; empty where all may stand."""
    _policy, found = changed(session, chosen)
    return {str(fault.values["field"]): policy_failures.fault(fault) for fault in found}


@writes(Right.EDIT_POLICY)
def save(session: Session, chosen: Settings, reason: str) -> Saved:
    """Save these values over the ones in force as a new version, and check every open plan.

    Raises:
        WrongCall: `reason-missing`, `policy-unchanged`, or what `Policy.from_mapping` raises.
    """
    policy, found = changed(session, chosen)
    if found:
        raise found[0]
    return _keep(session, policy, reason)


@writes(Right.EDIT_POLICY)
def go_back(session: Session, version_id: str, reason: str) -> Saved:
    """Save the values of an earlier version as a new one, and check every open plan.

    Raises:
        WrongCall: `policy-version-unknown`, `reason-missing`, `policy-unchanged`.
    """
    version = session.get(PolicyVersion, UUID(version_id))
    if version is None:
        raise WrongCall("policy-version-unknown")
    policy, _faults = mended(version.values)
    return _keep(session, policy, reason)


@reads(None)
def versions(session: Session) -> tuple[VersionRow, ...]:
    """Give every version, newest first, each with what it changed against the one before."""
    names = {a.id: a.name for a in session.scalars(select(Account))}
    rows: list[VersionRow] = []
    before = settings(default_policy())
    saved = _saved(session)
    for at, version in enumerate(saved, start=1):
        values = settings(mended(version.values)[0])
        rows.append(
            VersionRow(
                id=str(version.id),
                number=at,
                saved_at=version.saved_at,
                by=names.get(version.account_id, "") if version.account_id else "",
                reason=words.reason(version.reason),
                changes=_differences(before, values),
                in_force=at == len(saved),
            )
        )
        before = values
    return tuple(reversed(rows))


def changed(session: Session, chosen: Settings) -> tuple[Policy, tuple[WrongCall, ...]]:
    """Give the policy in force with these values in their places, and what is wrong with them.

    What no policy sets is left as shipped: the site's own limit of a stay is put back when read.
    """
    held, _faults = kept_policy(session)
    kept = {**settings(held), **chosen}
    shipped = settings(default_policy())
    for number in numbers().values():
        if number.elsewhere and number.path not in chosen:
            kept[number.path] = shipped[number.path]
    return mended(as_mapping(kept))


def _keep(session: Session, policy: Policy, reason: str) -> Saved:
    if not reason.strip():
        raise WrongCall("reason-missing")
    step = step_of(session)
    saved = _saved(session)
    if saved and mended(saved[-1].values) == (policy, ()):
        raise WrongCall("policy-unchanged")
    session.add(
        PolicyVersion(
            values=policy.to_mapping(),
            saved_at=step.now,
            account_id=step.account_id,
            reason=reason.strip()[:LONGEST_REASON],
        )
    )
    session.flush()
    session.info.pop("policy", None)
    _name_bands(session, policy)
    open_before = _open_conflicts(session)
    plans = _check_open_plans(session)
    open_now = _open_conflicts(session)
    return Saved(len(saved) + 1, plans, len(open_now - open_before), len(open_before - open_now))


def _check_open_plans(session: Session) -> int:
    """Check every open plan under the policy just saved; gives how many there are."""
    step = step_of(session)
    query = select(Debrief.id).where(Debrief.state.in_(facts.OPEN))
    plans = list(session.scalars(query.order_by(Debrief.starts_at, Debrief.id)))
    for start in range(0, len(plans), _AT_ONCE):
        step.token.check()
        step.progress(start, len(plans))
        recheck(session, debriefs=plans[start : start + _AT_ONCE], because=POLICY_CHANGED)
    step.progress(len(plans), len(plans))
    return len(plans)


def _name_bands(session: Session, policy: Policy) -> None:
    """Name the band of every kept suggestion by the thresholds of `policy`."""
    query = select(
        IdentitySuggestion.id,
        IdentitySuggestion.band,
        IdentitySuggestion.probability,
        IdentitySuggestion.evidence,
    )
    bands = {
        row.id: (row.band, band_under(row.probability, row.evidence, policy.identity).value)
        for row in session.execute(query)
    }
    moved = [{"id": key, "band": new} for key, (old, new) in bands.items() if old != new]
    if moved:
        session.execute(update(IdentitySuggestion), moved)


def _open_conflicts(session: Session) -> set[UUID]:
    return set(session.scalars(select(Conflict.id).where(Conflict.state.in_(OPEN_CONFLICT))))


def _saved(session: Session) -> list[PolicyVersion]:
    return list(session.scalars(select(PolicyVersion).order_by(PolicyVersion.id)))


def _differences(before: Settings, after: Settings) -> tuple[str, ...]:
    paths: Iterable[str] = dict.fromkeys((*before, *after))
    return tuple(
        words.difference(path, before.get(path), after.get(path))
        for path in paths
        if before.get(path) != after.get(path)
    )
