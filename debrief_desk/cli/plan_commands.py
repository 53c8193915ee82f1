"""Planning a day from a file or from a desk, and judging a plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from debrief_desk import planning
from debrief_desk.cli import session
from debrief_desk.errors import FileRefused, Refused, WrongCall
from debrief_desk.files.writing import write_whole
from debrief_desk.wording import _, clock, proposals, reasons

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.actions.open_standing import Held


def propose_command(options: argparse.Namespace) -> int:
    """Plan a day of a file or of a desk; the plan is checked before it is written or shown."""
    if options.desk is not None:
        return _propose_for_desk(options)
    if options.problem is None:
        raise WrongCall("problem-or-desk")
    if options.out is None:
        raise WrongCall("plan-file-missing")
    problem = planning.problem_from_json(_read(options.problem))
    proposal = _proposal(problem, options)
    _write(options.out, planning.plan_to_json(proposal.plan))
    _tell(proposal, options, lambda request: request, reasons.file_clock)
    return 0


def _propose_for_desk(options: argparse.Namespace) -> int:
    """Plan the open day of a desk; nothing on the desk changes."""
    from debrief_desk.actions import offering, open_day
    from debrief_desk.cli.roster_commands import day_of, minutes_of

    if options.problem is not None or not options.date:
        raise WrongCall("problem-or-desk")
    first = open_day.FIRST_HOUR * 60
    start, end = minutes_of(options.start) - first, minutes_of(options.end) - first
    shift = start, end if end > start else end + 24 * 60
    with session.signed_in(options) as desk:
        if options.mode == "open":
            prepared = desk.read(offering.prepare, day_of(options.date), *shift)
            if prepared.told:
                raise Refused("open-after-told")
        if options.export is None:
            opened = desk.read(open_day.open_day, day_of(options.date), *shift)
        else:
            opened = desk.write(open_day.export, day_of(options.date), *shift)
            _write(options.export, planning.problem_to_json(opened.problem))
        references = {key: row.reference for key, row in opened.facts.debriefs.items()}
    proposal = _proposal(planning.completed(opened.problem), options)
    if options.out is not None:
        _write(options.out, planning.plan_to_json(proposal.plan))

    def at(minute: int) -> str:
        return clock(opened.facts.moment(minute))

    references |= {request: references[key] for request, key in opened.debriefs.items()}
    _tell(proposal, options, references.__getitem__, at, opened.held)
    return 0


def _proposal(
    problem: planning.RosterProblem, options: argparse.Namespace
) -> planning.RosterProposal:
    proposal = planning.propose(
        problem,
        budget_s=options.seconds,
        seed=options.seed,
        mode=options.mode,
        engine=options.engine,
    )
    if not proposal.report.legal:
        raise RuntimeError("a proposal that breaks a hard rule is not shown")
    return proposal


def _tell(
    proposal: planning.RosterProposal,
    options: argparse.Namespace,
    named: Callable[[str], str],
    at: Callable[[int], str],
    held: tuple[Held, ...] | None = None,
) -> None:
    levels = _levels(proposal.costs)
    if options.json:
        told: dict[str, Any] = {
            "placed": proposal.report.placed,
            "unplaced": proposal.report.unplaced,
            "cost": levels,
            "bound": proposal.bound,
            "seconds": round(proposal.seconds, 3),
            "engine": proposal.engine,
        }
        session.print_json(told if held is None else {**told, "held": len(held)})
        return
    session.say(
        _("Placed {placed}, left out {unplaced}; cost by level {levels}.").format(
            placed=proposal.report.placed, unplaced=proposal.report.unplaced, levels=levels
        )
    )
    for reason in proposal.unplaced:
        session.say(f"  {named(reason.request)}  {reason.code}: {reasons.sentence(reason, at)}")
    for one in held or ():
        session.say(f"  {named(one.debrief_id)}  {proposals.held(one.finding)}")


def check_plan_command(options: argparse.Namespace) -> int:
    """Judge a plan by every hard rule; 1 where one is broken."""
    problem = planning.problem_from_json(_read(options.problem))
    report = planning.check(problem, planning.plan_from_json(_read(options.plan)))
    if options.json:
        session.print_json(
            {
                "legal": report.legal,
                "violations": [
                    {"rule": v.rule, "subject": v.subject, "bookings": list(v.bookings)}
                    for v in report.violations
                ],
                "placed": report.placed,
                "unplaced": report.unplaced,
                "cost": _levels(report.costs),
            }
        )
    else:
        for violation in report.violations:
            session.say(f"{violation.rule}  {violation.subject}  {' '.join(violation.bookings)}")
        session.say(_("Legal.") if report.legal else _("Not legal."))
    return 0 if report.legal else 1


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileRefused("file-missing") from None
    except (OSError, ValueError):
        raise FileRefused("not-json", file=path.name) from None


def _write(path: Path, value: object) -> None:
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=1).encode())


def _levels(costs: planning.Costs) -> list[int]:
    """Give a cost as its four levels, the first never traded for a later one."""
    return [costs.unplaced, costs.change, costs.quality, costs.load]
