import type { KubeflowApi } from './api.ts';
import type { Results } from './results.ts';
import { filterOf } from './runList.ts';
import { type KnownRun, labelOf } from './runs.ts';
import { type ApiRun, runList } from './schema.ts';

/** How many runs before another one are looked at. */
const mostListed = 30;
const mostKept = 100;

export interface EarlierRun {
  readonly known: KnownRun;
  readonly label: string;
}

export interface EarlierDeps {
  readonly api: KubeflowApi;
  readonly knownOf: (run: ApiRun, signal: AbortSignal) => Promise<KnownRun>;
  /** What a run is told to have written, without what the cache gave it. */
  readonly resultsOf: (known: KnownRun, signal: AbortSignal) => Promise<Results>;
}

/** Earlier runs of the pipeline of a run, each read once: what happened before a run does not change. */
export class EarlierRuns {
  readonly #deps: EarlierDeps;
  readonly #before = new Map<string, readonly EarlierRun[]>();
  readonly #results = new Map<string, Results>();

  constructor(deps: EarlierDeps) {
    this.#deps = deps;
  }

  /** The newest ended runs of the same pipeline that were made before a run. */
  async before(run: ApiRun, signal: AbortSignal): Promise<readonly EarlierRun[]> {
    const kept = this.#before.get(run.run_id);
    if (kept !== undefined) return kept;
    const { api, knownOf } = this.#deps;
    const until = new Date(run.created_at ?? 0).toISOString();
    const filter = filterOf([{ key: 'created_at', operation: 'LESS_THAN', timestamp_value: until }]);
    const query = {
      ...{ page_size: String(mostListed), sort_by: 'created_at desc', filter },
      namespace: api.endpoint.namespace,
    };
    const { runs } = await api.json({ path: '/apis/v2beta1/runs', query }, runList, signal);
    const name = nameOf(await knownOf(run, signal));
    const ended = runs.filter(({ finished_at: at }) => at !== undefined);
    const all = await Promise.all(
      ended.map(async (one) => ({ known: await knownOf(one, signal), label: labelOf(one) })),
    );
    const same = all.filter(({ known }) => name !== undefined && nameOf(known) === name);
    keep(this.#before, run.run_id, same);
    return same;
  }

  async resultsOf({ known }: EarlierRun, signal: AbortSignal): Promise<Results> {
    const { run_id: id } = known.run;
    const kept = this.#results.get(id);
    if (kept !== undefined) return kept;
    const results = await this.#deps.resultsOf(known, signal);
    keep(this.#results, id, results);
    return results;
  }
}

/** The server keeps its cache by the name in the specification. */
function nameOf({ stored }: KnownRun): string | undefined {
  return stored?.kind === 'spec' ? stored.specification.spec.pipelineInfo.name : undefined;
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostKept && oldest !== undefined) map.delete(oldest);
}
