"""Bulk screening: every pair worth showing in one register, or between two files."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.errors import Interrupted
from debrief_desk.identity.features import layout, prepare
from debrief_desk.identity.pairing import file_rows
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band, Pair
from debrief_desk.identity.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np

    from debrief_desk.identity.pairing import Postings
    from debrief_desk.identity.records import Record
    from debrief_desk.identity.verdicts import Thresholds, Verdict

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_RECORDS: Final = 5_000  # a step of preparing
_PAIRS: Final = 300_000  # a step of weighing, pairs counted once for each key they share
_AT_ONCE: Final = 40_000  # pairs weighed at once: their columns stay in the processor's cache
_PREPARING: Final = 0.3  # share of the time, for the progress shown


def screen(
    records: Iterable[Record],
    against: Iterable[Record] | None = None,
    *,
    at_least: Band = Band.POSSIBLE,
    thresholds: Thresholds | None = None,
    progress: Callable[[float], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    processes: int = 1,
) -> Iterator[Pair]:
    """Give the pairs in band `at_least` or above, in the order of the records.

    Pairs are of one record of `records` and a later one, or one of `against` where it is given.
    Their evidence carries no texts and leaves out what is missing: `Scorer.compare` tells all.
    `progress` hears shares from 0 to 1. Raises Interrupted when `cancel` answers true. With
    `processes` above 1, that many others compute, and the order and the pairs stay the same.
    """
    tell = progress or (lambda _share: None)
    ids: list[str] = []
    blocks: list[bytes] = []
    with Workers(processes) as workers:
        _fill(ids, blocks, records, workers, cancel)
        split = len(ids) if against is not None else None
        _fill(ids, blocks, against or (), workers, cancel)
        tell(_PREPARING / 2)
        rows = _table(blocks)
        if not len(rows):
            return
        filed = file_rows(rows)
        statistics = Statistics.of_rows(rows)
        tell(_PREPARING)
        steps = filed.blocks(_PAIRS)
        shared = (rows, filed.owner, filed.end, filed.by_row, filed.first)
        judged = workers.over(
            partial(_judge_block, split=split, at_least=at_least, thresholds=thresholds),
            statistics, shared, steps,
        )  # fmt: skip
        for done, found in enumerate(judged, start=1):
            _stop_if(cancel)
            for i, j, verdict in found:
                yield Pair(ids[i], ids[j], verdict)
            tell(_PREPARING + (1 - _PREPARING) * done / len(steps))
    tell(1.0)


def _fill(
    ids: list[str],
    blocks: list[bytes],
    records: Iterable[Record],
    workers: Workers,
    cancel: Callable[[], bool] | None,
) -> None:
    """Prepare records step by step; add their ids and their rows."""
    source = iter(records)
    steps = iter(lambda: list(islice(source, _RECORDS)), [])
    for some_ids, rows in workers.map(_prepare_many, steps):
        _stop_if(cancel)
        ids.extend(some_ids)
        blocks.append(rows)


def _prepare_many(records: list[Record]) -> tuple[list[str], bytes]:
    return [r.id for r in records], b"".join(prepare(r).row for r in records)


def _table(blocks: list[bytes]) -> Array:
    """Join rows to one table, and forget the pieces."""
    joined = b"".join(blocks)
    blocks.clear()
    return np.frombuffer(joined, dtype=layout())


def _judge_block(
    statistics: Statistics,
    arrays: tuple[Array, ...],
    block: tuple[int, int],
    *,
    split: int | None,
    at_least: Band,
    thresholds: Thresholds | None,
) -> list[tuple[int, int, Verdict]]:
    """Weigh the pairs of a run of rows and give those worth showing."""
    from debrief_desk.identity.pairing import Postings

    rows, *filed = arrays
    postings: Postings = Postings(*filed)
    scorer = Scorer(statistics, thresholds=thresholds)
    pairs = postings.pairs(*block, split)
    found: list[tuple[int, int, Verdict]] = []
    for start in range(0, len(pairs), _AT_ONCE):
        found += _judge(scorer, rows, pairs[start : start + _AT_ONCE], at_least)
    return found


def _judge(
    scorer: Scorer, rows: Array, pairs: Array, at_least: Band
) -> Iterator[tuple[int, int, Verdict]]:
    order = rows["order"]
    turned = order[pairs[:, 0]] > order[pairs[:, 1]]  # in the order `Scorer` compares them
    first = np.where(turned, pairs[:, 1], pairs[:, 0])
    second = np.where(turned, pairs[:, 0], pairs[:, 1])
    for at, verdict in scorer.judge(rows[first], rows[second], at_least=at_least):
        yield int(pairs[at, 0]), int(pairs[at, 1]), verdict


def _stop_if(cancel: Callable[[], bool] | None) -> None:
    if cancel is not None and cancel():
        raise Interrupted
