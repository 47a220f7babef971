import { html, nothing, type TemplateResult } from 'lit';
import type { MetricRow } from '../../core/results/metricRows.ts';
import type { MetricChange } from '../../core/runs/metricChange.ts';
import type { RunResults } from '../../core/results/runResults.ts';
import { section } from './section.ts';

const directions = {
  higher: 'higher is better',
  lower: 'lower is better',
  unknown: 'which way is better is unknown',
} as const;

/** Every metric with its change since the last good run. */
export function metricsSection(results: RunResults): TemplateResult | typeof nothing {
  const { metrics, previous } = results;
  if (metrics.length === 0) return nothing;
  const first = results.state === 'succeeded' ? 'The first good run' : 'No run before it was good';
  const compare =
    previous === undefined
      ? html`<p class="quiet">${first}, so there is nothing to hold it against.</p>`
      : nothing;
  return section(
    'Metrics',
    html`${results.active ? nothing : compare}
      <ul class="metrics">
        ${metrics.map((metric) => metricCard(metric, previous?.label))}
      </ul>`,
  );
}

function metricCard(metric: MetricRow, previous: string | undefined): TemplateResult {
  const { name, task, value, exact, change, direction } = metric;
  return html`<li class="metric" title=${`${name} of ${task}: ${exact}`}>
    <span class="name">${name}</span>
    <span class="value" data-exact=${exact}>${value}</span>
    ${change === undefined ? nothing : html`<span class="change ${change.verdict}">${changeText(change, previous)}</span>`}
    <span class="quiet">${task} · ${directions[direction]}</span>
  </li>`;
}

function changeText({ way, by, verdict, before }: MetricChange, previous: string | undefined): string {
  if (way === 'same') return `= as in ${previous ?? 'the run before'}`;
  const arrow = way === 'up' ? '↑' : '↓';
  const word = verdict === 'unknown' ? '' : `, ${verdict}`;
  return `${arrow} ${way} ${by} from ${before}${word}`;
}
