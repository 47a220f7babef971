"""Results by content: a task that ran with the same code, packages and inputs is not run again.

An entry counts only while each of its artifacts is there with the content it had. Entries are made beside and
renamed, so several runs may write at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any, Callable, Optional

from .call import Call
from .files import open_file, read_bounded
from .fingerprints import fingerprint, no_news
from .outcome import Outcome
from .run_context import RunContext
from .values import coerce, type_of

_SCHEMA = 1
_MOST_LOG = 1024 * 1024
_LARGEST_ENTRY = 256 * 1024 * 1024


class Entry:
    """A usable result and the run that made it."""

    def __init__(self, run: str, outcome: Outcome) -> None:
        self.run, self.outcome = run, outcome


def key_of(
    run: RunContext, call: Call, executor: dict, goes_on: Callable[[], None] = no_news
) -> Optional[str]:
    """The key of a task that is about to run, or None when an input cannot be read."""
    options = call.spec.get("cachingOptions", {})
    try:
        artifacts = {
            name: [
                [_content(run.home, item, goes_on), item["name"], item["type"], item["metadata"]]
                for item in items
            ]
            for name, items in call.artifacts.items()
        }
    except OSError:
        return None
    parts = {
        "schema": _SCHEMA,
        "source": executor["source"],
        "function": executor["function"],
        "packages": run.executors.packages_of(executor),
        "env": executor.get("env") or {},
        "parameters": call.parameters,
        "artifacts": artifacts,
        "outputs": call.component.get("outputDefinitions", {}),
        "custom": options.get("cacheKey", ""),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def may_be_there(home: str, key: str) -> bool:
    """Whether there is an entry for a key; `find` tells whether it is usable."""
    return os.path.lexists(_folder(home, key))


def find(
    run: RunContext, key: str, definitions: dict, goes_on: Callable[[], None] = no_news
) -> Optional[Entry]:
    """The entry of a key if it can be used by this run: made by another one, with all outputs that are
    declared, and its artifacts unchanged. What cannot be read as an entry is none.
    """
    try:
        entry = json.loads(read_bounded(os.path.join(_folder(run.home, key), "entry.json"), _LARGEST_ENTRY))
        if not _is_entry(entry, definitions) or entry["run"] == run.id:
            return None
        for name, items in entry["artifacts"].items():
            if [_content(run.home, item, goes_on) for item in items] != entry["contents"][name]:
                return None
        return Entry(entry["run"], Outcome("succeeded", entry["parameters"], entry["artifacts"]))
    except (OSError, ValueError, RecursionError):
        return None


def _is_entry(entry: Any, definitions: dict) -> bool:
    """Whether it has the shape that `store` writes, for a component with these outputs."""
    if not isinstance(entry, dict) or entry.get("schema") != _SCHEMA or not isinstance(entry.get("run"), str):
        return False
    parameters, artifacts, contents = (entry.get(name) for name in ("parameters", "artifacts", "contents"))
    if not all(isinstance(one, dict) for one in (parameters, artifacts, contents)):
        return False
    declared = definitions.get("parameters", {})
    if parameters.keys() != declared.keys() or artifacts.keys() != definitions.get("artifacts", {}).keys():
        return False
    for name, value in parameters.items():
        coerce(value, type_of(declared[name]))
    return contents.keys() == artifacts.keys() and all(
        isinstance(items, list)
        and isinstance(contents[name], list)
        and len(items) == len(contents[name])
        and all(map(_is_artifact, items))
        for name, items in artifacts.items()
    )


def _is_artifact(item: Any) -> bool:
    kinds = (("name", str), ("uri", str), ("metadata", dict), ("type", dict))
    return isinstance(item, dict) and all(isinstance(item.get(name), kind) for name, kind in kinds)


def store(
    run: RunContext, key: str, outcome: Outcome, log: Optional[str], goes_on: Callable[[], None] = no_news
) -> None:
    """Stores a result, unless that fails (on a full disk). An exception of `goes_on` ends it."""
    import shutil
    import tempfile

    folder = _folder(run.home, key)
    try:
        entry = {
            "schema": _SCHEMA,
            "run": run.id,
            "parameters": outcome.parameters,
            "artifacts": outcome.artifacts,
            "contents": {
                name: [_content(run.home, item, goes_on) for item in items]
                for name, items in outcome.artifacts.items()
            },
        }
        goes_on()
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        beside = tempfile.mkdtemp(prefix=".new-", dir=os.path.dirname(folder))
    except OSError:
        return
    try:
        if log:
            _copy_end(os.path.join(run.folder, log), os.path.join(beside, "log"))
        with open(os.path.join(beside, "entry.json"), "w", encoding="utf-8") as file:
            json.dump(entry, file)
        _put(beside, folder)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)


def _put(beside: str, folder: str) -> None:
    import shutil
    import tempfile

    for _ in range(3):
        try:
            os.rename(beside, folder)
            return
        except OSError:
            old = tempfile.mkdtemp(prefix=".old-", dir=os.path.dirname(folder))
            try:
                os.rename(folder, os.path.join(old, "entry"))
            except OSError:
                pass
            shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(beside, ignore_errors=True)


def copy_log(run: RunContext, key: Optional[str], number: str) -> Optional[str]:
    """Copies an entry's log into the run; its path relative to the run's folder, or None when there is
    none.
    """
    import shutil

    relative = f"tasks/{number}/log"
    try:
        os.makedirs(os.path.join(run.folder, "tasks", number), exist_ok=True)
        with open_file(os.path.join(_folder(run.home, key or ""), "log")) as log:
            with open(os.path.join(run.folder, relative), "wb") as copy:
                shutil.copyfileobj(log, copy)
    except OSError:
        return None
    return relative


def _folder(home: str, key: str) -> str:
    return os.path.join(home, "cache", key)


def _content(home: str, item: dict, goes_on: Callable[[], None]) -> str:
    uri = item["uri"]
    if not os.path.isabs(uri):
        return f"uri {uri}"
    return fingerprint(uri, os.path.join(home, "cache", "sums"), goes_on)


def _copy_end(source: str, target: str) -> None:
    import shutil

    with open_file(source) as log, open(target, "wb") as copy:
        size = log.seek(0, os.SEEK_END)
        log.seek(max(0, size - _MOST_LOG))
        if size > _MOST_LOG:
            log.readline()
            copy.write(b"[The beginning of this log was not kept.]\n")
        shutil.copyfileobj(log, copy)
