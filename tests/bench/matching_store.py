"""One check of a person through the store, entering one, and the start: by size of the register.

    python tests/bench/matching_store.py [--records=N ...]

Registers of 10,000 and 100,000 where no size is given. A check is of 300 people of the register
typed again with a slip and without their reference: retrieval by keys, statistics, verdicts. *Warm*
is the second pass over them, *start* the first check of a desk just opened, past the password.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from debrief_desk.actions import links
from debrief_desk.actions.rights import reads, writes
from debrief_desk.desk import Desk
from debrief_desk.identity.features import Features, prepare
from debrief_desk.store import match_index
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import Registration

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.identity.records import Record

sys.path.insert(0, str(Path(__file__).parent))
from desk_speed import PASSWORD, WHO, fill, invented, new_desk, now

ASKED = 300
PORTION = 2_000


@reads(None)
def check(session: Session, features: Features) -> int:
    """Ask whom one person may be; gives how many are shown."""
    return len(links.candidates(session, {uuid7(): features})[0])


@reads(None)
def some(session: Session) -> list[tuple[UUID, Record]]:
    """Give people spread over the register, as the matcher compares them."""
    ids = session.scalars(select(Registration.id).order_by(Registration.id)).all()
    chosen = random.Random(2).sample(ids, min(ASKED, len(ids)))
    query = select(Registration).where(Registration.id.in_(chosen))
    return [(r.id, links.record_of(r)) for r in session.scalars(query).unique()]


@writes(None)
def put_again(session: Session, registration: UUID, features: Features) -> float:
    """Enter one person into the index; gives milliseconds."""
    match_index.drop(session, [registration])
    started = time.perf_counter()
    match_index.put(session, {registration: features})
    return (time.perf_counter() - started) * 1000


def typed(record: Record) -> Features:
    """Give a record as somebody may type it: a letter lost, no reference, no band."""
    name = record.family_name
    return prepare(replace(record, family_name=name[:2] + name[3:], references=(), bands=()))


def measure(folder: Path, count: int) -> None:
    """Print the figures of a register of `count` people."""
    desk = new_desk(folder, f"{count}.desk")
    started = time.perf_counter()
    rows = invented(count)
    for at in range(0, count, PORTION):
        desk.write(fill, rows[at : at + PORTION], "Border Force")
    filled = time.perf_counter() - started
    people = desk.read(some)
    asked = [typed(record) for _, record in people]
    entering = [desk.write(put_again, one, prepare(record)) for one, record in people[:100]]
    path = desk.path
    desk.close()
    with Desk.open(path, WHO, PASSWORD, now=now) as again:
        started = time.perf_counter()
        again.read(check, asked[0])
        first = time.perf_counter() - started
        shown = [again.read(check, one) for one in asked]
        times = []
        for one in asked:
            started = time.perf_counter()
            again.read(check, one)
            times.append((time.perf_counter() - started) * 1000)
    median, p95 = np.percentile(times, [50, 95])
    print(
        f"{count:,}: one check warm {median:.1f} / {p95:.1f} ms, entering one "
        f"{np.median(entering):.1f} ms, start {first:.2f} s; {np.mean(shown):.1f} rows shown; "
        f"filled in {filled:.0f} s, file {path.stat().st_size / 1e6:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, action="append")
    wanted = parser.parse_args().records or [10_000, 100_000]
    with tempfile.TemporaryDirectory() as work:
        for size in wanted:
            measure(Path(work), size)
