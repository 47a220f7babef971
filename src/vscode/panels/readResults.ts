import type { Run, RunId, RunSummary } from '../../core/domain/run.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { chartsOf } from '../../core/results/classification.ts';
import { compareAll } from '../../core/results/comparison.ts';
import { runResults } from '../../core/results/runResults.ts';
import { lastGoodRun } from '../../core/runs/lastGoodRun.ts';
import type { PanelState, RunChart } from '../../webviews/results/contract.ts';
import { deadline, failureOf } from '../trees/listing.ts';
import { datasetPrints, type KnownPrints } from './datasetPrints.ts';

/** What a panel is read from. */
export interface ReadDeps {
  readonly backend: PipelineBackend;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** True where runs may be started and deleted. */
  readonly mayChange: () => boolean;
  /** What is known of datasets: a comparison is read again whenever one of its runs changes. */
  readonly prints: KnownPrints;
}

/** What a panel shows now, and the runs that it shows. */
export interface PanelContent {
  readonly state: PanelState;
  readonly charts: readonly RunChart[];
  readonly runs: readonly Run[];
}

/** Reads one run, or several to be compared. What cannot be read is said in the state. */
export async function readPanel(ids: readonly RunId[], deps: ReadDeps): Promise<PanelContent> {
  try {
    const runs = await Promise.all(ids.map((id) => deps.backend.getRun(id, deadline())));
    const charts = runs.flatMap((run) => chartsOf(run).map((chart) => ({ run: run.id, chart })));
    const [only] = runs;
    const state =
      only !== undefined && runs.length === 1
        ? await runState(only, deps)
        : await comparisonState(runs, deps);
    return { state, charts, runs };
  } catch (error) {
    const { message, hint } = failureOf(error);
    return { state: { kind: 'failure', message, hint: hint ?? '' }, charts: [], runs: [] };
  }
}

async function runState(run: Run, { backend, clock, mayChange }: ReadDeps): Promise<PanelState> {
  const previous = await lastGoodRun(backend, run, deadline());
  return { kind: 'run', now: clock.now(), mayChange: mayChange(), results: runResults(run, previous) };
}

async function comparisonState(
  runs: readonly Run[],
  { store, clock, prints }: ReadDeps,
): Promise<PanelState> {
  const datasets = await datasetPrints(runs, store, prints, deadline());
  const summaries: readonly RunSummary[] = runs;
  return { kind: 'comparison', now: clock.now(), comparison: compareAll(summaries, datasets) };
}
