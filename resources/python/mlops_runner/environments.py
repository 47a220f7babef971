"""The Python environments of a run: ready ones, those that are built in turn, and given interpreters."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import Callable, Optional

from . import environment_check, process_control
from .environment_build import Build
from .files import write_whole
from .installer_words import meaningful_line
from .outcome import error_of
from .rows import now
from .run_context import RunContext
from .task_environment import short_list

_APART = ".apart"  # beside the folder of one whose packages exclude each other
_LOOK_FOR_LOCK = 0.2
_CHECK = "import kfp.dsl.executor, sys; print('ready')"


class Environments:
    """Prepares each environment of the request; `done` gets None, or the error that ends the run."""

    def __init__(self, run: RunContext, done: Callable[[Optional[dict]], None]) -> None:
        self._run, self._done = run, done
        self._wanted = list(run.request.get("environments") or ())
        self.rows = [_row_of(one) for one in self._wanted]
        self._at = -1
        self._lock = None
        self._held: list = []
        self._build: Optional[Build] = None
        self._check = None
        self._said = ""
        self._damaged: Optional[str] = None

    @property
    def is_over(self) -> bool:
        """Whether neither an installer nor a check runs."""
        return self._build is None and self._check is None

    def start(self) -> None:
        """Begins with the first one."""
        self._next()

    def stop(self) -> None:
        """Ends the installer; `done` is called when it has ended."""
        if self._build is not None:
            self._build.stop()
        if self._check is not None:
            process_control.kill_group(self._check)

    def _next(self) -> None:
        self._release()
        self._at += 1
        if self._run.stopping or self._at >= len(self._wanted):
            for row in self.rows:
                if row["state"] == "building":
                    row.update(state="failed", line="Stopped.", endedAt=now())
            self._done(None)
            return
        one = self._wanted[self._at]
        if one.get("python"):
            self._look_into(one)
        else:
            self._take()

    def _hold(self, one: dict) -> bool:
        """Whether it is ready; then it is locked until this process ends, so that it is not removed."""
        self._damaged = None
        try:
            lock = process_control.try_lock(one["path"] + ".lock", shared=True)
        except OSError:
            # In a read-only folder nothing can be removed.
            return self._is_ready(one)
        if lock is not None and self._is_ready(one):
            self._held.append(lock)
            return True
        if lock is not None:
            lock.close()
        return False

    def _is_ready(self, one: dict) -> bool:
        """Whether it was built completely and is still complete."""
        marker = environment_check.read_marker(one)
        self._damaged = environment_check.damage(one, marker) if marker is not None else None
        return marker is not None and self._damaged is None

    def _row(self, **values) -> None:
        self.rows[self._at].update(values)
        self._run.changed()

    def _ready(self) -> None:
        started = self.rows[self._at]["startedAt"]
        self._row(state="ready", endedAt=now() if started else None, line=None if not started else "Ready.")
        self._next()

    def _wait_for_lock(self) -> None:
        one = self._wanted[self._at]
        if self._run.stopping:
            self._next()
            return
        if self.rows[self._at]["startedAt"] is None:
            self._row(state="building", startedAt=now(), line="Starting", log=f"environment-{one['id']}.log")
        try:
            os.makedirs(os.path.dirname(one["path"]), exist_ok=True)
            self._lock = process_control.try_lock(one["path"] + ".lock")
        except OSError as error:
            self._fail(error_of("environment", f"The folder for environments cannot be used: {error}"))
            return
        if self._lock is None:
            self._row(line=self._what_it_waits_for())
            # Retry with a shared lock first: after the build its builder keeps one until its run ends.
            self._run.loop.after(_LOOK_FOR_LOCK, self._take)
        elif self._is_ready(one) or _is_apart(one):
            self._release()
            self._take()
        else:
            if self._damaged:
                self._run.note(
                    None, f"The environment {one['id']} was damaged ({self._damaged}) and was built anew."
                )
            self._build = Build(self._run, one, self._say, self._built, self._damaged, self._lock.fileno())
            self._build.start()

    def _what_it_waits_for(self) -> str:
        if self._damaged:
            return f"The environment is damaged ({self._damaged}): waiting for the runs that use it"
        return "Waiting for another run that prepares the same environment"

    def _say(self, line: str) -> None:
        self._row(line=line[:300])

    def _built(self, error: Optional[dict], conflict: bool = False) -> None:
        self._build = None
        if error is None:
            self._release()
            self._take()
        elif self._run.stopping:
            self._next()
        elif conflict and self._wanted[self._at].get("apart"):
            self._run.note(
                None, f"{error['message'].rstrip('.')}. So each component has an environment of its own."
            )
            self._remember_apart(self._wanted[self._at])
        else:
            self._fail(error)

    def _remember_apart(self, one: dict) -> None:
        """Removes the failed environment, so that later runs start with its replacements."""

        def remove() -> None:
            shutil.rmtree(one["path"], ignore_errors=True)
            with contextlib.suppress(OSError):
                write_whole(one["path"] + _APART, b"")

        self._run.loop.in_background(remove, lambda _: self._take_apart(one))

    def _take_apart(self, one: dict) -> None:
        """Continues with the environments that replace it."""
        apart = one["apart"]
        self._run.executors.use_apart(apart)
        self.rows[self._at : self._at + 1] = [_row_of(each) for each in apart]
        self._wanted[self._at : self._at + 1] = apart
        self._at -= 1
        self._next()

    def _take(self) -> None:
        """Uses it when it is ready, else builds it; again when it was removed right after."""
        one = self._wanted[self._at]
        if self._hold(one):
            self._ready()
        elif _is_apart(one):
            self._take_apart(one)
        else:
            self._wait_for_lock()

    def _fail(self, error: dict) -> None:
        self._release()
        self._row(state="failed", endedAt=now(), line=error["message"])
        self._done(error)

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _look_into(self, one: dict) -> None:
        """A given interpreter is used as it is, after a check that it has kfp."""
        self._row(state="building", startedAt=now(), line="Looking into " + one["python"])
        self._said = ""
        environment = {**short_list(self._run.request.get("passEnvironment") or ()), "_KFP_RUNTIME": "true"}
        try:
            self._check = process_control.spawn([one["python"], "-c", _CHECK], self._run.folder, environment)
        except OSError as error:
            self._fail(
                error_of(
                    "environment",
                    f"{one['python']} cannot be started: {error.strerror}.",
                    hint="Choose another Python in the settings.",
                )
            )
            return
        self._run.loop.watch(self._check, self._hear, self._looked)

    def _hear(self, chunk: bytes) -> None:
        self._said = (self._said + chunk.decode("utf-8", "replace"))[-20_000:]

    def _looked(self) -> None:
        process_control.kill_group(self._check)
        code = self._check.wait()
        self._run.loop.unwatch(self._check, self._hear)
        self._check = None
        if self._run.stopping:
            self._next()
        elif code == 0:
            self._ready()
        else:
            python = self._wanted[self._at]["python"]
            self._fail(
                error_of(
                    "environment",
                    f"{python} cannot run components: {meaningful_line(self._said) or f'code {code}'}",
                    hint=f"Install kfp there (pip install --no-deps kfp) or let an environment be made "
                    f"(Python {sys.version_info[0]}.{sys.version_info[1]} runs this).",
                )
            )


def _is_apart(one: dict) -> bool:
    """Whether its packages are known to exclude each other, and replacements are given."""
    return bool(one.get("apart")) and os.path.exists(one["path"] + _APART)


def _row_of(one: dict) -> dict:
    return {
        "id": one["id"],
        "state": "waiting",
        "line": None,
        "log": None,
        "startedAt": None,
        "endedAt": None,
    }
