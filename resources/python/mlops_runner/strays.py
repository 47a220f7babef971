"""Processes that tasks leave outside of their group: on Linux they come to the runner when their parents end.

It says which they are. They are not ended: somebody may have wanted them to stay.
"""

from __future__ import annotations

import os
import sys
from typing import Iterable, NamedTuple, Optional

VARIABLE = "MLOPS_TASK_FOLDER"
_PR_SET_CHILD_SUBREAPER = 36
_LONGEST_COMMAND = 80


class Stray(NamedTuple):
    """A process and the folder of the attempt that it comes from, where that can be told."""

    pid: int
    command: str
    folder: Optional[str]


class Strays:
    """Looks for them; each is told once."""

    def __init__(self) -> None:
        self._reported: set[int] = set()
        self._groups: set[int] = set()
        self._adopts = _adopt()

    def new(self, own: Iterable[int]) -> list[Stray]:
        """Those that came since the last look; `own` are the processes that the runner itself started."""
        if not self._adopts:
            return []
        self._groups.update(own)
        found = []
        for pid in _children():
            if pid in self._groups or pid in self._reported or _collected(pid):
                continue
            command = _words(pid, "cmdline")
            if not command or _group(pid) in self._groups:  # the last is being ended
                continue
            command[0] = os.path.basename(command[0])
            self._reported.add(pid)
            folder = next((word.split("=", 1)[1] for word in _words(pid, "environ") if _names_it(word)), None)
            found.append(Stray(pid, " ".join(command)[:_LONGEST_COMMAND], folder))
        return found


def _names_it(word: str) -> bool:
    return word.startswith(VARIABLE + "=")


def _adopt() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        import ctypes

        return ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    except (ImportError, OSError, AttributeError):
        return False


def _children() -> list[int]:
    pid = os.getpid()
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def _collected(pid: int) -> bool:
    """Whether it has ended; then nothing is left of it."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except OSError:
        return True


def _group(pid: int) -> Optional[int]:
    try:
        return os.getpgid(pid)
    except OSError:
        return None


def _words(pid: int, what: str) -> list[str]:
    try:
        with open(f"/proc/{pid}/{what}", "rb") as file:
            return [word for word in file.read(65536).decode("utf-8", "replace").split("\0") if word]
    except OSError:
        return []
