import os
import signal

import pytest

from debrief_desk.errors import DeskError, WrongCall
from debrief_desk.planning import ProposalRun, RosterProposal, propose


def test_a_run_elsewhere_gives_the_same_plan_and_leaves_no_process(small_problem):
    with ProposalRun(small_problem, max_iterations=100, seed=3) as run:
        found = run.wait()
    assert isinstance(found, RosterProposal)
    assert found.plan == propose(small_problem, max_iterations=100, seed=3).plan


def test_a_run_tells_how_it_stands_and_cancel_gives_the_best_so_far(small_problem):
    with ProposalRun(small_problem, budget_s=3600) as run:
        standing = None
        while standing is None:
            standing = run.poll(0.2)
        run.cancel()
        found = run.wait()
    assert found.report.legal
    assert found.report.placed >= standing.placed


def test_offers_are_made_elsewhere_too(small_problem):
    with ProposalRun(small_problem, "offers", max_iterations=20) as run:
        (only,) = run.wait()
    assert only.proposal.report.legal


def test_what_is_refused_there_is_refused_here(small_problem):
    with ProposalRun(small_problem, mode="wild") as run, pytest.raises(WrongCall) as refused:
        run.wait()
    assert refused.value.code == "roster-unknown-mode"


def test_a_process_that_dies_is_told_and_not_waited_for(small_problem):
    with ProposalRun(small_problem, budget_s=3600) as run:
        while run.poll(0.2) is None:
            assert run.result is None
        os.kill(run._process.pid, signal.SIGTERM)
        with pytest.raises(DeskError) as ended:
            run.wait()
    assert ended.value.code == "planner-ended"


def test_closing_early_ends_the_process(small_problem):
    run = ProposalRun(small_problem, budget_s=3600)
    process = run._process
    run.close()
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()
