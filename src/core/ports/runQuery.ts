import type { PipelineId } from '../domain/pipeline.ts';
import { isRunOf, type WithTwin } from '../domain/pipelineVariant.ts';
import { metricOf } from '../domain/metricOf.ts';
import type { RunSummary } from '../domain/run.ts';
import type { MetricOrder, RunQuery } from './pipelineBackend.ts';

/** The pipelines whose runs are asked for; undefined: all. */
export function pipelinesIn({ pipeline }: RunQuery): readonly PipelineId[] | undefined {
  return typeof pipeline === 'string' ? [pipeline] : pipeline;
}

/** True for a run that a query asks for. `wanted` are the pipelines whose runs it asks for, with their variants. */
export function isAskedFor(
  run: RunSummary,
  query: RunQuery,
  wanted: readonly WithTwin[] | undefined,
): boolean {
  const { states, since = -Infinity, until = Infinity } = query;
  if (states !== undefined && !states.includes(run.state)) return false;
  if (run.createdAt < since || run.createdAt >= until) return false;
  return wanted === undefined || wanted.some((pipeline) => isRunOf(pipeline, run.pipeline));
}

/** Runs that are newest first, ordered by a metric: those without a number for it come last. */
export function byMetric(newest: readonly RunSummary[], order: MetricOrder): readonly RunSummary[] {
  const sign = order.first === 'highest' ? -1 : 1;
  const figures = new Map(
    newest.map((run) => [run, metricOf(run.metrics, order.metric, order.first)?.value]),
  );
  return newest.toSorted((a, b) => {
    const [first, second] = [figures.get(a), figures.get(b)];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined);
    return sign * (first - second);
  });
}
