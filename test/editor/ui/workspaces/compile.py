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


for pipeline in (gate, flowers, spark_job):
    compiler.Compiler().compile(pipeline, str(HERE / "pipelines" / f"{pipeline.name}.yaml"))
