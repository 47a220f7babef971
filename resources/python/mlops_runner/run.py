"""One run: environments, the walk, the end; the things that all its tasks share."""

from __future__ import annotations

import heapq
import os
import sys
import traceback
from typing import Callable, Optional

from .environment_check import python_of
from .event_loop import EventLoop
from .files import no_space_left, slug
from .kept_outputs import KeptOutputs
from .outcome import Outcome, error_of, title_of
from .reading import Readers
from .rows import Row, bounded, now
from .run_file import RunFile, read_request
from .strays import Strays

_LIMITS = {"memoryBytes": None, "logBytes": 20 * 1024 * 1024, "lineBytes": 64 * 1024}
_MOST_NOTES = 100
_COPIED = ("id", "number", "name", "pipeline", "createdAt", "arguments", "cache", "notes")


class Run:
    """Carries out the request of a folder."""

    def __init__(self, folder: str, task_umask: int) -> None:
        self.folder = folder
        self.task_umask = task_umask
        self.request = read_request(folder)
        self.id: str = self.request["id"]
        self.home: str = self.request["home"]
        self.limits = {**_LIMITS, **(self.request.get("limits") or {})}
        self.spec = self.request["spec"]
        self.stopping = False
        self.attempts: set = set()
        self.loop = EventLoop()
        self.places = Places(self.loop, max(1, int(self.request.get("parallelism") or 1)))
        self.waits = Waits(self.loop)
        self.readers = Readers(self.loop)
        self._strays = Strays()
        self.outputs = KeptOutputs()
        self.told: set = set()  # marks of what was said once and is not said again
        pipeline = self.spec.get("pipelineInfo", {}).get("name") or "pipeline"
        self.artifact_folder = os.path.join(self.home, "objects", "artifacts", slug(pipeline), slug(self.id))
        self._tasks = 0
        self._error: Optional[dict] = None
        self._placeholders: Optional[dict] = None
        self._environments: dict[str, dict] = {
            one["id"]: one for one in self.request.get("environments") or ()
        }
        self._building = None
        self._root = Row("", "", "dag")
        self.head = {name: self.request.get(name) for name in _COPIED}
        self.head["arguments"] = self.head["arguments"] or {}
        self.head["notes"] = list(self.head["notes"] or ())
        self.head.update(
            state="preparing", startedAt=now(), endedAt=None, environments=[], error=None, outputs={}
        )
        self._file = RunFile(folder, self.loop, self.head, self._root, self.disk_is_full)

    def carry_out(self) -> None:
        """Runs to the end; what goes wrong in the runner itself is the run's error."""
        from .environments import Environments

        self._building = Environments(self, self._prepared)
        self.head["environments"] = self._building.rows
        self._file.write()
        self._file.keep_reserve()
        self.loop.catch_signals(self.stop)
        self.loop.on_tick = self._look_for_stop
        self.loop.soon(self._building.start)
        try:
            self.loop.run()
        except Exception as problem:  # noqa: BLE001 - it is said in run.json
            self._broke(problem)
        self._file.close()

    def _broke(self, problem: Exception) -> None:
        traceback.print_exc()
        sys.stderr.flush()
        for attempt in self.attempts:
            attempt.kill()
        for row in self._root.walk():
            if row.state in ("pending", "running"):
                row.end("stopped")
        self._end("failed", error_of("internal", f"The runner failed: {problem}", type(problem).__name__))

    def _prepared(self, error: Optional[dict]) -> None:
        if error is not None or self.stopping:
            self._end("stopped" if error is None else "failed", error)
            return
        self.head["state"] = "running"
        self.changed()
        from .inputs import InputError, with_defaults
        from .scope import Call, carry_out

        root = self.spec["root"]
        try:
            given = {
                name: value
                for name, value in (self.request.get("arguments") or {}).items()
                if value is not None
            }
            parameters = with_defaults(given, root.get("inputDefinitions", {}).get("parameters", {}))
        except InputError as problem:
            self._end("failed", error_of("input", str(problem)))
            return
        carry_out(Call(self, "", {}, root, parameters, {}, self._root, None, self._walked))

    def _walked(self, outcome: Outcome) -> None:
        self.head["outputs"] = {
            **bounded(outcome.parameters),
            **{
                name: shown if self._is_list(name) else (shown[0] if shown else None)
                for name, items in outcome.artifacts.items()
                for shown in [[_shown(item) for item in items]]
            },
        }
        if self.outputs and not self.stopping:
            self.readers.start(
                lambda reading: self.outputs.changed(reading.goes_on),
                lambda changed: self._compared(outcome, changed),
            )
        else:
            self._ended(outcome)

    def _compared(self, outcome: Outcome, changed) -> None:
        for task, name in changed if isinstance(changed, list) else ():
            self.note(
                task,
                f"Output {name} was changed after its task had ended, by another task or from outside: "
                "what used it may have had either content.",
            )
        self._ended(outcome)

    def _ended(self, outcome: Outcome) -> None:
        if self.stopping:
            self._end("stopped" if outcome.state != "succeeded" else "succeeded", None)
        elif outcome.state == "failed":
            self._end("failed", {**(outcome.error or {}), "kind": "task"})
        else:
            self._end(outcome.state, None)

    def _is_list(self, name: str) -> bool:
        defined = self.spec["root"].get("outputDefinitions", {}).get("artifacts", {})
        return bool(defined.get(name, {}).get("isArtifactList"))

    def _end(self, state: str, error: Optional[dict]) -> None:
        self.name_strays()
        self.head.update(state="failed" if self._error else state, endedAt=now(), error=self._error or error)
        self.loop.finish()

    def changed(self, durable: bool = False) -> None:
        """run.json is out of date; `durable`: a task ended."""
        self._file.changed(durable)

    def note(self, task: Optional[str], message: str) -> None:
        """Says something, of a task or of the run, that is no failure; so much and no more for a run."""
        notes = self.head["notes"]
        if len(notes) < _MOST_NOTES:
            notes.append({"what": "happened", "task": task, "message": message})

    def name_strays(self) -> None:
        """Says which processes tasks left outside of their groups."""
        own = [attempt.pid for attempt in self.attempts]
        strays = self._strays.new(own) if self._building is None or self._building.is_over else []
        for attempt in list(self.attempts):
            attempt.name_strays([one for one in strays if one.folder == attempt.folder])
        known = {attempt.folder for attempt in self.attempts}
        for stray in strays:
            if stray.folder not in known:
                self.note(
                    None,
                    f"A task left a process running outside of its own: {stray.command} (pid {stray.pid}).",
                )

    def _look_for_stop(self) -> None:
        if not self.stopping and os.path.exists(os.path.join(self.folder, "stop")):
            self.stop()

    def stop(self) -> None:
        """Asks everything that runs to end; nothing new is started."""
        if self.stopping:
            return
        self.stopping = True
        self.head["state"] = "stopping"
        self._building.stop()
        for attempt in list(self.attempts):
            attempt.end()
        self.places.give_all()
        self.waits.end_all()
        self.readers.end_all()
        self._file.write()

    def disk_is_full(self) -> None:
        """The run cannot go on: it fails with an error that says so."""
        if self._error is None:
            self._error = error_of(
                "disk",
                f"The disk is full: there is no room left for {self.home}.",
                "OSError",
                hint="Free some room, for example by removing old runs or environments, and run it again.",
            )
            self.stop()

    def look_at_disk(self) -> None:
        """After a task failed: whether the disk is why."""
        if no_space_left(self.folder):
            self.disk_is_full()

    def next_task_number(self) -> str:
        """The name of a task's folder."""
        self._tasks += 1
        return str(self._tasks)

    def component(self, name: str) -> dict:
        """A component of the pipeline; empty when it is not there."""
        return self.spec.get("components", {}).get(name, {})

    def executor(self, component: dict) -> dict:
        """The executor of a component; empty when it has none."""
        return (self.request.get("executors") or {}).get(component.get("executorLabel", ""), {})

    def python_of(self, environment: str) -> str:
        """The interpreter of an environment."""
        return python_of(self._environments[environment])

    def use_apart(self, apart: list[dict]) -> None:
        """Gives each component the environment that its label stands in."""
        executors = self.request.get("executors") or {}
        for one in apart:
            self._environments[one["id"]] = one
            for label in one.get("labels") or ():
                if label in executors:
                    executors[label]["environment"] = one["id"]

    def environment_content(self, environment: str) -> dict:
        """What of an environment decides about results."""
        one = self._environments[environment]
        return {
            "python": one.get("python") or self.request.get("python"),
            "requirements": one.get("requirements") or [],
            "noDeps": one.get("noDeps") or [],
            **({"contents": one["contents"]} if one.get("contents") else {}),
        }

    def placeholders(self, key: str, path: str) -> dict[str, str]:
        """The placeholders that do not stand for inputs, for the task `key`."""
        import uuid

        if self._placeholders is None:
            self._placeholders = self._run_placeholders(uuid)
        task = uuid.uuid5(uuid.UUID(self._placeholders["pipeline_job_uuid"]), path)
        return {**self._placeholders, "pipeline_task_name": key, "pipeline_task_uuid": str(task)}

    def _run_placeholders(self, uuid) -> dict[str, str]:
        import time

        created = time.strftime(
            "%Y-%m-%dT%H:%M:%SZ", time.gmtime((self.request.get("createdAt") or now()) / 1000)
        )
        workspace = os.path.join(self.folder, "workspace")
        os.makedirs(workspace, exist_ok=True)
        return {
            "pipeline_job_name": self.request.get("name") or self.id,
            "pipeline_job_resource_name": self.id,
            "pipeline_job_uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.folder} {created}")),
            "pipeline_job_create_time_utc": created,
            "pipeline_job_schedule_time_utc": created,
            "pipeline_root": self.artifact_folder,
            "workspace_path": workspace,
        }


class Places:
    """So many processes at once and no more; who comes earlier in the pipeline goes first."""

    def __init__(self, loop: EventLoop, count: int) -> None:
        self._loop, self._free = loop, count
        self._asked: list = []
        self._count = 0

    def ask(self, order: tuple, start: Callable[[], None]) -> None:
        """Calls `start` when a place is free; it is given back with `free`."""
        self._count += 1
        heapq.heappush(self._asked, (order, self._count, start))
        self._loop.soon(self._give)

    def free(self) -> None:
        """A place is free again."""
        self._free += 1
        self._loop.soon(self._give)

    def _give(self) -> None:
        while self._free > 0 and self._asked:
            self._free -= 1
            heapq.heappop(self._asked)[2]()

    def give_all(self) -> None:
        """Calls all that wait: the run stops and they end at once."""
        self._free += len(self._asked)
        self._loop.soon(self._give)


class Waits:
    """Pauses before another try, which a stop cuts short."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._open: dict[int, tuple] = {}

    def start(self, seconds: float, then: Callable[[], None]) -> None:
        """Calls `then` in so many seconds."""
        mark = id(then)

        def over() -> None:
            if self._open.pop(mark, None):
                then()

        self._open[mark] = (self._loop.after(seconds, over), over)

    def end_all(self) -> None:
        """Calls all that wait, now."""
        for timer, over in list(self._open.values()):
            self._loop.cancel(timer)
            self._loop.soon(over)


def _shown(item: dict) -> dict:
    return {"type": title_of(item), "uri": item["uri"], "metadata": item["metadata"]}
