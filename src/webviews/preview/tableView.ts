import { html, nothing, type TemplateResult } from 'lit';
import type { Cell, PreviewColumn, PreviewTable } from '../../core/storage/preview/preview.ts';

const numeric = /^(?:integer|number|u?int\d*|float|double|decimal)\b/;

/** A table whose head stays in sight; its region scrolls by keys. */
export function tableView({ columns, rows }: PreviewTable, label: string): TemplateResult {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label=${label}>
    <table>
      <caption class="unseen">
        ${label}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">Number</span></th>
          ${columns.map(head)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, index) =>
            html`<tr>
              <th scope="row" class="number quiet">${index + 1}</th>
              ${columns.map((column, at) => cell(row[at] ?? null, column))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const head = ({ name, type }: PreviewColumn) =>
  html`<th scope="col" class=${numeric.test(type) ? 'number' : ''}>
    ${name}${type === '' ? nothing : html`<span class="type">${type}</span>`}
  </th>`;

const cell = (value: Cell, { type }: PreviewColumn) =>
  html`<td class=${numeric.test(type) ? 'number' : ''}>${value === null ? none : given(value)}</td>`;

const given = (value: string) => html`<span class="cell">${value}</span>`;
const none = html`<span class="quiet"
  ><span aria-hidden="true">—</span><span class="unseen">no value</span></span
>`;
