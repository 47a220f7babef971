"""Results by content: a task that ran with the same code, packages and inputs is not run again.

An entry counts only while each of its artifacts is there with the content it had. Entries are made beside and
renamed, so several runs may write at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Optional

from .fingerprints import fingerprint
from .outcome import Outcome

if TYPE_CHECKING:
    from .run import Run
    from .scope import Call

_SCHEMA = 1
_MOST_LOG = 1024 * 1024


class Entry:
    """A usable result and the run that made it."""

    def __init__(self, run: str, outcome: Outcome) -> None:
        self.run, self.outcome = run, outcome


def key_of(run: Run, call: Call, executor: dict) -> Optional[str]:
    """The key of what is about to run, or None when an input cannot be read."""
    options = call.spec.get("cachingOptions", {})
    try:
        artifacts = {
            name: [[_content(run.home, item), item["name"], item["type"], item["metadata"]] for item in items]
            for name, items in call.artifacts.items()
        }
    except OSError:
        return None
    parts = {
        "schema": _SCHEMA,
        "source": executor["source"],
        "function": executor["function"],
        "packages": run.environment_content(executor["environment"]),
        "env": executor.get("env") or {},
        "parameters": call.parameters,
        "artifacts": artifacts,
        "outputs": call.component.get("outputDefinitions", {}),
        "custom": options.get("cacheKey", ""),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def find(home: str, key: str, run_id: str) -> Optional[Entry]:
    """The entry of a key if it can be used by this run: made by another one, all artifacts unchanged."""
    try:
        with open(os.path.join(_folder(home, key), "entry.json"), encoding="utf-8") as file:
            entry = json.load(file)
        if entry.get("schema") != _SCHEMA or entry["run"] == run_id:
            return None
        for items, marks in zip(entry["artifacts"].values(), entry["contents"].values()):
            if [_content(home, item) for item in items] != marks:
                return None
        return Entry(entry["run"], Outcome("succeeded", entry["parameters"], entry["artifacts"]))
    except (OSError, ValueError, KeyError):
        return None


def store(run: Run, key: str, outcome: Outcome, log: Optional[str]) -> None:
    """Keeps a result; one that cannot be kept (a full disk) is not."""
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
                name: [_content(run.home, item) for item in items]
                for name, items in outcome.artifacts.items()
            },
        }
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


def copy_log(run: Run, key: Optional[str], number: str) -> Optional[str]:
    """Copies an entry's log into the run; its path relative to the run's folder, or None when there is
    none.
    """
    import shutil

    relative = f"tasks/{number}/log"
    try:
        os.makedirs(os.path.join(run.folder, "tasks", number), exist_ok=True)
        shutil.copyfile(os.path.join(_folder(run.home, key or ""), "log"), os.path.join(run.folder, relative))
    except OSError:
        return None
    return relative


def _folder(home: str, key: str) -> str:
    return os.path.join(home, "cache", key)


def _content(home: str, item: dict) -> str:
    uri = item["uri"]
    return fingerprint(uri, os.path.join(home, "cache", "sums")) if os.path.isabs(uri) else f"uri {uri}"


def _copy_end(source: str, target: str) -> None:
    import shutil

    with open(source, "rb") as log, open(target, "wb") as copy:
        size = log.seek(0, os.SEEK_END)
        log.seek(max(0, size - _MOST_LOG))
        if size > _MOST_LOG:
            log.readline()
            copy.write(b"[The beginning of this log was not kept.]\n")
        shutil.copyfileobj(log, copy)
