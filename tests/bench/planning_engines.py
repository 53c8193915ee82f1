"""Compares the built-in search with CP-SAT on one machine in one run; needs the extra `optimiser`.

`python tests/bench/planning_engines.py [FOLDER] [--seconds 60]`: FOLDER (or the environment
variable DEBRIEF_DESK_SAMPLES) holds `typical-501.json` and others; without it seeded days are used.
CP-SAT starts from the first plan of the built-in engine as a complete hint.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roster_days import make_day

from debrief_desk.errors import WrongCall
from debrief_desk.planning import Costs, RosterProposal, problem_from_json, propose

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = ("small", "typical", "surge", "planted")


def problems(folder: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the days to plan, by name."""
    for kind in SAMPLES:
        if folder is None:
            yield f"{kind}-0", make_day(kind, 0)
        else:
            path = Path(folder) / f"{kind}-501.json"
            yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def line(name: str, engine: str, found: RosterProposal) -> None:
    """Print one result: level vector, bound on L1, requests placed."""
    costs: Costs = found.costs
    vector = (costs.unplaced, costs.change, costs.quality, costs.load)
    legal = "legal" if not found.report.violations else "BREAKS RULES"
    print(
        f"{name:12} {engine:18} {found.seconds:6.1f} s  placed {found.report.placed:3}  "
        f"{vector!s:28} bound {found.bound}  {legal}",
        flush=True,
    )


def main() -> None:
    """Plan every day with both engines and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("DEBRIEF_DESK_SAMPLES"))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    for name, day in problems(options.folder):
        if not name.startswith(options.only):
            continue
        problem = problem_from_json(day)
        line(name, "first plan", propose(problem, max_iterations=0))
        for budget in (2.0, options.seconds):
            line(name, f"built-in {budget:g} s", propose(problem, budget_s=budget))
        try:
            found = propose(problem, budget_s=options.seconds, engine="cpsat")
        except WrongCall:
            print("OR-Tools is not installed: no second engine")
        else:
            line(name, f"CP-SAT {options.seconds:g} s", found)


if __name__ == "__main__":
    main()
