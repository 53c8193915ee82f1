"""Bulk screening: every pair worth showing in one register, or between two files."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.errors import Interrupted
from debrief_desk.identity.features import Features, layout, prepare
from debrief_desk.identity.pairing import candidate_pairs
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band, Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np

    from debrief_desk.identity.records import Record
    from debrief_desk.identity.verdicts import Thresholds, Verdict

    Array = np.ndarray[Any, Any]

_RECORDS: Final = 5_000  # a step of preparing
_PAIRS: Final = 40_000  # a step of weighing
_PREPARING: Final = 0.3  # share of the time, for the progress shown


@dataclass(slots=True)
class Register:
    """A register ready for screening: ids, texts and columns in the order of the records."""

    ids: list[str] = field(default_factory=list)
    shown: list[bytes] = field(default_factory=list)
    blocks: list[bytes] = field(default_factory=list)

    def take(self, many: list[tuple[str, bytes, bytes]]) -> None:
        """Add prepared records."""
        self.ids.extend(i for i, _, _ in many)
        self.shown.extend(s for _, _, s in many)
        self.blocks.append(b"".join(r for _, r, _ in many))

    def rows(self) -> Array:
        """Give the columns of all records as one table, and forget the pieces."""
        import numpy as np

        joined = b"".join(self.blocks)
        self.blocks.clear()
        return np.frombuffer(joined, dtype=layout())


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
    `progress` hears shares from 0 to 1. Raises Interrupted when `cancel` answers true.
    """
    tell = progress or (lambda _share: None)
    pool = ProcessPoolExecutor(processes) if processes > 1 else None
    try:
        register = Register()
        _fill(register, records, pool, cancel)
        split = len(register.ids) if against is not None else None
        if against is not None:
            _fill(register, against, pool, cancel)
        tell(_PREPARING / 2)
        rows = register.rows()
        if not len(rows):
            return
        scorer = Scorer(Statistics.of_rows(rows), thresholds=thresholds)
        pairs = candidate_pairs(rows, split)
        tell(_PREPARING)
        for start in range(0, len(pairs), _PAIRS):
            _stop_if(cancel)
            yield from _judge(register, rows, pairs[start : start + _PAIRS], scorer, at_least)
            tell(_PREPARING + (1 - _PREPARING) * min(1.0, (start + _PAIRS) / len(pairs)))
        tell(1.0)
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _fill(
    register: Register,
    records: Iterable[Record],
    pool: ProcessPoolExecutor | None,
    cancel: Callable[[], bool] | None,
) -> None:
    source = iter(records)
    steps = iter(lambda: list(islice(source, _RECORDS)), [])
    prepared = pool.map(_prepare_many, steps) if pool else map(_prepare_many, steps)
    for many in prepared:
        _stop_if(cancel)
        register.take(many)


def _prepare_many(records: list[Record]) -> list[tuple[str, bytes, bytes]]:
    made = [(record.id, prepare(record)) for record in records]
    return [(i, f.row, f.shown) for i, f in made]


def _judge(
    register: Register, rows: Array, pairs: Array, scorer: Scorer, at_least: Band
) -> Iterator[Pair]:
    """Weigh a step of pairs and give those worth showing."""
    a, b = rows[pairs[:, 0]], rows[pairs[:, 1]]
    kept = scorer.worth_showing(a, b, at_least)
    left = [Features(rows[i].tobytes(), register.shown[i]) for i in pairs[kept, 0].tolist()]
    right = [Features(rows[i].tobytes(), register.shown[i]) for i in pairs[kept, 1].tolist()]
    verdicts: list[Verdict] = scorer.verdicts(a[kept], b[kept], left, right) if len(left) else []
    for (i, j), verdict in zip(pairs[kept].tolist(), verdicts, strict=True):
        if verdict.band.rank >= at_least.rank:
            yield Pair(register.ids[i], register.ids[j], verdict)


def _stop_if(cancel: Callable[[], bool] | None) -> None:
    if cancel is not None and cancel():
        raise Interrupted
