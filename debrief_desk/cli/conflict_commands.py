"""Checking a person, listing conflicts, deciding them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from debrief_desk.actions import conflicts, deciding, plan_checks, plan_drafts, staff
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.cli import session
from debrief_desk.errors import FileRefused
from debrief_desk.rules.catalogue import NOBODY_ELSE
from debrief_desk.rules.severity import Level
from debrief_desk.wording import _, day_and_clock, names, planning

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.desk import Desk

_PERSON = {
    "given_name": "given_name",
    "family_name": "family_name",
    "full_name": "full_name",
    "native_name": "native_name",
    "sex": "sex",
    "dob": "born",
    "nationality": "nationality",
    "reference": "reference",
    "language": "language",
}


def check_command(options: argparse.Namespace) -> int:
    """Print what the one check says of a person and a plan; 1 where there is a Stop."""
    asked = _read_person(options.person)
    with session.signed_in(options) as desk:
        found = desk.read(plan_checks.look, _plan(desk, asked))
    if options.json:
        rows = [
            {
                "rule": row.rule,
                "severity": row.severity,
                "level": row.level.value,
                "sentence": f"{row.title} {row.body}".strip(),
                "with": list(row.subject),
                "todo": row.todo,
            }
            for row in found.findings
        ]
        matches = [
            {
                "band": match.band,
                "agency": match.agency,
                "registration": match.registration_id,
                "reasons": list(match.reasons),
                "linked": match.certain,
            }
            for match in found.matches
        ]
        session.print_json({"findings": rows, "matches": matches, "level": found.level.value})
    else:
        for row in found.findings:
            session.say(f"{names.name(row.level):<6} {row.rule:<5} {row.title} {row.body}")
        for match in found.matches:
            session.say(f"{match.band:<13} {match.agency}: {'; '.join(match.reasons)}")
        if not any(row.rule in NOBODY_ELSE for row in found.findings) and not found.matches:
            session.say(planning.nobody_else())
    return 1 if found.level is Level.STOP or found.refused else 0


def _read_person(path: Path) -> dict[str, Any]:
    try:
        asked = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileRefused("file-missing") from None
    except (OSError, ValueError):
        raise FileRefused("person-not-json") from None
    if not isinstance(asked, dict):
        raise FileRefused("person-not-json")
    return asked


def _plan(desk: Desk, asked: dict[str, Any]) -> plan_drafts.DebriefPlan:
    """Give the plan of a person file; absent fields are not recorded."""
    text = {key: str(value).strip() for key, value in asked.items() if value is not None}
    entry = {field: text[key] for key, field in _PERSON.items() if key in text}
    entry["band"] = text.get("band") or text.get("wristband", "")
    entry["event"] = text.get("event") or text.get("event_ref", "")
    known = {row.name.casefold(): row.id for row in desk.read(staff.interviewers)}
    lead, second = text.get("lead", ""), text.get("second", "")
    start = text.get("planned_start", "")
    return plan_drafts.DebriefPlan(
        agency=text.get("agency", ""),
        person=PersonEntry(**entry),
        starts_at=session.moment_of(start) if start else None,
        minutes=int(text.get("minutes", plan_drafts.MINUTES)),
        lead_id=known.get(lead.casefold(), ""),
        lead_text="" if lead.casefold() in known else lead,
        second_id=known.get(second.casefold(), ""),
        second_text="" if second.casefold() in known else second,
    )


def conflicts_command(options: argparse.Namespace) -> int:
    """List the inbox."""
    with session.signed_in(options) as desk:
        rows = desk.read(conflicts.listed, everything=options.all)
    if options.json:
        session.print_json([_as_json(row) for row in rows])
        return 0
    for row in rows:
        when = day_and_clock(row.session_at) if row.session_at else ""
        parties = " / ".join(
            f"{p.agency} {p.row_reference or p.debrief_reference}" for p in row.parties
        )
        session.say(
            f"{row.number:>4}  {names.name(row.level):<6} {names.name(row.kind):<26} "
            f"{names.name(row.state):<9} {when:<22} {parties}"
        )
    if not rows:
        session.say(_("Nothing waits in the inbox."))
    return 0


def _as_json(row: ConflictRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind.value,
        "severity": row.severity,
        "state": row.state.value,
        "rules": list(row.rules),
        "owner": row.owner or None,
        "opened": session.iso(row.opened_at),
        "session": session.iso(row.session_at),
        "parties": [
            {
                "agency": party.agency,
                "reference": party.row_reference,
                "debrief": party.debrief_reference,
                "start": session.iso(party.starts_at),
                "contact": party.contact,
                "check": party.check_reference,
            }
            for party in row.parties
        ],
    }


def decide_command(options: argparse.Namespace) -> int:
    """Settle a conflict."""
    decision = deciding.Decision(options.verdict, options.plans, options.reason)
    with session.signed_in(options) as desk:
        desk.write(deciding.decide, options.conflict, decision)
    session.say(_("Decided conflict {conflict}: {verdict}.").format(
        conflict=options.conflict, verdict=options.verdict
    ))  # fmt: skip
    return 0
