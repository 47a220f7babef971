import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { RocCurve } from '../../core/results/classification.ts';
import type { ComparedMetric, ComparedRun, Comparison, MetricCell } from '../../core/results/comparison.ts';
import { runLooks } from '../../core/text/state.ts';
import { ago, duration } from '../../core/text/units.ts';
import { figure } from '../../core/text/values.ts';
import { sourceOf } from './chartsSection.ts';
import { curveLook } from './curveLook.ts';
import { drawn } from './drawn.ts';
import { folded, linkButton, notesSection, section, stateIcon } from './section.ts';
import type { Hands, Model } from './store.ts';

/** More runs than this stand below each other, fewer beside each other. */
const mostBeside = 6;
const mostCurves = 12;

/** Runs side by side: warnings, parameters that differ, metrics, curves. */
export function comparisonView(comparison: Comparison, model: Model, hands: Hands): TemplateResult {
  const { runs, warnings, notCompared, parameters, cut } = comparison;
  const differing = parameters.filter((row) => row.differs);
  const same = parameters.filter((row) => !row.differs);
  return html`<header class="run">
      <div class="title"><h1>${title(runs)}</h1></div>
      <p class="quiet">Held against ${runs[0]?.run}.</p>
      <div class="actions" role="toolbar" aria-label="What to do with this comparison">
        <vscode-button
          icon="git-compare"
          @click=${() => hands.send({ type: 'action', action: 'compareWith' })}
          >Compare others…</vscode-button
        >
        <vscode-button
          secondary
          icon="copy"
          @click=${() => hands.send({ type: 'action', action: 'copyMarkdown' })}
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
      ${runs.length <= mostBeside ? beside(comparison, hands) : below(comparison, hands)}
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
      ${curves(model)} ${notesSection('Left out', cut)}
    </main>`;
}

function title(runs: readonly ComparedRun[]): string {
  return runs.length <= 3 ? runs.map((run) => run.run).join(' · ') : `${runs.length} runs compared`;
}

const heading = (run: ComparedRun, hands: Hands) =>
  html`${stateIcon(runLooks[run.state])}
  ${linkButton(run.run, () => hands.send({ type: 'action', action: 'openRun', run: run.run }), `Open ${run.run}, ${runLooks[run.state].word}`)}`;
const length = (run: ComparedRun) => (run.durationMs === undefined ? '—' : duration(run.durationMs));

/** A row for each name, a column for each run. */
function beside({ runs, parameters, metrics }: Comparison, hands: Hands): TemplateResult {
  const differing = parameters.filter((row) => row.differs);
  const columns = runs.map((run) => html`<th scope="col">${heading(run, hands)}</th>`);
  return html`${
    differing.length === 0
      ? nothing
      : section(
          'Parameters that differ',
          scrolling(
            'Parameters that differ',
            html`<thead>
                <tr>
                  <th scope="col">Parameter</th>
                  ${columns}
                </tr>
              </thead>
              <tbody>
                ${differing.map(
                  (row) =>
                    html`<tr>
                      <th scope="row">${row.name}</th>
                      ${row.values.map((value) => html`<td class=${value === row.values[0] ? '' : 'differs'}><code>${value}</code></td>`)}
                    </tr>`,
                )}
              </tbody>`,
          ),
        )
  }
  ${section(
    'Metrics',
    scrolling(
      'Metrics',
      html`<thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Better</th>
            ${columns}
          </tr>
        </thead>
        <tbody>
          ${metrics.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.name}</th>
                <td class="quiet">${row.direction}</td>
                ${row.cells.map((cell) => metricCell(cell, runs.length))}
              </tr>`,
          )}
          <tr>
            <th scope="row">time</th>
            <td class="quiet">lower</td>
            ${runs.map((run) => html`<td class="number">${length(run)}</td>`)}
          </tr>
        </tbody>`,
    ),
  )}`;
}

/** A row for each run, a column for each name: for many runs. */
function below({ runs, parameters, metrics }: Comparison, hands: Hands): TemplateResult {
  const differing = parameters.filter((row) => row.differs);
  const now = hands.now();
  return section(
    'Runs',
    scrolling(
      'Runs',
      html`<thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">When</th>
            ${metrics.map((row) => html`<th scope="col">${row.name} <span class="quiet">${arrow(row)}</span></th>`)}
            ${differing.map((row) => html`<th scope="col"><code>${row.name}</code></th>`)}
            <th scope="col">time</th>
          </tr>
        </thead>
        <tbody>
          ${hands.upTo(runs).map(
            (run, at) =>
              html`<tr>
                <th scope="row">${heading(run, hands)}</th>
                <td class="quiet">${ago(run.createdAt, now)}</td>
                ${metrics.map((row) => row.cells[at] && metricCell(row.cells[at], runs.length))}
                ${differing.map(({ values }) => html`<td class=${values[at] === values[0] ? '' : 'differs'}><code>${values[at]}</code></td>`)}
                <td class="number">${length(run)}</td>
              </tr>`,
          )}
        </tbody>`,
      3 + metrics.length + differing.length,
    ),
  );
}

const arrow = ({ direction }: ComparedMetric) =>
  direction === 'unknown' ? '(better: not known)' : `(${direction} is better)`;

/** Of two runs "better" says it all; of more the best is named. */
function metricCell({ value, exact, best, verdict }: MetricCell, of: number): TemplateResult {
  const words = best && of > 2 ? 'best' : (verdict ?? '');
  return html`<td class="number ${verdict ?? ''}" title=${exact} data-exact=${exact}>
    ${best ? html`<strong>${value}</strong>` : value}${words === '' ? nothing : html` <span class="verdict">${words}</span>`}
  </td>`;
}

/** With `columns` all are of one width, so that a large table costs no measuring. */
function scrolling(name: string, rows: TemplateResult, columns?: number): TemplateResult {
  const width = columns === undefined ? '' : `table-layout: fixed; width: ${columns * 8}em`;
  return html`<div class="scrolls" tabindex="0" role="region" aria-label=${name}>
    <table class="compared" style=${width}>
      ${rows}
    </table>
  </div>`;
}

/** The ROC curves of all runs that have one, in one picture. */
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
