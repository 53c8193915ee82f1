"""Fits `resources/matching/weights.csv` on a training sample.

    python tests/bench/fit_weights.py FOLDER [--write]

FOLDER holds register.csv, queries.csv and the truth of both. Logistic regression by Newton's method
over the terms of `identity.comparison`, signs held (agreement never lowers, difference never
raises), no single code beyond CAPS, the prior of the register size as an offset. Of the pairs that
are plainly two people only a sample is read, each standing for those left out. Codes without
training data keep the weight given in BY_HAND.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from debrief_desk import paths
from debrief_desk.identity import comparison
from debrief_desk.identity.pairing import candidate_pairs
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Relation
from debrief_desk.identity.weights import Weight, Weights

sys.path.insert(0, str(Path(__file__).parent))
from matching_samples import Sample, packed, read_queries, read_sample

VERSION = 2
CODES = comparison.all_codes()
CODE_NAMES = [code for _, code in CODES]
COUNT = len(CODES)
BITS = np.log2(np.e)  # bits in one natural unit
AGREE = set(
    "part_within part_initial part_slip part_sound part_close part_canonical part_same part_weak part_joined "
    "first_agrees family_agrees name_complete birth_same birth_default_both birth_year_only birth_year_default birth_swapped "
    "birth_days_apart birth_digit birth_age_near reference_same reference_digits reference_slip band_same "
    "band_reissued band_look_alike band_slip event_same day_same day_next day_by_band sex_same country_same "
    "language_same".split()
)
ALIKE = set(
    "part_loose part_within part_initial part_slip part_sound part_close birth_default_both birth_year_only "
    "birth_year_default birth_swapped birth_days_apart birth_digit birth_disputed birth_loose_1_apart "
    "birth_loose_2_apart birth_part_slip birth_same_year "
    "birth_year_slip birth_day_and_month birth_calendar birth_calendar_default birth_solar_calendar "
    "birth_default_slip birth_age_near birth_age_2_apart birth_1_apart birth_2_apart "
    "reference_digits reference_slip band_look_alike band_slip day_next day_by_band country_confused "
    "name_extra_1 name_extra_2 first_alike first_extra order_turned band_elsewhere".split()
)
DIFFER = set(
    "part_loose name_differs_1 name_differs_2 name_differs_3 order_turned name_extra_1 name_extra_2 first_extra "
    "first_differs name_differs kin_pattern birth_age_5_apart birth_loose_5_apart birth_5_apart birth_8_apart birth_far "
    "reference_differs band_next band_same_boat band_differs event_differs day_same_week day_far "
    "day_not_by_band family_linked present_elsewhere "
    "sex_differs country_differs country_confused language_differs".split()
)
MISSING = {"name_missing", "band_elsewhere"}  # weigh nothing, whatever a sample says
FULL_AT = {  # bits of rarity from which agreement counts fully: on what everybody has says nothing
    **dict.fromkeys(
        "part_slip part_sound part_close part_canonical part_same part_weak part_within part_joined "
        "birth_same birth_default_both birth_year_only day_same day_by_band event_same sex_same "
        "country_same band_same".split(),
        5.0,
    ),
    "first_agrees": 5.0,
    "name_complete": 12.0,
}
NEVER_ABOVE = {  # more difference never weighs less
    "name_differs_3": "name_differs_2",
    "name_extra_2": "name_extra_1",
    "birth_8_apart": "birth_5_apart",
    "birth_far": "birth_8_apart",
}
OTHERS = {  # share of any value not listed: of a name part, a birth, an event of a busy month, ...
    "n:": 0.0002, "r:": 0.0005, "y:": 0.01, "j:": 0.003, "m:": 0.0025, "c:": 0.03, "l:": 0.03,
    "e:": 0.02, "a:": 0.04, "b:": 0.00005, "s:": 0.4,
}  # fmt: skip
BY_HAND = {
    "band_reissued": (9.0, 0.0),
    "band_look_alike": (5.0, 0.0),
    "birth_age_near": (0.3, 0.3),
    "birth_age_2_apart": (-0.6, 0.0),  # ages are guessed on the beach
    "birth_age_5_apart": (-3.5, 0.0),
    "reference_digits": (6.0, 0.0),
    "language_same": (0.3, 0.0),
    "language_differs": (-0.4, 0.0),
    "first_alike": (0.0, 0.0),
    "family_linked": (-6.0, 0.0),
    "present_elsewhere": (-6.0, 0.0),
}
CAPS = (-9.0, 14.0)  # bits: no field decides alone
CAPPED = {"band_next": -6.0, "day_not_by_band": -4.0}  # slips are likelier in life than in a sample
NEAR = -9.0  # bits below which the shipped weights call a pair plainly two people
ONE_IN = 12  # so many of those are left out for each that is read


def design(sample: Sample, pairs: np.ndarray, chunk: int = 50_000) -> np.ndarray:
    """Give the terms of each pair as columns: how often each code, then its rarity in bits."""
    column = {code: at for at, (_, code) in enumerate(CODES)}
    out = np.zeros((len(pairs), 2 * COUNT), dtype=np.float32)
    for start in range(0, len(pairs), chunk):
        some = pairs[start : start + chunk]
        for term in comparison.compare(
            sample.rows[some[:, 0]], sample.rows[some[:, 1]], sample.statistics
        ):
            at = np.flatnonzero(term.index)
            where = np.array([0, *(column[c] for c in term.codes[1:])])[term.index[at]]
            full_at = np.array([FULL_AT.get(c, 0.0) for c in term.codes])[term.index[at]]
            part = np.minimum(term.rarity[at] / np.maximum(full_at, 1e-9), 1.0)
            share = np.where(full_at > 0, part, 1.0)
            np.add.at(out, (start + at, where), share)
            np.add.at(out, (start + at, where + COUNT), term.rarity[at])
    return out


def bounds() -> tuple[np.ndarray, np.ndarray]:
    """Give the lowest and highest value each weight may take, in natural log odds."""
    low = np.full(2 * COUNT, CAPS[0] / BITS)
    high = np.full(2 * COUNT, CAPS[1] / BITS)
    low[COUNT:] = 0
    for at, (_, code) in enumerate(CODES):
        if code in AGREE:
            low[at] = 0
        if code in DIFFER:
            low[at] = max(low[at], CAPPED.get(code, CAPS[0]) / BITS)
            high[at] = high[COUNT + at] = 0
        if code in MISSING or code in BY_HAND:
            low[at] = high[at] = high[COUNT + at] = 0
    return low, high


class Training(NamedTuple):
    """Terms of pairs as columns, which pairs are one person, and for how many each stands."""

    x: np.ndarray
    y: np.ndarray
    stands_for: np.ndarray


def training(sample: Sample, pairs: np.ndarray) -> Training:
    """Give what to learn from these candidate pairs of a sample."""
    same = np.isin(packed(pairs), packed(sample.truth))
    near = same | (bits_of(sample, pairs) > NEAR)
    read = near | (np.random.default_rng(1).random(len(pairs)) < 1 / ONE_IN)
    return Training(
        design(sample, pairs[read]).astype(float),
        same[read].astype(float),
        np.where(near[read], 1.0, ONE_IN),
    )


def bits_of(sample: Sample, pairs: np.ndarray, chunk: int = 50_000) -> np.ndarray:
    """Give what the shipped weights say of each pair."""
    scorer, rows = Scorer(sample.statistics), sample.rows
    parts = [pairs[start : start + chunk] for start in range(0, len(pairs), chunk)]
    said = [scorer.bits(rows[part[:, 0]], rows[part[:, 1]]) for part in parts]
    return np.concatenate([np.zeros(0), *said])


def fit(seen: Training, offset: float, penalty: float = 0.1) -> np.ndarray:
    """Give the weights (natural log odds) that make `seen.y` likeliest within `bounds`."""
    low, high = bounds()
    x, y, stands_for = seen
    weights = np.clip(np.zeros(x.shape[1]), low, high)
    unused = np.abs(x).sum(axis=0) == 0

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ at + offset
        missed = stands_for * (np.logaddexp(0, odds) - y * odds)
        return float(missed.sum() + penalty / 2 * at @ at), odds

    best, odds = loss(weights)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        slope = x.T @ (stands_for * (chance - y)) + penalty * weights
        scaled = x * np.sqrt(stands_for * chance * (1 - chance))[:, None]
        curve = scaled.T @ scaled + penalty * np.eye(len(weights))
        held = unused | ((weights <= low) & (slope > 0)) | ((weights >= high) & (slope < 0))
        free = np.flatnonzero(~held)
        step = np.zeros(len(weights))
        step[free] = -np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        size = 1.0
        while size > 1e-4:
            tried = np.clip(weights + size * step, low, high)
            value, tried_odds = loss(tried)
            if value < best:
                break
            size /= 2
        else:
            return weights
        done = best - value < 1e-3
        weights, best, odds = tried, value, tried_odds
        if done:
            return weights
    return weights


def write(weights: np.ndarray, path: Path) -> None:
    """Write the table, weights in bits."""
    bits = weights * BITS
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["code", "field", "relation", "base", "per_bit", "full_at"])
        table.writerow(["version", "", "missing", VERSION, 0, 0])
        for at, (field, code) in enumerate(CODES):
            base, per_bit = BY_HAND.get(code, (bits[at], bits[COUNT + at]))
            if code in NEVER_ABOVE:
                base = min(base, bits[CODE_NAMES.index(NEVER_ABOVE[code])])
            full_at = FULL_AT.get(code, 0)
            table.writerow([code, field, relation(code), f"{base:.2f}", f"{per_bit:.3f}", full_at])


def as_weights(found: np.ndarray) -> Weights:
    """Give fitted weights as the scorer takes them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.csv"
        write(found, path)
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    return Weights(
        "fitted",
        {
            row["code"]: Weight(
                row["field"],
                Relation(row["relation"]),
                float(row["base"]),
                float(row["per_bit"]),
                float(row["full_at"]),
            )
            for row in rows
        },
    )


def write_common(sample: Sample, path: Path) -> None:
    """Write the shares of common terms, for registers still too small to know them."""
    rows = sample.rows
    columns = {
        "n:": (rows["part"].ravel(), 0.002),
        "y:": (rows["year"], 0.005),
        "j:": (np.where((rows["month"] == 1) & (rows["day"] == 1), rows["year"], 0), 0.005),
        "m:": (rows["month"] * 100 + rows["day"].astype(int), 0.01),
    }
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["term", "share"])
        table.writerows(OTHERS.items())
        for prefix, (column, least) in columns.items():
            values, counts = np.unique(column, return_counts=True)
            for value, count in zip(values.tolist(), counts.tolist(), strict=True):
                text = value.decode() if isinstance(value, bytes) else str(value or "")
                if text and count >= least * len(rows):
                    table.writerow([prefix + text, f"{count / len(rows):.4f}"])


def relation(code: str) -> str:
    """Give how a code is told to the user."""
    if code in MISSING:
        return "missing"
    if code in ALIKE:
        return "alike"
    return "agree" if code in AGREE else "differ"


def main() -> None:
    """Fit, print the table and, when asked, write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sample = read_sample(asked.folder)
    asked_for = read_queries(asked.folder, sample)
    split = len(sample.rows)
    seen = [
        training(sample, candidate_pairs(sample.rows)),
        training(asked_for, candidate_pairs(asked_for.rows, split)),
    ]
    joined = Training(*(np.concatenate(columns) for columns in zip(*seen, strict=True)))
    weights = fit(joined, sample.statistics.prior / BITS)
    path = paths.resources() / "matching" / "weights.csv" if asked.write else Path("/dev/stdout")
    write(weights, path)
    if asked.write:
        write_common(sample, path.with_name("common.csv"))


if __name__ == "__main__":
    main()
