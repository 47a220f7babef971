import type { Metric } from '../../core/domain/artifact.ts';
import { isActive, type RunId } from '../../core/domain/run.ts';
import { type LeafTask, leafTasks } from '../../core/pipelineSpec/walkTasks.ts';
import type { KubeflowApi } from './api.ts';
import { typeName } from './executor.ts';
import { withResults } from './results.ts';
import { type KnownRun, parametersOf, stateOf, tasksOf } from './runs.ts';
import type { TaskFacts } from './taskFacts.ts';
import { readWorkflow } from './workflow.ts';

const mostKept = 2000;

/** The metrics of runs, which the server tells of none: they are read from the workflow and the logs, once for a run that ended. */
export class RunMetrics {
  readonly #api: KubeflowApi;
  readonly #facts: TaskFacts;
  readonly #known = new Map<string, readonly Metric[]>();

  constructor(api: KubeflowApi, facts: TaskFacts) {
    this.#api = api;
    this.#facts = facts;
  }

  async of(known: KnownRun, signal: AbortSignal): Promise<readonly Metric[]> {
    const { run, stored } = known;
    if (stored?.kind !== 'spec') return [];
    const { spec } = stored.specification;
    if (!leafTasks(spec, {}).some(writesMetrics)) return [];
    const key = `${run.run_id}/${run.finished_at ?? ''}`;
    const found = this.#known.get(key);
    if (found !== undefined) return found;
    const id = run.run_id as RunId;
    const final = !isActive(stateOf(run));
    const told = tasksOf(known, await readWorkflow(this.#api, id, signal));
    const asked = { run: id, told, spec, parameters: parametersOf(known), final, only: writesMetrics };
    const results = await withResults(asked, this.#facts, signal);
    const metrics = results.told.flatMap(({ run: task }) => task.metrics);
    if (final) this.#keep(key, metrics);
    return metrics;
  }

  #keep(key: string, metrics: readonly Metric[]): void {
    this.#known.set(key, metrics);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
  }
}

function writesMetrics({ component }: LeafTask): boolean {
  const artifacts = Object.values(component.outputDefinitions?.artifacts ?? {});
  return artifacts.some(({ artifactType }) => typeName(artifactType?.schemaTitle) === 'Metrics');
}
