"""Checks a task's artifacts: only files and folders can be passed on."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional

from .fingerprints import Found, inside, kind_of
from .outcome import Outcome, error_of
from .reading import GivenUp

_HINT = "Write a file, or a folder of files, to the path of the output: nothing else can be handed on."


class Unusable(Exception):
    """Something in an output that cannot be part of an artifact."""


def examine(artifacts: dict[str, list], goes_on: Callable[[], None]) -> list[str]:
    """Remarks on artifacts that can be handed on. Raises Unusable for one that cannot, OSError for one that
    cannot be looked at.
    """
    remarks = []
    for name, items in artifacts.items():
        for path in [item["uri"] for item in items if os.path.isabs(item["uri"])]:
            remark = _examine(name, path, goes_on)
            if remark:
                remarks.append(remark)
    return remarks


def _examine(name: str, path: str, goes_on: Callable[[], None]) -> Optional[str]:
    what = kind_of(path)
    if what:
        raise Unusable(f"Output {name} is {what}, not a file or a folder.")
    if not os.path.isdir(path):
        if not os.path.islink(path) or os.path.exists(path):
            return None
        return f"Output {name} is a link to {os.readlink(path)}, where nothing is."
    remark = None
    for one in inside(path):
        goes_on()
        if one.kind == "other":
            raise Unusable(
                f"Output {name} holds {kind_of(one.path)} ({one.name}), not only files and folders."
            )
        if one.kind == "link" and remark is None:
            remark = _of_link(name, path, one)
    return remark


def _of_link(name: str, folder: str, one: Found) -> Optional[str]:
    if kind_of(one.path):
        return f"Output {name} holds {kind_of(one.path)}: {one.name}."
    if not os.path.exists(one.path):
        return f"Output {name} holds a link to nothing: {one.name} leads to {one.target}."
    inner = os.path.realpath(one.path)
    if (os.path.realpath(os.path.dirname(one.path)) + os.sep).startswith(inner + os.sep):
        return f"Output {name} holds a link that leads round in a circle: {one.name}."
    if not inner.startswith(os.path.realpath(folder) + os.sep):
        return (
            f"Output {name} holds a link to a folder elsewhere, whose content is not looked at: {one.name}."
        )
    return None


def unread(problem: Any) -> Outcome:
    """The outcome of a task whose outputs could not be read."""
    if isinstance(problem, GivenUp):
        return Outcome("stopped")
    if isinstance(problem, Unusable):
        return Outcome("failed", error=error_of("output", str(problem), "OSError", hint=_HINT))
    if isinstance(problem, TimeoutError):
        message = f"The outputs could not be read: {problem}. The disk that they are on does not answer."
        return Outcome("failed", error=error_of("output", message, "TimeoutError"))
    message = f"The outputs could not be read: {problem}"
    return Outcome("failed", error=error_of("output", message, type(problem).__name__))
