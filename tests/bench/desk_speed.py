"""How quick and how large is a desk: import, check while typing, start, memory.

Run by `python3 run.py bench desk`; `--people N` sets the size of the large desk (100,000).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import (
    checks,
    debriefs,
    desks,
    imports,
    links,
    people,
    plan_checks,
    plan_drafts,
    plans,
    registrations,
)
from debrief_desk.actions.desks import DeskSetup
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.actions.rights import reads, writes
from debrief_desk.desk import Desk
from debrief_desk.files.births import Birth
from debrief_desk.files.person_rows import PersonRow
from debrief_desk.identity.features import prepare
from debrief_desk.store import match_index
from debrief_desk.store.models import Debrief, Registration
from debrief_desk.store.passwords import FLOOR
from debrief_desk.ui.worker import _SWITCH_SECONDS

KEY_SECONDS = 0.1  # somebody who types ten keys a second
if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

PASSWORD = "a quiet harbour at dawn"
WHO = "First Supervisor"
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
RECORD_DAY = Path(__file__).resolve().parent.parent / "data" / "record-day"
PEOPLE_FILES = (
    ("border-force-manifest.csv", "Border Force"),
    ("nca-planned.xlsx", "NCA"),
    ("kent-police-planned.csv", "Kent Police"),
)
STAFF_FILES = ("rooms.csv", "interviewers.csv", "interpreters.csv")
SYLLABLES = (
    "ab ad ah al am an ar as ba bi da de do du el em en fa fi ga go ha he hi ho hu ib id im in is "
    "ja jo ka ke ki la le li lo ma me mi mo mu na ne ni no nu om ra re ri ro ru sa se sh si so su "
    "ta te ti to ul um va wa ya yo yu za ze zi"
).split()


def now() -> datetime:
    """Give the benchmark's moment."""
    return NOW


def new_desk(folder: Path, name: str) -> Desk:
    """Make an empty desk with three agencies."""
    setup = DeskSetup("Manston", WHO, ("NCA", "Kent Police", "Border Force"))
    return Desk.create(folder / name, setup, PASSWORD, now=now, cost=FLOOR)[0]


def import_times(desk: Desk) -> list[tuple[str, float]]:
    """Import the record day into an empty desk, staff first; gives seconds per file."""
    for name in STAFF_FILES:
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    times = []
    for name, agency in PEOPLE_FILES:
        started = time.perf_counter()
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name, agency=agency))
        times.append((name, time.perf_counter() - started))
    return times


@reads(None)
def planned(session: Session) -> list[tuple[UUID, UUID]]:
    """Give the group and the id of every open plan."""
    query = select(Registration.person_id, Debrief.id).join(Debrief.registration)
    return [(group, key) for group, key in session.execute(query.where(Debrief.state == "planned"))]


@writes(None)
def recheck_seconds(session: Session, groups: list[UUID], debriefs: list[UUID]) -> float:
    """Recheck these people and debriefs."""
    started = time.perf_counter()
    checks.recheck(session, groups=groups, debriefs=debriefs)
    return time.perf_counter() - started


def recheck_times(desk: Desk) -> tuple[list[float], float]:
    """Recheck 60 people one by one (milliseconds), then the whole day at once (seconds)."""
    plans = desk.read(planned)
    some = random.Random(3).sample(plans, 60)
    each = [1000 * desk.write(recheck_seconds, [group], []) for group, _ in some]
    return each, desk.write(recheck_seconds, [], [key for _, key in plans])


def invented(count: int, seed: int = 1) -> list[PersonRow]:
    """Invent people: names of a vocabulary with a long tail, bands, boats, references."""
    chance = random.Random(seed)
    words = [
        "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).title() for _ in range(9000)
    ]
    rows = []
    for line in range(count):
        boat = line // 55
        day = date(2024, 1, 1) + timedelta(days=boat // 3)
        rank = int(len(words) * chance.random() ** 3)
        birth = Birth(
            year=chance.randint(1960, 2006), month=chance.randint(1, 12), day=chance.randint(1, 28)
        )
        rows.append(
            PersonRow(
                line=line,
                serial=f"BF{line:06d}",
                given_name=words[rank],
                family_name=words[int(len(words) * chance.random() ** 2)],
                birth=Birth(year=birth.year, month=1, day=1) if chance.random() < 0.15 else birth,
                sex=chance.choice("MMMMF"),
                nationality=chance.choice(
                    ("Afghanistan", "Iran", "Sudan", "Eritrea", "Albania", "Iraq")
                ),
                references=(
                    (
                        f"{chance.choice('ABCDEFGHKMNPQRSTWZ')}{chance.randint(10**6, 10**7 - 1)}",
                        "Home Office",
                    ),
                ),
                band=f"{boat % 90:02d}-{line % 55:03d}",
                event=f"E-{day:%y%m%d}-{boat % 3}",
                event_day=day,
            )
        )
    return rows


@writes(None)
def fill(session: Session, rows: list[PersonRow], agency: str) -> None:
    """Enter people and their index entries, without matching them against each other."""
    own = desks.agency(session, agency)
    made = registrations.enter(session, [(r.serial, r) for r in rows], own)
    match_index.put(session, {r.id: prepare(links.record_of(r)) for r in made})


def large_desk(folder: Path, count: int) -> Path:
    """Make a desk of `count` people and a day of 300 debriefs; gives its path."""
    desk = new_desk(folder, "large.desk")
    rows = invented(count)
    for start in range(0, count, 2000):
        desk.write(fill, rows[start : start + 2000], "Border Force")
    page = desk.read(people.listed, "", 0, 300)
    for at, row in enumerate(page.rows):
        begin = NOW + timedelta(minutes=60 + 5 * (at % 120))
        desk.write(
            plans.register, plan_drafts.DebriefPlan("NCA", registration_id=row.id, starts_at=begin)
        )
    desk.close()
    return folder / "large.desk"


def check_times(desk: Desk, rounds: int = 60, pause: float = 0.0) -> list[float]:
    """Check people as they are typed, `pause` seconds between two; gives milliseconds."""
    chance = random.Random(5)
    rows = invented(3000)
    times = []
    for row in chance.sample(rows, rounds):
        entry = PersonEntry(
            full_name=f"{row.family_name} {row.given_name[:-1]}", born=str(row.birth.year) if row.birth else "",
            sex=row.sex, nationality=row.nationality,
        )  # fmt: skip
        plan = plan_drafts.DebriefPlan(
            "Kent Police", person=entry, starts_at=NOW + timedelta(hours=3)
        )
        started = time.perf_counter()
        desk.read(plan_checks.look, plan)
        times.append(1000 * (time.perf_counter() - started))
        time.sleep(pause)
    return times


def row(name: str, value: str, target: str) -> None:
    """Print one row of the table."""
    print(f"| {name} | {value} | {target} |", flush=True)


def spread(times: list[float]) -> str:
    """Write median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    return f"{statistics.median(ordered):.0f} / {ordered[int(len(ordered) * 0.95)]:.0f} ms"


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=100_000)
    count = options.parse_args().people
    print("| what | measured | target |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = new_desk(folder, "record-day.desk")
        times = import_times(desk)
        total = sum(seconds for _, seconds in times)
        each = ", ".join(f"{seconds:.1f}" for _, seconds in times)
        row(
            "import of the three record-day files with all checks",
            f"{total:.1f} s ({each})",
            "under 10 s",
        )
        rechecks, whole = recheck_times(desk)
        row("recheck of a person on the record day, median / p95", spread(rechecks), "under 20 ms")
        row("recheck of the whole record day", f"{whole:.1f} s", "under 5 s")
        desk.close()
        path = large_desk(folder, count)
        measure_large(path, count)


def measure_large(path: Path, count: int) -> None:
    """Measure a large desk: checks, also during an import, the list, memory, and the start."""
    started = time.perf_counter()
    desk = Desk.open(path, WHO, PASSWORD, now=now)
    desk.read(debriefs.listed, debriefs.DebriefFilter(), 0, 200)
    row(f"open {count:,} people and read the list", f"{time.perf_counter() - started:.2f} s", "")
    check_times(desk, 5)
    row(
        f"one check while typing at {count:,}, median / p95",
        spread(check_times(desk)),
        "under 50 ms",
    )
    name, agency = PEOPLE_FILES[0]
    importing = threading.Thread(
        target=desk.write, args=(imports.take, imports.ImportFile(RECORD_DAY / name, agency=agency))
    )
    importing.start()
    sys.setswitchinterval(_SWITCH_SECONDS)
    during: list[float] = []
    while importing.is_alive():
        during += check_times(desk, 5, pause=KEY_SECONDS)
    importing.join()
    row("the same while an import runs, median / p95", spread(during), "under 50 ms")
    desk.close()
    probe = Path(__file__).resolve().parent / "start_probe.py"
    for line in subprocess.run(
        [sys.executable, probe, path, WHO, PASSWORD], capture_output=True, text=True, check=True
    ).stdout.splitlines():
        row(*line.split("|"))
    size = path.stat().st_size / 1e6
    row(f"file of {count:,} people", f"{size:.0f} MB", "")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("peak memory of this benchmark, which also invents the people", f"{peak:.0f} MB", "")


if __name__ == "__main__":
    main()
