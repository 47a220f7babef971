"""The pipeline of the tests of the results panel, compiled with kfp 2.17.0 by `python compile_results.py`."""

from pathlib import Path

from kfp import compiler, dsl

IMAGE = "python:3.12"
HERE = Path(__file__).parent


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def sample(rows: int, seed: int, data: dsl.Output[dsl.Dataset]):
    from pathlib import Path

    lines = [f"{index},{(index * 37 + seed * 11) % 101}" for index in range(rows)]
    Path(data.path).write_text("\n".join(["id,value", *lines]) + "\n")
    data.metadata.update(format="csv", rows=rows)
    print(f"{rows} rows with seed {seed}")


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def fit(data: dsl.Input[dsl.Dataset], learning_rate: float, wait: str, model: dsl.Output[dsl.Model]):
    import time
    from pathlib import Path

    print(f"Learning from {data.metadata.get('rows')} rows", flush=True)
    while wait and not Path(wait).exists():
        time.sleep(0.05)
    Path(model.path).write_text(f'{{"learning_rate": {learning_rate}}}\n')
    model.metadata["framework"] = "none"


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def judge(
    model: dsl.Input[dsl.Model],
    learning_rate: float,
    classes: int,
    points: int,
    metrics: dsl.Output[dsl.Metrics],
    curves: dsl.Output[dsl.ClassificationMetrics],
):
    metrics.log_metric("accuracy", 0.9 + learning_rate / 10)
    metrics.log_metric("loss", 0.35 - learning_rate / 5)
    metrics.log_metric("neurons", 128)
    names = [f"class {index}" for index in range(classes)]
    matrix = [
        [90 - row if row == column else (row * 7 + column * 3) % 5 for column in range(classes)]
        for row in range(classes)
    ]
    curves.log_confusion_matrix(names, matrix)
    rates = [index / (points - 1) for index in range(points)]
    hits = [rate ** (0.5 - learning_rate) for rate in rates]
    curves.log_roc_curve(rates, hits, [1 - rate for rate in rates])


@dsl.component(base_image=IMAGE, install_kfp_package=False)
def report(hostile: bool, megabytes: int, page: dsl.Output[dsl.HTML], notes: dsl.Output[dsl.Markdown]):
    from pathlib import Path

    if hostile:
        there = "https://elsewhere.example"
        Path(page.path).write_text(
            f"<h1>A page</h1><script>top.hacked = 1</script><img src={there}/picture.png onerror='alert(1)'>"
            f"<link rel=stylesheet href={there}/style.css><a href='{there}/away'>away</a>"
            f"<meta http-equiv=refresh content='0; url={there}/refreshed'><iframe src={there}/frame></iframe>"
        )
        Path(notes.path).write_text(
            f"# Notes <script>top.hacked = 1</script>\n\n![picture]({there}/picture.png)\n\n"
            f"[terminal](command:workbench.action.terminal.new) [page]({there}/page)\n"
        )
        return
    filler = "<p>More of it.</p>\n" * (megabytes * 1_000_000 // 19 + 1)
    table = "| step | loss |\n|---|---|\n| 1 | 0.5 |\n| 2 | 0.33 |\n"
    Path(page.path).write_text(f"<h1>A page</h1><p>It was written by a <em>task</em>.</p>{filler}")
    Path(notes.path).write_text(f"# Notes\n\nWritten by **a task**.\n\n{table}")


@dsl.pipeline(name="study", description="Everything that a results panel shows.")
def study(
    rows: int = 100,
    seed: int = 1,
    learning_rate: float = 0.1,
    classes: int = 3,
    points: int = 50,
    hostile: bool = False,
    megabytes: int = 0,
    wait: str = "",
):
    sampled = sample(rows=rows, seed=seed)
    fitted = fit(data=sampled.outputs["data"], learning_rate=learning_rate, wait=wait)
    judge(model=fitted.outputs["model"], learning_rate=learning_rate, classes=classes, points=points)
    report(hostile=hostile, megabytes=megabytes)


if __name__ == "__main__":
    compiler.Compiler().compile(study, str(HERE / "results" / "study.yaml"))
