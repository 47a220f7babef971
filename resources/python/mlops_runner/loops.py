"""dsl.ParallelFor: iterations side by side up to the loop's limit; the others continue when one fails."""

from __future__ import annotations

import json
from typing import Any, Callable, Optional

from .call import Call
from .inputs import InputError, typed
from .outcome import Outcome, error_of, passed_on
from .rows import Row, bounded
from .values import whole


class Loop:
    """A loop over parameters or over artifacts. Its outputs are lists in the order of the iterations."""

    def __init__(self, call: Call, carry_out: Callable[[Call], None]) -> None:
        self._call = call
        self._carry_out = carry_out
        self._items: list = []
        self._rows: list[Row] = []
        self._outcomes: dict[int, Outcome] = {}
        self._next = 0
        self._first_failed: Optional[dict] = None

    def start(self) -> None:
        """Adds a row for each iteration and starts as many as may run at once."""
        call = self._call
        call.row.start(call.parameters)
        try:
            self._items = self._items_of()
        except InputError as problem:
            call.done(Outcome("failed", error=error_of("input", str(problem))))
            return
        kind = "iteration" if "dag" in call.component else "task"
        for index in range(len(self._items)):
            row = Row(
                f"{call.row.path}[{index}]",
                f"{call.name}[{index}]",
                kind,
                (*call.row.order, index),
                displayName=f"{call.row.data['displayName']}[{index}]",
                component=call.row.data["component"],
            )
            self._rows.append(row)
            call.row.add(row)
        call.run.changed()
        if not self._items:
            self._end()
        limit = int(call.spec.get("iteratorPolicy", {}).get("parallelismLimit") or 0)
        for _ in range(limit if 0 < limit < len(self._items) else len(self._items)):
            self._begin_next()

    def _items_of(self) -> list:
        spec = self._call.spec
        if "artifactIterator" in spec:
            source = spec["artifactIterator"]["items"].get("inputArtifact", "")
            return [[artifact] for artifact in self._call.artifacts.get(source, [])]
        items = spec["parameterIterator"]["items"]
        if "raw" in items:
            return _as_list(items["raw"], "the loop")
        source = items.get("inputParameter", "")
        if source not in self._call.parameters:
            raise InputError(f"The loop goes over {source}, which has no value.")
        return _as_list(self._call.parameters[source], source)

    def _begin_next(self) -> None:
        if self._next < len(self._items):
            index, self._next = self._next, self._next + 1
            self._call.run.loop.soon(self._begin, index)

    def _begin(self, index: int) -> None:
        call, row = self._call, self._rows[index]
        if call.run.stopping:
            self._over(index, Outcome("stopped"))
            return
        parameters, artifacts = dict(call.parameters), dict(call.artifacts)
        if "artifactIterator" in call.spec:
            artifacts[call.spec["artifactIterator"]["itemInput"]] = self._items[index]
        else:
            name = call.spec["parameterIterator"]["itemInput"]
            definition = call.component.get("inputDefinitions", {}).get("parameters", {}).get(name, {})
            try:
                parameters[name] = typed(name, self._items[index], definition)
            except InputError as problem:
                row.start()
                self._over(index, Outcome("failed", error=error_of("input", str(problem))))
                return
        self._carry_out(
            Call(
                call.run,
                call.name,
                call.spec,
                call.component,
                parameters,
                artifacts,
                row,
                call.retry,
                lambda outcome: self._over(index, outcome),
            )
        )

    def _over(self, index: int, outcome: Outcome) -> None:
        row = self._rows[index]
        row.end(outcome.state, None, outcome.error)
        if outcome.state == "failed" and self._first_failed is None:
            self._first_failed = passed_on(outcome.error, row.path)
        self._outcomes[index] = outcome
        self._call.run.changed()
        if len(self._outcomes) == len(self._items):
            self._call.run.loop.soon(self._end)
        else:
            self._begin_next()

    def _end(self) -> None:
        states = {outcome.state for outcome in self._outcomes.values()}
        state = "failed" if self._first_failed else "stopped" if "stopped" in states else "succeeded"
        parameters, artifacts = self._collected()
        self._call.row.change(outputs=bounded(parameters))
        self._call.done(Outcome(state, parameters, artifacts, self._first_failed))

    def _collected(self) -> tuple[dict[str, list], dict[str, list]]:
        """Each output as a list; an iteration that gave no value (a condition in it did not hold) is
        left out.
        """
        outputs = self._call.component.get("outputDefinitions", {})
        ordered = [self._outcomes[index] for index in sorted(self._outcomes)]
        parameters: dict[str, list] = {name: [] for name in outputs.get("parameters", {})}
        artifacts: dict[str, list] = {name: [] for name in outputs.get("artifacts", {})}
        for outcome in ordered:
            for name, values in parameters.items():
                if name in outcome.parameters:
                    values.append(outcome.parameters[name])
            for name, items in artifacts.items():
                items.extend(outcome.artifacts.get(name, ()))
        return parameters, artifacts


def _as_list(value: Any, name: str) -> list:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            pass
    if not isinstance(value, list):
        raise InputError(f"A loop needs a list; {name} is none.")
    return whole(value)
