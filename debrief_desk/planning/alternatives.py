"""Up to three proposals to choose from: keep everything, rearrange a little, start afresh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from debrief_desk import errors
from debrief_desk.planning.proposals import RosterProposal, propose
from debrief_desk.planning.roster import Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.planning.roster import RosterProblem
    from debrief_desk.planning.search import Standing

MODES: Final[tuple[Mode, ...]] = get_args(Mode)
"""Ways of re-planning, the least disturbing first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal beside the first: how many more requests it places and what that moves.

    `moved` counts the debriefs that the first leaves as they stand and this one does not, `dropped`
    the requests that only the first places; a negative `more_placed` places fewer.
    """

    proposal: RosterProposal
    more_placed: int
    moved: int
    dropped: int


def offers(
    problem: RosterProblem,
    *,
    furthest: Mode = "gentle",
    budget_s: float = 2.0,
    seed: int = 0,
    progress: Callable[[Standing], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    max_iterations: int | None = None,
) -> tuple[Offer, ...]:
    """Give up to three offers, the least disturbing first; the budget is for each.

    An offer that costs no less in L1 than one before it is left out. Without a previous plan there
    is one. `furthest` is how far to go: never `open` once people have been told their bookings.

    Raises:
        WrongCall: an unknown mode.
    """
    if furthest not in MODES:
        raise errors.WrongCall("roster-unknown-mode", mode=furthest)
    modes = MODES[: MODES.index(furthest) + 1]
    found: list[RosterProposal] = []
    for mode in modes if problem.previous_plan is not None else modes[:1]:
        proposal = propose(
            problem,
            budget_s=budget_s,
            seed=seed,
            mode=mode,
            progress=progress,
            cancel=cancel,
            max_iterations=max_iterations,
        )
        if not found or proposal.costs.unplaced < found[-1].costs.unplaced:
            found.append(proposal)
    return tuple(_offer(found[0], proposal) for proposal in found)


def _offer(first: RosterProposal, proposal: RosterProposal) -> Offer:
    stayed = {line.requests for line in first.changes if line.kind == "kept"}
    changed = (line for line in proposal.changes if line.kind in {"moved", "restaffed"})
    served = {own for booking in proposal.plan.bookings for own in booking.requests}
    first_served = {own for booking in first.plan.bookings for own in booking.requests}
    return Offer(
        proposal=proposal,
        more_placed=proposal.report.placed - first.report.placed,
        moved=sum(line.requests in stayed for line in changed),
        dropped=len(first_served - served),
    )
