import { type Run, runDuration, type RunSummary } from '../domain/run.ts';
import { comparisonOf, type MetricInRuns, type ParameterInRuns } from '../runs/comparison.ts';
import { metricChange } from '../runs/metricChange.ts';
import { code, count, nameText, sentence, table } from '../text/markdown.ts';
import { duration } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import { comparabilityWarnings } from './comparability.ts';
import type { DatasetFingerprints } from './datasets.ts';
import { matricesText } from './matricesText.ts';
import { notCompared } from './notCompared.ts';
import { sameDataText } from './sameData.ts';

const mostColumns = 8;
const mostMetrics = 60;

/**
 * Runs compared, for people and models: why their figures may not be comparable, then parameters that differ, metrics with their direction,
 * confusion matrices, time and data. Two are shown as a change from the first to the second, more as a table. A change is called neither
 * better nor worse where it may come from other data.
 */
export function renderComparison(runs: readonly Run[], datasets: DatasetFingerprints): string {
  const warnings = comparabilityWarnings(runs, datasets);
  const [before, after, ...others] = runs;
  const figures =
    before !== undefined && after !== undefined && others.length === 0
      ? changeParts(before, after, isComparable(runs, datasets))
      : tableParts(runs, isComparable(runs, datasets));
  return [
    `**${runs.map(({ id }) => code(id)).join(others.length === 0 ? ' → ' : ', ')}**`,
    ...warnings.map(sentence),
    ...figures,
    matricesText(runs),
    sameDataText(runs, datasets),
    ...notCompared(runs, datasets).map(sentence),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Whether a figure of one run can be held against that of another: same pipeline, same data, same split. */
function isComparable(runs: readonly RunSummary[], datasets: DatasetFingerprints): boolean {
  const good = runs.map((run) => ({ ...run, state: 'succeeded' as const }));
  return comparabilityWarnings(good, datasets).length === 0;
}

function changeParts(before: RunSummary, after: RunSummary, comparable: boolean): readonly string[] {
  const { parameters, metrics } = comparisonOf([before, after]);
  const parameterLines = differingOf(parameters).map(
    ({ name, values: [was, is] }) => `- ${code(name)} ${value(name, was)} → ${value(name, is)}`,
  );
  const metricLines = metrics.slice(0, mostMetrics).map((metric) => metricLine(metric, comparable));
  if (metrics.length > mostMetrics)
    metricLines.push(`- ${count(metrics.length - mostMetrics, 'more metric')}`);
  return [
    parameterLines.length === 0
      ? 'The parameters are the same.'
      : `Parameters:\n${parameterLines.join('\n')}`,
    metrics.length === 0 ? 'Neither run has metrics.' : `Metrics:\n${metricLines.join('\n')}`,
    `Time: ${timeOf(before)} → ${timeOf(after)}`,
  ];
}

const differingOf = (parameters: readonly ParameterInRuns[]) => parameters.filter(({ differs }) => differs);

function timeOf(run: RunSummary): string {
  const ms = runDuration(run);
  return ms === undefined ? '—' : duration(ms);
}

/** "- accuracy 0.933 → **0.967**, up 0.033 (better)". */
function metricLine({ name, direction, values: [before, after] }: MetricInRuns, comparable: boolean): string {
  const shown = (metric: typeof before) => (metric === undefined ? '—' : figureText(metric));
  const change = metricChange(before, after, direction);
  const line = `- ${nameText(name)} ${shown(before)} → **${shown(after)}**`;
  if (change === undefined) return line;
  if (change.way === 'same') return `${line}, unchanged`;
  const verdict = comparable && change.verdict !== 'unknown' ? ` (${change.verdict})` : '';
  return `${line}, ${change.way} ${change.by}${verdict}`;
}

/** A row for each run, with what differs; the best figures are bold where they can be compared. */
function tableParts(runs: readonly RunSummary[], comparable: boolean): readonly string[] {
  const { parameters, metrics } = comparisonOf(runs);
  const differing = differingOf(parameters);
  const shown = { parameters: differing.slice(0, mostColumns), metrics: metrics.slice(0, mostColumns) };
  const rows = runs.map((run, index) => [
    code(run.label),
    ...shown.parameters.map(({ name, values }) => value(name, values[index])),
    ...shown.metrics.map((metric) => cellOf(metric, index, comparable)),
    timeOf(run),
  ]);
  const head = [...shown.parameters.map(({ name }) => code(name)), ...shown.metrics.map(metricHead)];
  const left = [
    ...(differing.length > mostColumns ? [`${differing.length - mostColumns} more parameters differ.`] : []),
    ...(metrics.length > mostColumns ? [`${metrics.length - mostColumns} more metrics are not shown.`] : []),
  ];
  return [
    differing.length === 0 ? 'The parameters are the same.' : '',
    table(['run', ...head, 'time'], rows),
    left.join(' '),
  ];
}

function metricHead({ name, direction }: MetricInRuns): string {
  return direction === 'unknown' ? nameText(name) : `${nameText(name)} (${direction} is better)`;
}

function cellOf({ values, direction }: MetricInRuns, index: number, comparable: boolean): string {
  const figure = values[index];
  if (figure === undefined) return '—';
  const numbers = values.filter((one) => typeof one === 'number');
  const best = direction === 'lower' ? Math.min(...numbers) : Math.max(...numbers);
  const isBest = comparable && direction !== 'unknown' && new Set(numbers).size > 1 && figure === best;
  return isBest ? `**${figureText(figure)}**` : figureText(figure);
}
