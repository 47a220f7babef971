import { runDuration, type RunId, type RunSummary } from '../domain/run.ts';
import { figureComparability } from '../results/comparability.ts';
import { code, count, nameText, sentence } from '../text/markdown.ts';
import { duration } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import { comparisonOf, type MetricInRuns, type ParameterInRuns } from './comparison.ts';
import { metricChange } from './metricChange.ts';

const mostMetrics = 4;
const mostParameters = 6;

/** "and 146 more metrics", when there are more than are shown. */
function leftOut(left: number, what: string): readonly string[] {
  return left > 0 ? [`and ${count(left, what)}`] : [];
}

/** How a run ended or where it is, compared with the last good one: one or two lines of Markdown. */
export function outcomeLine(run: RunSummary, previous: RunSummary | undefined): string {
  const lines = [stateLine(run)];
  if (run.state === 'succeeded') lines.push(resultLine(run, previous), ...warningLines(run, previous));
  return lines.filter((line) => line !== '').join('\n\n');
}

/** The answer to why a run failed that did not fail. */
export function notFailedLine(run: RunSummary): string {
  const took = runDuration(run);
  const time = took === undefined ? '' : ` in ${duration(took)}`;
  if (run.state === 'succeeded') return `${code(run.label)} did not fail: it succeeded${time}.`;
  if (run.state === 'stopped') return `${code(run.label)} did not fail: it was stopped.`;
  return `${code(run.label)} has not failed: it is ${run.state}.`;
}

function stateLine(run: RunSummary): string {
  const { counts } = run;
  const took = runDuration(run);
  const time = took === undefined ? '' : ` in ${duration(took)}`;
  const cached = counts.cached === 0 ? '' : `, ${counts.cached} of ${count(counts.total, 'task')} cached`;
  switch (run.state) {
    case 'failed': {
      const where = run.error?.task === undefined ? '' : ` in ${code(run.error.task)}`;
      return `**${code(run.label)} failed**${where}${took === undefined ? '' : ` after ${duration(took)}`}.`;
    }
    case 'interrupted':
      return `**${code(run.label)} was interrupted**: nothing works on it any more. Run it again.`;
    case 'stopped':
      return `**${code(run.label)} was stopped**${took === undefined ? '' : ` after ${duration(took)}`}.`;
    case 'succeeded':
      return `**${code(run.label)} succeeded**${time}${cached}.`;
    default:
      return `**${code(run.label)} is ${run.state}**: ${counts.succeeded} of ${count(counts.total, 'task')} done.`;
  }
}

function resultLine(run: RunSummary, previous: RunSummary | undefined): string {
  if (previous === undefined) {
    const shown = run.metrics
      .slice(0, mostMetrics)
      .map((metric) => `${nameText(metric.name)} **${figureText(metric.value)}**`);
    shown.push(...leftOut(run.metrics.length - mostMetrics, 'more metric'));
    const first = `It is the first good run of ${nameText(run.pipeline.name)}, so there is nothing to compare with.`;
    return [shown.join(', '), first].filter((part) => part !== '').join('. ');
  }
  const { metrics, parameters } = comparisonOf([previous, run]);
  const measured = metrics.filter(({ values: [, after] }) => after !== undefined);
  const differing = parameters.filter(({ differs }) => differs);
  const figureParts = [
    ...measured
      .slice(0, mostMetrics)
      .map((metric, index) => metricText(metric, index === 0 ? previous.id : undefined)),
    ...leftOut(measured.length - mostMetrics, 'more metric'),
  ];
  const changes = [
    ...differing.slice(0, mostParameters).map(parameterText),
    ...leftOut(differing.length - mostParameters, 'more parameter'),
  ];
  const word = figureParts.length === 0 ? 'Same' : 'same';
  const same = changes.length === 0 ? `${word} parameters as ${code(previous.id)}` : changes.join(', ');
  return `${[figureParts.join(', '), same].filter((part) => part !== '').join('; ')}.`;
}

/** Why the figures may differ by more than what was learnt: other data, or another split. */
function warningLines(run: RunSummary, previous: RunSummary | undefined): readonly string[] {
  if (previous === undefined || run.metrics.length === 0 || previous.metrics.length === 0) return [];
  return figureComparability([previous, run]).map(sentence);
}

/** "accuracy **0.967**, up 0.033 on `iris-3`"; `than` names the run in the first of several. */
function metricText({ name, direction, values: [before, after] }: MetricInRuns, than?: RunId): string {
  const change = metricChange(before, after, direction);
  if (change === undefined) return `${nameText(name)} **${figureText(after ?? '—')}**`;
  const shown = `${nameText(name)} **${change.now}**`;
  const of = (word: string) => (than === undefined ? '' : ` ${word} ${code(than)}`);
  if (change.way === 'same') return `${shown}, unchanged${of('from')}`;
  return `${shown}, ${change.way} ${change.by}${of('on')}`;
}

/** "`max_depth` 2 → 3". */
function parameterText({ name, values: [before, after] }: ParameterInRuns): string {
  return `${code(name)} ${value(name, before)} → ${value(name, after)}`;
}
