"""The small tables that ship with the matcher, in `resources/matching/`, read once."""

from __future__ import annotations

import csv
from functools import cache

from debrief_desk import paths


@cache
def word_kinds() -> dict[str, str]:
    """Map romanised words that are no ordinary name to filler, title, particle or weak."""
    return {row["word"]: row["kind"] for row in _rows("words.csv")}


@cache
def word_meanings() -> dict[str, str]:
    """Map a short or variant word to the word it stands for."""
    return {row["word"]: row["stands_for"] for row in _rows("words.csv") if row["stands_for"]}


@cache
def country_codes() -> dict[str, str]:
    """Map countries and adjectives, casefolded and as typed by agencies, to a three-letter code."""
    codes: dict[str, str] = {}
    for row in _rows("countries.csv"):
        for word in (row["code"], *row["words"].split("|")):
            codes[word.casefold()] = row["code"]
    return codes


@cache
def confused_countries() -> frozenset[tuple[str, str]]:
    """Give pairs of codes often claimed or recorded for one another, in both orders."""
    pairs: set[tuple[str, str]] = set()
    for row in _rows("countries.csv"):
        for other in row["confused_with"].split():
            pairs |= {(row["code"], other), (other, row["code"])}
    return frozenset(pairs)


@cache
def common_shares() -> dict[str, float]:
    """Map terms of `statistics` to their share (0..1) among arrivals, for registers still small.

    A bare prefix ("n:") holds the share of any value that is not listed.
    """
    return {row["term"]: float(row["share"]) for row in _rows("common.csv")}


@cache
def weight_rows() -> tuple[dict[str, str], ...]:
    """Give the rows of the weights table: code, field, relation, base, per_bit, full_at."""
    return tuple(_rows("weights.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    path = paths.resources() / "matching" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
