import { headline } from '../../core/runs/headlineMetric.ts';
import { isActive, type RunSummary } from '../../core/domain/run.ts';
import { code, plain, shorten } from '../../core/text/markdown.ts';
import { runLooks, runStateWord } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import { figure, value } from '../../core/text/values.ts';
import type { Row } from './row.ts';

/** The row of a run: how it stands, how long, how far, and the figure that matters. */
export function runRow(run: RunSummary, now: number): Row {
  const look = runLooks[run.state];
  const active = isActive(run.state);
  const facts = runFacts(run);
  const time = duration((run.endedAt ?? now) - (run.startedAt ?? run.createdAt));
  return {
    id: runRowId(run.id),
    label: run.id,
    description: [stateAndTime(run, time), ...facts].join(' · '),
    icon: { kind: 'codicon', id: look.icon, ...(look.color === undefined ? {} : { color: look.color }) },
    tooltip: runTooltip(run),
    spoken: [run.id, active ? runStateWord(run) : stateAndTime(run, time), ...facts].join(', '),
    context: active ? 'run.running' : 'run.ended',
    expand: active ? 'open' : 'closed',
    target: { run: run.id },
    ...(active ? { live: true } : {}),
  };
}

/** The id of a run's row. */
export const runRowId = (run: string): string => `run:${run}`;

/** "running 12 s", "succeeded in 8 s", "failed in train after 5 s". */
function stateAndTime(run: RunSummary, time: string): string {
  const word = runStateWord(run);
  const timed = run.endedAt !== undefined;
  switch (run.state) {
    case 'preparing':
    case 'running':
      return `${word} ${time}`;
    case 'succeeded':
      return timed ? `${word} in ${time}` : word;
    case 'failed': {
      const where = run.error?.task === undefined ? '' : ` in ${run.error.task}`;
      return `${word}${where}${timed ? ` after ${time}` : ''}`;
    }
    case 'stopped':
      return timed ? `${word} after ${time}` : word;
    default:
      return word;
  }
}

/** What else is worth its place in the row, the most telling first. */
function runFacts(run: RunSummary): string[] {
  const { counts } = run;
  const facts: string[] = [];
  if (run.state === 'preparing' && run.preparing !== undefined) facts.push(shorten(run.preparing, 80));
  if (isActive(run.state) && run.state !== 'preparing' && counts.total > 0) {
    facts.push(`${counts.succeeded}/${counts.total} tasks`);
  }
  const best = isActive(run.state) ? undefined : headline(run.metrics);
  if (best !== undefined) facts.push(best);
  if (counts.cached > 0) facts.push(`cached ${counts.cached}`);
  if (run.state === 'failed' && run.error !== undefined) facts.push(oneLine(run.error));
  return facts;
}

/** An error in one line, as Python says it: "ValueError: no such column". */
export function oneLine(error: { readonly type: string; readonly message: string }): string {
  const [first = ''] = error.message.trim().split('\n');
  return shorten([error.type, first].filter((part) => part !== '').join(': '), 160);
}

function runTooltip(run: RunSummary): string {
  const lines = [`**${plain(run.id)}** of ${plain(run.pipeline.name)}: ${runStateWord(run)}`];
  if (run.error !== undefined) {
    lines.push(plain(oneLine(run.error)));
    if (run.error.hint !== undefined) lines.push(plain(run.error.hint));
  }
  lines.push(`Begun ${new Date(run.startedAt ?? run.createdAt).toLocaleString()}`);
  const parameters = Object.entries(run.parameters).slice(0, 20);
  if (parameters.length > 0) {
    lines.push(parameters.map(([name, given]) => `${code(name)} = ${value(given)}`).join('  \n'));
  }
  const metrics = run.metrics.slice(0, 20);
  if (metrics.length > 0) {
    lines.push(
      metrics.map((metric) => `${plain(metric.name)} **${plain(figure(metric.value))}**`).join('  \n'),
    );
  }
  return lines.join('\n\n');
}
