import { runDuration, type RunSummary } from '../domain/run.ts';
import { code, nameText } from '../text/markdown.ts';
import { duration } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import { comparisonOf, type MetricInRuns } from './comparison.ts';
import { metricChange } from './metricChange.ts';

/** Two runs compared, for people and models: parameters that differ first, then metrics with their direction, then time. */
export function renderComparison(before: RunSummary, after: RunSummary): string {
  const { parameters, metrics } = comparisonOf([before, after]);
  const differing = parameters.filter(({ differs }) => differs);
  const parameterLines = differing.map(
    ({ name, values: [was, is] }) => `- ${code(name)} ${value(name, was)} → ${value(name, is)}`,
  );
  return [
    `**${code(before.id)} → ${code(after.id)}**`,
    stateNote(before) + stateNote(after),
    differing.length === 0 ? 'The parameters are the same.' : `Parameters:\n${parameterLines.join('\n')}`,
    metrics.length === 0 ? 'Neither run has metrics.' : `Metrics:\n${metrics.map(metricLine).join('\n')}`,
    `Time: ${timeOf(before)} → ${timeOf(after)}`,
    otherPipeline(before, after),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function timeOf(run: RunSummary): string {
  const ms = runDuration(run);
  return ms === undefined ? '—' : duration(ms);
}

/** "- accuracy 0.933 → **0.967**, up 0.033 (better)". */
function metricLine({ name, direction, values: [before, after] }: MetricInRuns): string {
  const shown = (metric: typeof before) => (metric === undefined ? '—' : figureText(metric));
  const change = metricChange(before, after, direction);
  const line = `- ${nameText(name)} ${shown(before)} → **${shown(after)}**`;
  if (change === undefined) return line;
  if (change.way === 'same') return `${line}, unchanged`;
  const verdict = change.verdict === 'unknown' ? '' : ` (${change.verdict})`;
  return `${line}, ${change.way} ${change.by}${verdict}`;
}

function stateNote(run: RunSummary): string {
  return run.state === 'succeeded'
    ? ''
    : `${code(run.label)} is ${run.state}, so its figures may be missing. `;
}

function otherPipeline(before: RunSummary, after: RunSummary): string {
  if (before.pipeline.name === after.pipeline.name) return '';
  return `They are runs of different pipelines (${nameText(before.pipeline.name)} and ${nameText(after.pipeline.name)}), so the figures may not be comparable.`;
}
