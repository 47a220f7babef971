import type { TaskNode } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { deadline } from '../deadline.ts';

/** The graphs of the runs in a panel, each read once. */
export class KnownGraphs {
  readonly #known = new Map<RunId, readonly TaskNode[]>();

  /** The tasks of a run's pipeline; none where they cannot be read now, so that the rest of the run is shown all the same. */
  async of(run: RunId, backend: PipelineBackend): Promise<readonly TaskNode[]> {
    const known = this.#known.get(run);
    if (known !== undefined) return known;
    const graph = await backend.taskGraph(run, deadline()).catch(() => undefined);
    if (graph !== undefined) this.#known.set(run, graph);
    return graph ?? [];
  }
}
