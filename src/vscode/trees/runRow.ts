import { headline } from '../../core/runs/headlineMetric.ts';
import { isActive, type RunSummary } from '../../core/domain/run.ts';
import { code, plain, shorten } from '../../core/text/markdown.ts';
import { errorLine } from '../../core/text/errorLine.ts';
import { runLooks, runStateWord } from '../../core/text/state.ts';
import { duration } from '../../core/text/units.ts';
import { figure, value } from '../../core/text/values.ts';
import { type Row, runRowId } from './row.ts';

/** The row of a run: its state, progress or result, and time. */
export function runRow(run: RunSummary, now: number): Row {
  const look = runLooks[run.state];
  const active = isActive(run.state);
  const time = duration((run.endedAt ?? now) - (run.startedAt ?? run.createdAt));
  return {
    id: runRowId(run.id),
    label: run.label,
    description: (active ? activeFacts(run, ` ${time}`) : endedFacts(run, time)).join(' · '),
    icon: { id: look.icon, ...(look.color === undefined ? {} : { color: look.color }) },
    tooltip: runTooltip(run),
    spoken: [run.label, ...(active ? activeFacts(run, '') : endedFacts(run, time))].join(', '),
    context: active ? 'run.running' : run.state === 'failed' ? 'run.ended.failed' : 'run.ended',
    expand: active ? 'open' : 'closed',
    target: { run: run.id },
    ...(active ? { live: true } : {}),
  };
}

/** "running 12 s", "2/4 tasks", "cached 1". The view is narrow, so the most important comes first. */
function activeFacts(run: RunSummary, time: string): string[] {
  const { counts, state } = run;
  const timed = state === 'preparing' || state === 'running';
  const facts = [runStateWord(run) + (timed ? time : '')];
  if (state === 'preparing' && run.preparationStatus !== undefined)
    facts.push(shorten(run.preparationStatus, 80));
  if ((state === 'running' || state === 'stopping') && counts.total > 0) {
    facts.push(`${counts.succeeded}/${counts.total} tasks`);
  }
  return [...facts, ...cachedFact(run)];
}

/** "succeeded", "accuracy 0.97", "8 s"; "failed in train", "ValueError: no such column", "5 s". */
function endedFacts(run: RunSummary, time: string): string[] {
  const { error, state } = run;
  const where = state === 'failed' && error?.task !== undefined ? ` in ${error.task}` : '';
  const facts = [runStateWord(run) + where];
  const best = headline(run.metrics);
  if (state === 'failed' && error !== undefined) facts.push(errorLine(error));
  else if (best !== undefined) facts.push(best);
  if (run.endedAt !== undefined) facts.push(time);
  return [...facts, ...cachedFact(run)];
}

function cachedFact({ counts }: RunSummary): string[] {
  return counts.cached > 0 ? [`cached ${counts.cached}`] : [];
}

function runTooltip(run: RunSummary): string {
  const lines = [`**${plain(run.label)}** of ${plain(run.pipeline.name)}: ${runStateWord(run)}`];
  if (run.error !== undefined) {
    lines.push(plain(errorLine(run.error)));
    if (run.error.hint !== undefined) lines.push(plain(run.error.hint));
  }
  const begun = run.startedAt ?? run.createdAt;
  const took = run.endedAt === undefined ? '' : `, ${duration(run.endedAt - begun)}`;
  lines.push(`Begun ${new Date(begun).toLocaleString()}${took}`);
  const parameters = Object.entries(run.parameters).slice(0, 20);
  if (parameters.length > 0) {
    lines.push(parameters.map(([name, given]) => `${code(name)} = ${value(name, given)}`).join('  \n'));
  }
  const metrics = run.metrics.slice(0, 20);
  if (metrics.length > 0) {
    lines.push(
      metrics.map((metric) => `${plain(metric.name)} **${plain(figure(metric.value))}**`).join('  \n'),
    );
  }
  return lines.join('\n\n');
}
