"""What a task gets: its parameters and artifacts, resolved from constants, its DAG's inputs and other
tasks.
"""

from __future__ import annotations

import json
import re
from typing import Any, Mapping

from .outcome import Outcome
from .placeholders import filled
from .values import ABSENT, ValueMismatch, coerce, text_of, type_of, whole

_SELECTOR = re.compile(r"parseJson\(string_value\)((?:\[(?:\"[^\"]*\"|'[^']*'|\d+)\])*)")
_STEP = re.compile(r"\[(?:\"([^\"]*)\"|'([^']*)'|(\d+))\]")
_MADE_BY_COMPILER = "pipelinechannel--"
_ONE_STEP = re.compile(r"parseJson\(string_value\)\[\"([^\"]*)\"\]")
_STATES = {"succeeded": "SUCCEEDED", "failed": "FAILED", "skipped": "SKIPPED", "stopped": "CANCELLED"}


class InputError(ValueError):
    """An input has no value or a wrong one; the text says which."""


class Surroundings:
    """The sources of a task's inputs: the inputs of its DAG and the outcomes of the DAG's other tasks."""

    def __init__(
        self, parameters: dict, artifacts: dict[str, list], ended: Mapping[str, Outcome], job: str
    ) -> None:
        self.parameters = parameters
        self.artifacts = artifacts
        self.ended = ended
        self.job = job


def resolve(spec: dict, component: dict, around: Surroundings, names) -> tuple[dict, dict[str, list]]:
    """The parameters and artifacts of a task. `names()` gives the other placeholders. Raises InputError.

    Inputs without a value are left out; `require_all` says whether that may be.
    """
    given = {
        name: value
        for name, source in spec.get("inputs", {}).get("parameters", {}).items()
        if (value := _parameter(name, source, around)) is not ABSENT
    }
    parameters = _with_placeholders(given, spec, names)
    definitions = component.get("inputDefinitions", {}).get("parameters", {})
    parameters = with_defaults(parameters, definitions)
    artifacts = {
        name: value
        for name, source in spec.get("inputs", {}).get("artifacts", {}).items()
        if (value := _artifacts(source, around)) is not None
    }
    return parameters, artifacts


def with_defaults(parameters: dict, definitions: dict) -> dict:
    """The parameters as their declared types, with the defaults of those that are missing. Raises
    InputError.
    """
    result = {}
    for name, value in parameters.items():
        definition = definitions.get(name)
        result[name] = typed(name, value, definition) if definition else whole_unless_double(value)
    for name, definition in definitions.items():
        if name not in result and definition.get("defaultValue") is not None:
            result[name] = typed(name, definition["defaultValue"], definition)
    return result


def whole_unless_double(value: Any) -> Any:
    """A single float stays a float, whole numbers in lists and dictionaries become integers."""
    return value if isinstance(value, float) else whole(value)


def typed(name: str, value: Any, definition: dict) -> Any:
    """The value as its declared type. Raises InputError."""
    try:
        result = coerce(value, type_of(definition))
    except ValueMismatch as problem:
        if name.startswith(_MADE_BY_COMPILER):
            # Its type is a guess of the compiler; the component that takes the value in the end declares one.
            return whole_unless_double(value)
        raise InputError(f"Input {name}: {problem}.") from None
    allowed = definition.get("literals")
    if allowed and result not in [coerce(choice, type_of(definition)) for choice in allowed]:
        raise InputError(f"Input {name}: {text_of(result)} is not one of {text_of(allowed)}.")
    return result


def require_all(component: dict, parameters: dict, artifacts: dict) -> None:
    """Raises InputError when a component that runs lacks a required input."""
    defined = component.get("inputDefinitions", {})
    for kind, given in (("parameters", parameters), ("artifacts", artifacts)):
        for name, definition in defined.get(kind, {}).items():
            if name not in given and not definition.get("isOptional"):
                raise InputError(f"Input {name} has no value: what should give it gave none.")


def _parameter(name: str, source: dict, around: Surroundings) -> Any:
    if "taskOutputParameter" in source:
        wanted = source["taskOutputParameter"]
        outcome = around.ended.get(wanted["producerTask"])
        value = outcome.parameters.get(wanted["outputParameterKey"], ABSENT) if outcome else ABSENT
    elif "componentInputParameter" in source:
        value = _of_component(source, around.parameters)
        if source["componentInputParameter"] not in around.parameters:
            return value
    elif "taskFinalStatus" in source:
        value = _final_status(source["taskFinalStatus"]["producerTask"], around)
    else:
        value = _runtime_value(source.get("runtimeValue", {}), around)
    if value is None or value is ABSENT:
        return ABSENT
    selector = source.get("parameterExpressionSelector")
    return _selected(name, value, selector) if selector else value


def _of_component(source: dict, parameters: dict) -> Any:
    """An input of the DAG. The compiler sometimes names a part of a loop item without passing it in."""
    name = source["componentInputParameter"]
    if name in parameters:
        return parameters[name]
    item, mark, part = name.rpartition("-subvar-")
    if mark and isinstance(parameters.get(item), dict):
        return parameters[item].get(part, ABSENT)
    selected = _ONE_STEP.fullmatch(source.get("parameterExpressionSelector", ""))
    return parameters.get(f"{name}-subvar-{selected.group(1)}", ABSENT) if selected else ABSENT


def _runtime_value(source: dict, around: Surroundings) -> Any:
    if "runtimeParameter" in source:
        return around.parameters.get(source["runtimeParameter"], ABSENT)
    if "constantValue" in source:
        return next(iter(source["constantValue"].values()), ABSENT)
    return source.get("constant", ABSENT)


def _selected(name: str, value: Any, selector: str) -> Any:
    found = _SELECTOR.fullmatch(selector.strip())
    if not found:
        raise InputError(f"Input {name}: the selector {selector} is not understood.")
    try:
        result = json.loads(value) if isinstance(value, str) else value
        for double, single, index in _STEP.findall(found.group(1)):
            result = result[int(index)] if index else result[double or single]
    except (ValueError, KeyError, IndexError, TypeError):
        raise InputError(f"Input {name}: {text_of(value)[:200]} has no {found.group(1)}.") from None
    return ABSENT if result is None else result


def _final_status(producer: str, around: Surroundings) -> Any:
    outcome = around.ended.get(producer)
    if outcome is None:
        return ABSENT
    status = {
        "state": _STATES[outcome.state],
        "pipelineJobResourceName": around.job,
        "pipelineTaskName": producer,
    }
    if outcome.state == "failed":
        status["error"] = {"code": 9, "message": (outcome.error or {}).get("message", "")}
    return status


def _with_placeholders(given: dict, spec: dict, names) -> dict:
    sources = spec.get("inputs", {}).get("parameters", {})
    constants = [
        name
        for name in given
        if "constant" in sources[name].get("runtimeValue", {}) and "{{$" in text_of(given[name])
    ]
    if not constants:
        return given

    def look_up(name: str) -> Any:
        if name not in given:
            raise InputError(f"The text of an input needs {name}, which has no value.")
        return whole_unless_double(given[name])

    known = names()
    return {**given, **{name: filled(given[name], look_up, known) for name in constants}}


def _artifacts(source: dict, around: Surroundings) -> Any:
    if "taskOutputArtifact" in source:
        wanted = source["taskOutputArtifact"]
        outcome = around.ended.get(wanted["producerTask"])
        return outcome.artifacts.get(wanted["outputArtifactKey"]) if outcome else None
    return around.artifacts.get(source.get("componentInputArtifact", ""))
