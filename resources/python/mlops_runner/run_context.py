"""What the environments and the tasks of one run share."""

from __future__ import annotations

import os
from typing import Callable, Optional

from .event_loop import EventLoop
from .executors import Executors
from .files import no_space_left, slug
from .kept_outputs import KeptOutputs
from .outcome import error_of
from .placeholders import RunPlaceholders
from .reading import Readers
from .run_file import RunFile
from .slots import ProcessSlots, RetryTimers
from .strays import Strays

_LIMITS = {"memoryBytes": None, "logBytes": 20 * 1024 * 1024, "lineBytes": 64 * 1024}


class RunContext:
    """Where a run is, what was asked for, and what its parts use together. `stop` ends the run."""

    def __init__(
        self,
        folder: str,
        task_umask: int,
        request: dict,
        loop: EventLoop,
        file: RunFile,
        stop: Callable[[], None],
    ) -> None:
        self.folder = folder
        self.task_umask = task_umask
        self.request = request
        self.id: str = request["id"]
        self.home: str = request["home"]
        self.limits = {**_LIMITS, **(request.get("limits") or {})}
        spec = request["spec"]
        pipeline = spec.get("pipelineInfo", {}).get("name") or "pipeline"
        self.artifact_folder = os.path.join(self.home, "objects", "artifacts", slug(pipeline), slug(self.id))
        self.executors = Executors(request)
        self.placeholders = RunPlaceholders(folder, request, self.artifact_folder)
        self.loop = loop
        self.slots = ProcessSlots(loop, max(1, int(request.get("parallelism") or 1)))
        self.retry_timers = RetryTimers(loop)
        self.readers = Readers(loop)
        self.outputs = KeptOutputs()
        self.attempts: set = set()
        self.given_notes: set = set()  # marks of notes that are given only once
        self.stopping = False
        self.preparing = True
        self.disk_error: Optional[dict] = None
        self.changed = file.changed
        self.note = file.note
        self._components: dict[str, dict] = spec.get("components", {})
        self._stop = stop
        self._strays = Strays()
        self._tasks = 0

    def component(self, name: str) -> dict:
        """A component of the pipeline; empty when it is not there."""
        return self._components.get(name, {})

    def next_task_number(self) -> str:
        """The name of a task's folder."""
        self._tasks += 1
        return str(self._tasks)

    def end_all(self) -> None:
        """Asks all tasks to end; nothing new is started."""
        self.stopping = True
        for attempt in list(self.attempts):
            attempt.end()
        self.slots.give_all()
        self.retry_timers.end_all()
        self.readers.end_all()

    def disk_is_full(self) -> None:
        """The run cannot go on: it fails with an error that says so."""
        if self.disk_error is None:
            self.disk_error = error_of(
                "disk",
                f"The disk is full: there is no room left for {self.home}.",
                "OSError",
                hint="Free some room, for example by removing old runs or environments, and run it again.",
            )
            self._stop()

    def look_at_disk(self) -> None:
        """After a task failed: whether the disk is why."""
        if no_space_left(self.folder):
            self.disk_is_full()

    def name_strays(self) -> None:
        """Says which processes tasks left outside of their groups. Before the tasks there are installers."""
        own = [attempt.pid for attempt in self.attempts]
        strays = [] if self.preparing else self._strays.new(own)
        for attempt in list(self.attempts):
            attempt.name_strays([one for one in strays if one.folder == attempt.folder])
        known = {attempt.folder for attempt in self.attempts}
        for stray in strays:
            if stray.folder not in known:
                self.note(
                    None,
                    f"A task left a process running outside of its own: {stray.command} (pid {stray.pid}).",
                )
