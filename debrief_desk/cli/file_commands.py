"""Matching registers from files, without a desk; and making a desk's index anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from debrief_desk.actions import indexing
from debrief_desk.cli import session
from debrief_desk.desk import Token
from debrief_desk.errors import WrongCall
from debrief_desk.files import match_tables
from debrief_desk.identity.features import prepare
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.screening import screen
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Relation
from debrief_desk.wording import _, evidence, ngettext

if TYPE_CHECKING:
    import argparse


def match_command(options: argparse.Namespace) -> int:
    """Write the pairs worth showing, explain one pair, or make a desk's index anew."""
    if options.rebuild:
        return _rebuild(options)
    if options.register is None:
        raise WrongCall("register-missing")
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


def _rebuild(options: argparse.Namespace) -> int:
    if options.desk is None:
        raise WrongCall("desk-missing")
    desk = session.signed_in(options)

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            line = _("{done} of {total} records").format(done=done, total=total)
            sys.stderr.write("\r" + line + ("\n" if done == total else ""))

    try:
        made = desk.run(Token(), progress, indexing.rebuild)
    finally:
        desk.close()
    count = made.registrations
    told = ngettext(
        "The index was made anew from {count} record.",
        "The index was made anew from {count} records.",
        count,
    )
    session.say(told.format(count=count))
    return 0
