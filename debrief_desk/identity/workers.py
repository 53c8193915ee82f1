"""Other processes for bulk work, with large tables in memory that all of them see."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.shared_memory import SharedMemory
    from types import TracebackType

    import numpy as np

    Array = np.ndarray[Any, Any]
    Described = tuple[str, Any, int]
else:
    from debrief_desk.identity import arrays as np

In = TypeVar("In")
Out = TypeVar("Out")

_AHEAD: Final = 2  # tasks waiting for each process
_there: dict[str, Any] = {}  # in a worker: what all its tasks share


class Workers:
    """Runs tasks in `processes` processes, in this one where that is 1; results keep order."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pools: list[ProcessPoolExecutor] = []
        self._shared: list[SharedMemory] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)
        for memory in self._shared:
            memory.close()
            memory.unlink()

    def map(self, task: Callable[[In], Out], inputs: Iterable[In]) -> Iterator[Out]:
        """Give `task(input)` for each input, never far ahead of who takes the results."""
        if self._processes == 1:
            yield from map(task, inputs)
            return
        yield from self._run(self._pool(), task, inputs)

    def over(
        self,
        task: Callable[[Any, tuple[Array, ...], In], Out],
        small: object,
        arrays: tuple[Array, ...],
        inputs: Iterable[In],
    ) -> Iterator[Out]:
        """Give `task(small, arrays, input)` for each input; the arrays are not copied around."""
        if self._processes == 1:
            for each in inputs:
                yield task(small, arrays, each)
            return
        described = [self._share(array) for array in arrays]
        pool = self._pool(_begin, (task, small, described))
        yield from self._run(pool, _do, inputs)

    def _pool(
        self, begin: Callable[..., None] | None = None, told: tuple[Any, ...] = ()
    ) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        for pool in self._pools:
            pool.shutdown(cancel_futures=True)
        context = get_context("spawn")  # a fork would copy the locks of a running window
        made = ProcessPoolExecutor(self._processes, context, begin, told)
        self._pools = [made]
        return made

    def _run(
        self, pool: ProcessPoolExecutor, task: Callable[[In], Out], inputs: Iterable[In]
    ) -> Iterator[Out]:
        source = iter(inputs)
        waiting: deque[Future[Out]] = deque(
            pool.submit(task, each) for each in islice(source, self._processes * _AHEAD)
        )
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(task, each) for each in islice(source, 1))
            yield result

    def _share(self, array: Array) -> Described:
        from multiprocessing.shared_memory import SharedMemory

        memory = SharedMemory(create=True, size=max(1, array.nbytes))
        self._shared.append(memory)
        view: Array = np.ndarray(array.shape, array.dtype, buffer=memory.buf)
        view[:] = array
        return memory.name, np.lib.format.dtype_to_descr(array.dtype), len(array)


def _begin(task: Callable[..., Any], small: object, described: list[Described]) -> None:
    """Open in a worker what its tasks share."""
    from multiprocessing.shared_memory import SharedMemory

    memories = [SharedMemory(name) for name, _, _ in described]
    arrays = tuple(
        np.ndarray((length,), np.lib.format.descr_to_dtype(kind), buffer=memory.buf)
        for memory, (_, kind, length) in zip(memories, described, strict=True)
    )
    _there.update(task=task, small=small, arrays=arrays, memories=memories)


def _do(given: Any) -> Any:
    return _there["task"](_there["small"], _there["arrays"], given)
