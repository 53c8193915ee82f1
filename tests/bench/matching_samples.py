"""Reads the matcher's sample sets (register, queries, truth) for benchmarks and fitting."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from debrief_desk.identity.features import Features, prepare, table
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.statistics import Statistics

if TYPE_CHECKING:
    from pathlib import Path


class Sample(NamedTuple):
    """One register: records, their features and table, statistics, true pairs as row numbers."""

    records: list[Record]
    features: list[Features]
    rows: np.ndarray
    statistics: Statistics
    truth: np.ndarray
    tags: list[frozenset[str]]


def read_rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Give the rows of `name`.csv or `name`.csv.gz."""
    plain = folder / f"{name}.csv"
    data = (
        plain.read_bytes()
        if plain.exists()
        else gzip.decompress((folder / f"{name}.csv.gz").read_bytes())
    )
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def record_of(row: dict[str, str]) -> Record:
    """Give the record of one row of the columns of a register."""
    numbers = [int(n) for n in row["dob"].split("-")] if row["dob"] else []
    return Record(
        id=row["record_id"],
        agency=row["agency"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        native_name=row["native_name"],
        sex=row["sex"],
        born=Birth(*numbers) if numbers else None,
        nationality=row["nationality"],
        references=(Reference(row["reference"]),) if row["reference"] else (),
        bands=(row["wristband"],) if row["wristband"] else (),
        event=row["event_ref"],
        event_day=date.fromisoformat(row["arrival_date"]) if row["arrival_date"] else None,
    )


def read_sample(folder: Path, name: str = "register", truth: str = "truth") -> Sample:
    """Give a register with its truth; true pairs are (smaller row, larger row), sorted."""
    records = [record_of(row) for row in read_rows(folder, name)]
    features = [prepare(record) for record in records]
    place = {record.id: at for at, record in enumerate(records)}
    pairs = {
        (min(place[t["id_a"]], place[t["id_b"]]), max(place[t["id_a"]], place[t["id_b"]])): t[
            "tags"
        ]
        for t in read_rows(folder, truth)
    }
    ordered = sorted(pairs)
    return Sample(
        records,
        features,
        table(features),
        Statistics.of(features),
        np.array(ordered, dtype=np.int64).reshape(-1, 2),
        [frozenset(pairs[p].split("|")) for p in ordered],
    )


def read_queries(folder: Path, register: Sample) -> Sample:
    """Give a register with its queries behind it; its truth pairs them with the register."""
    typed = [record_of(row) for row in read_rows(folder, "queries")]
    features = [prepare(record) for record in typed]
    records = [*register.records, *typed]
    place = {record.id: at for at, record in enumerate(records)}
    pairs = {
        (place[t["id_b"]], place[t["id_a"]]): t["tags"] for t in read_rows(folder, "truth_queries")
    }
    ordered = sorted(pairs)
    return Sample(
        records,
        [*register.features, *features],
        np.concatenate([register.rows, table(features)]),
        register.statistics,
        np.array(ordered, dtype=np.int64).reshape(-1, 2),
        [frozenset(pairs[p].split("|")) for p in ordered],
    )


def packed(pairs: np.ndarray) -> np.ndarray:
    """Give one number a pair, for set operations."""
    return pairs[:, 0] << 32 | pairs[:, 1]
