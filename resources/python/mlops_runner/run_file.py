"""run.json: replaced in one step, at most ten times a second, and not lost when the disk is full."""

from __future__ import annotations

import json
import os
import time
from typing import Callable, Optional

from .event_loop import EventLoop
from .files import FULL, write_whole
from .rows import Row
from .values import strict_json

LEAST_BETWEEN = 0.1
RESERVE = 1024 * 1024
_MOST_NOTES = 100


class RunFile:
    """Writes the head and the rows of a run. `on_full` is called once when the disk is full."""

    def __init__(
        self, folder: str, loop: EventLoop, head: dict, root: Row, on_full: Callable[[], None]
    ) -> None:
        self._path = os.path.join(folder, "run.json")
        self._reserve = os.path.join(folder, "reserve")
        self._loop = loop
        self._head = head
        self._root = root
        self._on_full = on_full
        self._seq = 0
        self._next = 0.0
        self._timer = None
        self._durable = False
        self._was_full = False

    def keep_reserve(self) -> None:
        """Puts a file aside whose room the last writes may take."""
        try:
            with open(self._reserve, "wb") as file:
                file.write(bytes(RESERVE))
        except OSError as error:
            self._full(error)

    def changed(self, durable: bool = False) -> None:
        """Something changed: it is written now, or together with what follows within a tenth of a second."""
        self._durable = self._durable or durable
        if self._timer is not None:
            return
        wait = self._next - time.monotonic()
        self._timer = self._loop.after(max(0.0, wait), self.write)

    def note(self, task: Optional[str], message: str) -> None:
        """Says something, of a task or of the run, that is no failure; so much and no more for a run."""
        notes = self._head["notes"]
        if len(notes) < _MOST_NOTES:
            notes.append({"what": "happened", "task": task, "message": message})

    def write(self) -> None:
        """Writes now. A full disk takes the reserve; if that is not enough it is tried again."""
        if self._timer is not None:
            self._loop.cancel(self._timer)
            self._timer = None
        started = time.monotonic()
        durable, self._durable = self._durable, False
        try:
            self._replace(durable)
        except OSError as error:
            if not self._full(error):
                raise
        # Many rows take long to write: never spend more than a tenth of the time on it.
        spent = time.monotonic() - started
        self._next = time.monotonic() + max(LEAST_BETWEEN, 9 * spent)

    def close(self) -> None:
        """The last write, on the disk before this returns; the reserve goes."""
        self._durable = True
        for _ in range(20):
            try:
                self._replace(True)
                break
            except OSError as error:
                if not self._full(error):
                    raise
                time.sleep(0.25)
        _remove(self._reserve)

    def _replace(self, durable: bool) -> None:
        self._seq += 1
        head = strict_json({"schema": 1, "seq": self._seq, **self._head})
        rows = ",\n".join(row.text() for row in self._root.walk())
        text = f'{head[:-1]}, "tasks": [\n{rows}\n]}}' if rows else f'{head[:-1]}, "tasks": []}}'
        write_whole(self._path, text.encode(), durable)

    def _full(self, error: OSError) -> bool:
        if error.errno not in FULL:
            return False
        _remove(self._path + ".new")
        _remove(self._reserve)
        if not self._was_full:
            self._was_full = True
            self._loop.soon(self._on_full)
        try:
            self._replace(True)
        except OSError:
            _remove(self._path + ".new")
        return True


def read_request(folder: str) -> dict:
    """The request of a run. Raises OSError or ValueError."""
    with open(os.path.join(folder, "request.json"), encoding="utf-8") as file:
        request = json.load(file)
    if request.get("schema") != 1:
        raise ValueError(f"request.json has schema {request.get('schema')!r}; this runner knows 1")
    return request


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
