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


class Turns:
    """The reads going on now, and the wait of the write for them."""

    def __init__(self) -> None:
        self._reads = 0
        self._lock = threading.Lock()
        self._free = threading.Event()
        self._free.set()
        self._owed = 0.0

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
                if not self._reads:
                    self._free.set()

    def give_way(self) -> None:
        """Wait until nobody reads; after a wait, work on for as long as it took.

        Somebody who reads without a pause therefore takes half of the time and no more.
        """
        if self._free.is_set() or time.monotonic() < self._owed:
            return
        begun = time.monotonic()
        self._free.wait(LONGEST)
        ended = time.monotonic()
        self._owed = ended + (ended - begun)
