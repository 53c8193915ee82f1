"""What of the staff ends soon or has ended: authorisations, refreshers, vetting, qualifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions.desks import policy
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.rules.codes import AccreditationKind
from debrief_desk.rules.codes import Renewal as What
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import add_months, london_day
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Interpreter, Interviewer
from debrief_desk.store.session import step_of
from debrief_desk.wording import day, names
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from debrief_desk.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Renewal:
    """Something of somebody that ends on a London day; `days_left` below 0 says that it has."""

    staff_id: str
    kind: str
    who: str
    agency: str
    what: What
    ends_on: date
    days_left: int


@reads(Right.SEE_PEOPLE)
def listed(session: Session) -> tuple[Renewal, ...]:
    """Give what ends within the policy's days of reminding, or has ended, soonest first.

    Of several papers of one kind the one that lasts longest counts. Who works for one agency sees
    its own interviewers, and all interpreters.
    """
    rules, today = policy(session), london_day(step_of(session).now)
    last = today + timedelta(days=rules.fitness.reminder_days)
    own = own_agency_only(session)
    officers = select(Interviewer).where(Interviewer.active)
    if own is not None:
        officers = officers.where(Interviewer.agency_id == own)
    found = [
        Renewal(
            str(row.id), "interviewer", row.name, row.agency.name, what, day, (day - today).days
        )
        for row in session.scalars(officers).unique()
        for what, day in _ends(row, rules, today)
        if day <= last
    ]
    interpreters = select(Interpreter).where(
        Interpreter.active, Interpreter.qualification != "", Interpreter.valid_to <= last
    )
    found += [
        Renewal(
            str(row.id), "interpreter", row.name, "", What.QUALIFICATION, row.valid_to,
            (row.valid_to - today).days,
        )
        for row in session.scalars(interpreters)
        if row.valid_to is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.ends_on, one.who, one.what)))


@writes(Right.MANAGE_STAFF)
def export(session: Session, path: Path) -> int:
    """Write the list as CSV; gives how many lines. That names left the desk is on record.

    Raises:
        FileRefused: the file cannot be written; nothing is recorded.
    """
    from debrief_desk.files import logs

    found = listed(session)
    lines = [
        (one.who, one.agency, names.name(one.what), day(one.ends_on), str(one.days_left))
        for one in found
    ]
    logs.write_csv(path, words.due_titles(), lines)
    draft = Draft(kind="disclosed", entity="renewals", body={"lines": len(lines)})
    step_of(session).events.append(draft)
    return len(lines)


def _ends(row: Interviewer, rules: Policy, today: date) -> Iterator[tuple[What, date]]:
    """Give what of an interviewer ends, and on which London day."""
    ends: dict[What, date] = {}
    other = set(AccreditationKind) - {AccreditationKind.AUTHORISATION}
    for paper in row.accreditations:
        revoked = paper.revoked_on is not None and paper.revoked_on <= today
        if revoked or paper.valid_to is None:
            continue
        what = What(paper.kind) if paper.kind in other else What.AUTHORISATION
        ends[what] = max(paper.valid_to, ends.get(what, paper.valid_to))
    yield from ends.items()
    if row.refresher_on is not None:
        yield What.REFRESHER, add_months(row.refresher_on, rules.fitness.refresher_months)
    if row.vetting and row.vetting_to is not None:
        yield What.VETTING, row.vetting_to
