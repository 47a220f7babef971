import { html, type TemplateResult } from 'lit';
import type { ConfusionMatrix } from '../../core/results/classification.ts';
import { figure } from '../../core/text/values.ts';

const mostMistakes = 20;

/** Every cell of a matrix in words and figures; `whose` names the run (" in iris-3") where there are several. */
export function wholeTable({ labels, rows }: ConfusionMatrix, whose = ''): TemplateResult {
  return html`<div
    class="scrolls"
    tabindex="0"
    role="region"
    aria-label=${`Confusion matrix${whose} as a table`}
  >
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">True \\ predicted</th>
          ${labels.map((label) => html`<th scope="col">${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, index) =>
            html`<tr>
              <th scope="row">${labels[index]}</th>
              ${row.map((count, column) => html`<td class=${column === index ? 'number right' : 'number'}>${figure(count)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The largest cells off the diagonal, at most 20. */
export function mistakesTable({ labels, rows }: ConfusionMatrix): TemplateResult {
  const mistakes = rows
    .flatMap((row, index) => row.map((count, column) => ({ at: index, column, count })))
    .filter(({ at, column, count }) => at !== column && count > 0)
    .toSorted((a, b) => b.count - a.count);
  if (mistakes.length === 0) return html`<p>There are none.</p>`;
  const cut =
    mistakes.length > mostMistakes
      ? html`<p class="quiet">${mostMistakes} of ${mistakes.length} are shown.</p>`
      : '';
  return html`<table>
      <thead>
        <tr>
          <th scope="col">True</th>
          <th scope="col">Predicted</th>
          <th scope="col">Times</th>
        </tr>
      </thead>
      <tbody>
        ${mistakes.slice(0, mostMistakes).map(
          ({ at, column, count }) =>
            html`<tr>
              <td>${labels[at]}</td>
              <td>${labels[column]}</td>
              <td class="number">${figure(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${cut}`;
}
