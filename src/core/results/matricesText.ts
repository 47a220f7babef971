import type { Run } from '../domain/run.ts';
import { code, nameText, table } from '../text/markdown.ts';
import { figureText } from '../text/values.ts';
import { chartsOf, type ConfusionMatrix } from './classification.ts';
import { type SameMatrices, sameMatrices } from './sameMatrices.ts';

const mostMatrices = 3;
const mostClasses = 10;

/** The confusion matrices that several of these runs have, as Markdown; of two runs in one table. Empty where there are none. */
export function matricesText(runs: readonly Run[]): string {
  const charts = runs.flatMap((run) => chartsOf(run).map((chart) => ({ run: run.label, chart })));
  return sameMatrices(charts).slice(0, mostMatrices).map(matrixText).join('\n\n');
}

function matrixText({ source, matrices }: SameMatrices): string {
  const of = [source.task, source.artifact, ...(source.slice === undefined ? [] : [source.slice])].join('/');
  const [first, second, ...others] = matrices;
  const title = `Confusion matrix of ${code(of)}`;
  const asTable =
    second !== undefined && others.length === 0 && first && fitTogether(first.chart, second.chart);
  if (!asTable) {
    const lines = matrices.map(({ run, chart }) => `- ${code(run)}: ${hitsText(chart)}`);
    return `${title}, how many of each class were recognised:\n${lines.join('\n')}`;
  }
  return `${title} (rows are the true classes), ${code(first.run)} → ${code(second.run)}:\n\n${twoMatrices(first.chart, second.chart)}`;
}

function fitTogether(before: ConfusionMatrix, after: ConfusionMatrix): boolean {
  return before.labels.length <= mostClasses && before.labels.join('\n') === after.labels.join('\n');
}

function twoMatrices(before: ConfusionMatrix, after: ConfusionMatrix): string {
  const labels = before.labels.map(nameText);
  const cell = (was: number | undefined, is: number | undefined) =>
    was === is ? figureText(was ?? 0) : `${figureText(was ?? 0)} → ${figureText(is ?? 0)}`;
  const rows = labels.map((label, row) => [
    label,
    ...labels.map((_, column) => cell(before.rows[row]?.[column], after.rows[row]?.[column])),
  ]);
  return table(['', ...labels], rows);
}

/** "setosa 10 of 10, versicolor 9 of 10". */
function hitsText({ labels, rows }: ConfusionMatrix): string {
  const texts = labels.slice(0, mostClasses).map((label, index) => {
    const row = rows[index] ?? [];
    const sum = row.reduce((total, one) => total + one, 0);
    return `${nameText(label)} ${figureText(row[index] ?? 0)} of ${figureText(sum)}`;
  });
  if (labels.length > mostClasses) texts.push(`${labels.length - mostClasses} more classes`);
  return texts.join(', ');
}
