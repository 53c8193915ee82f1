"""Measures the planner against its targets: `python tests/bench/planning_targets.py [--seeds 20]`.

Legality over every kind and seed, re-plans included; the first plan's speed; planted days; two
seconds against a long run; the slot finder; reasons. Every plan is judged by `check`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING, Any

from roster_days import KINDS, disrupt, make_day

from debrief_desk.planning import (
    BookedDay,
    RosterPlan,
    plan_to_json,
    problem_from_json,
    propose,
    suggest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTED = "figures of one machine; double them for a shared runner"


def seconds(run: Callable[..., object], *args: Any, **options: Any) -> float:
    """Run and give the time it took."""
    begun = time.perf_counter()
    run(*args, **options)
    return time.perf_counter() - begun


def legality(seeds: int, iterations: int) -> None:
    """Count hard violations over every kind, seed and way of re-planning."""
    plans = broken = 0
    for kind in KINDS:
        for seed in range(seeds):
            day = make_day(kind, seed)
            first = propose(problem_from_json(day), max_iterations=iterations, seed=seed)
            late = problem_from_json(disrupt(day, plan_to_json(first.plan), seed))
            again = [
                propose(late, max_iterations=iterations, seed=seed, mode=mode)
                for mode in ("freeze", "gentle", "open")
            ]
            plans += 1 + len(again)
            broken += sum(len(one.report.violations) for one in (first, *again))
    print(f"legality: {plans} plans, {broken} hard violations")


def first_plans() -> None:
    """Time the first plan of typical and surge days, reasons included."""
    for kind in ("typical", "surge"):
        problems = [problem_from_json(make_day(kind, seed)) for seed in range(5)]
        taken = [seconds(propose, p, max_iterations=0) for p in problems]
        print(f"first plan {kind}: median {statistics.median(taken):.3f} s, most {max(taken):.3f}")


def planted(seeds: int, budget: float) -> None:
    """Count planted days placed whole within a budget of processor seconds."""
    shares = []
    for seed in range(seeds):
        problem = problem_from_json(make_day("planted", seed))
        found = propose(problem, budget_s=budget, seed=seed, clock=time.process_time)
        shares.append(found.report.placed / len(problem.requests))
    whole = sum(share == 1 for share in shares)
    print(f"planted, {budget:g} s: whole {whole} of {seeds}, least {min(shares):.1%}")


def short_against_long(long: float) -> None:
    """Compare two seconds of search with a long one, in processor seconds, by the summed cost."""
    for seed in range(3):
        problem = problem_from_json(make_day("typical", seed))
        sums = []
        for budget in (0.0, 2.0, long):
            found = propose(problem, budget_s=budget, seed=seed, clock=time.process_time).costs
            sums.append(found.unplaced + found.quality + found.load)
        first, short, most = sums
        gain = 1 - short / first
        print(f"typical {seed}: 0/2/{long:g} s {sums}, gain {gain:.1%}, ratio {short / most:.3f}")


def slots_and_reasons() -> None:
    """Time the slot finder, warm and cold, and the reasons."""
    for kind in ("small", "typical", "surge"):
        problem = problem_from_json(make_day(kind, 0))
        plan = propose(problem, budget_s=1).plan
        day = BookedDay(problem, plan)
        warm = [seconds(day.suggest, q.id) for q in problem.requests]
        cold = [seconds(suggest, problem, plan, q.id) for q in problem.requests[:9]]
        said = [seconds(day.explain, u.request) for u in plan.unplaced]
        print(
            f"slots {kind}: warm {statistics.median(warm) * 1e3:.2f} ms (most "
            f"{max(warm) * 1e3:.1f}), cold {statistics.median(cold) * 1e3:.1f} ms; reasons "
            f"{statistics.median(said) * 1e3:.2f} ms (most {max(said) * 1e3:.1f})"
        )


def reasons(seeds: int) -> None:
    """Count the known causes that are named rightly."""
    right = total = 0
    for seed in range(seeds):
        day = make_day("reasons", seed)
        problem = problem_from_json(day)
        booked = BookedDay(problem, RosterPlan(problem.id, ()))
        total += len(day["_expected"])
        right += sum(booked.explain(own).code == code for own, code in day["_expected"].items())
    print(f"reasons: {right} of {total} right")


def main() -> None:
    """Run every measurement and print its line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--iterations", type=int, default=150)
    parser.add_argument("--long", type=float, default=60.0)
    options = parser.parse_args()
    print(DOCUMENTED)
    reasons(options.seeds)
    first_plans()
    slots_and_reasons()
    legality(options.seeds, options.iterations)
    planted(options.seeds, 5.0)
    short_against_long(options.long)


if __name__ == "__main__":
    main()
