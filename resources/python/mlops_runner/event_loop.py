"""One thread that waits for everything: timers, pipes, ended processes, a few worker threads.

On Windows a pipe cannot be waited for: a thread for each one reads it (not run yet).
"""

from __future__ import annotations

import heapq
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from typing import Callable

from . import process_control

TICK = 0.1
CHUNK = 256 * 1024
_MOST_WORKERS = 4


class EventLoop:
    """Calls what is due, in one thread, until `finish` is called."""

    def __init__(self) -> None:
        self._ready: deque = deque()
        self._timers: list = []
        self._count = 0
        self._selector = selectors.DefaultSelector()
        self._children: dict = {}
        self._finished = False
        self._work: deque = deque()
        self._has_work = None
        self._workers = self._unfinished = 0
        self._most_workers = _MOST_WORKERS
        self._awake, self._wake = socket.socketpair()
        self._awake.setblocking(False)
        self._wake.setblocking(False)
        self._selector.register(self._awake, selectors.EVENT_READ, self._drain)
        self.on_tick: Callable[[], None] = lambda: None

    def catch_signals(self, on_end: Callable[[], None]) -> None:
        """Wakes for ended children; SIGTERM and SIGINT call `on_end`; SIGHUP is ignored."""
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for name in ("SIGCHLD", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.soon(on_end))

    def soon(self, function: Callable, *arguments) -> None:
        """Calls the function in the next turn, so that a chain of such calls does not grow the stack."""
        self._ready.append((function, arguments))

    def after(self, seconds: float, function: Callable) -> list:
        """Calls the function once in `seconds`; the result is for `cancel`."""
        self._count += 1
        timer = [time.monotonic() + seconds, self._count, function]
        heapq.heappush(self._timers, timer)
        return timer

    @staticmethod
    def cancel(timer: list) -> None:
        """Forgets a timer."""
        timer[2] = None

    def watch(
        self, process: subprocess.Popen, on_output: Callable[[bytes], None], on_exit: Callable[[], None]
    ) -> None:
        """Passes on a process' output in chunks and reports once that it has ended."""
        self._children[process] = on_exit
        if sys.platform == "win32":
            self._read_in_thread(process, on_output)
            return
        descriptor = process.stdout.fileno()
        os.set_blocking(descriptor, False)
        self._selector.register(descriptor, selectors.EVENT_READ, lambda: self._read(process, on_output))

    def unwatch(self, process: subprocess.Popen, on_output: Callable[[bytes], None]) -> None:
        """Reads the rest of the pipe, without waiting for others who hold it, and closes it."""
        self._children.pop(process, None)
        if sys.platform == "win32":
            return
        for _ in range(64):
            if not self._read(process, on_output):
                break
        if not process.stdout.closed:
            self._selector.unregister(process.stdout.fileno())
            process.stdout.close()

    def _read(self, process: subprocess.Popen, on_output: Callable[[bytes], None]) -> bool:
        if process.stdout.closed:
            return False
        descriptor = process.stdout.fileno()
        try:
            chunk = os.read(descriptor, CHUNK)
        except BlockingIOError:
            return False
        except OSError:
            chunk = b""
        if chunk:
            on_output(chunk)
            return True
        self._selector.unregister(descriptor)
        process.stdout.close()
        return False

    def _read_in_thread(self, process: subprocess.Popen, on_output: Callable[[bytes], None]) -> None:
        import threading

        def read() -> None:
            for chunk in iter(lambda: process.stdout.read(65536), b""):
                self.soon(on_output, chunk)
                self._knock()

        threading.Thread(target=read, daemon=True).start()

    def in_background(self, function: Callable, then: Callable) -> None:
        """Runs a slow function in a worker thread, then calls `then` with its result or its exception
        here.
        """
        self._work.append((function, then))
        self._unfinished += 1
        self._add_worker()
        self._has_work.release()

    def replace_worker(self) -> None:
        """A worker thread hangs and no longer counts."""
        self._most_workers += 1
        self._add_worker()

    def _add_worker(self) -> None:
        import threading

        if self._has_work is None:
            self._has_work = threading.Semaphore(0)
        if self._workers < min(self._most_workers, self._unfinished):
            self._workers += 1
            threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            self._has_work.acquire()
            function, then = self._work.popleft()
            try:
                result = function()
            except Exception as error:  # noqa: BLE001 - handed to `then`
                result = error
            self.soon(self._finished_work, then, result)
            self._knock()

    def _finished_work(self, then: Callable, result) -> None:
        self._unfinished -= 1
        then(result)

    def _knock(self) -> None:
        try:
            self._wake.send(b"\0")
        except OSError:
            pass

    def _drain(self) -> None:
        try:
            while self._awake.recv(4096):
                pass
        except OSError:
            pass

    def finish(self) -> None:
        """Ends `run` after this turn."""
        self._finished = True

    def run(self) -> None:
        """Serves until `finish`."""
        next_tick = time.monotonic() + TICK
        while not self._finished:
            self._call_ready()
            if self._finished:
                break
            for key, _ in self._selector.select(self._wait(next_tick)):
                key.data()
            for process in [child for child in self._children if process_control.has_ended(child)]:
                self._children.pop(process)()
            now = time.monotonic()
            while self._timers and self._timers[0][0] <= now:
                function = heapq.heappop(self._timers)[2]
                if function is not None:
                    self.soon(function)
            if now >= next_tick:
                next_tick = now + TICK
                self.on_tick()

    def _call_ready(self) -> None:
        for _ in range(len(self._ready)):
            function, arguments = self._ready.popleft()
            function(*arguments)

    def _wait(self, next_tick: float) -> float:
        if self._ready:
            return 0
        until = min(next_tick, self._timers[0][0]) if self._timers else next_tick
        return max(0.0, until - time.monotonic())
