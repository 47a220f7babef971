"""When a task may go on: so many processes at once, and pauses before another try."""

from __future__ import annotations

import heapq
from typing import Callable

from .event_loop import EventLoop


class ProcessSlots:
    """So many processes at once and no more; who comes earlier in the pipeline goes first."""

    def __init__(self, loop: EventLoop, count: int) -> None:
        self._loop, self._free = loop, count
        self._asked: list = []
        self._count = 0

    def ask(self, order: tuple, start: Callable[[], None]) -> None:
        """Calls `start` when a slot is free; it is given back with `free`."""
        self._count += 1
        heapq.heappush(self._asked, (order, self._count, start))
        self._loop.soon(self._give)

    def free(self) -> None:
        """A slot is free again."""
        self._free += 1
        self._loop.soon(self._give)

    def _give(self) -> None:
        while self._free > 0 and self._asked:
            self._free -= 1
            heapq.heappop(self._asked)[2]()

    def give_all(self) -> None:
        """Calls all that wait: the run stops and they end at once."""
        self._free += len(self._asked)
        self._loop.soon(self._give)


class RetryTimers:
    """Pauses before another try, which a stop cuts short."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._open: dict[int, tuple] = {}

    def start(self, seconds: float, then: Callable[[], None]) -> None:
        """Calls `then` in so many seconds."""
        mark = id(then)

        def over() -> None:
            if self._open.pop(mark, None):
                then()

        self._open[mark] = (self._loop.after(seconds, over), over)

    def end_all(self) -> None:
        """Calls all that wait, now."""
        for timer, over in list(self._open.values()):
            self._loop.cancel(timer)
            self._loop.soon(over)
