"""One person against a register, as typed: recall, false rows, time.

    python tests/bench/matching_queries.py FOLDER

FOLDER holds register.csv, queries.csv and truth_queries.csv (or .csv.gz). The register is held in
memory here; the product keeps the same keys in its database.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from debrief_desk.identity.features import prepare
from debrief_desk.identity.keys import LONGEST, choose, probe_keys, table_keys
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Band

sys.path.insert(0, str(Path(__file__).parent))
from matching_samples import read_rows, read_sample, record_of


def main(folder: Path) -> None:
    """Print the figures for one folder."""
    sample = read_sample(folder)
    lists: dict[int, list[int]] = defaultdict(list)
    for at, keys in enumerate(table_keys(sample.rows).tolist()):
        for key in set(keys) - {0}:
            lists[key].append(at)
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(folder, "truth_queries"):
        wanted[row["id_a"]].add(row["id_b"])
    scorer = Scorer(sample.statistics)
    times: list[float] = []
    known: list[int] = []
    new: list[int] = []
    looked: list[int] = []
    found = 0
    for typed in [record_of(row) for row in read_rows(folder, "queries")]:
        start = time.perf_counter()
        query = prepare(typed)
        asked = {k: lists[k] for k in probe_keys(query) if 0 < len(lists.get(k, ())) <= LONGEST}
        near = choose(asked)
        shown = scorer.shortlist(query, [sample.features[i] for i in near])
        times.append((time.perf_counter() - start) * 1000)
        looked.append(len(near))
        best = max((v.band.rank for _, v in shown), default=0)
        if wanted[typed.id]:
            right = {near[i]: v for i, v in shown if sample.records[near[i]].id in wanted[typed.id]}
            known.append(max((v.band.rank for v in right.values()), default=0))
            found += any(sample.records[i].id in wanted[typed.id] for i in near)
        else:
            new.append(best)
    at_least = [
        sum(r >= b.rank for r in known) / len(known) for b in (Band.POSSIBLE, Band.PROBABLE)
    ]
    shown_new = [sum(r >= b.rank for r in new) / len(new) for b in (Band.POSSIBLE, Band.PROBABLE)]
    print(f"{folder.name}: {len(known)} known, {len(new)} new; candidates {np.mean(looked):.0f}")
    print(f"known among the candidates {found / len(known):.3f}")
    print(f"known with a right row possible or above {at_least[0]:.3f}, probable {at_least[1]:.3f}")
    print(f"new with a row possible or above {shown_new[0]:.3f}, probable {shown_new[1]:.3f}")
    print(
        "milliseconds: median {:.1f}, p95 {:.1f}, p99 {:.1f}".format(
            *np.percentile(times, [50, 95, 99])
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
