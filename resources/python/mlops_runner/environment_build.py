"""Builds one environment: made empty, filled by uv or pip, measured, marked as ready. Each step can be
stopped.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Callable, Optional

from . import process_control
from .environment_check import MARKER, marker_text, python_of
from .files import FULL, no_space_left, write_whole
from .installer_words import explain, is_conflict, meaningful_line
from .outcome import error_of
from .package_copy import is_folder
from .rows import now
from .run_context import RunContext
from .task_environment import for_installer

_HEARD = 64 * 1024
_MOST_LOG = 20 * 1024 * 1024
_GRACE = 2.0
_GUARD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "guard.py")
_PROBE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "probe_python.py")


class Build:
    """Builds an environment under the caller's lock; `done` gets None or the error, and whether its packages
    exclude each other.
    """

    def __init__(
        self,
        run: RunContext,
        one: dict,
        say: Callable[[str], None],
        done: Callable[[Optional[dict], bool], None],
        damaged: Optional[str] = None,
        lock: Optional[int] = None,
    ) -> None:
        self._run, self._one, self._say, self._done = run, one, say, done
        self._damaged = damaged
        self._kept = () if lock is None else (lock,)
        self._base: str = run.request["python"]
        self._uv: Optional[str] = run.request.get("uv")
        self._path: str = one["path"]
        self._python = ""
        self._process = None
        self._then: Callable[[str], None] = lambda text: None
        self._heard = b""
        self._written = 0
        self._probe: dict = {}
        self._log = None

    def start(self) -> None:
        """Begins; removes a half-built environment at the same place first."""
        self._python = python_of(self._one)
        try:
            self._log = open(
                os.path.join(self._run.folder, f"environment-{self._one['id']}.log"), "wb", buffering=0
            )
        except OSError as error:
            self._end(self._disk_error(error))
            return
        import shutil

        if self._damaged:
            self._say(f"The environment is damaged ({self._damaged}) and is built anew")
            self._write(f"The environment was damaged: {self._damaged}. It is built anew.\n".encode())
        elif os.path.exists(self._path):
            self._say("Removing a half-built environment")
        self._run.loop.in_background(lambda: shutil.rmtree(self._path, ignore_errors=True), self._begin)

    def stop(self) -> None:
        """Ends the installer and its processes, and removes their temporary files."""
        if self._process is not None:
            self._process.stdin.close()
            process = self._process
            self._run.loop.after(
                _GRACE, lambda: process is self._process and process_control.kill_group(process)
            )

    def _begin(self, _result) -> None:
        if self._uv:
            self._step(
                "Making the environment",
                [self._uv, "venv", "--python", self._base, self._path],
                lambda _: self._install(),
            )
        else:
            self._step("Looking at the Python", [self._base, "-I", _PROBE], self._probed)

    def _probed(self, text: str) -> None:
        try:
            self._probe = json.loads(text.strip().splitlines()[-1])
        except (ValueError, IndexError):
            self._end(
                error_of(
                    "environment",
                    f"{self._base} could not say what it is.",
                    hint="Choose another Python in the settings.",
                )
            )
            return
        if not self._probe.get("venv"):
            self._end(_no_venv(self._base))
        elif _version(self._probe.get("pip")) >= (22, 3):
            # The base's pip installs into it, which is faster than giving it a pip and needs no ensurepip.
            self._step(
                "Making the environment",
                [self._base, "-I", "-m", "venv", "--without-pip", self._path],
                lambda _: self._install(),
            )
        elif self._probe.get("ensurepip"):
            self._step(
                "Making the environment",
                [self._base, "-I", "-m", "venv", self._path],
                lambda _: self._install(),
            )
        else:
            self._end(_no_venv(self._base))

    def _installer(self) -> list[str]:
        if self._uv:
            return [self._uv, "pip", "install", "--python", self._python]
        if _version(self._probe.get("pip")) >= (22, 3):
            return [self._base, "-m", "pip", "--python", self._python, "install"]
        return [self._python, "-m", "pip", "install"]

    def _install(self) -> None:
        more = [str(word) for word in self._one.get("pipArguments") or ()]
        no_deps = list(self._one.get("noDeps") or ())
        requirements = list(self._one.get("requirements") or ())
        steps = []
        if no_deps:
            steps.append(
                (f"Installing {', '.join(no_deps)}", [*self._installer(), *more, "--no-deps", *no_deps])
            )
        if requirements:
            steps.append(
                (f"Installing {', '.join(requirements)}", [*self._installer(), *more, *requirements])
            )

        def go_on(_text: str = "") -> None:
            if steps:
                line, command = steps.pop(0)
                self._step(line, command, go_on)
            else:
                self._step(
                    "Checking",
                    [self._python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
                    self._measure,
                )

        go_on()

    def _measure(self, version: str) -> None:
        def measured(size) -> None:
            text = marker_text(self._one, version.strip(), size if isinstance(size, int) else 0)
            try:
                write_whole(os.path.join(self._path, MARKER), text.encode(), durable=True)
            except OSError as error:
                self._end(self._disk_error(error))
                return
            self._end(None)

        self._run.loop.in_background(lambda: _bytes_in(self._path), measured)

    def _step(self, line: str, command: list[str], then: Callable[[str], None]) -> None:
        if self._run.stopping:
            self._end(error_of("environment", "Stopped."))
            return
        self._say(line)
        self._heard, self._then = b"", then
        self._write(f"$ {' '.join(command)}\n".encode())
        packages = (*(self._one.get("noDeps") or ()), *(self._one.get("requirements") or ()))
        copies = [f"--copy={word}" for word in command if word in packages and is_folder(word)]
        try:
            self._process = process_control.spawn(
                [sys.executable, "-I", "-S", _GUARD, *copies, *command],
                self._run.folder,
                for_installer(),
                hold_stdin=True,
                kept=self._kept,
            )
        except OSError as error:
            self._end(
                error_of(
                    "environment",
                    f"{command[0]} cannot be started: {error.strerror}.",
                    hint="Choose another Python in the settings.",
                )
            )
            return
        self._run.loop.watch(self._process, self._hear, self._over)

    def _hear(self, chunk: bytes) -> None:
        self._heard = (self._heard + chunk)[-_HEARD:]
        self._write(chunk)
        line = meaningful_line(chunk.decode("utf-8", "replace"))
        if line:
            self._say(line)

    def _write(self, text: bytes) -> None:
        try:
            if self._written < _MOST_LOG:
                self._written += self._log.write(text)
        except OSError as error:
            if error.errno in FULL:
                self._run.disk_is_full()

    def _over(self) -> None:
        process = self._process
        process_control.kill_group(process)
        code = process.wait()
        self._run.loop.unwatch(process, self._hear)
        process.stdin.close()
        self._process = None
        text = self._heard.decode("utf-8", "replace")
        if self._run.stopping:
            self._end(error_of("environment", "Stopped."))
        elif code == 0:
            self._then(text)
        elif no_space_left(os.path.dirname(self._path)) or "No space left on device" in text:
            self._run.disk_is_full()
            self._end(error_of("environment", "The disk is full."))
        else:
            message, hint = explain(text, code, self._one.get("noDeps") or ())
            self._end(error_of("environment", message, hint=hint), is_conflict(text))

    def _disk_error(self, error: OSError) -> dict:
        if error.errno in FULL:
            self._run.disk_is_full()
        return error_of("environment", f"The environment could not be written: {error}", type(error).__name__)

    def _end(self, error: Optional[dict], conflict: bool = False) -> None:
        if self._log is not None:
            self._log.close()
        self._done(error, conflict)


def _bytes_in(folder: str) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                pass
    return total


def _version(text: Optional[str]) -> tuple:
    numbers = []
    for part in (text or "").split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def _no_venv(python: str) -> dict:
    return error_of(
        "environment",
        f"{python} cannot make environments: it has neither ensurepip nor a recent pip.",
        hint="Install the package python3-venv (Debian, Ubuntu: sudo apt install python3-venv), "
        "or choose another Python in the settings.",
        created=now(),
    )
