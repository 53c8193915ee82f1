"""The figures of a period: what was offered and answered, prevented, let through, and is open.

A figure that stands for a few people is None here already: nothing behind this module can show it.
Conflicts and decisions are acts of the desk, which the same accounts see one by one; they are
counted as they are, and under the rule for small figures where they leave the desk in a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from debrief_desk.actions import desks, figure_counts, figure_decisions
from debrief_desk.actions.checks import OPEN_CONFLICT
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.small_cells import TOTAL, Block, hidden, is_small, totals
from debrief_desk.rules.times import Window, london_day
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Conflict, DeskInfo
from debrief_desk.store.session import step_of
from debrief_desk.wording import figures as words
from debrief_desk.wording import from_london

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

COLUMNS = figure_counts.COLUMNS
"""The columns of the table of boats, in order."""
FORMATS: Final = (".xlsx", ".csv")
LONGEST_DAYS: Final = 3660
_DAYS: Final = {"today": 1, "week": 7, "month": 30}
_BLOCKS: Final = (
    Block(("people",)),
    Block(("not_offered", "offered"), within="people"),
    Block(("accepted", "refused", "unanswered"), within="offered"),
    Block(("held",), within="people"),
    Block(("carried_out",), within="people"),
)
_AGES: Final = (
    ("hour", timedelta(hours=1)),
    ("four_hours", timedelta(hours=4)),
    ("half_day", timedelta(hours=12)),
    ("day", timedelta(hours=24)),
    ("older", timedelta.max),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period of London days, both included."""

    first: date
    last: date

    @classmethod
    def named(cls, key: str, now: datetime) -> Period:
        """Give the period `today`, `week` or `month` that ends with the London day of `now`."""
        today = london_day(now)
        return cls(today - timedelta(days=_DAYS[key] - 1), today)

    def window(self) -> Window:
        """Give the period as UTC moments.

        Raises:
            WrongCall: it ends before it begins, or is longer than ten years.
        """
        if not 0 <= (self.last - self.first).days <= LONGEST_DAYS:
            raise WrongCall("period-wrong")
        following = self.last + timedelta(days=1)
        return Window(
            from_london(datetime.combine(self.first, time())),
            from_london(datetime.combine(following, time())),
        )


@dataclass(frozen=True, slots=True)
class BoatFigures:
    """A boat, or all, and its figures in the order of `COLUMNS`; None is one that is not shown."""

    number: str
    landed_at: datetime | None
    counts: tuple[int | None, ...]
    is_total: bool = False

    def count(self, column: str) -> int | None:
        """Give the figure of a column."""
        return self.counts[COLUMNS.index(column)]


@dataclass(frozen=True, slots=True)
class AgeRow:
    """How many open conflicts are of an age: those that stop a plan, and the others."""

    key: str
    stops: int
    others: int


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """How often a rule was set aside in one way."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one period as they may be shown; `smallest` is the policy's number.

    `prevented` and `late` count conflicts, `twice` people (None: not shown). `median_minutes` is
    from the opening of a conflict to its decision, None without decisions.
    """

    period: Period
    made_at: datetime
    site: str
    desk: str
    marking: str
    smallest: int
    boats: tuple[BoatFigures, ...]
    whole: BoatFigures
    prevented: int
    late: int
    twice: int | None
    overrides: tuple[OverrideRow, ...]
    median_minutes: float | None
    ages: tuple[AgeRow, ...]


@reads(Right.SEE_FIGURES)
def named(session: Session, key: str) -> Figures:
    """Give the figures of `today`, the last 7 days (`week`) or the last 30 (`month`)."""
    return _figures(session, Period.named(key, step_of(session).now))


@reads(Right.SEE_FIGURES)
def of(session: Session, period: Period) -> Figures:
    """Give the figures of a period.

    Raises:
        WrongCall: the period ends before it begins, or is longer than ten years.
    """
    return _figures(session, period)


@writes(Right.SEE_FIGURES)
def export(session: Session, period: Period, path: Path) -> str:
    """Write the figures of a period as XLSX or CSV, by the ending; that it left is on record.

    Gives the name of the file.

    Raises:
        WrongCall: another ending, or a period that is none.
        FileRefused: the file cannot be written; nothing is recorded.
    """
    from debrief_desk.actions import figure_files

    if path.suffix.lower() not in FORMATS:
        raise WrongCall("figures-format", format=path.suffix)
    found = _figures(session, period)
    figure_files.write(path, found)
    body = {"from": str(period.first), "to": str(period.last), "boats": len(found.boats)}
    step_of(session).events.append(Draft(kind="disclosed", entity="figures", body=body))
    return path.name


def _figures(session: Session, period: Period) -> Figures:
    window, smallest = period.window(), desks.policy(session).keeping.smallest_cell
    desk = desks.summary(session)
    info = session.scalars(select(DeskInfo)).one()
    boats, whole = _boats(session, window, smallest)
    doubles = figure_decisions.doubles(session, window)
    overrides = figure_decisions.overrides(session, window).most_common()
    return Figures(
        period=period,
        made_at=step_of(session).now,
        site=desk.site,
        desk=str(info.id)[-12:].upper(),
        marking=desk.marking,
        smallest=smallest,
        boats=boats,
        whole=whole,
        prevented=doubles.prevented,
        late=doubles.late,
        twice=None if is_small(doubles.twice, smallest) else doubles.twice,
        overrides=tuple(OverrideRow(words.override(*how), count) for how, count in overrides),
        median_minutes=figure_decisions.minutes_to_decide(session, window),
        ages=ages(session),
    )


def _boats(
    session: Session, window: Window, smallest: int
) -> tuple[tuple[BoatFigures, ...], BoatFigures]:
    found = figure_counts.boats(session, window)
    rows = {str(at): boat.row() for at, boat in enumerate(found)}
    secret = hidden(rows, _BLOCKS, smallest)

    def counts(key: str, row: Mapping[str, int]) -> tuple[int | None, ...]:
        return tuple(None if (key, c) in secret else row.get(c, 0) for c in COLUMNS)

    shown = tuple(
        BoatFigures(boat.number, boat.landed_at, counts(key, row))
        for boat, (key, row) in zip(found, rows.items(), strict=True)
    )
    return shown, BoatFigures(TOTAL, None, counts(TOTAL, totals(rows)), is_total=True)


def ages(session: Session) -> tuple[AgeRow, ...]:
    """Give the open conflicts by age, youngest first; every age has its row."""
    now = step_of(session).now
    counts: Counter[tuple[str, bool]] = Counter()
    query = select(Conflict.opened_at, Conflict.severity).where(Conflict.state.in_(OPEN_CONFLICT))
    for opened_at, severity in session.execute(query):
        key = next(key for key, limit in _AGES if now - opened_at < limit)
        counts[key, Severity(severity).stops] += 1
    return tuple(AgeRow(key, counts[key, True], counts[key, False]) for key, _limit in _AGES)
