"""The outcome of a component: its state, outputs and error; and how it is read from a task's files."""

from __future__ import annotations

import errno
import json
import os
from typing import Any, Optional

from .files import NotAFile, read_bounded, slug
from .process_control import signal_name
from .values import ValueMismatch, coerce, strict_json, type_of, whole

_LARGEST_METADATA = 4 * 1024 * 1024  # a ROC curve of 10 000 points has more than 1 MB
_LARGEST_MESSAGE = 2000
_LARGEST_ERROR = 1024 * 1024
MOST_PARAMETER_BYTES = 4 * 1024 * 1024  # what a cluster takes
_LARGEST_OUTPUT = 64 * 1024 * 1024  # with the metadata of artifacts
_TOO_LARGE_HINT = (
    "Write it to a file instead: an output artifact (dsl.Output[dsl.Dataset]) may be of any size."
)


class Outcome:
    """`artifacts` maps a name to a list, also for a single artifact; each is {name, uri, metadata, type}."""

    def __init__(
        self,
        state: str,
        parameters: Optional[dict[str, Any]] = None,
        artifacts: Optional[dict[str, list]] = None,
        error: Optional[dict] = None,
    ) -> None:
        self.state, self.error = state, error
        self.parameters, self.artifacts = parameters or {}, artifacts or {}


def error_of(kind: str, message: str, name: Optional[str] = None, **more: Any) -> dict:
    """An error as in run.json."""
    return {
        "kind": kind,
        "type": name,
        "message": message[:_LARGEST_MESSAGE],
        "line": None,
        "text": None,
        "function": None,
        "offset": None,
        **more,
    }


def passed_on(error: Optional[dict], path: str) -> dict:
    """The error of a group in which the task `path` failed."""
    inner = error or error_of("internal", f"{path} failed.")
    return {**inner, "kind": "upstream", "task": inner.get("task") or path}


def read_error(folder: str, code: int, memory: Optional[int]) -> Optional[dict]:
    """Why a task's process failed, from what its boot wrote and how it ended; None when it ended well.

    `code` is the exit code, negative for a signal; `memory` the limit in bytes, or None.
    """
    try:
        said = json.loads(read_bounded(os.path.join(folder, "error.json"), _LARGEST_ERROR))
        if isinstance(said, dict) and isinstance(said.get("message"), str):
            known = {name: value for name, value in said.items() if _fits(name, value)}
            return {**error_of("exception", ""), **known}
    except (OSError, ValueError, RecursionError):
        pass
    if code < 0:
        return _signal_error(signal_name(-code), memory)
    if code > 0:
        return error_of("exit", f"The process ended with code {code}.", "SystemExit")
    return None


def _fits(name: str, value: Any) -> bool:
    """Whether a field of error.json has its type, since a task may have written the file itself."""
    if name in ("line", "offset"):
        return value is None or (isinstance(value, int) and not isinstance(value, bool))
    if name in ("type", "text", "function"):
        return value is None or isinstance(value, str)
    return name in ("kind", "message", "hint", "module", "output") and isinstance(value, str)


def for_own_module(error: dict, source: Optional[str]) -> dict:
    """A task's error; with another hint where the missing module is beside the pipeline's file."""
    module = error.pop("module", None)
    if module is None or source is None:
        return error
    folder = os.path.dirname(source)
    for place in (folder, os.path.dirname(folder), os.path.join(folder, "src")):
        if any(os.path.exists(os.path.join(place, name)) for name in (f"{module}.py", module)):
            return {
                **error,
                "hint": f"{module} is a file of yours, and a component's function is taken out of its file: "
                "move what it needs into the function, or install it as a package (packages_to_install).",
            }
    return error


def _signal_error(name: str, memory: Optional[int]) -> dict:
    hint = None
    if name == "SIGKILL":
        hint = (
            "The system ends a process this way when memory runs out; someone may also have ended it by hand."
        )
    elif memory is not None and name in ("SIGABRT", "SIGSEGV", "SIGBUS"):
        megabytes = memory // (1024 * 1024)
        hint = f"The task may use {megabytes} MB of memory; native code often ends this way beyond that."
    return error_of("signal", f"The process was ended by {name}.", name, **({"hint": hint} if hint else {}))


def read_outputs(folder: str, executor_input: dict, definitions: dict) -> Outcome:
    """The outputs of a task whose process ended well; a declared parameter that is missing is a failure."""
    parameters = {}
    name = ""
    try:
        written = _executor_output(folder, definitions)
        for name, definition in definitions.get("parameters", {}).items():
            parameters[name] = _parameter(name, definition, written, executor_input)
        _check_size(parameters)
        artifacts = {
            name: [_artifact(name, written, executor_input, folder)]
            for name in definitions.get("artifacts", {})
        }
    except TooLarge as problem:
        return Outcome(
            "failed", error=error_of("returnType", str(problem), "ValueError", hint=_TOO_LARGE_HINT)
        )
    except ValueMismatch as problem:
        message = f"Output {name}: {problem}"
        return Outcome("failed", error=error_of("returnType", message, "ValueError", output=name))
    except (OSError, ValueError, RecursionError) as problem:
        message = f"What the task wrote about its outputs cannot be read: {problem}"
        return Outcome("failed", error=error_of("output", message, type(problem).__name__))
    return Outcome("succeeded", parameters, artifacts)


class TooLarge(ValueError):
    """The returned values of a task exceed the limit."""


def _check_size(parameters: dict[str, Any]) -> None:
    """Bounds all values of a task together, since the runner holds them in memory."""
    sizes = {name: len(strict_json(value)) for name, value in parameters.items()}
    if sum(sizes.values()) > MOST_PARAMETER_BYTES:
        raise _too_large(max(sizes, key=lambda name: sizes[name]), sum(sizes.values()))


def _too_large(name: str, size: int) -> TooLarge:
    """`name` is the largest of the outputs, empty when it is not known."""
    most = MOST_PARAMETER_BYTES // (1024 * 1024)
    largest = f" (the largest is {name})" if name else ""
    return TooLarge(
        f"The task returned {size / (1024 * 1024):.1f} MB{largest}; values may have {most} MB together."
    )


def _executor_output(folder: str, definitions: dict) -> dict:
    path = os.path.join(folder, "executor_output.json")
    try:
        written = json.loads(read_bounded(path, _LARGEST_OUTPUT))
    except FileNotFoundError:
        return {}
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        names = list(definitions.get("parameters", {}))
        raise _too_large(names[0] if len(names) == 1 else "", os.stat(path).st_size) from None
    if not isinstance(written, dict):
        return {}
    return {name: part for name, part in written.items() if isinstance(part, dict)}


def _parameter(name: str, definition: dict, written: dict, executor_input: dict) -> Any:
    kind = type_of(definition)
    given = written.get("parameterValues") or {}
    if name in given:
        return coerce(given[name], kind)
    path = executor_input["outputs"]["parameters"][name]["outputFile"]
    try:
        text = read_bounded(path, MOST_PARAMETER_BYTES).decode("utf-8")
    except NotAFile:
        raise ValueMismatch("its file is no file that can be read") from None
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            raise _too_large(name, os.stat(path).st_size) from None
        raise ValueMismatch(
            "the component gave no value (a function that returns nothing, or ended early)"
        ) from None
    if kind in ("STRING", ""):
        return text
    return coerce(text.strip(), kind)


def _artifact(name: str, written: dict, executor_input: dict, folder: str) -> dict:
    planned = executor_input["outputs"]["artifacts"][name]["artifacts"][0]
    said = _first_of((written.get("artifacts") or {}).get(name))
    uri = said.get("custom_path") or said.get("uri") or planned["uri"]
    given, metadata = said.get("name") or planned["name"], said.get("metadata") or {}
    if (
        not isinstance(uri, str)
        or "\0" in uri
        or not isinstance(given, str)
        or not isinstance(metadata, dict)
    ):
        raise ValueMismatch("it is not described as an artifact")
    return {
        "name": given,
        "type": planned["type"],
        "uri": _kept(uri, planned["uri"], folder),
        "metadata": whole(metadata),
    }


def _first_of(listed: Any) -> dict:
    """The first artifact of a list of them, as the task describes it; empty when it does not."""
    items = listed.get("artifacts") if isinstance(listed, dict) else None
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


def _kept(uri: str, planned: str, folder: str) -> str:
    """Moves what a task wrote into its own folder (dsl.get_uri) to the store."""
    if not uri.startswith(folder + os.sep) or not os.path.exists(uri) or os.path.exists(planned):
        return uri
    try:
        os.makedirs(os.path.dirname(planned), exist_ok=True)
        os.replace(uri, planned)
    except OSError:
        return uri
    return planned


def planned_outputs(definitions: dict, folder: str, store: str) -> dict:
    """The `outputs` part of the executor's input: the path of each parameter and artifact."""
    taken: set[str] = set()

    def unique(name: str) -> str:
        wanted = candidate = slug(name)
        number = 2
        while candidate in taken:
            candidate, number = f"{wanted}-{number}", number + 1
        taken.add(candidate)
        return candidate

    return {
        "outputFile": os.path.join(folder, "executor_output.json"),
        "parameters": {
            name: {"outputFile": os.path.join(folder, "parameters", unique(name))}
            for name in definitions.get("parameters", {})
        },
        "artifacts": {
            name: {
                "artifacts": [
                    {
                        "name": name,
                        "uri": os.path.join(store, unique(name)),
                        "metadata": {},
                        "type": definition.get("artifactType", {}),
                    }
                ]
            }
            for name, definition in definitions.get("artifacts", {}).items()
        },
    }


def shown_artifacts(artifacts: dict[str, list]) -> list[dict]:
    """Artifacts for a row; metadata beyond 4 MB is left out with a note."""
    rows = []
    for name, items in artifacts.items():
        for item in items:
            metadata = item["metadata"]
            size = len(strict_json(metadata))
            if size > _LARGEST_METADATA:
                metadata = {"note": f"The metadata ({size} bytes) is too large to be shown."}
            rows.append({"name": name, "type": title_of(item), "uri": item["uri"], "metadata": metadata})
    return rows


def title_of(item: dict) -> str:
    """The schema title of an artifact: `system.Model`."""
    return item["type"].get("schemaTitle") or "system.Artifact"


def metrics_of(artifacts: dict[str, list]) -> dict[str, dict]:
    """The scalar metadata of metrics artifacts: artifact name → {metric: value}."""
    found = {}
    for name, items in artifacts.items():
        for item in items:
            scalars = {
                key: value
                for key, value in item["metadata"].items()
                if isinstance(value, (int, float, bool)) or (isinstance(value, str) and len(value) <= 65536)
            }
            if scalars and title_of(item).endswith("Metrics"):
                found[name] = scalars
    return found
