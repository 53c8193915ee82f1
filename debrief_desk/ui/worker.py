"""The gate carried to the window: one thread writes, one reads, results come to the GUI thread.

`send` runs an action on the thread its kind needs. Results come back by one queued signal, so no
screen ever waits, and no screen ever touches the database. A `key` makes the newest request win.
SQLAlchemy is imported by these threads, after the window's first paint.
"""

from __future__ import annotations

import itertools
import logging
import queue
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from debrief_desk.errors import DeskError, Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from debrief_desk.desk import Desk

_log = logging.getLogger(__name__)
_STOP_SECONDS = 5.0
_SWITCH_SECONDS = 0.0001  # a check while typing waits for the import at every row it reads
SOON, USUAL, LATER = 0, 5, 9


@dataclass(eq=False, slots=True)
class Job:
    """One request: what to run, and whom to tell on the GUI thread."""

    work: Callable[[Job], Any]
    then: Callable[[Any], None]
    failed: Callable[[DeskError], None] | None = None
    progress: Callable[[int, int], None] | None = None
    key: str = ""
    cancelled: bool = False
    token: Any = None
    done: bool = False
    era: int = 0

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is kept, and nobody hears of it but `failed`."""
        self.cancelled = True
        if self.token is not None:
            self.token.cancel()


@dataclass(order=True, slots=True)
class _Queued:
    priority: int
    number: int
    job: Job | None = field(compare=False)


class _Thread(threading.Thread):
    """One thread with its queue; jobs of equal priority run in the order they came."""

    def __init__(self, name: str, deliver: Callable[[Job, Any], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._jobs: queue.PriorityQueue[_Queued] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._deliver = deliver

    def put(self, job: Job | None, priority: int) -> None:
        """Queue a job; None ends the thread after what was queued before it."""
        self._jobs.put(_Queued(priority, next(self._numbers), job))

    def run(self) -> None:
        """Run jobs until told to stop."""
        while (job := self._jobs.get().job) is not None:
            if job.cancelled:
                self._deliver(job, Interrupted())
                continue
            try:
                result = job.work(job)
            except Exception as error:  # noqa: BLE001 - every failure is shown, none ends the thread
                result = error
            self._deliver(job, result)


class Worker(QObject):
    """Runs actions of one desk for the windows.

    Attributes:
        changed: names of the tables a write touched (frozenset).
        crashed: an exception that is a fault of the program.
        idle: nothing is queued or running.
        opened: a desk was opened or created.
    """

    changed = Signal(object)
    crashed = Signal(object)
    idle = Signal()
    opened = Signal()
    _finished = Signal(object, object)
    _told = Signal(object, int, int)

    def __init__(
        self, parent: QObject | None = None, *, now: Callable[[], datetime] | None = None
    ) -> None:
        """`now` is a clock that was set, for a demonstration or a test; None is the real one."""
        super().__init__(parent)
        self.now = now
        self.desk: Desk | None = None
        self._waiting = 0
        self._era = 0
        self._newest: dict[str, Job] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._writer = _Thread("desk-writer", self._finished.emit)
        self._reader = _Thread("desk-reader", self._finished.emit)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._writer.start()
        self._reader.start()

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is queued or running."""
        return self._waiting == 0

    def send(
        self,
        action: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        key: str = "",
        priority: int = USUAL,
    ) -> Job:
        """Run an action on the thread it needs; `then` gets its result on the GUI thread."""

        def work(job: Job) -> Any:
            from debrief_desk.desk import Token

            job.token = Token()
            if job.cancelled:
                raise Interrupted
            report = None if progress is None else self._reporter(job)
            return self._open_desk().run(job.token, report, action, *arguments)

        job = Job(work, then, failed, progress, key)
        needs = getattr(action, "needs", None)
        thread = self._writer if needs is not None and needs.writes else self._reader
        return self._queue(thread, job, priority)

    def do(
        self,
        work: Callable[[], Any],
        *,
        then: Callable[[Any], None],
        failed: Callable[[DeskError], None] | None = None,
    ) -> Job:
        """Run something that is no action (opening, creating, a backup) on the writing thread."""
        return self._queue(self._writer, Job(lambda _job: work(), then, failed), SOON)

    def open(
        self,
        path: Path,
        name: str,
        password: str,
        *,
        then: Callable[[Desk], None],
        failed: Callable[[DeskError], None],
    ) -> Job:
        """Open a desk; this is where SQLAlchemy is imported."""

        def work() -> Desk:
            from debrief_desk.desk import Desk, wall_clock

            return Desk.open(path, name, password, now=self.now or wall_clock)

        return self.do(work, then=lambda desk: then(self.adopt(desk)), failed=failed)

    def adopt(self, desk: Desk) -> Desk:
        """Work on this desk from now on; the one before is closed."""
        before, self.desk = self.desk, desk
        if before is not None:
            before.close()
        desk.listen(self.changed.emit)
        self.opened.emit()
        return desk

    def leave(self) -> None:
        """Close the desk: lock, sign out, or the end of the program. Waits for what is running.

        Nobody hears of what was asked before: the pages that asked are gone.
        """
        desk, self.desk = self.desk, None
        if desk is not None:
            self._era += 1
            desk.interrupt()
            self.do(desk.close, then=lambda _done: None)

    def stop(self) -> None:
        """End both threads; what was queued is finished first."""
        self.leave()
        for thread in (self._writer, self._reader):
            thread.put(None, LATER + 1)
        for thread in (self._reader, self._writer):
            thread.join(_STOP_SECONDS)
            if thread.is_alive():
                _log.error("a desk thread did not end")

    def _open_desk(self) -> Desk:
        if self.desk is None:
            raise Interrupted
        return self.desk

    def _reporter(self, job: Job) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            self._told.emit(job, done, total)

        return report

    def _queue(self, thread: _Thread, job: Job, priority: int) -> Job:
        if job.key:
            before = self._newest.get(job.key)
            if before is not None and not before.done:
                before.cancel()
            self._newest[job.key] = job
        job.era = self._era
        self._waiting += 1
        thread.put(job, priority)
        return job

    @Slot(object, object)
    def _deliver(self, job: Job, result: Any) -> None:
        job.done = True
        self._waiting -= 1
        superseded = bool(job.key) and self._newest.get(job.key) is not job
        if job.era != self._era:
            if isinstance(result, Exception) and not isinstance(result, DeskError):
                _log.error("an action failed", exc_info=result)
        elif isinstance(result, Interrupted) and not superseded and job.failed is not None:
            job.failed(result)
        elif isinstance(result, DeskError):
            if not superseded and job.failed is not None:
                job.failed(result)
            elif not superseded and not job.cancelled:
                self.crashed.emit(result)
        elif isinstance(result, Exception):
            _log.error("an action failed", exc_info=result)
            self.crashed.emit(result)
        elif not job.cancelled and not superseded:
            job.then(result)
        if self._waiting == 0:
            self.idle.emit()

    @Slot(object, int, int)
    def _tell(self, job: Job, done: int, total: int) -> None:
        if job.progress is not None and not (job.cancelled or job.done) and job.era == self._era:
            job.progress(done, total)


class InlineWorker(Worker):
    """Runs every action at once, on the caller's thread: for tests of screens."""

    def _queue(self, thread: _Thread, job: Job, priority: int) -> Job:  # noqa: ARG002 - as Worker
        if job.key:
            self._newest[job.key] = job
        job.era = self._era
        self._waiting += 1
        try:
            result = job.work(job)
        except Exception as error:  # noqa: BLE001 - as the thread does
            result = error
        self._deliver(job, result)
        return job
