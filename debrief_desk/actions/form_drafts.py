"""A form as it was left: half typed, kept for who typed it, and forgotten after three days.

A draft is no record: nobody is planned for by it, and what is taken up again is checked as if it
had just been typed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT_FOR: Final = timedelta(days=3)
"""How long a draft is offered; by then the person has left the site."""
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What stood in a form.

    Attributes:
        about: for whom, in words; "" where nobody was named yet.
        start: the start as typed, which need not be a time yet; `day` is its date.
        searched: what was being searched for.
        reference, version, shown: of a debrief that was being changed, what it is called and what
            stood in it when the form was opened; "" , 0 and None for a new one.
    """

    id: str
    kept_at: datetime
    plan: DebriefPlan
    about: str = ""
    day: date | None = None
    start: str = ""
    searched: str = ""
    reference: str = ""
    version: int = 0
    shown: DebriefPlan | None = field(default=None)


def packed(drafts: Iterable[FormDraft]) -> bytes:
    """Write drafts down, the newest `MOST` of them; none gives nothing."""
    newest = sorted(drafts, key=lambda one: one.kept_at)[-MOST:]
    if not newest:
        return b""
    return json.dumps([asdict(one) for one in newest], default=_plain).encode()


def unpacked(written: bytes, now: datetime) -> tuple[FormDraft, ...]:
    """Give the drafts that were written down and are still offered, newest first."""
    found = [_draft(one) for one in json.loads(written or b"[]")]
    kept = [one for one in found if now - one.kept_at < KEPT_FOR]
    return tuple(sorted(kept, key=lambda one: one.kept_at, reverse=True))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _draft(values: dict[str, Any]) -> FormDraft:
    known = _known(FormDraft, values)
    known["kept_at"] = datetime.fromisoformat(known["kept_at"])
    known["day"] = date.fromisoformat(known["day"]) if known.get("day") else None
    known["plan"] = _plan(known["plan"])
    known["shown"] = _plan(known["shown"]) if known.get("shown") else None
    return FormDraft(**known)


def _plan(values: dict[str, Any]) -> DebriefPlan:
    known = _known(DebriefPlan, values)
    known["person"] = PersonEntry(**_known(PersonEntry, known["person"]))
    starts_at = known.get("starts_at")
    known["starts_at"] = datetime.fromisoformat(starts_at) if starts_at else None
    known["recorded"] = tuple((name, value) for name, value in known["recorded"])
    return DebriefPlan(**known)


def _known(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what another version of the program wrote and this one has no field for."""
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
