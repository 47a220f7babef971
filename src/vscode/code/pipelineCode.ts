import type { PipelineSummary } from '../../core/domain/pipeline.ts';
import type { Run, RunId } from '../../core/domain/run.ts';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { allPipelines } from '../../core/pipelines/allPipelines.ts';
import { type LastRuns, lastRuns, withRun } from '../../core/runs/lastRuns.ts';
import { deadline } from '../deadline.ts';
import { batchChanges } from '../batchChanges.ts';
import { type FailurePlace, failurePlace } from './failurePlace.ts';
import type { SourceFiles } from '../../core/ports/sourceFiles.ts';

/** The pipelines in people's files, the last run of each, and where it failed. */
export interface KnownCode {
  readonly pipelines: readonly PipelineSummary[];
  readonly last: LastRuns;
  readonly failures: ReadonlyMap<RunId, FailurePlace>;
}

/** Reads the pipelines and last runs, and again what a change names; `changed` is called after each read. */
export class PipelineCode {
  readonly #backend: PipelineBackend;
  readonly #files: SourceFiles;
  readonly #changed: (known: KnownCode) => void;
  /** Where each last run failed, if its file is known; searched again when files change. */
  readonly #places = new Map<RunId, FailurePlace | undefined>();
  #known: KnownCode = { pipelines: [], last: new Map(), failures: new Map() };
  /** Reads what a change names; later changes are batched. Throws what the backend throws. */
  readonly change = batchChanges({
    everything: () => this.#read(() => this.#readAll()),
    runs: (ids) => this.#read(() => this.#readRuns(ids)),
  });

  constructor(backend: PipelineBackend, files: SourceFiles, changed: (known: KnownCode) => void) {
    this.#backend = backend;
    this.#files = files;
    this.#changed = changed;
  }

  get known(): KnownCode {
    return this.#known;
  }

  async #read(what: () => Promise<void>): Promise<void> {
    await what();
    await this.#findFailures();
    this.#changed(this.#known);
  }

  async #readAll(): Promise<void> {
    this.#places.clear();
    const pipelines = await allPipelines(this.#backend, deadline());
    const last = await lastRuns(this.#backend, pipelines, deadline());
    this.#known = { ...this.#known, pipelines, last };
  }

  async #readRuns(ids: readonly RunId[]): Promise<void> {
    for (const id of ids) {
      const run = await this.#run(id);
      if (run === undefined) return this.#readAll();
      const { pipelines, last } = this.#known;
      this.#known = { ...this.#known, last: withRun(last, pipelines, run) };
    }
  }

  async #run(id: RunId): Promise<Run | undefined> {
    try {
      return await this.#backend.getRun(id, deadline());
    } catch (error) {
      if (toMlopsError(error).kind === 'notFound') return undefined;
      throw error;
    }
  }

  async #findFailures(): Promise<void> {
    const failures = new Map<RunId, FailurePlace>();
    for (const { id, state } of this.#known.last.values()) {
      if (state !== 'failed') continue;
      if (!this.#places.has(id)) await this.#findPlace(id);
      const place = this.#places.get(id);
      if (place !== undefined) failures.set(id, place);
    }
    this.#known = { ...this.#known, failures };
  }

  /** A list may tell of an end before the run itself does: its change, which is still to come, looks again. */
  async #findPlace(id: RunId): Promise<void> {
    const run = await this.#run(id);
    if (run?.state === 'failed') this.#places.set(id, await failurePlace(run, this.#files, this.#backend));
  }
}
