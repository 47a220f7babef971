"""One run: environments, the walk, the end."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Optional

from .call import Call
from .environments import Environments
from .event_loop import EventLoop
from .inputs import InputError, with_defaults
from .outcome import Outcome, error_of, title_of
from .rows import Row, bounded, now
from .run_context import RunContext
from .run_file import RunFile, read_request
from .scope import carry_out

_COPIED = ("id", "number", "name", "pipeline", "createdAt", "arguments", "cache", "notes")


class Run:
    """Carries out the request of a folder."""

    def __init__(self, folder: str, task_umask: int) -> None:
        self._request = read_request(folder)
        self._root = Row("", "", "dag")
        self._head = {name: self._request.get(name) for name in _COPIED}
        self._head["arguments"] = self._head["arguments"] or {}
        self._head["notes"] = list(self._head["notes"] or ())
        self._head.update(
            state="preparing", startedAt=now(), endedAt=None, environments=[], error=None, outputs={}
        )
        self._loop = EventLoop()
        self._file = RunFile(folder, self._loop, self._head, self._root, lambda: self._context.disk_is_full())
        self._context = RunContext(folder, task_umask, self._request, self._loop, self._file, self.stop)
        self._environments = Environments(self._context, self._prepared)
        self._head["environments"] = self._environments.rows

    def carry_out(self) -> None:
        """Runs to the end; what goes wrong in the runner itself is the run's error."""
        self._file.write()
        self._file.keep_reserve()
        self._loop.catch_signals(self.stop)
        self._loop.on_tick = self._look_for_stop
        self._loop.soon(self._environments.start)
        try:
            self._loop.run()
        except Exception as problem:  # noqa: BLE001 - it is said in run.json
            self._broke(problem)
        self._file.close()

    def _broke(self, problem: Exception) -> None:
        traceback.print_exc()
        sys.stderr.flush()
        for attempt in self._context.attempts:
            attempt.kill()
        for row in self._root.walk():
            if row.state in ("pending", "running"):
                row.end("stopped")
        self._end("failed", error_of("internal", f"The runner failed: {problem}", type(problem).__name__))

    def _prepared(self, error: Optional[dict]) -> None:
        self._context.preparing = False
        if error is not None or self._context.stopping:
            self._end("stopped" if error is None else "failed", error)
            return
        self._head["state"] = "running"
        self._file.changed()
        root = self._request["spec"]["root"]
        try:
            given = {
                name: value
                for name, value in (self._request.get("arguments") or {}).items()
                if value is not None
            }
            parameters = with_defaults(given, root.get("inputDefinitions", {}).get("parameters", {}))
        except InputError as problem:
            self._end("failed", error_of("input", str(problem)))
            return
        carry_out(Call(self._context, "", {}, root, parameters, {}, self._root, None, self._walked))

    def _walked(self, outcome: Outcome) -> None:
        self._head["outputs"] = {
            **bounded(outcome.parameters),
            **{
                name: shown if self._is_list(name) else (shown[0] if shown else None)
                for name, items in outcome.artifacts.items()
                for shown in [[_shown(item) for item in items]]
            },
        }
        outputs = self._context.outputs
        if outputs and not self._context.stopping:
            self._context.readers.start(
                lambda reading: outputs.changed(reading.goes_on),
                lambda changed: self._compared(outcome, changed),
            )
        else:
            self._ended(outcome)

    def _compared(self, outcome: Outcome, changed) -> None:
        for task, name in changed if isinstance(changed, list) else ():
            self._file.note(
                task,
                f"Output {name} was changed after its task had ended, by another task or from outside: "
                "what used it may have had either content.",
            )
        self._ended(outcome)

    def _ended(self, outcome: Outcome) -> None:
        if self._context.stopping:
            self._end("stopped" if outcome.state != "succeeded" else "succeeded", None)
        elif outcome.state == "failed":
            self._end("failed", {**(outcome.error or {}), "kind": "task"})
        else:
            self._end(outcome.state, None)

    def _is_list(self, name: str) -> bool:
        defined = self._request["spec"]["root"].get("outputDefinitions", {}).get("artifacts", {})
        return bool(defined.get(name, {}).get("isArtifactList"))

    def _end(self, state: str, error: Optional[dict]) -> None:
        self._context.name_strays()
        full = self._context.disk_error
        self._head.update(state="failed" if full else state, endedAt=now(), error=full or error)
        self._loop.finish()

    def _look_for_stop(self) -> None:
        if not self._context.stopping and os.path.exists(os.path.join(self._context.folder, "stop")):
            self.stop()

    def stop(self) -> None:
        """Asks everything that runs to end; nothing new is started."""
        if self._context.stopping:
            return
        self._head["state"] = "stopping"
        self._environments.stop()
        self._context.end_all()
        self._file.write()


def _shown(item: dict) -> dict:
    return {"type": title_of(item), "uri": item["uri"], "metadata": item["metadata"]}
