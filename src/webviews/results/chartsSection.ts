import { html, nothing, type TemplateResult } from 'lit';
import type { ChartSource, ConfusionMatrix, RocCurve } from '../../core/results/classification.ts';
import { figure } from '../../core/text/values.ts';
import { mistakesTable, wholeTable } from './matrixTables.ts';
import { drawn } from './drawn.ts';
import { folded, linkButton, section } from './section.ts';
import type { Hands, Model } from './store.ts';

/** Most classes whose whole table is written out; a larger one opens as a document. */
const writtenOut = 30;

/** Confusion matrices and ROC curves of one run, each a picture with the same in words. */
export function chartsSection(model: Model, hands: Hands): readonly TemplateResult[] {
  return model.charts.map(({ chart }, index) => {
    const where = sourceOf(chart);
    if (chart.kind === 'problem') return section(`Chart of ${where}`, html`<p>${chart.message}</p>`);
    if (chart.kind === 'roc') return section(`ROC curve of ${where}`, rocFigure(chart));
    return section(`Confusion matrix of ${where}`, matrixFigure(chart, index, hands));
  });
}

/** Where a chart comes from, as a heading says it. */
export function sourceOf({ task, artifact, slice }: ChartSource): string {
  return `${task}${artifact === 'metrics' ? '' : ` (${artifact})`}${slice === undefined ? '' : `, slice ${slice}`}`;
}

function rocFigure(chart: RocCurve): TemplateResult {
  const { area, total, points } = chart;
  const cut = total > points.length ? ` ${points.length} of ${total} points are drawn.` : '';
  return html`<figure>
    ${drawn([chart], (plots) => plots.rocPlot([{ name: '', chart }]), `ROC curve, area under it ${figure(area)}`)}
    <figcaption>
      Area under the curve <strong>${figure(area)}</strong>, computed from ${total} points.${cut}
    </figcaption>
    ${folded('As a table', false, rocTable(chart))}
  </figure>`;
}

const rocRows = 12;

function rocTable({ points }: RocCurve): TemplateResult {
  const step = Math.max(1, (points.length - 1) / (rocRows - 1));
  const picked = Array.from(
    { length: Math.min(rocRows, points.length) },
    (_, index) => points[Math.round(index * step)],
  ).filter((point) => point !== undefined);
  const rows = picked.map(
    ({ threshold, falsePositiveRate, truePositiveRate }) =>
      html`<tr>
        <td class="number">${threshold === undefined ? '—' : figure(threshold)}</td>
        <td class="number">${figure(falsePositiveRate)}</td>
        <td class="number">${figure(truePositiveRate)}</td>
      </tr>`,
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Threshold</th>
        <th scope="col">False positive rate</th>
        <th scope="col">True positive rate</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function matrixFigure(chart: ConfusionMatrix, index: number, hands: Hands): TemplateResult {
  const size = chart.labels.length;
  const open = () => hands.send({ type: 'openMatrix', chart: index });
  const total = chart.rows.flat().reduce((sum, count) => sum + count, 0);
  const right = chart.rows.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const label = `Confusion matrix of ${size} classes; the tables below it say the same`;
  return html`<figure>
    ${drawn([chart], (plots) => plots.matrixPlot(chart), label)}
    <figcaption>
      ${size} classes: ${figure(right)} of ${figure(total)} right. Rows are the true class, columns the
      predicted one; the stronger the colour, the larger the share of the row.
      ${linkButton('Open as CSV', open)}
    </figcaption>
    ${size <= writtenOut ? folded('As a table', size <= 6, wholeTable(chart)) : nothing}
    ${size > 2 ? folded('Most frequent mistakes', size > writtenOut, mistakesTable(chart)) : nothing}
  </figure>`;
}
