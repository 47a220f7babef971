import { html, nothing, type TemplateResult } from 'lit';
import type { PlotData } from '../../core/storage/preview/plotColumn.ts';
import type { TableContent } from '../../core/storage/preview/preview.ts';
import { count } from '../../core/text/markdown.ts';
import { drawnBy } from '../shared/drawnBy.ts';
import type { Model, Send } from './store.ts';

const drawn = drawnBy(() => import('./linePlot.ts'));
const numeric = /^(?:integer|number|u?int\d*|float|double|decimal)\b/;
const ordered = /^(?:integer|number|u?int\d*|float|double|decimal|date|time)\b/;

/** A line of one column against another, and the choice of both; nothing for a table without numbers. */
export function chartSection(
  { columns }: TableContent,
  { plot, noPlot }: Model,
  send: Send,
): TemplateResult | typeof nothing {
  const numbers = columns.filter(({ type }) => numeric.test(type)).map(({ name }) => name);
  if (numbers.length === 0) return nothing;
  const steps = columns.filter(({ type }) => ordered.test(type)).map(({ name }) => name);
  const data = plot?.plot;
  const pick = (event: Event) => {
    const form = (event.currentTarget as HTMLSelectElement).form;
    const chosen = (name: string) =>
      (form?.elements.namedItem(name) as HTMLSelectElement | null)?.value || undefined;
    send({ type: 'draw', y: chosen('y'), x: chosen('x') });
  };
  return html`<section aria-labelledby="chart">
    <h2 id="chart">Chart</h2>
    <form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      ${choice({ name: 'y', label: 'Column', options: numbers, chosen: data?.y ?? '', none: 'Choose a column' }, pick)}
      ${choice({ name: 'x', label: 'against', options: steps, chosen: data?.x ?? '', none: 'the row' }, pick)}
    </form>
    ${noPlot === undefined ? nothing : html`<p class="warning" role="status">${noPlot.message} ${noPlot.hint}</p>`}
    ${plot === undefined || noPlot !== undefined ? nothing : figureOf(plot.plot, plot.trend)}
  </section>`;
}

interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: string;
  readonly none: string;
}

function choice(
  { name, label, options, chosen, none }: Choice,
  pick: (event: Event) => void,
): TemplateResult {
  return html`<label
    >${label}
    <select name=${name} .value=${chosen} @change=${pick}>
      <option value="" ?selected=${chosen === ''}>${none}</option>
      ${options.map((option) => html`<option value=${option} ?selected=${option === chosen}>${option}</option>`)}
    </select></label
  >`;
}

function figureOf(plot: PlotData, trend: string): TemplateResult {
  const against = plot.x ?? 'the row';
  const label = `Line of ${plot.y} against ${against}: it ${trend}`;
  return html`<figure>
    ${drawn([plot], (plots) => plots.linePlot(plot), label)}
    <figcaption>
      <strong>${plot.y}</strong> against ${against}: it ${trend}. ${count(plot.points.length, 'point')}.
      ${plot.cut.join(' ')}
    </figcaption>
  </figure>`;
}
