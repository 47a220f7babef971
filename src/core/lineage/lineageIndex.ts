import { isActive, type RunId, type RunSummary } from '../domain/run.ts';
import { isCancelled } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { newestRuns } from '../runs/newestRuns.ts';
import { type RecordedArtifact, recordedArtifacts } from './runObjects.ts';

/** Most runs whose records are looked at. */
export const mostRuns = 2000;
/** How many records are read at once. */
const atOnce = 8;

/** Where runs are: their backend, and what stands for it as long as the connection is the same. */
export interface RunsSource {
  readonly connection: object;
  readonly backend: PipelineBackend;
}

/** What is looked for in the records of runs. */
export interface LookedFor {
  readonly isMeant: (artifact: RecordedArtifact) => boolean;
  /** A text that may have the id of the run in it; such runs are read first. What they are is told by their records. */
  readonly hint?: string;
}

/** What the records say. */
export interface FoundArtifacts {
  /** Those in the first runs that have any, the newest run first. */
  readonly found: readonly RecordedArtifact[];
  /** How many runs were looked at. */
  readonly looked: number;
  /** False where there are older runs that were not. */
  readonly all: boolean;
}

/**
 * What the records of runs say of objects, from run to object and back. It is read as it is needed, and kept of runs that have ended,
 * whose records do not change.
 */
export class LineageIndex {
  readonly #kept = new WeakMap<object, Map<RunId, readonly RecordedArtifact[]>>();

  /** Looks through the newest 2,000 runs until one has what is meant. Throws MlopsError as the backend does. */
  async find(
    { connection, backend }: RunsSource,
    { isMeant, hint = '' }: LookedFor,
    signal: AbortSignal,
  ): Promise<FoundArtifacts> {
    const runs: RunSummary[] = [];
    for await (const run of newestRuns(backend, { size: 200 }, mostRuns, signal)) runs.push(run);
    const all = runs.length < mostRuns;
    const newest = runs.slice(0, mostRuns);
    const isLikely = ({ id }: RunSummary) => hint.includes(id);
    const ordered = [...newest.filter(isLikely), ...newest.filter((run) => !isLikely(run))];
    for (let at = 0; at < ordered.length; at += atOnce) {
      const part = ordered.slice(at, at + atOnce);
      const read = await Promise.all(
        part.map((run) => this.#artifactsOf({ connection, backend }, run, signal)),
      );
      const found = read.flat().filter(isMeant);
      if (found.length > 0) return { found, looked: at + part.length, all };
    }
    return { found: [], looked: ordered.length, all };
  }

  async #artifactsOf(
    { connection, backend }: RunsSource,
    { id, state }: RunSummary,
    signal: AbortSignal,
  ): Promise<readonly RecordedArtifact[]> {
    const kept = this.#kept.get(connection) ?? new Map<RunId, readonly RecordedArtifact[]>();
    this.#kept.set(connection, kept);
    const known = kept.get(id);
    if (known !== undefined) return known;
    try {
      const artifacts = recordedArtifacts(await backend.getRun(id, signal));
      if (!isActive(state)) kept.set(id, artifacts);
      return artifacts;
    } catch (error) {
      // A run that was deleted meanwhile, or cannot be read, says nothing.
      if (isCancelled(error)) throw error;
      return [];
    }
  }
}
