import { html, nothing, type TemplateResult } from 'lit';
import type { ConfusionMatrix } from '../../core/results/classification.ts';
import { figure } from '../../core/text/values.ts';
import { drawn } from './drawn.ts';
import { mistakesTable, wholeTable } from './matrixTables.ts';
import { folded, linkButton } from './section.ts';
import type { ViewContext } from './store.ts';

/** Most classes whose table is shown whole; a larger one opens as a document. */
const writtenOut = 30;

/** The caption that explains the picture of a matrix. */
export const matrixLegend =
  'Rows are the true class, columns the predicted one; the stronger the colour, the larger the share of the row.';

/** A confusion matrix as a heat map and in words. `index` is its position among the charts; `run` names one of several. */
export function matrixFigure(
  chart: ConfusionMatrix,
  index: number,
  view: ViewContext,
  run?: string,
): TemplateResult {
  const size = chart.labels.length;
  const open = () => view.send({ type: 'openMatrix', chart: index });
  const total = chart.rows.flat().reduce((sum, count) => sum + count, 0);
  const right = chart.rows.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const whose = run === undefined ? '' : ` in ${run}`;
  const label = `Confusion matrix of ${size} classes${whose}; the tables below it say the same`;
  return html`<figure>
    ${drawn([chart], (plots) => plots.matrixPlot(chart), label)}
    <figcaption>
      ${size} classes: ${figure(right)} of ${figure(total)} right.
      ${run === undefined ? matrixLegend : nothing}
      ${linkButton('Open as CSV', open, run === undefined ? undefined : `Open as CSV, ${run}`)}
    </figcaption>
    ${size <= writtenOut ? folded('As a table', size <= 6, wholeTable(chart, whose)) : nothing}
    ${size > 2 ? folded('Most frequent mistakes', size > writtenOut, mistakesTable(chart)) : nothing}
  </figure>`;
}
