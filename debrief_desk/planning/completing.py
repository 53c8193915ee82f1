"""Bookings that lack a room or part of their team, completed at their own time where that fits.

A desk holds plans that somebody made by hand and only half: a time and a lead, no room yet. What
fits as it was meant becomes a whole booking, so that re-planning keeps it like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from debrief_desk.planning.day import Day
from debrief_desk.planning.greedy import Inserter, order
from debrief_desk.planning.keeping import lay_out
from debrief_desk.planning.table import Table

if TYPE_CHECKING:
    from debrief_desk.planning.roster import RosterProblem


def completed(problem: RosterProblem) -> RosterProblem:
    """Give the problem with its previous plan completed; who does not fit stands as before.

    Legal bookings stay as they are. The others are taken urgent and awkward ones first, each at
    its own start, with those of its own team who may and can. Whom two agencies want is left to
    the planner, which may put them together.
    """
    previous = problem.previous_plan
    if previous is None:
        return problem
    day = Day(problem)
    table = Table(day, "freeze")
    lay_out(table, keep=True)
    inserter = Inserter(table)
    for request in order(day):
        for job in day.jobs_of_request[request]:
            if job.before is None or job.group is not None or not table.is_open(job):
                continue
            choice = inserter.as_before(job)
            if choice is not None:
                table.put(table.placement(job, choice))
    found = {frozenset(one.booking.requests): one.booking for one in table.placements}
    bookings = tuple(
        replace(found.get(frozenset(one.requests), one), id=one.id) for one in previous.bookings
    )
    return replace(problem, previous_plan=replace(previous, bookings=bookings))
