"""Who goes first: a long write gives way to whoever reads, between its steps.

Both run in one interpreter. Without this, a check while typing shares it with an import and takes
twice as long and more; the import can wait a few hundredths of a second, the person typing cannot.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 0.25  # seconds a write waits at once, so that a long list does not hold it up
RECENT: Final = 2.0  # seconds after a read in which the next one is expected


class Turns:
    """The reads going on now, and the wait of the write for them."""

    def __init__(self) -> None:
        self._reads = 0
        self._lock = threading.Lock()
        self._free = threading.Event()
        self._free.set()
        self._owed = 0.0
        self._expected_until = 0.0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the write up while this lasts."""
        with self._lock:
            self._reads += 1
            self._free.clear()
        try:
            yield
        finally:
            with self._lock:
                self._reads -= 1
                self._expected_until = time.monotonic() + RECENT
                if not self._reads:
                    self._free.set()

    def give_way(self) -> bool:
        """Wait until nobody reads; says whether somebody reads now or will soon read again.

        After a wait the write works on for as long as it took: somebody who reads without a pause
        takes half of the time and no more.
        """
        begun = time.monotonic()
        if self._free.is_set():
            return begun < self._expected_until
        if begun >= self._owed:
            self._free.wait(LONGEST)
            ended = time.monotonic()
            self._owed = ended + (ended - begun)
        return True
