import type { RunSummary } from '../domain/run.ts';
import { code, nameText } from '../text/markdown.ts';
import { duration } from '../text/units.ts';
import { figures, figureText, value } from '../text/values.ts';
import { type MetricDifference, type RunComparison } from './compareRuns.ts';

/** A comparison for people and models: parameters that differ first, then metrics with their direction, then time. */
export function renderComparison(comparison: RunComparison): string {
  const { before, after, parameters, metrics, durations } = comparison;
  const parameterLines = parameters.map(
    (row) => `- ${code(row.name)} ${value(row.name, row.before)} → ${value(row.name, row.after)}`,
  );
  const time = (ms: number | undefined) => (ms === undefined ? '—' : duration(ms));
  return [
    `**${code(before.id)} → ${code(after.id)}**`,
    stateNote(before) + stateNote(after),
    parameters.length === 0 ? 'The parameters are the same.' : `Parameters:\n${parameterLines.join('\n')}`,
    metrics.length === 0 ? 'Neither run has metrics.' : `Metrics:\n${metrics.map(metricLine).join('\n')}`,
    `Time: ${time(durations.before)} → ${time(durations.after)}`,
    otherPipeline(before, after),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** "- accuracy 0.933 → **0.967**, up 0.03 (better)". */
function metricLine(row: MetricDifference): string {
  const told = change(row);
  return `- ${nameText(row.name)} ${shown(row.before)} → **${shown(row.after)}**${told === '' ? '' : `, ${told}`}`;
}

const shown = (one: MetricDifference['before']) => (one === undefined ? '—' : figureText(one));

function change({ before, after, direction }: MetricDifference): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '';
  if (before === after) return 'unchanged';
  const way = after > before ? 'up' : 'down';
  const verdict =
    direction === 'unknown' ? '' : after > before === (direction === 'higher') ? ' (better)' : ' (worse)';
  return `${way} ${figures(after, before).change}${verdict}`;
}

function stateNote(run: RunSummary): string {
  return run.state === 'succeeded' ? '' : `${code(run.id)} is ${run.state}, so its figures may be missing. `;
}

function otherPipeline(before: RunSummary, after: RunSummary): string {
  if (before.pipeline.name === after.pipeline.name) return '';
  return `They are runs of different pipelines (${nameText(before.pipeline.name)} and ${nameText(after.pipeline.name)}), so the figures may not be comparable.`;
}
