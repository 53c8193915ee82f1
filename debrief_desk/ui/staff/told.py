"""Whom is a row of any of the lists about, and how is it said in one line?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from debrief_desk.actions.duties import WeekRow
from debrief_desk.actions.renewals import Renewal
from debrief_desk.actions.staff import InterpreterRow, InterviewerRow
from debrief_desk.rules.severity import Level
from debrief_desk.wording import _, names, ngettext
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTS = {"interviewer": "interviewers", "interpreter": "interpreters"}


@dataclass(frozen=True, slots=True)
class About:
    """A member of staff: id, list it is of, name; usual shift as start, end and days; marks."""

    id: str = ""
    kind: str = "interviewers"
    name: str = ""
    shift: tuple[int | None, int | None, tuple[int, ...]] = (None, None, ())
    trainee: bool = False
    asylum_decision_maker: bool = False


def about(row: Any) -> About | None:
    """Give whom a row is about; None for a room, or no row."""
    if isinstance(row, InterviewerRow | InterpreterRow):
        shift = (row.shift_start, row.shift_end, row.shift_days)
        if isinstance(row, InterpreterRow):
            return About(row.id, "interpreters", row.name, shift)
        marks = row.trainee, row.asylum_decision_maker
        return About(row.id, "interviewers", row.name, shift, *marks)
    if isinstance(row, WeekRow):
        return About(row.id, _LISTS[row.kind], row.name)
    if isinstance(row, Renewal):
        return About(row.staff_id, _LISTS[row.kind], row.who)
    return None


def told(row: Any, *, named: bool = True) -> str:
    """Say in one line who a row is about, and what stands in the way of leading."""
    name = row.name if named and not isinstance(row, Renewal) else ""
    if isinstance(row, InterviewerRow):
        parts = (
            " ".join(filter(None, (name, row.staff_no))),
            row.agency,
            words.reason(row.reason, row.valid_to),
            row.authorisation and words.paper(row.authorisation, ""),
            " ".join(filter(None, (row.vetting, words.until(row.vetting_to)))),
        )
        return " · ".join(part for part in parts if part)
    if isinstance(row, InterpreterRow):
        valid = words.until(row.valid_to)
        known = (name, ", ".join(row.languages), f"{row.qualification} {valid}".strip())
        return " · ".join(part for part in known if part)
    if isinstance(row, Renewal):
        return f"{row.who} · {names.name(row.what)} · {words.until(row.ends_on)}"
    return str(name)


def remark(kind: str, rows: Sequence[Any]) -> str:
    """Say how many there are, and what matters most of them."""
    count = len(rows)
    if kind == "rooms":
        return ngettext("{n} room", "{n} rooms", count).format(n=count)
    if kind == "interpreters":
        return ngettext("{n} interpreter", "{n} interpreters", count).format(n=count)
    if kind == "due":
        return words.due(count, sum(row.days_left < 0 for row in rows))
    if kind == "week":
        away = sum(bool(cell.absences) for row in rows for cell in row.days)
        return ngettext("{n} absence this week", "{n} absences this week", away).format(n=away)
    able = sum(row.level is Level.CLEAR for row in rows)
    text = ngettext("{n} interviewer", "{n} interviewers", count).format(n=count)
    return _("{all} · {n} may lead today").format(all=text, n=able)
