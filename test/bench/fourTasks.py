# Four tiny tasks in a row: what is measured is everything around the work. Compiled to fourTasks.yaml.
from kfp import dsl


@dsl.component
def add(a: int, b: int) -> int:
    return a + b


@dsl.pipeline(name="four-tasks", description="Four tiny tasks in a row.")
def four_tasks(start: int = 1) -> int:
    first = add(a=start, b=1)
    second = add(a=first.output, b=1)
    third = add(a=second.output, b=1)
    return add(a=third.output, b=1).output
