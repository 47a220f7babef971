"""What the runner's tests share: pipelines made of Python text, a home, a run that is started and read."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from typing import Any, Optional

PACKAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "mlops_runner")
MAIN = os.path.join(PACKAGE, "__main__.py")
KFP = os.environ.get("MLOPS_TEST_KFP", "kfp==2.17.0")
PRELUDE = "\nimport kfp\nfrom kfp import dsl\nfrom kfp.dsl import *\nfrom typing import *\n\n"
TYPES = {
    "str": "STRING",
    "int": "NUMBER_INTEGER",
    "float": "NUMBER_DOUBLE",
    "bool": "BOOLEAN",
    "list": "LIST",
    "dict": "STRUCT",
}


def test_cache() -> str:
    """The folder that keeps the environment with kfp between test runs."""
    folder = os.environ.get("MLOPS_TEST_CACHE") or os.path.join(tempfile.gettempdir(), "mlops-runner-tests")
    os.makedirs(folder, exist_ok=True)
    return folder


def kfp_environment() -> dict:
    """An environment that holds kfp alone; the first run that needs it builds it."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = "kfp-" + "".join(c if c.isalnum() else "-" for c in KFP) + "-" + version
    return {
        "id": "kfp",
        "path": os.path.join(test_cache(), name),
        "requirements": [],
        "noDeps": [KFP],
        "pipArguments": [],
    }


class Pipeline:
    """A PipelineSpec made by hand: `task(name, source, ...)` adds a component and its task to the root."""

    def __init__(self, name: str = "pipe") -> None:
        self.executors: dict[str, dict] = {}
        self.source: Optional[dict] = None
        self.spec: dict[str, Any] = {
            "pipelineInfo": {"name": name},
            "schemaVersion": "2.1.0",
            "components": {},
            "root": {"dag": {"tasks": {}}, "inputDefinitions": {"parameters": {}}},
        }

    def component(
        self,
        name: str,
        source: str,
        inputs: Optional[dict] = None,
        outputs: Optional[dict] = None,
        artifacts: Optional[dict] = None,
        takes: Optional[dict] = None,
    ) -> None:
        """A component whose function is called `f`; types are Python's names, artifacts schema titles."""
        component: dict[str, Any] = {"executorLabel": f"exec-{name}"}
        if inputs or takes:
            component["inputDefinitions"] = {
                "parameters": {key: {"parameterType": TYPES[kind]} for key, kind in (inputs or {}).items()},
                "artifacts": {
                    key: {"artifactType": {"schemaTitle": kind, "schemaVersion": "0.0.1"}}
                    for key, kind in (takes or {}).items()
                },
            }
        component["outputDefinitions"] = {
            "parameters": {key: {"parameterType": TYPES[kind]} for key, kind in (outputs or {}).items()},
            "artifacts": {
                key: {"artifactType": {"schemaTitle": kind, "schemaVersion": "0.0.1"}}
                for key, kind in (artifacts or {}).items()
            },
        }
        self.spec["components"][f"comp-{name}"] = component
        self.executors[f"exec-{name}"] = {
            "kind": "python",
            "source": PRELUDE + textwrap.dedent(source),
            "function": "f",
            "environment": "kfp",
            "env": {},
            "packages": [],
        }

    def task(
        self,
        name: str,
        source: str,
        after: tuple = (),
        given: Optional[dict] = None,
        retry: int = 0,
        **component: Any,
    ) -> None:
        """A task of the root DAG with constant inputs; `uses` (artifact input →
        (task, output)), `cache`, and what `component` takes go in by name."""
        cache, uses = component.pop("cache", False), component.pop("uses", {})
        self.component(name, source, **component)
        task: dict[str, Any] = {
            "componentRef": {"name": f"comp-{name}"},
            "taskInfo": {"name": name},
            "cachingOptions": {"enableCache": cache},
            "dependentTasks": list(after),
        }
        task["inputs"] = {
            "parameters": {
                key: {"runtimeValue": {"constant": value}} for key, value in (given or {}).items()
            },
            "artifacts": {
                key: {"taskOutputArtifact": {"producerTask": one, "outputArtifactKey": output}}
                for key, (one, output) in uses.items()
            },
        }
        if retry:
            task["retryPolicy"] = {"maxRetryCount": retry, "backoffDuration": "0s", "backoffFactor": 2}
        self.spec["root"]["dag"]["tasks"][name] = task

    def loop(self, name: str, items: list, component: str, **more: Any) -> None:
        """A loop of the root DAG whose body is one task of `component` with the input x."""
        self.spec["components"][f"comp-{name}"] = {
            "dag": {
                "tasks": {
                    "body": {
                        "componentRef": {"name": f"comp-{component}"},
                        "taskInfo": {"name": "body"},
                        "inputs": {"parameters": {"x": {"componentInputParameter": "item"}}},
                    }
                }
            },
            "inputDefinitions": {"parameters": {"item": {"parameterType": "NUMBER_INTEGER"}}},
        }
        self.spec["root"]["dag"]["tasks"][name] = {
            "componentRef": {"name": f"comp-{name}"},
            "taskInfo": {"name": name},
            "parameterIterator": {"itemInput": "item", "items": {"raw": json.dumps(items)}},
            **more,
        }


class Started:
    """A run whose runner is going."""

    def __init__(self, folder: str, process: subprocess.Popen) -> None:
        self.folder, self.process = folder, process

    def read(self) -> dict:
        """run.json as it is now; empty before it is there."""
        try:
            with open(os.path.join(self.folder, "run.json"), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def until(self, holds, seconds: float = 30) -> dict:
        """Waits until something holds for run.json."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            record = self.read()
            if record and holds(record):
                return record
            if self.process.poll() is not None:
                record = self.read()
                if record and holds(record):
                    return record
                raise AssertionError(f"the runner ended: {self.output()} {json.dumps(record)[:2000]}")
            time.sleep(0.01)
        raise AssertionError(f"not in {seconds} s: {json.dumps(self.read())[:3000]}")

    def until_running(self, path: str) -> dict:
        """Waits until a task runs."""
        return self.until(
            lambda run: any(row["path"] == path and row["state"] == "running" for row in run["tasks"])
        )

    def until_logged(self, path: str, text: str) -> None:
        """Waits until a task has printed something."""
        self.until(lambda run: text in log_of(self.folder, run, path))

    def end(self, seconds: float = 60) -> dict:
        """Waits for the runner's end; run.json."""
        self.process.wait(seconds)
        output = self.output()
        if output:
            raise AssertionError(output)
        return self.read()

    def output(self) -> str:
        with open(os.path.join(self.folder, "runner.log"), encoding="utf-8") as file:
            return file.read()

    def stop(self) -> None:
        """Drops the stop file."""
        with open(os.path.join(self.folder, "stop"), "w", encoding="utf-8"):
            pass


def rows_of(run: dict) -> dict[str, dict]:
    """Path → row."""
    return {row["path"]: row for row in run["tasks"]}


def log_of(folder: str, run: dict, path: str) -> str:
    """A task's log as text."""
    log = rows_of(run).get(path, {}).get("log")
    if not log or not os.path.exists(os.path.join(folder, log)):
        return ""
    with open(os.path.join(folder, log), encoding="utf-8") as file:
        return file.read()


def is_alive(pid: int) -> bool:
    """Whether a process is there and not only waiting to be collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return os.path.isdir("/proc/self") is False


class RunnerTest(unittest.TestCase):
    """A home of its own for each test; every runner of the test is gone after it."""

    def setUp(self) -> None:
        self.home = tempfile.mkdtemp(prefix="home ")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.number = 0

    def start(self, pipeline: Pipeline, variables: Optional[dict] = None, **request: Any) -> Started:
        """Writes a request and starts the runner."""
        self.number += 1
        folder = os.path.join(self.home, "runs", str(self.number))
        os.makedirs(folder)
        content = {
            "schema": 1,
            "id": f"pipe-{self.number}",
            "number": self.number,
            "name": f"Run {self.number}",
            "createdAt": int(time.time() * 1000),
            "pipeline": {"id": "p", "name": "pipe", "source": pipeline.source},
            "spec": pipeline.spec,
            "executors": pipeline.executors,
            "arguments": {},
            "home": self.home,
            "python": sys.executable,
            "uv": None,
            "environments": [kfp_environment()],
            "cache": True,
            "parallelism": 4,
            "limits": {"memoryBytes": None, "logBytes": 4_000_000, "lineBytes": 100_000},
            "passEnvironment": [],
            "notes": [],
            **request,
        }
        with open(os.path.join(folder, "request.json"), "w", encoding="utf-8") as file:
            json.dump(content, file)
        return self.launch(folder, variables)

    def launch(self, folder: str, variables: Optional[dict] = None) -> Started:
        """Starts a runner on a folder."""
        with open(os.path.join(folder, "runner.log"), "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", MAIN, folder],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **(variables or {})},
            )
        self.addCleanup(self._gone, process)
        return Started(folder, process)

    def run_to_end(self, pipeline: Pipeline, seconds: float = 120, **request: Any) -> tuple[dict, Started]:
        """A run to its end: run.json and the run."""
        started = self.start(pipeline, **request)
        return started.end(seconds), started

    @staticmethod
    def _gone(process: subprocess.Popen) -> None:
        if process.poll() is None:
            process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
