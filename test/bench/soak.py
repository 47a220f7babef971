# A training loop that saves what it has when it is stopped, and a task that may fail. Compiled to soak.yaml.
from kfp import dsl


@dsl.component
def train(steps: int, model: dsl.Output[dsl.Model], metrics: dsl.Output[dsl.Metrics]):
    import signal
    import time

    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    done = 0
    with open(model.path, "wb") as file:
        file.write(bytes(1_000_000))  # what a killed task leaves
        file.flush()
        while done < steps and not stopped:
            time.sleep(0.02)
            done += 1
        file.truncate(20_000)
    metrics.log_metric("steps", done)


@dsl.component
def check(model: dsl.Input[dsl.Model], fail: bool):
    if fail:
        raise ValueError("asked to fail")


@dsl.pipeline(name="soak", description="Trains for some steps and checks the model.")
def soak(steps: int = 10, fail: bool = False):
    check(model=train(steps=steps).outputs["model"], fail=fail)
