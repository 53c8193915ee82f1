"""Saving a form that shows a debrief already planned, and what two people made of the same one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from debrief_desk.actions import debriefs, plans, versions
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Debrief, Interpreter, Interviewer, Room
from debrief_desk.wording import versions as sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.actions.plans import Registered
    from debrief_desk.actions.versions import FieldVersions, Values

_STAYS: Final = {
    *("agency", "registration_id", "person", "debrief_id"),
    *("lead_text", "second_text", "room_text"),
}
"""What a form that changes a debrief cannot change."""
_TICKED: Final = "recorded."
_POINTS_AT: Final[dict[str, type[Any]]] = {
    "room_id": Room,
    "lead_id": Interviewer,
    "second_id": Interviewer,
    "interpreter_id": Interpreter,
}


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A debrief somebody else changed while a form showed it.

    Attributes:
        version: what it stands at now.
        now: the plan as it stands.
        rows: the fields in which the form says something else; none where both say the same.
        is_open: it can still be changed: it has not begun and is not over.
    """

    version: int
    now: DebriefPlan
    rows: tuple[FieldVersions, ...]
    is_open: bool


@writes(Right.EDIT_OWN)
def replan(
    session: Session,
    debrief_id: str,
    version: int,
    plan: DebriefPlan,
    offered: DebriefPlan | None = None,
) -> Registered:
    """Change a debrief to what `plan` says; person and agency stay as they are.

    `offered` is what the form said before somebody else's values were chosen over some of its own:
    it is written first, so that the history holds both versions.

    Raises:
        Stale: somebody changed the debrief after it was shown; nothing was overwritten.
        WrongCall: there is no start, or no such debrief, or it is over.
    """
    debrief = plans.as_shown(session, debrief_id, version)
    if not debrief.state.is_open:
        raise WrongCall("state-cannot-follow", state=debrief.state, following=debrief.state)
    if offered is not None:
        _write(session, debrief, offered)
        session.flush()
    _write(session, debrief, plan)
    return plans.checked_again(session, debrief)


@writes(Right.SEE_PEOPLE)
def overtaken(
    session: Session, debrief_id: str, shown: DebriefPlan, mine: DebriefPlan
) -> Overtaken:
    """Set what stands now beside what a form says; `shown` is the plan the form began with.

    That somebody looked at it is on record first.

    Raises:
        NotAllowed: it is another agency's.
    """
    card = debriefs.card(session, debrief_id)
    now = card.plan
    wrote = versions.written(session, [UUID(debrief_id)])
    told = {field: wrote[column] for field, column in _columns(now).items() if column in wrote}
    rows = versions.compared(
        _values(shown),
        _values(now, shown, mine),
        _values(mine),
        word=lambda field, value: _word(session, field, value),
        written=told,
    )
    return Overtaken(card.row.version, now, rows, card.row.movable)


def settled(found: Overtaken, mine: DebriefPlan, mine_stands: Mapping[str, bool]) -> DebriefPlan:
    """Give the plan that is to be saved: field by field mine, or as it stands now."""
    values = versions.settled(_values(found.now, mine), _values(mine), mine_stands)
    ticked = {name: value for name, value in values.items() if name.startswith(_TICKED)}
    plain = {name: value for name, value in values.items() if name not in ticked}
    kept = tuple((name.removeprefix(_TICKED), on) for name, on in ticked.items() if on is not None)
    return replace(found.now, **plain, recorded=kept)


def _write(session: Session, debrief: Debrief, plan: DebriefPlan) -> None:
    if plan.starts_at is None:
        raise WrongCall("start-missing")
    debrief.starts_at = plan.starts_at
    debrief.ends_at = plan.starts_at + timedelta(minutes=max(plan.minutes, 1))
    debrief.mode, debrief.purpose = plan.mode, plan.purpose
    debrief.recorded = dict(plan.recorded)
    for field, kind in _POINTS_AT.items():
        chosen = getattr(plan, field)
        setattr(
            debrief, field.removesuffix("_id"), session.get(kind, UUID(chosen)) if chosen else None
        )


def _values(plan: DebriefPlan, *also: DebriefPlan) -> Values:
    """Give what can be changed by name; each ticked thing that any of the plans has by its own."""
    names = [one.name for one in fields(plan) if one.name not in {*_STAYS, "recorded"}]
    ticked = dict(plan.recorded)
    known = dict.fromkeys(name for one in (plan, *also) for name, _on in one.recorded)
    values = {name: getattr(plan, name) for name in names}
    return values | {f"{_TICKED}{name}": ticked.get(name) for name in known}


def _columns(plan: DebriefPlan) -> dict[str, str]:
    """Give the column that holds each value."""
    held = {name: "recorded" if name.startswith(_TICKED) else name for name in _values(plan)}
    return held | {"minutes": "ends_at"}


def _word(session: Session, field: str, value: Any) -> tuple[str, str]:
    kind = _POINTS_AT.get(field)
    if kind is not None and value:
        value = session.get_one(kind, UUID(value)).name
    return sentences.of_plan(field.removeprefix(_TICKED), value)
