"""Reads files of tasks outside the loop, and gives up when nothing arrives or the run stops."""

from __future__ import annotations

import time
from typing import Any, Callable

from .event_loop import EventLoop

LONGEST_SILENCE = 60.0
_LOOK_EVERY = 1.0


class GivenUp(Exception):
    """The result is no longer needed."""


class Reading:
    """One read. It reports progress again and again, and ends when that raises."""

    def __init__(self) -> None:
        self.given_up = False
        self.last = time.monotonic()

    def goes_on(self) -> None:
        """Reports progress. Raises GivenUp when the result is no longer needed."""
        self.last = time.monotonic()
        if self.given_up:
            raise GivenUp


class Readers:
    """Runs reads in the loop's worker threads; one that hangs is abandoned."""

    def __init__(self, loop: EventLoop, longest_silence: float = LONGEST_SILENCE) -> None:
        self._loop, self._longest = loop, longest_silence
        self._open: dict[Reading, Callable[[Any], None]] = {}

    def start(self, function: Callable[[Reading], Any], then: Callable[[Any], None]) -> None:
        """Calls `then` once with the result or the exception: GivenUp after a stop, TimeoutError after a
        silence.
        """
        reading = Reading()
        self._open[reading] = then

        def work() -> Any:
            reading.goes_on()
            return function(reading)

        self._loop.in_background(work, lambda result: self._over(reading, result))
        self._loop.after(min(_LOOK_EVERY, self._longest), lambda: self._look(reading))

    def end_all(self) -> None:
        """Gives up all reads at once."""
        for reading in list(self._open):
            reading.given_up = True
            self._loop.soon(self._over, reading, GivenUp())

    def _look(self, reading: Reading) -> None:
        if reading not in self._open:
            return
        if time.monotonic() - reading.last > self._longest:
            reading.given_up = True
            self._loop.replace_worker()
            self._over(reading, TimeoutError(f"nothing came for {self._longest:g} s"))
        else:
            self._loop.after(min(_LOOK_EVERY, self._longest), lambda: self._look(reading))

    def _over(self, reading: Reading, result: Any) -> None:
        then = self._open.pop(reading, None)
        if then is not None:
            then(result)
