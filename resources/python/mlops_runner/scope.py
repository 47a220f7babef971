"""A running DAG: which of its tasks may start, and its outcome."""

from __future__ import annotations

import re
from typing import Any, Optional

from .call import Call
from .conditions import ConditionError, TextsInOrder, holds
from .importer import import_artifact
from .inputs import InputError, Surroundings, require_all, resolve
from .loops import Loop
from .outcome import Outcome, error_of, passed_on
from .rows import Row, bounded
from .task import Task

WHEN_ALL_ENDED = "ALL_UPSTREAM_TASKS_COMPLETED"


def carry_out(call: Call) -> None:
    """Starts a component: a DAG, an importer or a task. What comes of it goes to `call.done`."""
    if "dag" in call.component:
        Scope(call).start()
        return
    try:
        require_all(call.component, call.parameters, call.artifacts)
    except InputError as problem:
        call.row.start(call.parameters)
        call.done(Outcome("failed", error=error_of("input", str(problem))))
        return
    executor = call.run.executors.of(call.component)
    if executor.get("kind") == "importer":
        call.row.start(call.parameters)
        call.done(import_artifact(call, executor.get("spec", {}), bool(executor.get("unread"))))
    elif executor.get("kind") == "python":
        Task(call, executor).start()
    else:
        message = (
            f"The component {call.spec.get('componentRef', {}).get('name')} has no executor that runs here."
        )
        call.row.start(call.parameters)
        call.done(Outcome("failed", error=error_of("setup", message)))


class _Node:
    __slots__ = ("key", "spec", "needs", "row")

    def __init__(self, key: str, spec: dict, needs: set[str], row: Row) -> None:
        self.key, self.spec, self.needs, self.row = key, spec, needs, row


class Scope:
    """One DAG with its inputs. Independent tasks go on when another fails; the DAG ends when all have
    ended.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._run = call.run
        self._dag = call.component["dag"]
        self._ended: dict[str, Outcome] = {}
        self._around = Surroundings(call.parameters, call.artifacts, self._ended, call.run.id)
        self._first_failed: Optional[dict] = None
        self._waiting: dict[str, _Node] = {}
        self._needed_by: dict[str, list[_Node]] = {}

    def start(self) -> None:
        """Shows a row for each task and starts those that need no other."""
        row = self._call.row
        if row.path:
            row.start(self._call.parameters)
        tasks = self._dag.get("tasks", {})
        needs = {key: needed_tasks(spec) & tasks.keys() for key, spec in tasks.items()}
        for place, key in enumerate(in_order(needs)):
            node = _Node(key, tasks[key], set(needs[key]), self._row_of(key, tasks[key], place))
            row.add(node.row)
            self._waiting[key] = node
            for other in node.needs:
                self._needed_by.setdefault(other, []).append(node)
        self._run.changed()
        for node in [node for node in self._waiting.values() if not node.needs]:
            self._run.loop.soon(self._begin, node)
        if not self._waiting:
            self._end()

    def _row_of(self, key: str, spec: dict, place: int) -> Row:
        parent = self._call.row
        path = f"{parent.path}/{key}" if parent.path else key
        component = spec.get("componentRef", {}).get("name", "")
        return Row(
            path,
            key,
            self._kind(key, spec, component),
            (*parent.order, place),
            displayName=spec.get("taskInfo", {}).get("name"),
            component=component,
        )

    def _kind(self, key: str, spec: dict, component: str) -> str:
        if "parameterIterator" in spec or "artifactIterator" in spec:
            return "loop"
        found = self._run.component(component)
        if "dag" in found:
            if spec.get("triggerPolicy", {}).get("condition") or re.fullmatch(r"condition-branches-\d+", key):
                return "condition"
            return "exit" if re.fullmatch(r"exit-handler-\d+", key) else "dag"
        return "importer" if self._run.executors.of(found).get("kind") == "importer" else "task"

    def _begin(self, node: _Node) -> None:
        upstream = [self._ended[key].state for key in needed_tasks(node.spec) if key in self._ended]
        policy = node.spec.get("triggerPolicy", {})
        if self._run.stopping or "stopped" in upstream:
            self._over(node, Outcome("stopped"))
        elif policy.get("strategy") != WHEN_ALL_ENDED and any(state != "succeeded" for state in upstream):
            self._over(node, Outcome("skipped"), because="upstream")
        else:
            self._enter(node, policy.get("condition", ""))

    def _enter(self, node: _Node, condition: str) -> None:
        component = self._run.component(node.spec.get("componentRef", {}).get("name", ""))
        try:
            parameters, artifacts = resolve(
                node.spec,
                component,
                self._around,
                lambda: self._run.placeholders.of_task(node.key, node.row.path),
            )
            texts: list[TextsInOrder] = []
            met = not condition or holds(condition, parameters, texts)
            self._say_of_texts(node, texts)
            if not met:
                self._over(node, Outcome("skipped"), because="condition")
                return
        except (InputError, ConditionError) as problem:
            node.row.start()
            self._over(node, Outcome("failed", error=error_of("input", str(problem))))
            return
        retry = node.spec.get("retryPolicy") or self._call.retry
        call = Call(
            self._run,
            node.key,
            node.spec,
            component,
            parameters,
            artifacts,
            node.row,
            retry,
            lambda outcome: self._over(node, outcome),
        )
        if node.row.data["kind"] == "loop":
            Loop(call, carry_out).start()
        else:
            carry_out(call)

    def _say_of_texts(self, node: _Node, texts: list[TextsInOrder]) -> None:
        """Numbers that were compared as texts: said once for each condition, and once where it mattered."""
        group = re.sub(r"\[\d+\]", "", self._call.row.path)
        for one in texts:
            mark = (group, one.sign, one.second, one.differs)
            if mark in self._run.given_notes or (*mark[:3], True) in self._run.given_notes:
                continue
            self._run.given_notes.add(mark)
            self._run.note(node.row.path, f"The condition compared texts, as Kubeflow does: {one.words}.")

    def _over(self, node: _Node, outcome: Outcome, because: Optional[str] = None) -> None:
        node.row.end(outcome.state, because, outcome.error)
        if outcome.state == "failed" and self._first_failed is None:
            self._first_failed = passed_on(outcome.error, node.row.path)
        self._run.changed(durable=node.row.data["kind"] == "task" and outcome.state != "skipped")
        self._ended[node.key] = outcome
        del self._waiting[node.key]
        for other in self._needed_by.get(node.key, ()):
            other.needs.discard(node.key)
            if not other.needs:
                self._run.loop.soon(self._begin, other)
        if not self._waiting:
            self._run.loop.soon(self._end)

    def _end(self) -> None:
        parameters, artifacts = dag_outputs(self._dag, self._ended)
        if self._first_failed is not None:
            state = "failed"
        else:
            state = "stopped" if any(one.state == "stopped" for one in self._ended.values()) else "succeeded"
        if state == "succeeded" and self._call.row.path:
            self._call.row.change(outputs=bounded(parameters))
        self._call.done(Outcome(state, parameters, artifacts, self._first_failed))


def needed_tasks(spec: dict) -> set[str]:
    """The tasks of the same DAG that a task waits for: named ones, producers of its inputs, final
    statuses.
    """
    needed = set(spec.get("dependentTasks", ()))
    inputs = spec.get("inputs", {})
    for source in [*inputs.get("parameters", {}).values(), *inputs.get("artifacts", {}).values()]:
        for kind in ("taskOutputParameter", "taskOutputArtifact", "taskFinalStatus"):
            if kind in source:
                needed.add(source[kind]["producerTask"])
    return needed


def in_order(needs: dict[str, set]) -> list[str]:
    """The tasks, each after those it needs. Raises ValueError when they wait for each other in a ring."""
    order: dict[str, None] = {}
    left = dict(needs)
    while left:
        free = [key for key, needed in left.items() if needed <= order.keys()]
        if not free:
            raise ValueError(f"These tasks wait for each other: {', '.join(sorted(left))}.")
        for key in free:
            order[key] = None
            del left[key]
    return list(order)


def dag_outputs(dag: dict, ended: dict[str, Outcome]) -> tuple[dict[str, Any], dict[str, list]]:
    """The outputs of a DAG; of several selectors (dsl.OneOf) the first one whose task gave a value."""
    outputs = dag.get("outputs", {})
    parameters, artifacts = {}, {}
    for name, source in outputs.get("parameters", {}).items():
        selectors = source.get("valueFromOneof", {}).get("parameterSelectors") or [
            source.get("valueFromParameter", {})
        ]
        for one in selectors:
            given = ended.get(one.get("producerSubtask", ""))
            if given and one.get("outputParameterKey") in given.parameters:
                parameters[name] = given.parameters[one["outputParameterKey"]]
                break
    for name, source in outputs.get("artifacts", {}).items():
        for one in source.get("artifactSelectors", ()):
            given = ended.get(one.get("producerSubtask", ""))
            if given and one.get("outputArtifactKey") in given.artifacts:
                artifacts[name] = given.artifacts[one["outputArtifactKey"]]
                break
    return parameters, artifacts
