"""Names never seen in training: weights fitted without them, measured on them alone.

    python tests/bench/matching_new_names.py TRAINING MEASURED [MEASURED ...]

A third of all name parts, by a hash of the canonical spelling, is new. The weights are fitted on
pairs of which neither record has a new part. Measured are the pairs of records whose every telling
part is new, each with everybody in its register: as many strangers stand against each true pair as
in the whole. Beside it stand the shipped weights, which have seen these names, on the same pairs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from debrief_desk.identity import alignment
from debrief_desk.identity.pairing import candidate_pairs
from debrief_desk.identity.scoring import Scorer

if TYPE_CHECKING:
    from debrief_desk.identity.weights import Weights

sys.path.insert(0, str(Path(__file__).parent))
import fit_weights
from matching_samples import Sample, packed, read_sample


def old_and_new(sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Tell which records have no new part, and which have no other."""
    telling = alignment.telling_parts(sample.rows)
    new = sample.rows["word"] % 3 == 1
    named = telling.any(axis=1)
    return named & ~(telling & new).any(axis=1), named & ~(telling & ~new).any(axis=1)


def fitted(sample: Sample) -> Weights:
    """Give the weights of the pairs without any new part."""
    seen, _new = old_and_new(sample)
    pairs = candidate_pairs(sample.rows)
    pairs = pairs[seen[pairs[:, 0]] & seen[pairs[:, 1]]]
    found = fit_weights.fit(
        fit_weights.training(sample, pairs), sample.statistics.prior / fit_weights.BITS
    )
    return fit_weights.as_weights(found)


def measure(name: str, sample: Sample, weights: Weights | None, step: int = 50_000) -> None:
    """Print the figures on the new names of one sample."""
    _seen, new = old_and_new(sample)
    pairs = candidate_pairs(sample.rows)
    pairs = pairs[new[pairs[:, 0]] | new[pairs[:, 1]]]
    truth = sample.truth[new[sample.truth[:, 0]] | new[sample.truth[:, 1]]]
    scorer, rows = Scorer(sample.statistics, weights), sample.rows
    parts = [pairs[at : at + step] for at in range(0, len(pairs), step)]
    bits = np.concatenate([scorer.bits(rows[part[:, 0]], rows[part[:, 1]]) for part in parts])
    order = np.argsort(-bits, kind="stable")
    right = np.cumsum(np.isin(packed(pairs[order]), packed(truth)))
    rank = np.arange(1, len(order) + 1)
    f1 = 2 * right / (rank + len(truth))
    at_99 = (right / len(truth))[right / rank >= 0.99].max(initial=0)
    even = int((bits > 0).sum()) - 1
    print(
        f"{name}: {int(new.sum()):,} records of new names only, {len(truth):,} true pairs: "
        f"best F1 {f1.max():.4f}, at even odds {f1[even]:.4f}, recall at 99 % {at_99:.4f}",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path)
    parser.add_argument("measured", type=Path, nargs="+")
    asked = parser.parse_args()
    learnt = fitted(read_sample(asked.training))
    for folder in asked.measured:
        register = read_sample(folder)
        measure(folder.name, register, learnt)
        measure(f"{folder.name}, shipped weights", register, None)
