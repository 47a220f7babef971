import { html, type TemplateResult } from 'lit';
import type { ChartSource, RocCurve } from '../../core/results/classification.ts';
import { figure } from '../../core/text/values.ts';
import { drawn } from './drawn.ts';
import { matrixFigure } from './matrixFigure.ts';
import { folded, section } from './section.ts';
import type { ViewContext, Model } from './store.ts';

/** Confusion matrices and ROC curves of one run, each as a picture and in words. */
export function chartsSection(model: Model, view: ViewContext): readonly TemplateResult[] {
  return model.charts.map(({ chart }, index) => {
    const where = sourceOf(chart);
    if (chart.kind === 'problem') return section(`Chart of ${where}`, html`<p>${chart.message}</p>`);
    if (chart.kind === 'roc') return section(`ROC curve of ${where}`, rocFigure(chart));
    return section(`Confusion matrix of ${where}`, matrixFigure(chart, index, view));
  });
}

/** The source of a chart for a heading. */
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
