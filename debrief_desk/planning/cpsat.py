"""OR-Tools CP-SAT as a second opinion (extra `optimiser`): the same rules, with a bound.

The plan on the table is the hint; the answer is laid out only where it is strictly better, so an
unknown or a worse one is never shown. Probing is off, for with it a surge day has no answer in
time even with a hint; eight workers give better bounds on two cores (rosters.md section 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk import errors
from debrief_desk.planning.model import Model

if TYPE_CHECKING:
    from debrief_desk.planning.search import Limits
    from debrief_desk.planning.table import Table

WORKERS: Final = 8


def improve(table: Table, limits: Limits, seed: int, floor: tuple[int, int, int]) -> int | None:
    """Let CP-SAT improve the table within the limits; give its lower bound on L1, or None.

    `floor` counts, by priority, the requests that are impossible even alone.

    Raises:
        WrongCall: OR-Tools is not installed (code `roster-no-optimiser`).
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise errors.WrongCall("roster-no-optimiser") from None
    begun = limits.clock()
    model = Model(table, cp_model)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_time_in_seconds = max(0.1, limits.budget_s - (limits.clock() - begun))
    status = solver.solve(model.cp, _stopper(cp_model, limits))
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        _lay_out(table, model, solver)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
        return model.least_unplaced(solver.best_objective_bound, floor)
    return None


def _stopper(cp_model: Any, limits: Limits) -> Any:
    """Make the callback that ends the solver at its next solution after a cancel."""

    class Stopper(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # base known at run time
        def on_solution_callback(self) -> None:
            if limits.cancelled():
                self.StopSearch()

    return Stopper()


def _lay_out(table: Table, model: Model, solver: Any) -> None:
    """Put the solver's plan on the table, unless what lies there is as good."""
    before, key = list(table.placements), table.key
    found = model.placements(solver)
    for placement in before:
        if not placement.fixed:
            table.take(placement)
    for placement in found:
        table.put(placement)
    if table.key >= key:
        for placement in found:
            table.take(placement)
        for placement in before:
            if not placement.fixed:
                table.put(placement)
