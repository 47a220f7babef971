import type { Run, RunId, RunSummary } from '../../core/domain/run.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { MlopsError, toMlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { chartsOf } from '../../core/results/classification.ts';
import { shownComparison } from '../../core/results/comparison.ts';
import { datasetFingerprints, type KnownFingerprints } from '../../core/results/datasetFingerprints.ts';
import { runResults } from '../../core/results/runResults.ts';
import { lastGoodRun } from '../../core/runs/lastGoodRun.ts';
import type { PanelState, RunChart } from '../../webviews/results/contract.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';
import type { KnownGraphs } from './knownGraphs.ts';

/** What a panel is read from. */
export interface ReadDeps {
  readonly backend: PipelineBackend;
  /** Undefined for a connection without objects, whose artifacts cannot be read. */
  readonly store: ObjectStore | undefined;
  readonly clock: Clock;
  /** True where runs may be started and deleted. */
  readonly mayChange: () => boolean;
  /** Fingerprints that were read: a comparison is read again whenever one of its runs changes. */
  readonly fingerprints: KnownFingerprints;
  /** Graphs that were read: they stay the same while the run's states change. */
  readonly taskGraphs: KnownGraphs;
}

/** The state of a panel, and the runs in it. */
export interface PanelContent {
  readonly state: PanelState;
  readonly charts: readonly RunChart[];
  readonly runs: readonly Run[];
}

/**
 * Reads one run, or several to compare. Failures become part of the state; a comparison leaves out
 * runs that were deleted.
 */
export async function readPanel(ids: readonly RunId[], deps: ReadDeps): Promise<PanelContent> {
  const [only, ...others] = ids;
  const results = await Promise.all(ids.map((id) => readRun(id, deps)));
  const runs = results.filter((result): result is Run => !(result instanceof MlopsError));
  const failed = results.find((result) => result instanceof MlopsError);
  if (runs.length === 0 || (failed !== undefined && failed.kind !== 'notFound')) return failure(failed);
  const charts = runs.flatMap((run) => chartsOf(run).map((chart) => ({ run: run.label, chart })));
  try {
    const [run] = runs;
    const alone = only !== undefined && others.length === 0 && run !== undefined;
    const gone = ids.filter((id) => !runs.some((one) => one.id === id));
    const state = alone ? await runState(run, deps) : await comparisonState(runs, gone, deps);
    return { state, charts, runs };
  } catch (error) {
    return failure(toMlopsError(error));
  }
}

function readRun(id: RunId, { backend }: ReadDeps): Promise<Run | MlopsError> {
  return backend.getRun(id, deadline()).catch((error: unknown) => toMlopsError(error));
}

function failure(error: MlopsError | undefined): PanelContent {
  const { message, hint } = failureOf(error);
  const gone = 'It was deleted, here or in another window. This panel can be closed.';
  const more = error?.kind === 'notFound' ? gone : (hint ?? '');
  return { state: { kind: 'failure', message, hint: more }, charts: [], runs: [] };
}

async function runState(run: Run, { backend, clock, mayChange, taskGraphs }: ReadDeps): Promise<PanelState> {
  const [previous, graph] = await Promise.all([
    lastGoodRun(backend, run, deadline()),
    taskGraphs.of(run.id, backend),
  ]);
  const results = runResults(run, previous, graph);
  const hasFolder = backend.runFolder !== undefined;
  return { kind: 'run', now: clock.now(), mayChange: mayChange(), hasFolder, results };
}

async function comparisonState(
  runs: readonly Run[],
  gone: readonly RunId[],
  { store, clock, fingerprints }: ReadDeps,
): Promise<PanelState> {
  const datasets =
    store === undefined ? new Map() : await datasetFingerprints(runs, store, fingerprints, deadline());
  const summaries: readonly RunSummary[] = runs;
  const comparison = shownComparison(summaries, datasets);
  const cut = [...gone.map((id) => `${id} was deleted.`), ...comparison.cut];
  return { kind: 'comparison', now: clock.now(), comparison: { ...comparison, cut } };
}
