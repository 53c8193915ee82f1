"""Planning in a process of its own, so that a window never waits for it.

The process is started afresh (spawn, as on Windows and macOS), gets the problem and never opens a
desk. One pipe carries everything: standings and the result come back, a word to stop goes out; a
parent that is gone stops it too. A frozen program calls `multiprocessing.freeze_support()` first.
"""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from debrief_desk import errors

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from debrief_desk.planning.alternatives import Offer
    from debrief_desk.planning.proposals import RosterProposal
    from debrief_desk.planning.roster import RosterProblem
    from debrief_desk.planning.search import Standing

EVERY_S: Final = 0.2
ENDING_S: Final = 2.0
Task = Literal["propose", "offers"]


class ProposalRun:
    """One run of `propose` (or `offers`) elsewhere, started at once.

    Call `poll` now and then; when `result` is there, the run is over. Use as a context manager or
    call `close`: afterwards no process is left. `options` are those of the function that runs.
    """

    def __init__(self, problem: RosterProblem, task: Task = "propose", **options: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, problem, task, options), daemon=True
        )
        self._process.start()
        theirs.close()
        self.result: RosterProposal | tuple[Offer, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def poll(self, wait_s: float = 0.0) -> Standing | None:
        """Take in what has arrived, waiting up to `wait_s`, and give the newest standing.

        Raises:
            DeskError: the process ended without an answer (code `planner-ended`), or the run was
                refused (the error it raised there).
        """
        newest: Standing | None = None
        try:
            while self.result is None and self._pipe.poll(wait_s):
                kind, value = self._pipe.recv()
                if kind == "error":
                    raise value
                if kind == "result":
                    self.result = value
                else:
                    newest = value
                wait_s = 0.0
        except (EOFError, OSError):
            raise errors.DeskError("planner-ended") from None
        return newest

    def wait(self) -> RosterProposal | tuple[Offer, ...]:
        """Poll until the result is there and give it."""
        while self.result is None:
            self.poll(EVERY_S)
        return self.result

    def cancel(self) -> None:
        """Ask for the best plan so far; the result arrives with the next polls."""
        try:
            self._pipe.send("stop")
        except OSError:
            return  # the process is gone: the next poll says so, or its result is already here

    def close(self) -> None:
        """End the process, gently first, and leave nothing behind."""
        self._pipe.close()
        self._process.join(ENDING_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def work(pipe: Connection, problem: RosterProblem, task: Task, options: dict[str, Any]) -> None:
    """Run a task in the new process; whatever arrives on the pipe, its end included, stops it."""
    from debrief_desk.planning.alternatives import offers
    from debrief_desk.planning.proposals import propose

    said = time.monotonic() - EVERY_S

    def progress(standing: Standing) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY_S:
            said = time.monotonic()
            pipe.send(("standing", standing))

    run = offers if task == "offers" else propose
    try:
        answer = run(problem, progress=progress, cancel=pipe.poll, **options)
        pipe.send(("result", answer))
    except errors.DeskError as error:
        pipe.send(("error", error))
    except OSError:
        return  # the parent closed its end: nobody waits for an answer
