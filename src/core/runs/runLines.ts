import { type Figure, metricOf } from '../domain/metricOf.ts';
import { own } from '../domain/own.ts';
import { type RunSummary, runDuration } from '../domain/run.ts';
import type { MetricOrder } from '../ports/pipelineBackend.ts';
import { moment } from '../text/dates.ts';
import { code, count, nameText, prose, shorten } from '../text/markdown.ts';
import { ago, duration } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import { comparisonOf } from './comparison.ts';
import { failureWords } from './failureWords.ts';
import { headline } from './headlineMetric.ts';
import { namedRun } from './namedRun.ts';

const mostParameters = 6;

/**
 * Runs as a list for people and models, a line each: "- `iris-12` succeeded 3 d ago (2026-04-03 14:05) in 8 s: accuracy 0.97
 * (`max_depth` `3`)". Of the parameters only those that differ among the listed runs of a pipeline. `metric` is shown instead of the
 * headline.
 */
export function runLines(runs: readonly RunSummary[], now: number, metric?: MetricOrder): string {
  const differing = differingParameters(runs);
  return runs
    .map((run) => runLine(run, now, figureOf(run, metric), differing.get(run.pipeline.name) ?? []))
    .join('\n');
}

function runLine(run: RunSummary, now: number, shown: string, parameters: readonly string[]): string {
  const took = runDuration(run);
  const time = took === undefined ? '' : ` ${run.state === 'succeeded' ? 'in' : 'after'} ${duration(took)}`;
  const when = `${ago(run.createdAt, now)} (${moment(run.createdAt)})`;
  const failure = failureWords(run);
  return [
    `- ${namedRun(run)} ${run.state} ${when}${time}`,
    failure === '' ? '' : ` ${failure}`,
    shown === '' ? '' : `${failure === '' ? ':' : ';'} ${shown}`,
    parametersText(run, parameters),
  ].join('');
}

/** "accuracy 0.97", with its task where a run has several of that name. */
function figureOf(run: RunSummary, metric: MetricOrder | undefined): string {
  if (metric === undefined) return prose(shorten(headline(run.metrics) ?? '', 200));
  const figure = metricOf(run.metrics, metric.metric, metric.first);
  if (figure === undefined) return `no ${nameText(metric.metric)}`;
  return `${nameText(figure.name)} ${figureText(figure.value)}${taskOf(run, figure)}`;
}

function taskOf(run: RunSummary, { name, task }: Figure): string {
  return run.metrics.filter((metric) => metric.name === name).length > 1 ? ` of ${code(task)}` : '';
}

/** The names of the parameters that differ among the runs of each pipeline, by its name. */
function differingParameters(runs: readonly RunSummary[]): ReadonlyMap<string, readonly string[]> {
  const byPipeline = Map.groupBy(runs, (run) => run.pipeline.name);
  return new Map(
    [...byPipeline].map(([pipeline, some]) => [
      pipeline,
      comparisonOf(some).parameters.flatMap(({ name, differs }) => (differs ? [name] : [])),
    ]),
  );
}

function parametersText(run: RunSummary, names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names
    .slice(0, mostParameters)
    .map((name) => `${code(name)} ${value(name, own(run.parameters, name))}`);
  const left = names.length - shown.length;
  return ` (${[...shown, ...(left > 0 ? [`${count(left, 'more parameter')}`] : [])].join(', ')})`;
}
