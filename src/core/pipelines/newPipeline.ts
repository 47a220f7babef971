/** The name of a pipeline in the forms that its file needs. */
export interface NewPipeline {
  readonly name: string;
  /** `churn_pipeline.py`: never the name of a module that the file, or one beside it, may import. */
  readonly file: string;
  readonly text: string;
}

const longest = 60;

/** What is wrong with a name for a new pipeline; undefined when nothing is. `taken` are the names of others. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'A pipeline needs a name.';
  if (!/^[a-z]/.test(name)) return 'The name must begin with a small letter.';
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return 'The name may hold small letters, digits and hyphens.';
  if (name.endsWith('-')) return 'The name must not end with a hyphen.';
  if (name.length > longest) return `The name may have ${longest} characters at most.`;
  return taken.includes(name) ? `There is already a pipeline ${name}.` : undefined;
}

/** A small pipeline that runs as it is: two tasks, parameters of several types, a metric; standard library only. */
export function newPipeline(name: string): NewPipeline {
  const base = name.replaceAll('-', '_');
  const symbol = base.endsWith('_pipeline') ? base : `${base}_pipeline`;
  return { name, file: `${symbol}.py`, text: textOf(name, symbol) };
}

const textOf = (
  name: string,
  symbol: string,
): string => `"""${name}: draws numbers and tells their mean. Make it yours."""

from kfp import dsl
from kfp.dsl import Dataset, Input, Metrics, Output


@dsl.component(base_image="python:3.12")
def prepare(rows: int, seed: int, data: Output[Dataset]):
    """Write random numbers, one in a line. Everything that a component needs is imported inside of it."""
    import random

    source = random.Random(seed)
    with open(data.path, "w", encoding="utf-8") as file:
        file.writelines(f"{source.gauss(0, 1)}\\n" for _ in range(rows))
    print(f"Wrote {rows} numbers")


@dsl.component(base_image="python:3.12")
def evaluate(data: Input[Dataset], scale: float, absolute: bool, metrics: Output[Metrics]):
    """Tell the mean of the numbers. What is logged as a metric is shown with the run and compared."""
    from statistics import mean

    with open(data.path, encoding="utf-8") as file:
        numbers = [scale * float(line) for line in file]
    result = mean(map(abs, numbers) if absolute else numbers)
    metrics.log_metric("mean", round(result, 4))
    print(f"The mean of {len(numbers)} numbers is {result:.4f}")


@dsl.pipeline(name="${name}", description="Draws numbers and tells their mean.")
def ${symbol}(rows: int = 1000, scale: float = 1.0, absolute: bool = True, seed: int = 42):
    """Prepare, evaluate.

    Args:
        rows: How many numbers to draw, 1 or more.
        scale: What each number is multiplied with.
        absolute: Take the numbers without their signs.
        seed: Start of the random numbers. The same seed gives the same result.
    """
    prepared = prepare(rows=rows, seed=seed)
    evaluate(data=prepared.outputs["data"], scale=scale, absolute=absolute)
`;
