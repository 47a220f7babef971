"""The outputs of a run at the ends of their tasks, to detect later changes."""

from __future__ import annotations

import hashlib
import os
from typing import Callable

from .fingerprints import inside


def sign_of(path: str, goes_on: Callable[[], None]) -> str:
    """Changes when a file, or any in a folder, is written again. Content is not read. Raises OSError."""
    if not os.path.isdir(path):
        return _of(path) if os.path.lexists(path) else "none"
    total = hashlib.sha256()
    for one in sorted(inside(path)):
        goes_on()
        total.update(f"\0{one.name}\0{one.target or _of(one.path)}".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _of(path: str) -> str:
    status = os.lstat(path)
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def signs_of(artifacts: dict[str, list], goes_on: Callable[[], None]) -> dict[str, tuple[str, str]]:
    """Address → (name of the output, sign) of artifacts on this machine."""
    return {
        item["uri"]: (name, sign_of(item["uri"], goes_on))
        for name, items in artifacts.items()
        for item in items
        if os.path.isabs(item["uri"])
    }


class KeptOutputs:
    """What was made, by address."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, str, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._made)

    def keep(self, task: str, signs: dict[str, tuple[str, str]]) -> None:
        """Records the outputs of an ended task; repeating an earlier output does not hide a change of it."""
        for uri, (name, sign) in signs.items():
            self._made.setdefault(uri, (task, name, sign))

    def changed(self, goes_on: Callable[[], None]) -> list[tuple[str, str]]:
        """(task, name of the output) of those that have changed since their tasks ended."""
        return [
            (task, name) for uri, (task, name, sign) in self._made.items() if _differs(uri, sign, goes_on)
        ]


def _differs(uri: str, sign: str, goes_on: Callable[[], None]) -> bool:
    try:
        return sign_of(uri, goes_on) != sign
    except OSError:
        return True
