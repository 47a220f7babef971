import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RocCurve } from '../../core/results/classification.ts';
import type { ComparedMetric, ComparedRun, Comparison, MetricCell } from '../../core/results/comparison.ts';
import { runLooks } from '../../core/text/state.ts';
import { ago, duration } from '../../core/text/units.ts';
import { figure } from '../../core/text/values.ts';
import { sourceOf } from './chartsSection.ts';
import { comparedMatrices } from './comparedMatrices.ts';
import { curveLook } from '../shared/curveLook.ts';
import { drawn } from './drawn.ts';
import { folded, linkButton, notesSection, section, stateIcon } from './section.ts';
import type { ViewContext, Model } from './store.ts';

/** Most runs that are columns; more are rows. */
const mostBeside = 6;
const mostCurves = 12;

/** Runs side by side: warnings, parameters that differ, metrics, curves. */
export function comparisonView(comparison: Comparison, model: Model, view: ViewContext): TemplateResult {
  const { runs, warnings, notCompared, parameters, cut } = comparison;
  const differing = parameters.filter((row) => row.differs);
  const same = parameters.filter((row) => !row.differs);
  return html`<header class="run">
      <div class="title"><h1>${title(runs)}</h1></div>
      <p class="quiet">Held against ${runs[0]?.label}.</p>
      <div class="actions" role="toolbar" aria-label="What to do with this comparison">
        <vscode-button icon="git-compare" @click=${() => view.send({ type: 'action', action: 'compareWith' })}
          >Compare others…</vscode-button
        >
        <vscode-button
          secondary
          icon="copy"
          @click=${() => view.send({ type: 'action', action: 'copyMarkdown' })}
          >Copy as Markdown</vscode-button
        >
      </div>
    </header>
    <main>
      ${
        warnings.length === 0
          ? nothing
          : html`<div class="warnings" role="note" aria-label="Why the figures may not be comparable">
              ${warnings.map((warning) => html`<p><span class="codicon codicon-warning" aria-hidden="true"></span> ${warning}</p>`)}
            </div>`
      }
      ${
        notCompared.length === 0
          ? nothing
          : html`<div class="unchecked" role="note" aria-label="What was not compared">
              ${notCompared.map((note) => html`<p><span class="codicon codicon-info" aria-hidden="true"></span> ${note}</p>`)}
            </div>`
      }
      ${runs.length <= mostBeside ? beside(comparison, view) : below(comparison, view)}
      ${differing.length === 0 && parameters.length > 0 ? html`<p>The parameters are the same.</p>` : nothing}
      ${
        same.length === 0
          ? nothing
          : folded(
              `${same.length} parameters are the same`,
              false,
              html`<table>
                <tbody>
                  ${same.map(
                    (row) =>
                      html`<tr>
                        <th scope="row">${row.name}</th>
                        <td><code>${row.values[0]}</code></td>
                      </tr>`,
                  )}
                </tbody>
              </table>`,
            )
      }
      ${curves(model)} ${comparedMatrices(model, view)} ${notesSection('Left out', cut)}
    </main>`;
}

function title(runs: readonly ComparedRun[]): string {
  return runs.length <= 3 ? runs.map((run) => run.label).join(' · ') : `${runs.length} runs compared`;
}

const heading = (run: ComparedRun, view: ViewContext) =>
  html`${stateIcon(runLooks[run.state])}
  ${linkButton(run.label, () => view.send({ type: 'action', action: 'openRun', run: run.run }), `Open ${run.label}, ${runLooks[run.state].word}`)}`;

/** A row for each name, a column for each run. */
function beside({ runs, parameters, metrics }: Comparison, view: ViewContext): TemplateResult {
  const columns = runs.map((run) => heading(run, view));
  const differing = parameters.filter((row) => row.differs);
  const parameterRows = differing.map(({ name, values }) => ({
    head: name,
    cells: values.map((value) => parameterCell(value, values[0])),
  }));
  const metricRows = metrics.map(({ name, direction, cells }) => ({
    head: name,
    cells: [quietCell(direction), ...cells.map((cell) => metricCell(cell, runs.length))],
  }));
  const time = { head: 'time', cells: [quietCell(''), ...runs.map(timeCell)] };
  return html`${
    differing.length === 0
      ? nothing
      : tableSection('Parameters that differ', ['Parameter', ...columns], parameterRows)
  }
  ${tableSection('Metrics', ['Metric', 'Better', ...columns], [...metricRows, time])}`;
}

/** A row for each run, a column for each name: for many runs. */
function below({ runs, parameters, metrics }: Comparison, view: ViewContext): TemplateResult {
  const differing = parameters.filter((row) => row.differs);
  const now = view.now();
  const columns = [
    'Run',
    'When',
    ...metrics.map((row) => html`${row.name} <span class="quiet">${arrow(row)}</span>`),
    ...differing.map(({ name }) => html`<code>${name}</code>`),
    'time',
  ];
  const rows = view.rowsSoFar(runs).map((run, at) => ({
    head: heading(run, view),
    cells: [
      quietCell(ago(run.createdAt, now)),
      ...metrics.map(({ cells }) => cells[at] && metricCell(cells[at], runs.length)),
      ...differing.map(({ values }) => parameterCell(values[at], values[0])),
      timeCell(run),
    ],
  }));
  return tableSection('Runs', columns, rows, true);
}

/** A table under a heading. With `fixed` all columns have one width, so that a large table needs no measuring. */
function tableSection(
  name: string,
  columns: readonly unknown[],
  rows: readonly { readonly head: unknown; readonly cells: readonly unknown[] }[],
  fixed = false,
): TemplateResult {
  const width = fixed ? `table-layout: fixed; width: ${columns.length * 8}em` : '';
  const row = ({ head, cells }: (typeof rows)[number]) =>
    html`<tr>
      <th scope="row">${head}</th>
      ${cells}
    </tr>`;
  return section(
    name,
    html`<div class="scrolls" tabindex="0" role="region" aria-label=${name}>
      <table class="compared" style=${width}>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(row)}
        </tbody>
      </table>
    </div>`,
  );
}

const quietCell = (text: string) => html`<td class="quiet">${text}</td>`;
const timeCell = ({ durationMs }: ComparedRun) =>
  html`<td class="number">${durationMs === undefined ? '—' : duration(durationMs)}</td>`;
const parameterCell = (value: string | undefined, first: string | undefined) =>
  html`<td class=${value === first ? '' : 'differs'}><code>${value}</code></td>`;
const arrow = ({ direction }: ComparedMetric) =>
  direction === 'unknown' ? '(better: not known)' : `(${direction} is better)`;

/** With two runs the word is "better"; with more the best is named. */
function metricCell({ value, exact, best, verdict }: MetricCell, of: number): TemplateResult {
  const words = best && of > 2 ? 'best' : (verdict ?? '');
  return html`<td class="number ${verdict ?? ''}" title=${exact} data-exact=${exact}>
    ${best ? html`<strong>${value}</strong>` : value}${words === '' ? nothing : html` <span class="verdict">${words}</span>`}
  </td>`;
}

/** The ROC curves of all runs in one picture. */
function curves({ charts }: Model): TemplateResult | typeof nothing {
  const all = charts.flatMap(({ run, chart }) => (chart.kind === 'roc' ? [{ name: run, chart }] : []));
  if (all.length === 0) return nothing;
  const shown = all.slice(0, mostCurves);
  const label = `ROC curves of ${shown.map(({ name }) => name).join(', ')}`;
  return section(
    'ROC curves',
    html`<figure>
      ${drawn(
        shown.map(({ chart }) => chart),
        (plots) => plots.rocPlot(shown),
        label,
      )}
      <figcaption>
        <ul class="legend">
          ${shown.map(({ name, chart }, index) => legendLine(name, chart, index))}
        </ul>
        ${all.length > shown.length ? `${shown.length} of ${all.length} curves are drawn.` : nothing}
      </figcaption>
    </figure>`,
  );
}

function legendLine(name: string, chart: RocCurve, index: number): TemplateResult {
  const { stroke, strokeDasharray } = curveLook(index);
  return html`<li>
    <svg width="30" height="8" aria-hidden="true">
      <line
        x1="0"
        x2="30"
        y1="4"
        y2="4"
        stroke-width="2"
        stroke=${stroke}
        stroke-dasharray=${strokeDasharray}
      ></line>
    </svg>
    ${name}, ${sourceOf(chart)}: area ${figure(chart.area)}
  </li>`;
}
