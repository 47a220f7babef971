import { type Json, sameJson } from '../../core/domain/json.ts';
import type { TaskRun } from '../../core/domain/run.ts';
import { pipelineOutputs } from '../../core/pipelineSpec/pipelineOutputs.ts';
import { type LeafTask, leafTasks } from '../../core/pipelineSpec/walkTasks.ts';
import { isCancelled } from '../../core/ports/mlopsError.ts';
import type { EarlierRun, EarlierRuns } from './earlierRuns.ts';
import { type Results, withoutIterations } from './results.ts';
import { type KnownRun, parametersOf } from './runs.ts';
import { isSameProgram, sameInputs, type TaskIn } from './sameTask.ts';
import type { ToldTask } from './tasks.ts';

/** Most earlier runs whose tasks are looked at for one run. */
const mostRead = 8;

/**
 * The results with what tasks of the cache wrote. The API does not tell which run a result of the cache comes from: it is taken
 * from the newest earlier run in which the same task ran with the same inputs.
 */
export async function withCachedResults(
  known: KnownRun,
  results: Results,
  earlier: EarlierRuns,
  signal: AbortSignal,
): Promise<Results> {
  const missing = results.untold.filter(({ cached }) => cached).map(({ run }) => run.path);
  if (missing.length === 0 || known.stored?.kind !== 'spec') return results;
  const borrower = new Borrower(results, known, missing);
  try {
    const runs = (await earlier.before(known.run, signal)).filter((run) => borrower.mayTakeFrom(run));
    for (const run of runs.slice(0, mostRead))
      if (borrower.isMissing) borrower.takeFrom(run, await earlier.resultsOf(run, signal));
  } catch (error) {
    // A run is told without them where earlier runs cannot be read.
    if (isCancelled(error)) throw error;
  }
  const { tasks, takenFrom } = borrower;
  const told = results.told.map((one) => tasks.get(one.run.path) ?? one);
  return {
    told,
    outputs: pipelineOutputs(
      known.stored.specification.spec,
      new Map(told.map(({ run }) => [run.path, run])),
    ),
    untold: results.untold.filter(({ run }) => !takenFrom.has(run.path)),
    takenFrom,
  };
}

type Leaves = ReadonlyMap<string, LeafTask>;

/** Takes over from other runs what tasks of one run are missing. */
class Borrower {
  readonly tasks: Map<string, ToldTask>;
  /** The run that each task was taken over from. */
  readonly takenFrom = new Map<string, string>();
  readonly #leaves: Leaves;
  readonly #missing: Set<string>;

  constructor({ told }: Results, known: KnownRun, missing: readonly string[]) {
    this.tasks = byPath(told);
    this.#leaves = leavesOf(known);
    this.#missing = new Set(missing);
  }

  get isMissing(): boolean {
    return this.#missing.size > 0;
  }

  /** Whether a run may have made one of the tasks, as far as its pipeline and parameters tell. */
  mayTakeFrom({ known }: EarlierRun): boolean {
    const leaves = leavesOf(known);
    return [...this.#missing].some((path) => {
      const place = withoutIterations(path);
      const [leaf, other] = [this.#leaves.get(place), leaves.get(place)];
      return leaf !== undefined && other !== undefined && isSameBefore(leaf, other);
    });
  }

  /** A task whose inputs come from another missing one is taken after that one. */
  takeFrom({ known, label }: EarlierRun, found: Results): void {
    const theirs = { tasks: byPath(found.told), leaves: leavesOf(known) };
    const untold = new Set(found.untold.map(({ run }) => run.path));
    for (let before = -1; before !== this.#missing.size;) {
      before = this.#missing.size;
      for (const path of this.#missing) if (!untold.has(path)) this.#take(path, theirs, label);
    }
  }

  #take(
    path: string,
    { tasks, leaves }: { readonly tasks: Map<string, ToldTask>; readonly leaves: Leaves },
    label: string,
  ): void {
    const [told, made] = [this.tasks.get(path), tasks.get(path)];
    if (told === undefined || made === undefined || made.cached || made.run.state !== 'succeeded') return;
    const [mine, other] = [taskIn(told.run, this.#leaves, this.tasks), taskIn(made.run, leaves, tasks)];
    const inputs = mine && other && sameInputs(mine, other);
    if (inputs === undefined) return;
    this.tasks.set(path, { ...told, run: takenOver(told.run, made.run, inputs) });
    this.takenFrom.set(path, label);
    this.#missing.delete(path);
  }
}

const byPath = (told: readonly ToldTask[]) => new Map(told.map((one) => [one.run.path, one]));

function taskIn(run: TaskRun, leaves: Leaves, tasks: TaskIn['tasks']): TaskIn | undefined {
  const leaf = leaves.get(withoutIterations(run.path));
  return leaf && { run, leaf, tasks };
}

function leavesOf(known: KnownRun): Leaves {
  if (known.stored?.kind !== 'spec') return new Map();
  const { spec } = known.stored.specification;
  return new Map(leafTasks(spec, parametersOf(known)).map((leaf) => [leaf.path, leaf]));
}

/** The same program with the same values, as far as they are known before a run. */
function isSameBefore(one: LeafTask, other: LeafTask): boolean {
  const known = (leaf: LeafTask): Json =>
    Object.fromEntries(
      Object.entries(leaf.known).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  return isSameProgram(one, other) && sameJson(known(one), known(other));
}

function takenOver(mine: TaskRun, made: TaskRun, values: { readonly [name: string]: Json }): TaskRun {
  const { outputs, artifacts, metrics } = made;
  return { ...mine, inputs: { ...mine.inputs, ...values }, outputs, artifacts, metrics };
}
