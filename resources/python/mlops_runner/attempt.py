"""One try of a task: its folder, its process, its log."""

from __future__ import annotations

import json
import os
import shutil
from typing import Callable, Optional

from . import process_control
from .call import Call
from .files import FULL, slug
from .log_file import LogFile
from .outcome import Outcome, error_of, for_own_module, planned_outputs, read_error, read_outputs
from .output_line import with_line
from .strays import VARIABLE, Stray
from .task_environment import for_task

_BOOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "boot.py")
_GRACE = 2.0


class Attempt:
    """Runs a component's function once; `done` gets the outcome."""

    def __init__(
        self, call: Call, executor: dict, number: str, count: int, done: Callable[[Outcome], None]
    ) -> None:
        self._call, self._executor, self._done = call, executor, done
        self._run = call.run
        self.relative_log = f"tasks/{number}/{count}/log"
        self._folder = os.path.join(self._run.folder, "tasks", number, str(count))
        self._store = os.path.join(self._run.artifact_folder, slug(call.row.path), f"{number}-{count}")
        self._ending = False
        self.input: dict = {}

    def start(self) -> None:
        """Writes the files and starts the process. A failure here is an outcome, too."""
        try:
            self._prepare()
            self._process = process_control.spawn(
                self._command(),
                os.path.join(self._folder, "work"),
                self._environment(),
                hold_stdin=True,
                umask=self._run.task_umask,
            )
        except OSError as error:
            if error.errno in FULL:
                self._run.disk_is_full()
            message = f"The task could not be started: {error}"
            self._finish(Outcome("failed", error=error_of("setup", message, type(error).__name__)))
            return
        self._run.attempts.add(self)
        self._run.loop.watch(self._process, self._on_output, self._on_exit)

    def _prepare(self) -> None:
        os.makedirs(os.path.join(self._folder, "work"))
        definitions = self._call.component.get("outputDefinitions", {})
        self.input = {
            "inputs": {
                "parameterValues": self._call.parameters,
                "artifacts": {name: {"artifacts": items} for name, items in self._call.artifacts.items()},
            },
            "outputs": planned_outputs(definitions, self._folder, self._store),
        }
        with open(os.path.join(self._folder, "executor_input.json"), "w", encoding="utf-8") as file:
            file.write(json.dumps(self.input))
        with open(os.path.join(self._folder, "component.py"), "w", encoding="utf-8", newline="\n") as file:
            file.write(self._executor["source"])
        os.makedirs(self._store, exist_ok=True)
        limits = self._run.limits
        self._log = LogFile(os.path.join(self._folder, "log"), limits["logBytes"], limits["lineBytes"])

    def _command(self) -> list[str]:
        memory = self._run.limits.get("memoryBytes")
        limit = [str(int(memory))] if memory and not process_control.WINDOWS else []
        python = self._run.executors.python_of(self._executor)
        return [python, "-u", _BOOT, self._folder, self._executor["function"], *limit]

    def _environment(self) -> dict[str, str]:
        python = self._run.executors.python_of(self._executor)
        own = {name: str(value) for name, value in (self._executor.get("env") or {}).items()}
        variables = for_task(python, self._run.request.get("passEnvironment") or (), own)
        return {**variables, VARIABLE: self._folder}

    def _on_output(self, chunk: bytes) -> None:
        self._log.add(chunk)
        if self._log.full:
            self._run.disk_is_full()

    def end(self) -> None:
        """Asks the task to end and kills it after two seconds."""
        if not self._ending:
            self._ending = True
            process_control.terminate_group(self._process)
            self._run.loop.after(_GRACE, lambda: self in self._run.attempts and self.kill())

    def name_strays(self, strays: list[Stray]) -> None:
        """Notes in the log, and on the task, which of its processes run outside its group."""
        for stray in strays:
            text = f"The task left a process running outside of its own: {stray.command} (pid {stray.pid})."
            self._log.add(f"\n[{text}]\n".encode())
            self._run.note(self._call.row.path, text)

    @property
    def folder(self) -> str:
        """The folder of this try."""
        return self._folder

    @property
    def pid(self) -> int:
        """The process that was started."""
        return self._process.pid

    def kill(self) -> None:
        """Ends the task at once."""
        process_control.kill_group(self._process)

    def _on_exit(self) -> None:
        # The rest of the group would hold the pipe, and belongs to no task any more.
        process_control.kill_group(self._process)
        code = self._process.wait()
        self._run.loop.unwatch(self._process, self._on_output)
        self._process.stdin.close()
        self._run.name_strays()
        self._log.close()
        self._run.attempts.discard(self)
        if self._log.full:
            self._run.disk_is_full()
        self._finish(self._outcome(code))

    def _finish(self, outcome: Outcome) -> None:
        if outcome.state == "succeeded":
            self._remove_empty_store()
            self._done(outcome)
        else:
            self.forget(lambda: self._done(outcome))

    def forget(self, then: Callable[[], None]) -> None:
        """Removes the outputs of a try that did not succeed, then calls `then`. Nothing refers to them."""
        self._remove_empty_store()
        if not os.path.lexists(self._store):
            then()
            return

        def remove(_reading) -> None:
            shutil.rmtree(self._store, ignore_errors=True)
            self._remove_empty_store()

        self._run.readers.start(remove, lambda _: then())

    def _outcome(self, code: int) -> Outcome:
        error = read_error(self._folder, code, self._run.limits.get("memoryBytes"))
        if self._ending:  # also for a task that returned: its outputs may be incomplete
            return Outcome("stopped")
        if error is not None:
            self._run.look_at_disk()
            return Outcome("failed", error=for_own_module(self._with_line(error), self._source_file()))
        outcome = read_outputs(self._folder, self.input, self._call.component.get("outputDefinitions", {}))
        if outcome.error is not None:
            outcome.error = self._with_line(outcome.error)
        return outcome

    def _with_line(self, error: dict) -> dict:
        return with_line(error, self._executor["source"], self._executor["function"])

    def _source_file(self) -> Optional[str]:
        return (self._run.request["pipeline"].get("source") or {}).get("file")

    def _remove_empty_store(self) -> None:
        for folder in (self._store, os.path.dirname(self._store)):
            try:
                os.rmdir(folder)
            except FileNotFoundError:
                continue
            except OSError:
                return
