"""What interviewers have done, and what their papers say on a day (X-1, X-2).

Done is what the agency's sheet declares, what was countersigned, and what was completed on this
desk after the last debrief that the sheet knows of.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from debrief_desk.actions.desks import policy
from debrief_desk.actions.loading import chunks
from debrief_desk.rules.codes import AccreditationKind
from debrief_desk.rules.facts import InterviewerFacts
from debrief_desk.rules.fitness import may_supervise
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Accreditation, Debrief, Experience, Interviewer
from debrief_desk.wording import from_london

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Done:
    """Completed debriefs beside those the sheet declares; `last_on` is a London day."""

    led: int = 0
    seconded: int = 0
    supervised: int = 0
    last_on: date | None = None

    def __add__(self, other: Done) -> Done:
        days = [day for day in (self.last_on, other.last_on) if day is not None]
        return Done(
            self.led + other.led,
            self.seconded + other.seconded,
            self.supervised + other.supervised,
            max(days, default=None),
        )


_NO_AUTHORISATION = set(AccreditationKind) - {AccreditationKind.AUTHORISATION}
_PAPERS = select(
    Accreditation.id,
    Accreditation.interviewer_id,
    Accreditation.kind,
    Accreditation.level,
    Accreditation.awarded_on,
    Accreditation.valid_to,
    Accreditation.revoked_on,
)


def papers(held_ever: Sequence[Any], day: date) -> dict[str, Any]:
    """Give what somebody's accreditations say on a London day.

    Of several authorisations one that is valid on the day counts, else the one that lasts longest.
    """
    standing = [a for a in held_ever if a.revoked_on is None or a.revoked_on > day]
    held = [a for a in standing if _is_valid(a, day)]
    kinds = {a.kind for a in held}
    levels = [int(a.level) for a in held if a.kind == AccreditationKind.PIP and a.level.isdigit()]
    best = max(
        (a for a in standing if a.kind not in _NO_AUTHORISATION),
        key=lambda a: (_is_valid(a, day), a.valid_to or date.min, a.id),
        default=None,
    )
    return {
        "authorisation": best.kind if best else None,
        "awarded_on": best.awarded_on if best else None,
        "valid_to": best.valid_to if best else None,
        "revoked": best is None and any(a.kind not in _NO_AUTHORISATION for a in held_ever),
        "pip": max(levels, default=None),
        "agency_course": AccreditationKind.COURSE in kinds or None,
        "abe_trained": AccreditationKind.BEST_EVIDENCE in kinds or None,
    }


def _is_valid(paper: Any, day: date) -> bool:
    begun = paper.awarded_on is None or paper.awarded_on <= day
    return begun and (paper.valid_to is None or paper.valid_to >= day)


def count(session: Session, ids: set[UUID]) -> dict[UUID, Done]:
    """Count what was countersigned, and what was completed here after the sheet's last debrief."""
    found: dict[UUID, Done] = defaultdict(Done)
    for part in chunks(ids):
        declared = select(Experience).where(
            Experience.interviewer_id.in_(part),
            Experience.countersigned_at.is_not(None),
            Experience.cancelled_at.is_(None),
        )
        for one in session.scalars(declared):
            found[one.interviewer_id] += Done(one.led, 0, one.supervised, one.last_on)
    pairs = _completed(session, ids)
    colleagues = _colleagues(
        session, {one for lead, second, _day in pairs for one in (lead, second)}
    )
    rules = policy(session)
    beside: dict[tuple[UUID | None, date], bool] = {}
    days: dict[UUID, list[tuple[bool, bool, date]]] = defaultdict(list)
    for lead, second, day in pairs:
        for who, other in ((lead, second), (second, lead)):
            if who is None or who not in ids or day <= (colleagues[who].known_to or date.min):
                continue
            if (other, day) not in beside:
                beside[other, day] = other is not None and may_supervise(
                    colleagues[other].facts(day), day, rules
                )
            days[who].append((who == lead, beside[other, day], day))
    for who, rows in days.items():
        led, watched = sum(row[0] for row in rows), sum(row[1] for row in rows)
        found[who] += Done(led, len(rows) - led, watched, max(row[2] for row in rows))
    return dict(found)


@dataclass(slots=True)
class _Colleague:
    """What counting needs of an interviewer: the last day the sheet knows of, tier, papers."""

    known_to: date | None
    tier: int | None
    papers: list[Any]

    def facts(self, day: date) -> InterviewerFacts:
        """Give what decides whether somebody beside them is supervised on that day."""
        return InterviewerFacts("", tier=self.tier, **papers(self.papers, day))


def _colleagues(session: Session, ids: set[UUID | None]) -> dict[UUID, _Colleague]:
    """Read them as columns: a check while typing counts for everybody in the team."""
    found: dict[UUID, _Colleague] = {}
    for part in chunks(one for one in ids if one is not None):
        asked = select(Interviewer.id, Interviewer.last_debrief_on, Interviewer.tier)
        for key, known_to, tier in session.execute(asked.where(Interviewer.id.in_(part))):
            found[key] = _Colleague(known_to, tier, [])
        for paper in session.execute(_PAPERS.where(Accreditation.interviewer_id.in_(part))):
            found[paper.interviewer_id].papers.append(paper)
    return found


def _completed(session: Session, ids: set[UUID]) -> list[tuple[UUID | None, UUID | None, date]]:
    """Give lead, second and London day of the debriefs that these completed and no sheet counts.

    Only debriefs after the earliest day of a sheet are read: a desk holds years of them.
    """
    since: dict[UUID, date | None] = {}
    for part in chunks(ids):
        asked = select(Interviewer.id, Interviewer.last_debrief_on).where(Interviewer.id.in_(part))
        since |= {key: last for key, last in session.execute(asked)}  # noqa: C416 - rows are no pairs
    query = select(Debrief.id, Debrief.lead_id, Debrief.second_id, Debrief.starts_at)
    known = [day for day in since.values() if day is not None]
    found: dict[UUID, tuple[UUID | None, UUID | None, date]] = {}
    for listed in (True, False):
        asked_for = [key for key, day in since.items() if (day is not None) is listed]
        for part in chunks(asked_for):
            theirs = query.where(
                Debrief.state == DebriefState.COMPLETED,
                or_(Debrief.lead_id.in_(part), Debrief.second_id.in_(part)),
            )
            if listed:
                theirs = theirs.where(Debrief.starts_at >= _after(min(known)))
            for key, lead, second, starts_at in session.execute(theirs):
                found[key] = (lead, second, london_day(starts_at))
    return list(found.values())


def _after(day: date) -> datetime:
    """Give the moment at which a London day is over."""
    following = day + timedelta(days=1)
    return from_london(datetime(following.year, following.month, following.day))  # noqa: DTZ001 - London wall clock
