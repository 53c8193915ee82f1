"""A practice desk: one invented day at an invented centre, taken in through the real actions.

Everybody in it is invented: the names come from lists in `resources/demo/` and are put together
by chance with a fixed seed, so that the practice day of one hour is always the same. The sheets
are written to a folder that goes away and imported; interpreters are booked one by one.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import debriefs, imports, plans, staff
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.desks import DeskSetup
from debrief_desk.actions.imports import ImportFile
from debrief_desk.demo.sheets import sheets
from debrief_desk.desk import Desk
from debrief_desk.wording import _, london

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.desk import Now
    from debrief_desk.store.passwords import Cost

SUPERVISOR: Final = "Practice Supervisor"
PASSWORD: Final = "nobody here is real"  # noqa: S105 - of practice desks, shown where one signs in
AGENCIES: Final = ("Border Force", "NCA", "Kent Police")
_LIMIT_MINUTES: Final = 48 * 60
_GAP: Final = timedelta(minutes=15)


def make(path: Path, *, now: Now, password: str, cost: Cost | None = None) -> Desk:
    """Make a practice desk at `path` and give it open; it is marked as practice for good.

    Raises:
        WrongCall, FileRefused: as `Desk.create`.
    """
    setup = DeskSetup(
        site=_("Practice centre"),
        supervisor=SUPERVISOR,
        agencies=AGENCIES,
        limit_minutes=_LIMIT_MINUTES,
        practice=True,
    )
    desk, _recovery = Desk.create(path, setup, password, now=now, cost=cost)
    try:
        with TemporaryDirectory() as folder:
            _take(desk, Path(folder), london(now()).replace(tzinfo=None))
        _book_interpreters(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def _take(desk: Desk, folder: Path, moment: datetime) -> None:
    """Write the day's sheets and take them in."""
    for name, agency, rows in sheets(moment):
        file = folder / f"{name}.csv"
        _write(file, rows)
        desk.write(imports.take, ImportFile(file, agency=agency, date_order="dmy"))


def _book_interpreters(desk: Desk) -> None:
    """Book who speaks the language and is free; one debrief gets somebody who does not speak it."""
    known = desk.read(staff.interpreters)
    rows = [row for row in desk.read(debriefs.listed, DebriefFilter()).rows if not row.past]
    wrong = next((row for row in reversed(rows) if row.language == "Tigrinya"), None)
    booked: dict[str, list[DebriefRow]] = {}
    for row in rows:
        wanted = "Arabic" if row is wrong else row.language
        free = [
            one.id
            for one in known
            if wanted in one.languages
            and all(
                row.ends_at + _GAP <= other.starts_at or other.ends_at + _GAP <= row.starts_at
                for other in booked.get(one.id, ())
            )
        ]
        if free:
            booked.setdefault(free[0], []).append(row)
            desk.write(plans.move, row.id, row.version, interpreter_id=free[0])


def _write(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        sheet = csv.DictWriter(lines, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
