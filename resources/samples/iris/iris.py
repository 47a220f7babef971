"""Iris: a small pipeline that trains a decision tree and says how good it is.

Compile it with `python iris.py`; that writes iris.yaml beside this file.
"""

from pathlib import Path

from kfp import compiler, dsl
from kfp.dsl import HTML, ClassificationMetrics, Dataset, Input, Metrics, Model, Output

# Where a cluster runs the components; on this machine they run in a Python environment.
IMAGE = "python:3.12"
# A range, since no single version has wheels for every Python from 3.9 to 3.14.
# All components ask for the same packages, so that one environment serves the whole run.
PACKAGES = ["scikit-learn>=1.5,<2"]


@dsl.component(base_image=IMAGE, packages_to_install=PACKAGES)
def load(features: list, iris: Output[Dataset]):
    """Write the chosen columns of scikit-learn's own iris data, and the species, as CSV."""
    import csv

    from sklearn.datasets import load_iris

    data = load_iris()
    # "petal length (cm)" -> "petal_length"
    columns = [name.removesuffix(" (cm)").replace(" ", "_") for name in data.feature_names]
    unknown = [name for name in features if name not in columns]
    if unknown or not features:
        raise ValueError(f"features must name one or more of {columns}, not {unknown or features}")
    chosen = [columns.index(name) for name in features]

    with open(iris.path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*features, "species"])
        for values, target in zip(data.data.tolist(), data.target):
            writer.writerow([*(values[i] for i in chosen), data.target_names[target]])

    iris.metadata.update(format="csv", rows=len(data.target), columns=[*features, "species"])
    print(f"Loaded {len(data.target)} flowers of {len(data.target_names)} species")
    print(f"Columns: {', '.join(features)}")


@dsl.component(base_image=IMAGE, packages_to_install=PACKAGES)
def split(
    iris: Input[Dataset],
    test_size: float,
    shuffle: bool,
    seed: int,
    train_rows: Output[Dataset],
    test_rows: Output[Dataset],
):
    """Divide the rows into those to learn from and those to judge by."""
    import csv
    from collections import Counter

    from sklearn.model_selection import train_test_split

    with open(iris.path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)

    # Shuffled, every species has the same share in both parts.
    train_part, test_part = train_test_split(
        rows,
        test_size=test_size,
        shuffle=shuffle,
        random_state=seed if shuffle else None,
        stratify=[row[-1] for row in rows] if shuffle else None,
    )

    for name, part, dataset in (("Train", train_part, train_rows), ("Test", test_part, test_rows)):
        with open(dataset.path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *part])
        dataset.metadata.update(format="csv", rows=len(part), columns=header)
        counts = Counter(row[-1] for row in part)
        print(f"{name}: {len(part)} rows:", ", ".join(f"{counts[key]} {key}" for key in sorted(counts)))


@dsl.component(base_image=IMAGE, packages_to_install=PACKAGES)
def train(
    train_rows: Input[Dataset],
    max_depth: int,
    criterion: str,
    class_weight: dict,
    seed: int,
    model: Output[Model],
):
    """Fit a decision tree and write it as JSON: readable, and without any code to trust."""
    import csv
    import json

    from sklearn.tree import DecisionTreeClassifier

    with open(train_rows.path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    features = header[:-1]
    species = [row[-1] for row in rows]
    unknown = sorted(set(class_weight) - set(species))
    if unknown:
        raise ValueError(f"class_weight must name species among {sorted(set(species))}, not {unknown}")

    classifier = DecisionTreeClassifier(
        max_depth=max_depth, criterion=criterion, class_weight=class_weight or None, random_state=seed
    )
    classifier.fit([[float(value) for value in row[:-1]] for row in rows], species)

    fitted = classifier.tree_

    def as_json(node: int) -> dict:
        if fitted.children_left[node] == -1:  # a leaf
            best = fitted.value[node][0].argmax()
            return {"species": str(classifier.classes_[best]), "samples": int(fitted.n_node_samples[node])}
        return {
            "feature": features[fitted.feature[node]],
            # Rounded to be readable; scikit-learn itself counts in 32 bits (2.450000047683716).
            "threshold": round(float(fitted.threshold[node]), 4),
            "at_most": as_json(fitted.children_left[node]),
            "above": as_json(fitted.children_right[node]),
        }

    contents = {
        "kind": "decision tree",
        "features": features,
        "species": classifier.classes_.tolist(),
        "tree": as_json(0),
    }
    with open(model.path, "w", encoding="utf-8") as file:
        json.dump(contents, file, indent=2)

    depth, leaves = int(classifier.get_depth()), int(classifier.get_n_leaves())
    model.metadata.update(format="json", framework="scikit-learn", depth=depth, leaves=leaves)
    print(f"Trained on {len(rows)} rows ({criterion}): depth {depth} of at most {max_depth}, {leaves} leaves")
    for name, importance in zip(features, classifier.feature_importances_):
        print(f"Importance of {name}: {importance:.2f}")


@dsl.component(base_image=IMAGE, packages_to_install=PACKAGES)
def evaluate(
    test_rows: Input[Dataset],
    model: Input[Model],
    metrics: Output[Metrics],
    confusion: Output[ClassificationMetrics],
    report: Output[HTML],
):
    """Judge the tree by rows it has not seen: metrics, a confusion matrix and a report."""
    import csv
    import json
    from html import escape

    from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

    with open(model.path, encoding="utf-8") as file:
        contents = json.load(file)
    with open(test_rows.path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def predict(row: dict) -> str:
        node = contents["tree"]
        while "species" not in node:
            node = node["at_most" if float(row[node["feature"]]) <= node["threshold"] else "above"]
        return node["species"]

    actual = [row["species"] for row in rows]
    predicted = [predict(row) for row in rows]
    species = sorted({*contents["species"], *actual})
    mistakes = [(row, guess) for row, guess in zip(rows, predicted) if guess != row["species"]]

    accuracy = float(accuracy_score(actual, predicted))
    macro_f1 = float(f1_score(actual, predicted, average="macro", zero_division=0))
    matrix = confusion_matrix(actual, predicted, labels=species).tolist()
    metrics.log_metric("accuracy", round(accuracy, 4))
    metrics.log_metric("macro_f1", round(macro_f1, 4))
    metrics.log_metric("samples", len(rows))
    metrics.log_metric("mistakes", len(mistakes))
    confusion.log_confusion_matrix(species, matrix)

    print(f"Accuracy {accuracy:.4f}, macro F1 {macro_f1:.4f} on {len(rows)} rows")
    for row, guess in mistakes:
        print(f"Mistook {row['species']} for {guess}:", {key: row[key] for key in contents["features"]})

    def table(caption: str, header: list, body: list) -> str:
        lines = [[f"<th scope=col>{escape(str(cell))}</th>" for cell in header]]
        lines += [[f"<td>{escape(str(cell))}</td>" for cell in line] for line in body]
        cells = "\n".join(f"<tr>{''.join(line)}</tr>" for line in lines)
        return f"<table>\n<caption>{escape(caption)}</caption>\n{cells}\n</table>"

    def rules(node: dict, indent: str = "") -> str:
        if "species" in node:
            return f"{indent}{node['species']} ({node['samples']} training rows)\n"
        lines = ""
        for sign, branch in (("<=", "at_most"), (">", "above")):
            lines += f"{indent}{node['feature']} {sign} {node['threshold']:g}\n"
            lines += rules(node[branch], indent + "    ")
        return lines

    features = contents["features"]
    confusion_table = table(
        "Confusion matrix: a row for each species, a column for what the tree said",
        ["", *species],
        [[name, *counts] for name, counts in zip(species, matrix)],
    )
    mistakes_table = table(
        f"Mistakes: {len(mistakes)}",
        [*features, "species", "the tree said"],
        [[*(row[name] for name in features), row["species"], guess] for row, guess in mistakes],
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Iris: decision tree</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; margin: 2em; }}
  table {{ border-collapse: collapse; margin: 1.5em 0; }}
  caption {{ font-weight: 600; text-align: start; padding-bottom: .3em; }}
  th, td {{ border: 1px solid GrayText; padding: .2em .8em; text-align: start; }}
</style>
<h1>Iris: decision tree</h1>
<p><strong>Accuracy {accuracy:.4f}</strong>, macro F1 {macro_f1:.4f}, {len(rows)} test rows.</p>
{confusion_table}
{mistakes_table}
<h2>The tree</h2>
<pre>{escape(rules(contents["tree"]))}</pre>
</html>
"""
    with open(report.path, "w", encoding="utf-8") as file:
        file.write(page)


@dsl.pipeline(
    name="iris",
    description="Trains a decision tree that tells three species of iris apart and judges it by unseen rows.",
)
def iris(
    max_depth: int = 2,
    test_size: float = 0.2,
    criterion: str = "gini",
    shuffle: bool = True,
    features: list = ["sepal_length", "sepal_width", "petal_length", "petal_width"],  # noqa: B006
    class_weight: dict = {},  # noqa: B006
    seed: int = 42,
):
    """Load, split, train, evaluate.

    Args:
        max_depth: How many questions in a row the tree may ask, 1 or more.
        test_size: Share of the rows kept back for the evaluation, between 0 and 1.
        criterion: How a split is rated: gini, entropy or log_loss.
        shuffle: Mix the rows before the split. They come sorted by species: unmixed, the test is one-sided.
        features: Columns to learn from: sepal_length, sepal_width, petal_length, petal_width.
        class_weight: Weight of each species, such as {"virginica": 3}. Those left out count 1.
        seed: Start of the random numbers. The same seed gives the same result.
    """
    loaded = load(features=features)
    parts = split(iris=loaded.outputs["iris"], test_size=test_size, shuffle=shuffle, seed=seed)
    trained = train(
        train_rows=parts.outputs["train_rows"],
        max_depth=max_depth,
        criterion=criterion,
        class_weight=class_weight,
        seed=seed,
    )
    evaluate(test_rows=parts.outputs["test_rows"], model=trained.outputs["model"])


if __name__ == "__main__":
    compiler.Compiler().compile(iris, str(Path(__file__).with_suffix(".yaml")))
