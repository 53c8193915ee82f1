"""Make the frozen desk of a release: `python -m tests.migrations.freeze FOLDER`, once, at release.

A few invented people, a conflict decided, a no, a parked row, all through the real actions. What
is made is kept in tests/data/databases/ under its revision and never made or edited again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from debrief_desk.actions import approaches, conflicts, deciding, imports, people, plans
from debrief_desk.actions.approaches import Answer
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.desks import DeskSetup
from debrief_desk.desk import Desk
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.store import driver, layout
from debrief_desk.store.passwords import FLOOR
from debrief_desk.store.schema import HEAD_REVISION
from tests import builders
from tests.builders import at

SUPERVISOR, PASSWORD = "Frozen Supervisor", "an old harbour under the snow"
MORNING = at("08:00")
PARKED = f"BF7,E-1119-07,07-007,NOBODY,Known,,31/02/1990,M,ERI,,{builders.ARRIVED},Tigrinya,\n"


def freeze(path: Path) -> None:
    """Make the desk `path`, closed, with its keys and nothing else beside it."""
    desk, _recovery = Desk.create(
        path, DeskSetup("Manston", SUPERVISOR, ("NCA", "Kent Police", "Border Force")),
        PASSWORD, now=lambda: MORNING, cost=FLOOR,
    )  # fmt: skip
    with desk:
        _fill(desk)
        key = desk.key
    engine = driver.engine(path, key)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
    engine.dispose()
    for ending in ("reserve", "lock", "holder", "keys.lock", "keys.previous"):
        layout.beside(path, ending).unlink(missing_ok=True)


def _fill(desk: Desk) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for text, agency in (
            (builders.ROOMS, ""),
            (builders.INTERVIEWERS, ""),
            (builders.INTERPRETERS, ""),
            (builders.MANIFEST + PARKED, "Border Force"),
        ):
            file = builders.sheet(Path(folder), text)
            desk.write(imports.take, imports.ImportFile(file, agency=agency))
    by_serial = {row.serial: row.id for row in desk.read(people.listed).rows}
    typed = builders.person(
        full_name="Jonas Tesfai", native_name="ዮናስ", band="7/1", event="E-1119-07", sex="M"
    )
    desk.write(plans.register, builders.plan("NCA", "14:00", registration_id=by_serial["BF1"]))
    desk.write(plans.register, builders.plan("Kent Police", "16:00", person=typed))
    (clash,) = (c for c in desk.read(conflicts.listed) if c.kind.asks_identity)
    keep = f"keep:{clash.parties[0].debrief_reference}"
    desk.write(deciding.decide, clash.id, Decision("same", keep, "Same reference"))
    asked = desk.write(
        plans.register, builders.plan("NCA", "09:00", registration_id=by_serial["BF3"])
    )
    no = Answer(ApproachOutcome.REFUSED, at("08:00"), "Pashto", "Interpreter P")
    desk.write(approaches.record, asked.debrief_id, no)


if __name__ == "__main__":
    freeze(Path(sys.argv[1]) / f"{HEAD_REVISION}.desk")
