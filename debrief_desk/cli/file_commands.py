"""Matching registers and planning days from files, without a desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from debrief_desk import planning
from debrief_desk.cli import session
from debrief_desk.errors import FileRefused, WrongCall
from debrief_desk.files import match_tables
from debrief_desk.files.writing import write_whole
from debrief_desk.identity.features import prepare
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.screening import screen
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Relation
from debrief_desk.wording import _, evidence, ngettext, reasons

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def match_command(options: argparse.Namespace) -> int:
    """Write the pairs worth showing, or explain one pair."""
    register = match_tables.read_register(options.register)
    against = match_tables.read_register(options.against) if options.against else None
    if options.explain:
        return _explain([*register, *(against or ())], *options.explain)
    if options.out is None:
        raise WrongCall("out-missing")
    pairs = screen(register, against, processes=options.processes)
    count = match_tables.write_pairs(options.out, pairs)
    session.say(
        ngettext("Wrote {count} pair to {path}.", "Wrote {count} pairs to {path}.", count).format(
            count=count, path=options.out
        )
    )
    return 0


def _explain(records: list[Any], one: str, other: str) -> int:
    by_id = {record.id: record for record in records}
    missing = [key for key in (one, other) if key not in by_id]
    if missing:
        raise WrongCall("record-unknown", record=", ".join(missing))
    known = Statistics.of([prepare(record) for record in records])
    verdict = Scorer(known).compare(prepare(by_id[one]), prepare(by_id[other]))
    told = sorted(verdict.evidence, key=lambda e: -abs(e.bits))
    for found in told:
        if found.relation is not Relation.MISSING or found.bits:
            session.say(f"{found.bits:+6.1f}  {evidence.sentence(found)}")
    session.say(
        _("{bits:+6.1f}  in all: {band}").format(bits=verdict.bits, band=verdict.band.value)
    )
    return 0


def propose_command(options: argparse.Namespace) -> int:
    """Plan a day; the plan is checked before it is written."""
    problem = planning.problem_from_json(_read(options.problem))
    proposal = planning.propose(
        problem,
        budget_s=options.seconds,
        seed=options.seed,
        mode=options.mode,
        engine=options.engine,
    )
    if not proposal.report.legal:
        raise RuntimeError("a proposal that breaks a hard rule is not shown")
    plan = json.dumps(planning.plan_to_json(proposal.plan), ensure_ascii=False, indent=1)
    write_whole(options.out, plan.encode())
    levels = _levels(proposal.costs)
    if options.json:
        session.print_json(
            {
                "placed": proposal.report.placed,
                "unplaced": proposal.report.unplaced,
                "cost": levels,
                "bound": proposal.bound,
                "seconds": round(proposal.seconds, 3),
                "engine": proposal.engine,
            }
        )
        return 0
    session.say(
        _("Placed {placed}, left out {unplaced}; cost by level {levels}.").format(
            placed=proposal.report.placed, unplaced=proposal.report.unplaced, levels=levels
        )
    )
    for reason in proposal.unplaced:
        session.say(f"  {reason.request}  {reason.code}: {reasons.sentence(reason)}")
    return 0


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


def _levels(costs: planning.Costs) -> list[int]:
    """Give a cost as its four levels, the first never traded for a later one."""
    return [costs.unplaced, costs.change, costs.quality, costs.load]
