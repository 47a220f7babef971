"""The rows of run.json: one for each task, group, loop and iteration, in the order of the walk."""

from __future__ import annotations

import time
from typing import Any, Iterator, Optional

from .values import strict_json

ENDED = ("succeeded", "failed", "skipped", "stopped")
_LONGEST_VALUE = 64 * 1024


def now() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)


class Row:
    """One row; a change forgets its text, so that only what changed is serialized again."""

    __slots__ = ("data", "children", "order", "_text")

    def __init__(self, path: str, name: str, kind: str, order: tuple = (), **more: Any) -> None:
        self.data = {
            "path": path,
            "name": name,
            "displayName": more.get("displayName") or name,
            "component": more.get("component"),
            "kind": kind,
            "state": "pending",
            "because": None,
            "startedAt": None,
            "endedAt": None,
            "attempts": [],
            "retries": 0,
            "cachedFrom": None,
            "log": None,
            "inputs": {},
            "outputs": {},
            "artifacts": [],
            "metrics": {},
            "error": None,
        }
        self.children: list[Row] = []
        self.order = order
        self._text: Optional[str] = None

    @property
    def path(self) -> str:
        return self.data["path"]

    @property
    def state(self) -> str:
        return self.data["state"]

    def add(self, row: Row) -> None:
        self.children.append(row)

    def change(self, **values: Any) -> None:
        self.data.update(values)
        self._text = None

    def start(self, inputs: Optional[dict] = None) -> None:
        self.change(state="running", startedAt=now())
        if inputs is not None:
            self.change(inputs=bounded(inputs))

    def end(self, state: str, because: Optional[str] = None, error: Optional[dict] = None) -> None:
        self.change(state=state, because=because, endedAt=now() if state != "skipped" else None, error=error)

    def text(self) -> str:
        if self._text is None:
            self._text = strict_json(self.data)
        return self._text

    def walk(self) -> Iterator[Row]:
        """The rows below this one, each before its own children."""
        for child in self.children:
            yield child
            yield from child.walk()


def bounded(values: dict[str, Any]) -> dict[str, Any]:
    """Parameters as run.json shows them: long ones are shortened."""
    return {name: _bounded(value) for name, value in values.items()}


def _bounded(value: Any) -> Any:
    if isinstance(value, (str, list, dict)):
        text = value if isinstance(value, str) else strict_json(value)
        if len(text) > _LONGEST_VALUE:
            return f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"
    return value
