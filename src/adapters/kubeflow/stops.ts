import type { KubeflowApi } from './api.ts';
import type { ApiRun } from './schema.ts';
import { readWorkflow, type Workflow } from './workflow.ts';

const mostKept = 5000;

/** Tells failed runs that somebody ended, of which the server says only that they failed, by their workflows. */
export class Stops {
  readonly #api: KubeflowApi;
  /** By run and its end, since a retry begins it again. */
  readonly #known = new Map<string, boolean>();

  constructor(api: KubeflowApi) {
    this.#api = api;
  }

  /** Whether somebody ended the run. Its workflow is asked for once, where it is not given. */
  async of(run: ApiRun, given: Workflow | undefined, signal: AbortSignal): Promise<boolean> {
    if (run.state !== 'FAILED' || run.state_history.some(({ state }) => state === 'CANCELING')) return false;
    const key = `${run.run_id}/${run.finished_at ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const workflow = given ?? (await readWorkflow(this.#api, run.run_id, signal));
    if (workflow === undefined) return false;
    const stopped = wasStopped(workflow);
    this.#known.set(key, stopped);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
    return stopped;
  }
}

/** Kubeflow ends a workflow by taking its time away, Argo by an order. */
function wasStopped({ state }: Workflow): boolean {
  return state.deadlineSeconds === 0 || (state.shutdown ?? '') !== '';
}
