"""A call of a component: what a DAG passes to a loop, an importer or a task."""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional

from .outcome import Outcome
from .rows import Row
from .run_context import RunContext

Done = Callable[[Outcome], None]


class Call(NamedTuple):
    """A component with its inputs; `row` reports it, `done` gets the outcome."""

    run: RunContext
    name: str
    spec: dict
    component: dict
    parameters: dict
    artifacts: dict
    row: Row
    retry: Optional[dict]
    done: Done
