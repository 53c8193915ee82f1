"""A proposed roster: the plan, what it leaves out and why, its cost, and what it changes.

A proposal is only that: a coordinator accepts it whole or line by line, and every acceptance is
checked again against the live desk. Nothing here rewards persuading anybody.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from operator import mul
from typing import TYPE_CHECKING, get_args

from debrief_desk import errors
from debrief_desk.planning.booked import BookedDay
from debrief_desk.planning.checking import Report, check
from debrief_desk.planning.day import Day
from debrief_desk.planning.differences import Change, changes
from debrief_desk.planning.greedy import Inserter, fill, order
from debrief_desk.planning.keeping import lay_out
from debrief_desk.planning.occupancy import Occupancy
from debrief_desk.planning.reasons import Reason, static_cause
from debrief_desk.planning.roster import Engine, Mode, RosterPlan, RosterProblem, Unplaced
from debrief_desk.planning.search import Limits, Search, Standing
from debrief_desk.planning.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.planning.roster import Booking, Costs


@dataclass(frozen=True, slots=True)
class RosterProposal:
    """A plan to be looked at; `report` is the independent checker's and must be `legal` to show.

    `unplaced` says why each request was left out; `changes` what differs from the previous plan;
    `bound` is a cost of L1 that no plan keeping the same fixed bookings can undercut, or None.
    """

    plan: RosterPlan
    unplaced: tuple[Reason, ...]
    costs: Costs
    changes: tuple[Change, ...]
    mode: Mode
    engine: Engine
    seconds: float
    iterations: int
    bound: int | None
    report: Report


def propose(
    problem: RosterProblem,
    *,
    budget_s: float = 2.0,
    seed: int = 0,
    mode: Mode = "freeze",
    progress: Callable[[Standing], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    engine: Engine = "builtin",
    max_iterations: int | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> RosterProposal:
    """Plan a day: a first plan at once, then better ones until budget, iterations or cancel.

    Urgent requests come strictly first: no number of others ever takes the place of one. Pinned
    bookings stay; `freeze` also keeps every previous booking that is still legal, `gentle` moves a
    few where that places more, `open` moves what it likes. The same problem, seed and
    `max_iterations` give the same plan. `progress` is called often with a `Standing`; `cancel` is
    asked often, and the best plan so far is returned. With `engine="cpsat"` the built-in plan is
    the start for OR-Tools, and is returned where that finds nothing better.

    Raises:
        WrongCall: an unknown mode or engine, or OR-Tools is not installed.
    """
    if mode not in get_args(Mode):
        raise errors.WrongCall("roster-unknown-mode", mode=mode)
    if engine not in get_args(Engine):
        raise errors.WrongCall("roster-unknown-engine", engine=engine)
    begun = clock()
    day = Day(problem)
    empty = Occupancy(day)
    causes = [static_cause(day, request, empty) for request in range(len(problem.requests))]
    table = Table(day, mode)
    lay_out(table, keep=mode == "freeze")
    possible = [request for request in order(day) if causes[request] is None]
    fill(table, Inserter(table), possible)
    limits = Limits(budget_s - (clock() - begun), max_iterations, clock, cancel or (lambda: False))
    lost = [at for at, cause in enumerate(causes) if cause and table.of_request[at] is None]
    floor = _floor(problem, lost)
    bound = sum(map(mul, problem.rules.weights.unplaced, floor))
    iterations = 0
    if engine == "cpsat":
        from debrief_desk.planning.cpsat import improve

        bound = max(bound, improve(table, limits, seed, floor) or 0)
    else:
        search = Search(table, possible, seed)
        search.run(limits, progress or (lambda _: None))
        iterations = search.iterations
    fill(table, Inserter(table), possible)
    plan, reasons = _plan_of(day, table)
    judged = check(problem, plan)
    return RosterProposal(
        plan=plan,
        unplaced=reasons,
        costs=judged.costs,
        changes=changes(problem, plan),
        mode=mode,
        engine=engine,
        seconds=clock() - begun,
        iterations=iterations,
        bound=bound,
        report=judged,
    )


def _floor(problem: RosterProblem, impossible: list[int]) -> tuple[int, int, int]:
    """Count, by priority, the requests that are impossible even alone."""
    counts = Counter(problem.requests[at].priority for at in impossible)
    return counts[1], counts[2], counts[3]


def _plan_of(day: Day, table: Table) -> tuple[RosterPlan, tuple[Reason, ...]]:
    """Give the plan on the table, in order of time, with a reason for each request left out."""
    problem = day.problem
    bookings = _named(problem, [placement.booking for placement in table.placements])
    booked = BookedDay(problem, RosterPlan(problem.id, bookings), day)
    missing = [row.id for at, row in enumerate(problem.requests) if table.of_request[at] is None]
    reasons = tuple(booked.explain(own) for own in missing)
    left = tuple(Unplaced(row.request, row.code, detail(row)) for row in reasons)
    return RosterPlan(problem.id, bookings, left), reasons


def detail(reason: Reason) -> str:
    """Put a reason's facts on one technical line for the plan file."""
    parts = [*reason.names, reason.family or "", str(reason.number) if reason.number else ""]
    return " ".join(part for part in parts if part)


def _named(problem: RosterProblem, bookings: list[Booking]) -> tuple[Booking, ...]:
    """Give bookings their ids: those told to people keep theirs, new ones get the next free."""
    previous = problem.previous_plan
    told = {frozenset(row.requests): row.id for row in (previous.bookings if previous else ())}
    told |= {frozenset(row.requests): row.id for row in problem.pinned}
    taken = {*told.values()}
    named, number = [], 0
    for booking in sorted(bookings, key=lambda row: (row.start, row.room)):
        own = told.get(frozenset(booking.requests))
        while own is None:
            name, number = f"B{number:03d}", number + 1
            own = None if name in taken else name
        named.append(replace(booking, id=own))
    return tuple(named)
