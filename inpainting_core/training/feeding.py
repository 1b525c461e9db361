"""How does the next batch lie ready when the device wants it?  Threads prepare a few batches ahead."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Feeder(Generic[T]):
    """Batches, in order, made by threads before they are asked for.

    Args:
        make: Gives the batch of (step, number); runs in threads.
        count: How many batches a step needs.
        steps: Those that will be asked for.
        workers: Threads.

    Attributes:
        waited: Seconds that `take` had to wait, in all.
    """

    def __init__(
        self, make: Callable[[int, int], T], count: Callable[[int], int], steps: range, workers: int
    ) -> None:
        self._pool = ThreadPoolExecutor(workers, "feeder")
        self._make, self._count = make, count
        self._orders = ((step, number) for step in steps for number in range(count(step)))
        self._ready: deque[Future[T]] = deque()
        self._ahead = 2 * workers
        self.waited = 0.0
        self._order_more()

    def take(self, step: int) -> list[T]:
        """Return the batches of `step`; steps must be asked for in order."""
        batches = []
        for _ in range(self._count(step)):
            future = self._ready.popleft()
            start = time.perf_counter()
            batches.append(future.result())
            self.waited += time.perf_counter() - start
            self._order_more()
        return batches

    def _order_more(self) -> None:
        while len(self._ready) < self._ahead:
            order = next(self._orders, None)
            if order is None:
                return
            self._ready.append(self._pool.submit(self._make, *order))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
