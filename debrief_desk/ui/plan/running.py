"""How does a planner run beside the window? In its own process, asked how far it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from debrief_desk.errors import DeskError
from debrief_desk.planning import ProposalRun

if TYPE_CHECKING:
    from debrief_desk.planning import RosterProblem

POLL_MS: Final = 100


class Planner(QObject):
    """One planning run at a time; the window never waits for it.

    Attributes:
        told: how far it is (a `Standing`).
        done: the offers, the least disturbing first (a tuple of `Offer`).
        failed: why there are none (a `DeskError`).
    """

    told = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[ProposalRun] = []
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._look)
        self.destroyed.connect(partial(_end, self._runs))

    @property
    def is_running(self) -> bool:
        """Say whether a plan is being made."""
        return bool(self._runs)

    def start(self, problem: RosterProblem, **options: Any) -> None:
        """Begin; whatever ran before is ended."""
        self.end()
        self._runs.append(ProposalRun(problem, "offers", **options))
        self._timer.start()

    def cancel(self) -> None:
        """Ask for the best so far; `done` comes with it."""
        for run in self._runs:
            run.cancel()

    def end(self) -> None:
        """End it without an answer; no process is left."""
        self._timer.stop()
        _end(self._runs)

    def _look(self) -> None:
        run = self._runs[0]
        try:
            standing = run.poll()
        except DeskError as error:
            self.end()
            self.failed.emit(error)
            return
        if run.result is not None:
            offers = run.result
            self.end()
            self.done.emit(offers)
        elif standing is not None:
            self.told.emit(standing)


def _end(runs: list[ProposalRun], *_gone: object) -> None:
    while runs:
        runs.pop().close()
