"""A pipeline as the sample iris seems from outside, that needs no package and ends at once.

It is for windows where it matters that a run is asked for and shown, and not what it computes.
Compile it with `python iris.py` (kfp 2.17.0).
"""

from pathlib import Path

from kfp import compiler, dsl

IMAGE = "python:3.12"


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def train(max_depth: int, criterion: str, metrics: dsl.Output[dsl.Metrics]):
    accuracy = {2: 0.933, 3: 0.967}.get(max_depth, 0.9)
    metrics.log_metric("accuracy", accuracy)
    print(f"{criterion}, depth {max_depth}: accuracy {accuracy}")


@dsl.pipeline(name="iris", description="Says how good a decision tree would be.")
def iris(max_depth: int = 2, criterion: str = "gini"):
    train(max_depth=max_depth, criterion=criterion)


if __name__ == "__main__":
    compiler.Compiler().compile(iris, str(Path(__file__).with_suffix(".yaml")))
