"""The pipelines of these tests, compiled with kfp 2.17.0 by `python compile.py`; broken.yaml is by hand."""

from pathlib import Path

from kfp import compiler, dsl

IMAGE = "python:3.12"
HERE = Path(__file__).parent


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def prepare(text: str) -> str:
    print(f"Prepared {text}")
    return text


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def wait(file: str, text: str, metrics: dsl.Output[dsl.Metrics], note: dsl.Output[dsl.Artifact]):
    import time
    from pathlib import Path

    print(f"Waiting for {file}", flush=True)
    while not Path(file).exists():
        time.sleep(0.05)
    metrics.log_metric("accuracy", 0.9)
    Path(note.path).write_text(text)
    print(f"{text}: the gate is open")


@dsl.pipeline(name="gate", description="Waits until a file is there.")
def gate(file: str, text: str = "ready"):
    wait(file=file, text=prepare(text=text).output)


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def train(column: str) -> float:
    rows = [{"petal": 1.4}, {"petal": 4.7}]
    print(f"Training on {len(rows)} rows")
    total = 0.0
    for row in rows:
        total += row[column]
    return total / len(rows)


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def report(mean: float):
    print(f"mean {mean}")


@dsl.pipeline(name="flowers", description="Trains on a column that may not exist.")
def flowers(column: str = "species"):
    trained = train(column=prepare(text=column).output)
    report(mean=trained.output)


@dsl.container_component
def sparse(rows: int):
    return dsl.ContainerSpec(image="spark:3.5", command=["spark-submit", "job.py"], args=[rows])


@dsl.pipeline(name="spark-job", description="Needs a container.")
def spark_job(rows: int = 10):
    sparse(rows=rows)


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def show(column: str, depth: int, rate: float, shuffle: bool, names: list, weights: dict, mode: str) -> str:
    text = f"{column} {depth} {rate} {shuffle} {names} {weights} {mode}"
    print(text)
    return text


@dsl.pipeline(name="types", description="Takes a value of every type and shows them.")
def types(
    column: str,
    depth: int = 2,
    rate: float = 0.5,
    shuffle: bool = True,
    names: list = ["a", "b"],  # noqa: B006
    weights: dict = {},  # noqa: B006
    mode: str = "fast",
):
    """Shows what it was given.

    Args:
        column: The column to learn.
        depth: How many questions in a row, 1 or more.
        rate: A share, between 0 and 1.
        weights: Weight of each name, such as {"a": 3}.
    """
    show(column=column, depth=depth, rate=rate, shuffle=shuffle, names=names, weights=weights, mode=mode)


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def say(file: str, lines: int, pause: float):
    """Prints numbered lines, a hundred at a time, then what is added to a file, until "end".

    At "fail" it fails; its next attempt goes on after that.
    """
    import time
    from pathlib import Path

    said, failed = Path(file), Path(file + ".failed")
    told = int(failed.read_text()) if failed.exists() else 0
    for first in range(0, 0 if told else lines, 100):
        numbers = range(first + 1, min(first + 100, lines) + 1)
        print("\n".join(f"line {n} at {time.time():.3f}" for n in numbers), flush=True)
        time.sleep(pause)
    while True:
        text = said.read_text() if said.exists() else ""
        for word in text[: text.rfind("\n") + 1].splitlines()[told:]:
            told += 1
            if word == "fail":
                failed.write_text(str(told))
                raise ValueError("told to fail")
            if word == "end":
                return
            print(word, flush=True)
        time.sleep(0.02)


@dsl.pipeline(name="printer", description="Prints lines, then what is written into a file.")
def printer(file: str, lines: int = 10, pause: float = 0.0):
    say(file=file, lines=lines, pause=pause).set_retry(num_retries=1, backoff_duration="0s")


for pipeline in (gate, flowers, spark_job, types, printer):
    compiler.Compiler().compile(pipeline, str(HERE / "pipelines" / f"{pipeline.name}.yaml"))

# This kfp cannot name the choices of a parameter; the format can.
TYPES = HERE / "pipelines" / "types.yaml"
MODE = "      mode:\n        defaultValue: fast\n"
TYPES.write_text(TYPES.read_text().replace(MODE, MODE + "        literals: [fast, good]\n"))
