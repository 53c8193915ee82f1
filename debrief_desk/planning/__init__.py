"""Free slots, proposed rosters, and why something could not be placed: pure and without names.

Everything below is imported on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from debrief_desk.planning.alternatives import Offer, offers
    from debrief_desk.planning.booked import BookedDay, explain, suggest
    from debrief_desk.planning.checking import Report, Violation, check
    from debrief_desk.planning.completing import completed
    from debrief_desk.planning.concessions import Concession
    from debrief_desk.planning.differences import Change, changes
    from debrief_desk.planning.export import problem_to_json
    from debrief_desk.planning.plans import CODES, plan_from_json, plan_to_json
    from debrief_desk.planning.problems import problem_from_json
    from debrief_desk.planning.process import ProposalRun
    from debrief_desk.planning.proposals import RosterProposal, propose
    from debrief_desk.planning.reasons import Reason
    from debrief_desk.planning.roster import (
        Adult,
        Booking,
        Break,
        Costs,
        Interpreter,
        Interviewer,
        JointGroup,
        Person,
        Request,
        Room,
        RosterPlan,
        RosterProblem,
        Rules,
        Unplaced,
        Weights,
    )
    from debrief_desk.planning.search import Standing
    from debrief_desk.planning.slots import Slot

__all__ = [
    "CODES",
    "Adult",
    "BookedDay",
    "Booking",
    "Break",
    "Change",
    "Concession",
    "Costs",
    "Interpreter",
    "Interviewer",
    "JointGroup",
    "Offer",
    "Person",
    "ProposalRun",
    "Reason",
    "Report",
    "Request",
    "Room",
    "RosterPlan",
    "RosterProblem",
    "RosterProposal",
    "Rules",
    "Slot",
    "Standing",
    "Unplaced",
    "Violation",
    "Weights",
    "changes",
    "check",
    "completed",
    "explain",
    "offers",
    "plan_from_json",
    "plan_to_json",
    "problem_from_json",
    "problem_to_json",
    "propose",
    "suggest",
]

_MODULES: Final = {
    "booked": "BookedDay explain suggest",
    "differences": "Change changes",
    "checking": "Report Violation check",
    "completing": "completed",
    "concessions": "Concession",
    "export": "problem_to_json",
    "alternatives": "Offer offers",
    "plans": "CODES plan_from_json plan_to_json",
    "problems": "problem_from_json",
    "process": "ProposalRun",
    "proposals": "RosterProposal propose",
    "reasons": "Reason",
    "roster": "Adult Booking Break Costs Interpreter Interviewer JointGroup Person Request Room "
    "RosterPlan RosterProblem Rules Unplaced Weights",
    "search": "Standing",
    "slots": "Slot",
}
_HOME: Final = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"debrief_desk.planning.{_HOME[name]}"), name)
