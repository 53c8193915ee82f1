"""Bulk screening against the truth: F1, recall at 99 % precision, bands, cultures, tags, time.

    python tests/bench/matching_quality.py FOLDER [FOLDER ...] [--processes 2]

Each FOLDER holds register.csv, truth.csv and persons.csv (or .csv.gz).
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from debrief_desk.identity.screening import screen

sys.path.insert(0, str(Path(__file__).parent))
from matching_samples import read_rows, record_of


def measure(folder: Path, processes: int) -> None:
    """Print the figures of one folder."""
    records = [record_of(row) for row in read_rows(folder, "register")]
    truth = {
        frozenset((r["id_a"], r["id_b"])): r["tags"].split("|") for r in read_rows(folder, "truth")
    }
    culture = {r["record_id"]: r["culture"] for r in read_rows(folder, "persons")}
    start = time.perf_counter()
    found = [
        (frozenset((p.id_a, p.id_b)), p.verdict.probability, p.verdict.band)
        for p in screen(records, processes=processes)
    ]
    seconds = time.perf_counter() - start
    found.sort(key=lambda pair: -pair[1])
    right = np.cumsum([pair in truth for pair, _, _ in found])
    precision, recall = right / np.arange(1, len(found) + 1), right / len(truth)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(f1.argmax())
    even = sum(p >= 0.5 for _, p, _ in found) - 1
    memory = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"\n{folder.name}: {len(records):,} records, {seconds:.1f} s, largest process {memory / 1e6:.2f} GB"
    )
    print(
        f"best F1 {f1[best]:.4f} (P {precision[best]:.4f} R {recall[best]:.4f}), at probability one half {f1[even]:.4f}"
    )
    print(f"recall where precision is 99 % {recall[precision >= 0.99].max(initial=0):.4f}")
    bands = Counter((band.value, pair in truth) for pair, _, band in found)
    print("bands (right, wrong):", {b: (bands[b, True], bands[b, False]) for b, _ in bands})
    taken = {pair for pair, _, _ in found[: best + 1]}
    tags: dict[str, list[bool]] = defaultdict(list)
    for pair, told in truth.items():
        for tag in told:
            tags[tag].append(pair in taken)
    print(
        "recall by tag:",
        "  ".join(
            f"{t} {np.mean(v):.3f}" for t, v in sorted(tags.items(), key=lambda i: np.mean(i[1]))
        ),
    )
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in truth:
        by[culture[min(pair)]]["found" if pair in taken else "missed"] += 1
    for pair in taken - truth.keys():
        by[culture[min(pair)]]["wrong"] += 1
    for name, c in sorted(by.items()):
        p = c["found"] / max(c["found"] + c["wrong"], 1)
        print(
            f"  {name:10} recall {c['found'] / max(c['found'] + c['missed'], 1):.3f} precision {p:.3f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    for one in asked.folders:
        measure(one, asked.processes)
