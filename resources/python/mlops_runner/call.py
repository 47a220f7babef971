"""A component that is to be carried out: what is handed from a DAG to a loop, an importer or a task."""

from __future__ import annotations

from typing import Callable, NamedTuple, Optional

from .outcome import Outcome
from .rows import Row
from .run_context import RunContext

Done = Callable[[Outcome], None]


class Call(NamedTuple):
    """A component with its inputs; `row` is where it is reported, `done` gets what came of it."""

    run: RunContext
    name: str
    spec: dict
    component: dict
    parameters: dict
    artifacts: dict
    row: Row
    retry: Optional[dict]
    done: Done
