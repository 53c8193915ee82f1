"""Making, filling, checking and copying a desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from debrief_desk import demo
from debrief_desk.actions import imports, log
from debrief_desk.actions.desks import DeskSetup
from debrief_desk.cli import session
from debrief_desk.desk import Desk
from debrief_desk.files.writing import write_whole
from debrief_desk.wording import _, left_to_right
from debrief_desk.wording import imports as sentences
from debrief_desk.wording import log as log_words

if TYPE_CHECKING:
    import argparse


def init_command(options: argparse.Namespace) -> int:
    """Make a desk; the recovery key is printed once, or written to a file."""
    setup = DeskSetup(
        site=options.site,
        supervisor=options.supervisor,
        agencies=tuple(options.agency),
        limit_minutes=options.limit_hours * 60,
    )
    typed = session.password(options, new=True)
    desk, recovery = Desk.create(options.desk, setup, typed, now=session.clock(options))
    desk.close()
    sheet = _(
        "Recovery key of {desk}: {key}\n"
        "Print it and keep it in the safe. It is shown only this once; without it and without a "
        "password nobody can open the desk.\n"
    ).format(desk=options.desk.name, key=recovery)
    if options.recovery_out is not None:
        write_whole(options.recovery_out, sheet.encode())
    else:
        sys.stderr.write(sheet)
    session.say(_("Made {desk} for {site}.").format(desk=options.desk, site=options.site))
    return 0


def demo_command(options: argparse.Namespace) -> int:
    """Make a practice desk."""
    typed = session.password(options, new=True)
    desk = demo.make(options.desk, now=session.clock(options), password=typed)
    name = desk.who.name
    desk.close()
    session.say(
        _("Made the practice desk {desk}; sign in as {name}. Everybody in it is invented.").format(
            desk=options.desk, name=name
        )
    )
    return 0


def import_command(options: argparse.Namespace) -> int:
    """Take a sheet in, and account for every row."""
    file = imports.ImportFile(
        path=options.file,
        agency=options.agency,
        kind=options.kind,
        sheet=options.sheet,
        encoding=options.encoding,
        date_order=options.dates,
    )
    with session.signed_in(options) as desk:
        taken = desk.write(imports.take, file)
    if options.json:
        rows = [
            {
                "line": row.line,
                "outcome": row.outcome,
                "reason": " ".join(row.reasons),
                "row": dict(row.as_typed),
            }
            for row in taken.left
        ]
        skipped = [{"line": line, "why": why} for line, why in taken.skipped]
        session.print_json(
            {**taken.counts, "import": taken.import_id, "rows": rows, "skipped": skipped}
        )
        return 0
    counts = taken.counts
    session.say(
        _("{kind}: {read} rows read").format(
            kind=sentences.kind_title(taken.kind), read=counts["read"]
        )
    )
    for outcome in imports.OUTCOMES:
        if counts[outcome]:
            session.say(f"  {counts[outcome]:>6}  {outcome}")
    for row in taken.left:
        session.say(
            _("  line {line}: {reasons}").format(line=row.line, reasons=" ".join(row.reasons))
        )
    return 0


def verify_command(options: argparse.Namespace) -> int:
    """Check the file and the chain; 1 where something does not hold."""
    with session.signed_in(options) as desk:
        complaints = desk.complaints()
        chain = desk.read(log.verify)
    sound = not complaints and chain.broken_at is None
    if options.json:
        session.print_json(
            {
                "sound": sound,
                "file": list(complaints),
                "events": chain.events,
                "broken_at": chain.broken_at,
                "fingerprint": chain.fingerprint,
            }
        )
    else:
        for complaint in complaints:
            session.say(complaint)
        session.say(log_words.verified(chain.events, chain.broken_at, chain.fingerprint))
    return 0 if sound else 1


def backup_command(options: argparse.Namespace) -> int:
    """Write a verified copy."""
    with session.signed_in(options) as desk:
        copy = desk.back_up(options.out)
    session.say(_("Wrote and verified {copy}.").format(copy=left_to_right(str(copy.path))))
    return 0
